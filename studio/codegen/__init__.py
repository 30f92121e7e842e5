"""From an int8 model file to C99 that needs no runtime, and the proof that it is the same."""

from studio.codegen.generating import KERNEL_SETS, Generated, Settings, generate

__all__ = ["KERNEL_SETS", "Generated", "Settings", "generate"]

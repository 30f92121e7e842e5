"""From an int8 model file to C99 that needs no runtime, and the proof that it is the same."""

from studio.codegen.generating import KERNEL_SETS, Generated, Settings, generate
from studio.codegen.proving import Item, Proof, Standing, prove

__all__ = [
    "KERNEL_SETS",
    "Generated",
    "Item",
    "Proof",
    "Settings",
    "Standing",
    "generate",
    "prove",
]

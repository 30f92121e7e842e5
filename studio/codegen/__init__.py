"""From an int8 model file to C99 that needs no runtime, and the proof that it is the same."""

from studio.codegen.generating import KERNEL_SETS, Generated, Settings, generate
from studio.codegen.proving import Item, Proof, Standing, prove
from studio.codegen.sizing import estimate_footprint, measure_footprint, outline_of

__all__ = [
    "KERNEL_SETS",
    "Generated",
    "Item",
    "Proof",
    "Settings",
    "Standing",
    "estimate_footprint",
    "generate",
    "measure_footprint",
    "outline_of",
    "prove",
]

"""Where in the arena each tensor lies."""

from studio.codegen.memory.buffers import ALIGNMENT, Buffer, Follows, aligned
from studio.codegen.memory.placing import lower_bound, place
from studio.codegen.memory.planning import Plan, lower_bound_at, plan_memory

__all__ = [
    "ALIGNMENT",
    "Buffer",
    "Follows",
    "Plan",
    "aligned",
    "lower_bound",
    "lower_bound_at",
    "place",
    "plan_memory",
]

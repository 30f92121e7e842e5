"""Where in the arena each tensor lies."""

from studio.codegen.memory.buffers import ALIGNMENT, Buffer, Follows, aligned
from studio.codegen.memory.placing import bound_at, lower_bound, place
from studio.codegen.memory.planning import Plan, aliased, demand, plan_memory, trails_of

__all__ = [
    "ALIGNMENT",
    "Buffer",
    "Follows",
    "Plan",
    "aliased",
    "aligned",
    "bound_at",
    "demand",
    "lower_bound",
    "place",
    "plan_memory",
    "trails_of",
]

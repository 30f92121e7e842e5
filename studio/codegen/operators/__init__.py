"""Every operator the generator has, by name. A family is a module with ``RULES``."""

from __future__ import annotations

from collections.abc import Mapping

from studio.codegen.operators import (
    activations,
    convolution,
    elementwise,
    joining,
    matmul,
    pooling,
    quantizing,
    recurrent,
    reducing,
    resizing,
    shaping,
    softmax,
    transposed,
)
from studio.codegen.steps import Rule

__all__ = ["RULES"]

_FAMILIES = (
    activations,
    convolution,
    elementwise,
    joining,
    matmul,
    pooling,
    quantizing,
    recurrent,
    reducing,
    resizing,
    shaping,
    softmax,
    transposed,
)

RULES: Mapping[str, Rule] = {rule.operator: rule for family in _FAMILIES for rule in family.RULES}

"""What the registry knows about a runtime."""

from __future__ import annotations

from dataclasses import dataclass

from studio.domain.candidate import ArtifactFormat, Precision
from studio.domain.figure import Figure

__all__ = ["Runtime"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Runtime:
    """Something that runs a model on a device.

    Attributes:
        id: Stable identifier, as device files name it.
        title: As a person reads it.
        formats: Files it takes.
        precisions: Number types it runs.
        element_types: Types it computes with, as `Tensor.dtype` spells them.
        operators: TensorFlow Lite operators it has; empty if it takes no such files.
        custom_operators: Custom operators it carries itself, by name.
        static_shapes: Whether every shape must be fixed.
        hybrid: Whether it multiplies float activations by int8 weights (dynamic range).
        uses_arena: Whether its working memory is a TensorFlow Lite Micro tensor arena.
        code: Its machine code on a device in bytes, without model and weights.
        working: RAM it takes for itself in bytes, beside model and tensors; None where that
            is a part of the tensor arena.
    """

    id: str
    title: str
    formats: frozenset[ArtifactFormat]
    precisions: frozenset[Precision]
    element_types: frozenset[str]
    operators: frozenset[str]
    custom_operators: frozenset[str] = frozenset()
    static_shapes: bool
    hybrid: bool
    uses_arena: bool
    code: Figure
    working: Figure | None = None

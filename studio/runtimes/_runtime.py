"""What the registry knows about a runtime."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from studio.domain.candidate import ArtifactFormat, Precision
from studio.domain.figure import Figure
from studio.domain.placement import Placement
from studio.runtimes.tflite_file import Graph

__all__ = ["Quantization", "Runtime"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantization:
    """What a runtime demands of a model of whole numbers.

    Attributes:
        types: Element types that activations may have, for example ``{"int8", "uint8"}``.
        per_channel: Operators whose weights may have a scale per channel; those of all others
            have one scale, as every activation has.
        only: Whether it runs nothing but such models.
        source: Where these demands are known from.
    """

    types: frozenset[str]
    per_channel: frozenset[str]
    only: bool
    source: str


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
        linked: Whether code, weights and working memory become one program, whose `code` and
            `working` only a linker tells.
        quantization: What it demands of a model of whole numbers; None where nobody looked.
        host: Id of the runtime that runs what this one leaves behind; empty for one that runs
            whole models on the processor.
        place: Tells where each operator of a graph runs; None where the operators alone say
            it, or (with a `host`) where a program outside has to be asked.
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
    linked: bool = False
    quantization: Quantization | None = None
    host: str = ""
    place: Callable[[Graph], Placement] | None = None

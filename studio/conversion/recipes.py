"""The files made of a trained model, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from studio.domain.candidate import ArtifactFormat, Precision
from studio.domain.errors import ModelError
from studio.runtimes import RUNTIMES

__all__ = ["CATALOGUE", "RECIPES", "Recipe", "find_recipe", "runtimes_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """One kind of converted file.

    Attributes:
        precision: Number type of weights and activations.
        format: File format.
        summary: What it is for, in a line.
        pruned: Shares of channels that may go, the most first; the first that passes the gate
            after fine-tuning is taken. Empty: all stay.
        remedies: What is tried, in this order, where the gate is not passed; ids of
            `studio.conversion.REMEDIES`.
    """

    precision: Precision
    format: ArtifactFormat
    summary: str = ""
    pruned: tuple[float, ...] = ()
    remedies: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Name of the recipe: ``int8-tflite``, ``int8-pruned-tflite`` and the like."""
        parts = (str(self.precision), "pruned" if self.pruned else "", str(self.format))
        return "-".join(filter(None, parts))

    @property
    def suffix(self) -> str:
        """End of the file's name."""
        kind = f"{self.precision}-pruned" if self.pruned else str(self.precision)
        return f"{kind}.{self.format}"

    @property
    def is_integer(self) -> bool:
        """Whether it computes with integers, so that samples set ranges."""
        return self.precision in (Precision.INT8, Precision.INT16X8)


_FREE = ("more-samples", "calmer-samples", "per-channel", "equalise", "fine-tune")
_INT8 = Recipe(
    precision=Precision.INT8,
    format=ArtifactFormat.TFLITE,
    summary="integers of 8 bits throughout: what microcontrollers run best",
    remedies=(*_FREE, "widen"),
)
_FLOAT32 = Recipe(
    precision=Precision.FLOAT32,
    format=ArtifactFormat.TFLITE,
    summary="as it was trained",
)
_FLOAT32_ONNX = Recipe(
    precision=Precision.FLOAT32,
    format=ArtifactFormat.ONNX,
    summary="as it was trained, for ONNX Runtime",
)

RECIPES = (_INT8, _FLOAT32, _FLOAT32_ONNX)
"""What every candidate that is exported is made into."""

_OTHERS = (
    Recipe(
        precision=Precision.FLOAT16,
        format=ArtifactFormat.TFLITE,
        summary="weights of 16 bits, computed in float32: half the file for phones and Linux",
    ),
    Recipe(
        precision=Precision.DYNAMIC,
        format=ArtifactFormat.TFLITE,
        summary="large weights of 8 bits, activations float32: a quarter of the file for Linux",
    ),
    Recipe(
        precision=Precision.INT16X8,
        format=ArtifactFormat.TFLITE,
        summary="activations of 16 bits, weights of 8: nearer to float, twice the RAM of int8",
        remedies=("more-samples", "equalise", "fine-tune"),
    ),
    Recipe(
        precision=Precision.INT8,
        format=ArtifactFormat.TFLITE,
        summary="int8 with up to half of the channels taken out and fine-tuned: smaller, faster",
        pruned=(0.5, 0.35, 0.2),
        remedies=(*_FREE, "widen"),
    ),
    Recipe(
        precision=Precision.INT8,
        format=ArtifactFormat.ONNX,
        summary="int8 between QuantizeLinear and DequantizeLinear, for ONNX Runtime",
        remedies=_FREE,
    ),
)

CATALOGUE: Mapping[str, Recipe] = {recipe.id: recipe for recipe in (*RECIPES, *_OTHERS)}
"""Every recipe by id."""


def find_recipe(name: str) -> Recipe:
    """Return a recipe by id; ``-tflite`` may be left out.

    Raises:
        ModelError: ``model.unknown_recipe``.
    """
    found = CATALOGUE.get(name) or CATALOGUE.get(f"{name}-{ArtifactFormat.TFLITE}")
    if found is None:
        raise ModelError(
            f"There is no recipe {name!r:.60}.",
            f"Choose among: {', '.join(CATALOGUE)}.",
            code="model.unknown_recipe",
        )
    return found


def runtimes_of(recipe: Recipe) -> tuple[str, ...]:
    """Return the ids of the runtimes that run what a recipe makes, as each says of itself."""
    return tuple(
        id
        for id, runtime in RUNTIMES.items()
        if recipe.format in runtime.formats and recipe.precision in runtime.precisions
    )

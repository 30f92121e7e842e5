"""The files made of a trained model, as data."""

from __future__ import annotations

from dataclasses import dataclass

from studio.domain.candidate import ArtifactFormat, Precision

__all__ = ["RECIPES", "Recipe"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """One kind of converted file.

    Attributes:
        precision: Number type of weights and activations.
        format: File format.
    """

    precision: Precision
    format: ArtifactFormat

    @property
    def id(self) -> str:
        """Name of the recipe: ``int8-tflite`` and the like."""
        return f"{self.precision}-{self.format}"

    @property
    def suffix(self) -> str:
        """End of the file's name."""
        return f"{self.precision}.{self.format}"


RECIPES = (
    Recipe(precision=Precision.INT8, format=ArtifactFormat.TFLITE),
    Recipe(precision=Precision.FLOAT32, format=ArtifactFormat.TFLITE),
    Recipe(precision=Precision.FLOAT32, format=ArtifactFormat.ONNX),
)

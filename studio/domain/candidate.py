"""Trained models and their converted files."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from studio.domain.evaluation import AnyEvaluation
from studio.domain.figure import Figure
from studio.domain.preprocessing import Preprocessing

__all__ = ["Artifact", "ArtifactFormat", "Candidate", "Precision"]


class Precision(StrEnum):
    """Number type of weights and activations.

    ``FLOAT16``: weights of 16 bits, computed in float32. ``DYNAMIC``: dynamic range, large
    weights of 8 bits and activations float32. ``INT16X8``: activations of 16 bits, weights of 8.
    """

    FLOAT32 = "float32"
    FLOAT16 = "float16"
    DYNAMIC = "dynamic"
    INT8 = "int8"
    INT16X8 = "int16x8"


class ArtifactFormat(StrEnum):
    """File format of a converted model."""

    TFLITE = "tflite"
    ONNX = "onnx"


@dataclass(frozen=True, slots=True, kw_only=True)
class Artifact:
    """One converted model file.

    Attributes:
        precision: Number type.
        format: File format.
        digest: SHA-256 of the file, its key among the project's blobs.
        size_bytes: Length of the file.
        arena: Tensor arena under TensorFlow Lite Micro; unknown for other formats.
        evaluation: Its own result on the test split, measured after conversion; None before.
    """

    precision: Precision
    format: ArtifactFormat
    digest: str
    size_bytes: int
    arena: Figure
    evaluation: AnyEvaluation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A trained model of the leaderboard.

    A candidate is data: our own code rebuilds the model from the space, the
    hyperparameters and plain weight arrays.

    Attributes:
        id: Row number in the project; what the person calls ``#3``.
        search_id: The search it came from.
        trial: Number of the trial inside that search, from 0.
        task: Task id.
        space: Search space id.
        device_id: Device whose limits the search kept.
        dataset_digest: Dataset version it was trained on.
        hyperparameters: Values of the space.
        parameters: Number of trained weights.
        validation: int8 result on the validation split; candidates are ranked by it.
        classes: Class names in output order.
        preprocessing: What its input must go through.
        weights_digest: Blob with the weights as plain arrays (``.npz``).
        score: What its search maximised on the validation split; None if it was not kept.
        artifacts: Converted files.
    """

    id: int
    search_id: int
    trial: int
    task: str
    space: str
    device_id: str
    dataset_digest: str
    hyperparameters: dict[str, Any]
    parameters: int
    validation: AnyEvaluation
    classes: tuple[str, ...]
    preprocessing: Preprocessing
    weights_digest: str
    score: float | None = None
    artifacts: tuple[Artifact, ...] = field(default=())

    def artifact(self, precision: Precision, format: ArtifactFormat) -> Artifact | None:
        """Return the artifact of this kind, or None if it was not made."""
        wanted = (precision, format)
        return next((a for a in self.artifacts if (a.precision, a.format) == wanted), None)

    @property
    def test(self) -> AnyEvaluation | None:
        """The int8 result on the untouched test split, or None before it was measured."""
        int8 = self.artifact(Precision.INT8, ArtifactFormat.TFLITE)
        return int8.evaluation if int8 else None

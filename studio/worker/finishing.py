"""Making a trained network exportable: every file of the recipes, each tested."""

from __future__ import annotations

from collections.abc import Callable

import keras
import numpy as np
from numpy.typing import NDArray

from studio.conversion import RECIPES, Recipe, outputs_of
from studio.domain.candidate import ArtifactFormat
from studio.domain.dataset import Split
from studio.domain.figure import Figure
from studio.evaluation import evaluate
from studio.jobs import JobDirectory
from studio.runtimes.tflite_micro import ArenaMeter
from studio.search import CandidateFiles, MadeFile
from studio.worker.convert import convert
from studio.worker.data import Part

__all__ = ["finish"]


def finish(
    model: keras.Model,
    trial: int,
    *,
    directory: JobDirectory,
    classes: tuple[str, ...],
    calibration: NDArray[np.float32],
    test: Part,
    meter: ArenaMeter,
    check: Callable[[], None],
) -> CandidateFiles:
    """Convert a trained network by every recipe and test each file after conversion.

    Args:
        model: Trained.
        trial: Its number, for the names of the files.
        directory: Where the files go.
        classes: Class names in output order.
        calibration: Training inputs that set the int8 ranges.
        test: The untouched side.
        meter: Measures arenas.
        check: Called between the files; may raise to end it.
    """

    def make(recipe: Recipe) -> MadeFile:
        check()
        content = convert(model, recipe.precision, recipe.format, calibration)
        outputs = outputs_of(content, recipe.format, test.pixels)
        return MadeFile(
            precision=recipe.precision,
            format=recipe.format,
            file=directory.add_artifact(f"trial-{trial}.{recipe.suffix}", content),
            arena=_arena(meter, content, recipe.format),
            evaluation=evaluate(outputs, test.truth, classes=classes, split=Split.TEST),
        )

    return CandidateFiles(trial=trial, files=tuple(map(make, RECIPES)))


def _arena(meter: ArenaMeter, content: bytes, format: ArtifactFormat) -> Figure:
    if format is ArtifactFormat.TFLITE:
        return meter.measure(content)
    return Figure.unknown("B", "TensorFlow Lite Micro does not read this format.")

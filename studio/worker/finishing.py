"""Making a trained network exportable: every file of the recipes, each tested."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from studio.conversion import RECIPES, Recipe, outputs_of
from studio.domain.candidate import ArtifactFormat, Precision
from studio.domain.dataset import Split
from studio.domain.figure import Figure
from studio.jobs import JobDirectory
from studio.runtimes.tflite_micro import ArenaMeter
from studio.search import CandidateFiles, MadeFile, Order
from studio.search.answers import pack
from studio.worker.building import Bench
from studio.worker.convert import convert
from studio.worker.testing import evaluated

__all__ = ["finish"]


def finish(
    bench: Bench,
    order: Order,
    check: Callable[[], None],
) -> tuple[CandidateFiles, dict[str, bytes]]:
    """Convert a trained network by every recipe and test each file after conversion.

    The int8 file its trial made is taken as it is: converting again gives the same bytes.

    Args:
        bench: Of the job.
        order: Names space, hyperparameters, the trained weights and, if there is one, the int8
            file made of them.
        check: Called between the files; may raise to end it.

    Returns:
        The record, and the content of the files it names.
    """
    model = bench.network_of(order)
    calibration = bench.snapshot.part(order.variant, Split.TRAIN).calibration
    test = bench.snapshot.part(order.variant, Split.TEST)
    contents: dict[str, bytes] = {}
    answers: dict[str, Any] | None = None
    known = None if order.int8 is None else MadeFile.from_json(order.int8)

    def content_of(recipe: Recipe) -> bytes:
        if known and (known.precision, known.format) == (recipe.precision, recipe.format):
            return bench.directory.read_artifact(known.file)
        return convert(model, recipe.precision, recipe.format, calibration)

    def make(recipe: Recipe) -> MadeFile:
        nonlocal answers
        check()
        content = content_of(recipe)
        name = f"trial-{order.trial}.{recipe.suffix}"
        contents[name] = content
        outputs = outputs_of(content, recipe.format, test.pixels)
        if recipe.precision is Precision.INT8:
            kept = f"trial-{order.trial}.test.npz"
            contents[kept] = pack(test.answered(outputs))
            answers = JobDirectory.named(kept, contents[kept])
        return MadeFile(
            precision=recipe.precision,
            format=recipe.format,
            file=JobDirectory.named(name, content),
            arena=_arena(bench.meter, content, recipe.format),
            evaluation=evaluated(
                outputs,
                test,
                classes=bench.classes,
                how=bench.variants[order.variant],
                split=Split.TEST,
                detailed=recipe.precision is Precision.INT8,
            ),
        )

    files = tuple(map(make, RECIPES))
    return CandidateFiles(trial=order.trial, files=files, answers=answers), contents


def _arena(meter: ArenaMeter, content: bytes, format: ArtifactFormat) -> Figure:
    if format is ArtifactFormat.TFLITE:
        return meter.measure(content)
    return Figure.unknown("B", "TensorFlow Lite Micro does not read this format.")

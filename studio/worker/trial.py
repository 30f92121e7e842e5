"""One trial: a pure function of the job's directory and the order.

It reads the specification and the snapshot, trains, converts, and returns a record and the
files it made. It writes nothing and knows no other trial, so it can run in any process on any
machine that has the directory. Only a shortage of time changes what it returns.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from studio.conversion import outputs_of
from studio.domain.candidate import ArtifactFormat, Precision
from studio.domain.dataset import Split
from studio.jobs import JobDirectory
from studio.search import FinishedTrial, MadeFile, Order
from studio.search.answers import pack
from studio.search.scoring import score
from studio.worker import weights
from studio.worker.building import Bench
from studio.worker.convert import convert
from studio.worker.data import Part
from studio.worker.judge import Judge, Verdict, operations_of
from studio.worker.testing import evaluated
from studio.worker.training import EpochReport, Plan, planned_epochs, predict, train

__all__ = ["Made", "TooLarge", "run_trial"]


class TooLarge(RuntimeError):
    """The converted network needs more than there is.

    Attributes:
        sizes: What it takes and which limit that breaks, as a rejection tells them.
    """

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(f"converted, it needs more {verdict.why} than there is")
        self.sizes = {
            "flash_bytes": verdict.flash_bytes,
            "ram_bytes": verdict.ram_bytes,
            "bound": verdict.bound,
            "why": verdict.why,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What a trial made.

    Attributes:
        trial: Its record; files are named there as they will be kept.
        files: Their content by name.
    """

    trial: FinishedTrial
    files: Mapping[str, bytes]


@dataclass(slots=True)
class _Files:
    """The files of a trial, named as `JobDirectory.add_artifact` will name them."""

    made: dict[str, bytes] = field(default_factory=dict)

    def add(self, name: str, content: bytes) -> dict[str, Any]:
        self.made[name] = content
        return JobDirectory.named(name, content)


def run_trial(
    bench: Bench,
    judge: Judge,
    order: Order,
    *,
    seconds: float,
    tick: Callable[[], bool],
    report: Callable[[EpochReport], None],
) -> Made:
    """Train as ordered; convert and test the result if it is good enough.

    Args:
        bench: Of this job.
        judge: Whether the result fits.
        order: What to train; with a share of 0 its weights are taken as they are.
        seconds: Time there is for training.
        tick: Called every few steps; True ends the training with what there is.
        report: Called after every epoch.

    Raises:
        TooLarge: if the converted network does not fit after all.
        SearchError: if the weights to go on from are damaged.
    """
    started = time.monotonic()
    model = bench.network_of(order)
    training = bench.snapshot.part(order.variant, Split.TRAIN)
    validation = bench.snapshot.part(order.variant, Split.VALIDATION)
    plan = Plan(
        classes=len(bench.classes),
        values=order.hyperparameters,
        seed=order.seed,
        epochs=planned_epochs(len(training.truth), order.share) if order.share else 0,
        seconds=max(0.0, seconds - (time.monotonic() - started)),
        continued=order.weights is not None,
    )
    epochs = train(model, training, validation, plan, tick=tick, report=report)
    reached = _score(bench, predict(model, validation.inputs), validation)
    files = _Files()
    wanted = order.convert_above is None or reached > order.convert_above
    converted: dict[str, Any] = {"score": reached}
    if wanted:
        begun = time.monotonic()
        converted = _converted(bench, judge, order, model, files)
        converted["converting_seconds"] = round(time.monotonic() - begun, 3)
    trial = FinishedTrial(
        trial=order.trial,
        space=order.space,
        hyperparameters=order.hyperparameters,
        rung=order.rung,
        continues=order.continues,
        parameters=int(model.count_params()),
        operations=operations_of(model),
        epochs=epochs,
        seconds=round(time.monotonic() - started, 3),
        weights=files.add(f"trial-{order.trial}.npz", weights.dump(model)),
        **converted,
    )
    return Made(trial=trial, files=files.made)


def _score(bench: Bench, outputs: NDArray[np.float32], part: Part) -> float:
    return score(outputs, part.truth, classification=bool(bench.classes))


def _converted(
    bench: Bench, judge: Judge, order: Order, model: keras.Model, files: _Files
) -> dict[str, Any]:
    """Convert to int8, judge and test; return the fields of the record that tell of it."""
    training = bench.snapshot.part(order.variant, Split.TRAIN)
    validation = bench.snapshot.part(order.variant, Split.VALIDATION)
    content = convert(model, Precision.INT8, ArtifactFormat.TFLITE, training.calibration)
    verdict = judge.measure(content)
    if not verdict.fits:
        raise TooLarge(verdict)
    outputs = outputs_of(content, ArtifactFormat.TFLITE, validation.pixels)
    name = f"trial-{order.trial}"
    return {
        "score": _score(bench, outputs, validation),
        "validation": evaluated(
            outputs,
            validation,
            classes=bench.classes,
            how=bench.variants[order.variant],
            split=Split.VALIDATION,
            detailed=False,
        ),
        "int8": MadeFile(
            precision=Precision.INT8,
            format=ArtifactFormat.TFLITE,
            file=files.add(f"{name}.int8.tflite", content),
            arena=bench.meter.measure(content),
        ),
        "outputs": files.add(f"{name}.validation.npz", pack(validation.answered(outputs))),
    }

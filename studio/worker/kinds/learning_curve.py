"""Training one configuration on parts of the training side: would more data help?"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from studio.jobs import JobDirectory, JournalWriter
from studio.runtimes.tflite_micro import ArenaMeter
from studio.search import Order
from studio.search.curve import CurvePoint, CurveSpec, Subset
from studio.worker.control import Control
from studio.worker.kind import JobKind

if TYPE_CHECKING:
    from studio.worker.building import Bench

__all__ = ["ENTRY"]

_NO_LIMIT = 1e9
"""Seconds: a training cut short by time would look like one that lacked data."""


def run(
    data: dict[str, Any], directory: JobDirectory, journal: JournalWriter, control: Control
) -> None:
    """Train on every subset, in their order, until the time is over."""
    # Imported here, so that the other kinds of job need not wait for TensorFlow.
    import tensorflow as tf

    tf.config.experimental.enable_op_determinism()
    from studio.worker.building import Bench

    spec = CurveSpec.from_json(data)
    deadline = time.monotonic() + spec.seconds
    journal.write("job_started", durable=True, kind="learning-curve", resumed=0)
    with ArenaMeter() as meter:
        variants = {spec.variant: spec.preprocessing}
        bench = Bench(directory, meter, classes=spec.classes, variants=variants)
        for number, subset in enumerate(spec.subsets):
            made = _trained(bench, spec, subset, number, deadline, control)
            if made is None:
                break
            point, content = made
            directory.add_artifact(f"curve-{number}.npz", content)
            journal.write("curve_point", durable=True, **point.as_json())
    journal.write("job_finished", durable=True, why="done")


def _trained(
    bench: Bench,
    spec: CurveSpec,
    subset: Subset,
    number: int,
    deadline: float,
    control: Control,
) -> tuple[CurvePoint, bytes] | None:
    """Return what a training on a subset came to, or None if there was no time for all of it."""
    import numpy as np

    from studio.domain.dataset import Split
    from studio.search.answers import pack
    from studio.worker.training import Plan, planned_epochs, predict, train

    def late() -> bool:
        control.check()
        return control.stopping.is_set() or time.monotonic() > deadline

    started = time.monotonic()
    order = Order(
        trial=number,
        space=spec.space,
        hyperparameters={**spec.hyperparameters, "input": spec.variant},
        seed=subset.seed,
        rung=0,
        share=1.0,
    )
    whole = bench.snapshot.part(spec.variant, Split.TRAIN)
    training = whole.only(np.isin(whole.groups, subset.groups))
    validation = bench.snapshot.part(spec.variant, Split.VALIDATION)
    if not len(training.truth) or late():
        return None
    model = bench.network_of(order)
    plan = Plan(
        classes=len(spec.classes),
        values=order.hyperparameters,
        seed=subset.seed,
        epochs=planned_epochs(len(training.truth)),
        seconds=_NO_LIMIT,
    )
    train(model, training, validation, plan, tick=late, report=lambda epoch: None)
    if late():
        return None
    content = pack(validation.answered(predict(model, validation.inputs)))
    point = CurvePoint(
        share=subset.share,
        samples=subset.samples,
        seed=subset.seed,
        seconds=round(time.monotonic() - started, 3),
        answers=JobDirectory.named(f"curve-{number}.npz", content),
    )
    return point, content


ENTRY = JobKind(id="learning-curve", run=run)

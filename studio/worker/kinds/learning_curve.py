"""Training one configuration on parts of the training side: would more data help?"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from studio.domain.dataset import Split
from studio.jobs import JobDirectory, JournalWriter
from studio.runtimes.tflite_micro import ArenaMeter
from studio.search import Order
from studio.search.answers import pack
from studio.search.curve import CurvePoint, CurveSpec, Subset
from studio.tasks import tasks
from studio.worker.control import Control
from studio.worker.data import Part
from studio.worker.instant import learn_one
from studio.worker.instants import material_between
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

    def late() -> bool:
        control.check()
        return control.stopping.is_set() or time.monotonic() > deadline

    started = time.monotonic()
    whole = bench.snapshot.part(spec.variant, Split.TRAIN)
    training = whole.only(np.isin(whole.groups, subset.groups))
    validation = bench.snapshot.part(spec.variant, Split.VALIDATION)
    if not len(training.truth) or late():
        return None
    if spec.space in {task.instant for task in tasks().values()}:
        outputs = _learned_instantly(spec, subset, training, validation)
    else:
        outputs = _learned_stepwise(bench, spec, subset, training, validation, late)
    if late():
        return None
    content = pack(validation.answered(outputs))
    point = CurvePoint(
        share=subset.share,
        samples=subset.samples,
        seed=subset.seed,
        seconds=round(time.monotonic() - started, 3),
        answers=JobDirectory.named(f"curve-{number}.npz", content),
    )
    return point, content


def _learned_instantly(
    spec: CurveSpec, subset: Subset, training: Part, validation: Part
) -> NDArray[np.float32]:
    material = material_between(training, validation, classes=spec.classes, seed=subset.seed)
    return learn_one(material, spec.hyperparameters).outputs


def _learned_stepwise(
    bench: Bench,
    spec: CurveSpec,
    subset: Subset,
    training: Part,
    validation: Part,
    late: Callable[[], bool],
) -> NDArray[np.float32]:
    from studio.worker.training import Plan, planned_epochs, predict, train

    order = Order(
        trial=0,
        space=spec.space,
        hyperparameters={**spec.hyperparameters, "input": spec.variant},
        seed=subset.seed,
        rung=0,
        share=1.0,
    )
    model = bench.network_of(order)
    plan = Plan(
        classes=len(spec.classes),
        values=order.hyperparameters,
        seed=subset.seed,
        epochs=planned_epochs(len(training.truth)),
        seconds=_NO_LIMIT,
    )
    train(model, training, validation, plan, tick=late, report=lambda epoch: None)
    return predict(model, validation.inputs)


ENTRY = JobKind(id="learning-curve", run=run)

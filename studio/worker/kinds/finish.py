"""Making one candidate of an earlier search exportable: its missing files, each tested."""

from __future__ import annotations

from typing import Any

from studio.jobs import JobDirectory, JournalWriter
from studio.runtimes.tflite_micro import ArenaMeter
from studio.search import FinishSpec, Order
from studio.worker.control import Control
from studio.worker.kind import JobKind

__all__ = ["ENTRY"]


def run(
    data: dict[str, Any], directory: JobDirectory, journal: JournalWriter, control: Control
) -> None:
    """Rebuild the model from its weights, convert and test it."""
    # Imported here, so that the other kind of job need not wait for TensorFlow.
    from studio.worker.building import Bench
    from studio.worker.finishing import finish

    spec = FinishSpec.from_json(data)
    journal.write("job_started", durable=True, kind="finish", resumed=0)
    variants = {spec.variant: spec.preprocessing}
    with ArenaMeter() as meter:
        bench = Bench(directory, meter, classes=spec.classes, variants=variants)
        files, contents = finish(bench, _order(spec), control.check)
    for name, content in contents.items():
        directory.add_artifact(name, content)
    journal.write("candidate_ready", durable=True, **files.as_json())
    journal.write("job_finished", durable=True, why="done")


def _order(spec: FinishSpec) -> Order:
    return Order(
        trial=spec.trial,
        space=spec.space,
        hyperparameters={**spec.hyperparameters, "input": spec.variant},
        seed=0,
        rung=0,
        share=0.0,
        weights=spec.weights,
        int8=spec.int8,
    )


ENTRY = JobKind(id="finish", run=run)

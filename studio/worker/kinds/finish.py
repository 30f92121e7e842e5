"""Making one candidate of an earlier search exportable: its missing files, each tested."""

from __future__ import annotations

from typing import Any

from studio.domain.dataset import Split
from studio.jobs import JobDirectory, JournalWriter
from studio.runtimes.tflite_micro import ArenaMeter
from studio.search import FinishSpec
from studio.worker import weights
from studio.worker.control import Control
from studio.worker.data import Snapshot
from studio.worker.finishing import finish
from studio.worker.kind import JobKind
from studio.worker.space import SPACES, build_model

__all__ = ["ENTRY"]


def run(
    data: dict[str, Any], directory: JobDirectory, journal: JournalWriter, control: Control
) -> None:
    """Rebuild the model from its weights, convert and test it."""
    spec = FinishSpec.from_json(data)
    journal.write("job_started", durable=True, kind="finish", resumed=0)
    snapshot = Snapshot(directory.data)
    model = build_model(
        SPACES[spec.space], spec.hyperparameters, spec.preprocessing.shape, len(spec.classes)
    )
    weights.load(model, directory.read_artifact(spec.weights))
    with ArenaMeter() as meter:
        files = finish(
            model,
            spec.trial,
            directory=directory,
            classes=spec.classes,
            calibration=snapshot.part(Split.TRAIN).inputs,
            test=snapshot.part(Split.TEST),
            meter=meter,
            check=control.check,
        )
    journal.write("candidate_ready", durable=True, **files.as_json())
    journal.write("job_finished", durable=True, why="done")


ENTRY = JobKind(id="finish", run=run)

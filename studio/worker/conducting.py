"""Setting a conductor and AutoKeras' oracle to work with each other."""

from __future__ import annotations

from studio.jobs import JobDirectory, JournalWriter
from studio.runtimes.tflite_micro import ArenaMeter
from studio.search import Ladder, SearchSpec
from studio.worker.building import Bench
from studio.worker.conductor import Conductor
from studio.worker.control import Control
from studio.worker.engine import with_oracle
from studio.worker.executor import Crew
from studio.worker.judge import Judge
from studio.worker.ledger import Ledger

__all__ = ["conduct"]


def conduct(
    spec: SearchSpec,
    ladder: Ladder,
    *,
    directory: JobDirectory,
    journal: JournalWriter,
    control: Control,
    crew: Crew,
    ledger: Ledger,
    meter: ArenaMeter,
    lag: int,
) -> bool:
    """Search until the time is over; return whether there was nothing new to propose."""
    bench = Bench(directory, meter, classes=spec.classes, variants=spec.variants)
    conductor = Conductor(
        spec,
        ladder,
        journal=journal,
        control=control,
        crew=crew,
        ledger=ledger,
        judge=Judge(spec, bench),
        lag=lag,
    )
    return with_oracle(
        spec,
        accepts=conductor.accepts,
        wants_more=conductor.wants_more,
        scratch=directory.scratch,
        work=conductor.work,
    )

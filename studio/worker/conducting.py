"""Setting a conductor and AutoKeras' oracle to work with each other."""

from __future__ import annotations

from studio.jobs import JobDirectory
from studio.runtimes.tflite_micro import ArenaMeter
from studio.search import SearchSpec
from studio.worker.building import Bench
from studio.worker.conductor import Conductor
from studio.worker.engine import with_oracle
from studio.worker.judge import Judge

__all__ = ["conduct"]


def conduct(
    spec: SearchSpec, conductor: Conductor, *, directory: JobDirectory, meter: ArenaMeter
) -> bool:
    """Search until the time is over; return whether there was nothing new to propose."""
    bench = Bench(directory, meter, classes=spec.classes, variants=spec.variants)
    conductor.judge = Judge(spec, bench)
    return with_oracle(
        spec,
        accepts=conductor.accepts,
        wants_more=conductor.wants_more,
        scratch=directory.scratch,
        work=conductor.work,
    )

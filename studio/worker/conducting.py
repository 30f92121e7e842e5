"""Making what a conductor needs of AutoKeras: its oracle, and a judge of proposals."""

from __future__ import annotations

from studio.jobs import JobDirectory
from studio.runtimes.tflite_micro import ArenaMeter
from studio.search import SearchSpec
from studio.worker.building import Bench
from studio.worker.conductor import Conductor, Engine
from studio.worker.engine import make_oracle
from studio.worker.judge import Judge

__all__ = ["make_engine"]


def make_engine(
    spec: SearchSpec, conductor: Conductor, directory: JobDirectory, meter: ArenaMeter
) -> Engine:
    """Return oracle and judge; it takes some seconds, most of them imports."""
    bench = Bench(directory, meter, classes=spec.classes, variants=spec.variants)
    oracle = make_oracle(
        spec,
        accepts=conductor.accepts,
        wants_more=conductor.wants_more,
        scratch=directory.scratch,
    )
    return Engine(oracle=oracle, judge=Judge(spec, bench))

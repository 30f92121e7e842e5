"""How long all candidates on all devices take, and beside plain checks of each pair.

Run ``python -m tests.benchmarks.bench_matrix [CANDIDATES]``. Prints, as JSON, seconds: ``first``
for the whole matrix of a project nobody has looked at, ``again`` without a change, ``one_more``
after a new candidate, and ``plain`` for reading and checking every pair by itself. ``ratio`` is
first / plain. The files are the int8 models of the tests with other weights, so that none is
another's copy; nothing is compiled.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from studio.app import matrix
from studio.app.matrix import matrix_rows
from studio.app.models import device_catalogue, model_facts
from studio.compatibility import check_model
from studio.domain.candidate import ArtifactFormat, Precision
from studio.store import blobs, candidates
from studio.store.project_file import ProjectFile
from tests.app.judged import add_candidate
from tests.app.test_judging import SIDES, answered, project

__all__ = ["measure"]


def measure(count: int = 20) -> dict[str, float]:
    """Return the seconds, see above, for so many candidates on the whole catalogue."""
    with tempfile.TemporaryDirectory() as folder:
        path = project(Path(folder), [(n % 30, 16 * n) for n in range(count)])
        matrix._kept.clear()
        found = {"first": _seconds(lambda: _matrix(path)), "again": _seconds(lambda: _matrix(path))}
        given = {side: answered(side, 1) for side in SIDES[1:]}
        add_candidate(path, 1, count, given, padding=16 * count)
        found["one_more"] = _seconds(lambda: _matrix(path))
        found["plain"] = _seconds(lambda: _plain(path))
    return {**found, "ratio": found["first"] / found["plain"], "devices": len(device_catalogue())}


def _matrix(path: Path) -> None:
    with ProjectFile.open(path) as opened:
        list(matrix_rows(opened, candidates.best_first(opened), device_catalogue()))


def _plain(path: Path) -> None:
    with ProjectFile.open(path) as opened:
        for candidate in candidates.best_first(opened):
            int8 = candidate.artifact(Precision.INT8, ArtifactFormat.TFLITE)
            assert int8 is not None
            for device in device_catalogue().values():
                content = blobs.get(opened, int8.digest)
                check_model(model_facts(content, int8.arena, candidate.preprocessing), device)


def _seconds(work: Callable[[], None]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


if __name__ == "__main__":
    print(json.dumps(measure(*map(int, sys.argv[1:])), indent=1))

"""How long all candidates on all devices take, and beside plain checks of each pair.

Run ``python -m tests.benchmarks.bench_matrix [CANDIDATES] [MODEL]``. Prints, as JSON, seconds of
the processor (what else the machine does changes them little, and nothing waits here): ``first``
for the whole matrix of a project nobody has looked at, ``again`` without a change, ``one_more``
after a new candidate, and ``plain`` for reading and checking every pair by itself. ``ratio`` is
first / plain. All files are one model, by default the tiny one of the tests, with padding of
different lengths, so that none is another's copy; nothing is compiled.
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
from tests.app import judged
from tests.app.judged import add_candidate
from tests.app.test_judging import SIDES, answered, project

__all__ = ["measure"]


def measure(count: int = 20, model: bytes = judged.MODEL) -> dict[str, float]:
    """Return the seconds, see above, for so many candidates on the whole catalogue."""
    judged.MODEL = model
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
    begun = time.process_time()
    work()
    return time.process_time() - begun


if __name__ == "__main__":
    chosen = [Path(name).read_bytes() for name in sys.argv[2:3]]
    print(json.dumps(measure(int([*sys.argv, "20"][1]), *chosen), indent=1))

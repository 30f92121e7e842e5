"""How quick the project file is with a million labels on a hundred thousand samples.

Run ``python -m tests.benchmarks.bench_store [SAMPLES]``. Prints, as JSON, the time to open,
the 95th percentile of first, filtered and far pages, the memory of the process that reads,
and the rows a second of an import beside those of plain sqlite3 in the same run.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from studio.domain.sample import Box, ImageFacts, NewSample, RowFacts
from studio.labelling.operations import ImportStep
from studio.store import samples
from studio.store.project_file import ProjectFile
from studio.store.samples import SampleFilter
from tests.memory import peak_bytes

MARKS = 10
"""Boxes a sample; with its own label eleven labels each."""

_BATCH = 1000
_ROUNDS = 5


def photo(number: int) -> NewSample:
    """Return a sample with its labels; one in ten has no class of its own."""
    choice = random.Random(number)
    return NewSample(
        content=number.to_bytes(8, "big") * 8,
        name=f"folder {number % 100:03d}/{number:07d}.png",
        media_type="image/png",
        facts=ImageFacts(width=640, height=480),
        class_name=f"class {number % 20}" if number % 10 else None,
        boxes=tuple(
            Box(class_name=f"class {n}", x=choice.random() / 2, y=0.5, width=0.25, height=0.25)
            for n in range(MARKS)
        ),
    )


def row(number: int) -> NewSample:
    """Return a table row as an importer makes it."""
    values = {"a": number, "b": number / 7, "colour": "red", "note": None}
    return NewSample(
        content=json.dumps(values, sort_keys=True).encode(),
        name=f"table.csv/{number}",
        media_type="application/json",
        facts=RowFacts(table="f" * 64),
        class_name=f"class {number % 3}",
    )


def _batches(total: int, make: Callable[[int], NewSample]) -> Iterator[list[NewSample]]:
    for start in range(0, total, _BATCH):
        yield [make(number) for number in range(start, min(start + _BATCH, total))]


def fill(path: Path, total: int) -> None:
    """Make the project with its labels."""
    with ProjectFile.create(path, task="image-classification") as project:
        step = ImportStep(project, "photos")
        for batch in _batches(total, photo):
            step.add([(sample, None) for sample in batch])


def read(path: Path) -> dict[str, float]:
    """Open a project in this process and measure it; seconds and bytes."""
    began = time.perf_counter()
    project = ProjectFile.open(path)
    opened = time.perf_counter() - began
    with project:
        found = {"open_s": opened, "labels": _labels(project)}
        began = time.perf_counter()
        total = samples.count(project)
        samples.classes(project)
        found["counts_s"] = time.perf_counter() - began
        for name, page in _pages(project, total).items():
            found[f"{name}_p95_s"] = _p95(page)
    return {**found, "rss_bytes": peak_bytes()}


def _labels(project: ProjectFile) -> int:
    said = samples.count(project) - samples.count(project, SampleFilter(unlabelled=True))
    return said + int(project.value("SELECT count(*) FROM regions"))


def _pages(project: ProjectFile, total: int) -> dict[str, Callable[[random.Random], object]]:
    def filtered(choice: random.Random) -> object:
        which = SampleFilter(class_name=f"class {choice.randrange(20)}")
        offset = choice.randrange(max(1, total // 20))
        return samples.page(project, which, offset=offset, limit=200)

    def unlabelled(choice: random.Random) -> object:
        which = SampleFilter(unlabelled=True, excluded=False)
        offset = choice.randrange(max(1, total // 10))
        return samples.page(project, which, offset=offset, limit=200)

    def far(choice: random.Random) -> object:
        return samples.page(project, offset=choice.randrange(total), limit=200)

    def after(choice: random.Random) -> object:
        return samples.page(project, after=choice.randrange(total), limit=200)

    def first(choice: random.Random) -> object:
        return samples.page(project, limit=200)

    return {
        "first_page": first,
        "filtered_page": filtered,
        "unlabelled_page": unlabelled,
        "far_page": far,
        "page_after": after,
    }


def _p95(page: Callable[[random.Random], object], times: int = 100) -> float:
    choice = random.Random(1)
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        page(choice)
        taken.append(time.perf_counter() - began)
    return statistics.quantiles(taken, n=20)[-1]


def import_ratio(folder: Path, total: int) -> dict[str, float]:
    """Import rows by us and by plain sqlite3, in turn, and compare the best of each."""
    ours, plain = [], []
    for number in range(_ROUNDS):
        ours.append(_ours(folder / f"ours{number}.automl", total))
        plain.append(_plain(folder / f"plain{number}.automl", total))
    return {
        "import_rows_per_s": total / min(ours),
        "sqlite3_rows_per_s": total / min(plain),
        "import_ratio": min(plain) / min(ours),
    }


def _ours(path: Path, total: int) -> float:
    with ProjectFile.create(path, task="image-classification") as project:
        step = ImportStep(project, "table.csv")
        taken = 0.0
        for batch in _batches(total, row):
            began = time.perf_counter()
            step.add([(sample, None) for sample in batch])
            taken += time.perf_counter() - began
        return taken


def _plain(path: Path, total: int) -> float:
    """Put the same rows, digests and all, into the same tables with nothing around it."""
    ProjectFile.create(path, task="image-classification").close()
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.executemany(
            "INSERT INTO classes VALUES (?, ?, ?)", [(n, f"class {n}", n) for n in range(3)]
        )
        taken = 0.0
        for batch in _batches(total, row):
            began = time.perf_counter()
            _plain_batch(connection, batch)
            taken += time.perf_counter() - began
        return taken


def _plain_batch(connection: sqlite3.Connection, batch: list[NewSample]) -> None:
    digests = [hashlib.sha256(sample.content).hexdigest() for sample in batch]
    facts = json.dumps({"table": "f" * 64})
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(
        "INSERT INTO blobs VALUES (?, ?, ?)",
        [(d, len(s.content), s.content) for d, s in zip(digests, batch, strict=True)],
    )
    connection.executemany(
        "INSERT INTO samples (digest, name, media_type, kind, facts, class_id, label_origin,"
        " labelled_at) VALUES (?, ?, ?, 'row', ?, ?, 'import', '2026-01-01T00:00:00+00:00')",
        [
            (d, s.name, s.media_type, facts, int((s.class_name or "0")[-1]))
            for d, s in zip(digests, batch, strict=True)
        ],
    )
    connection.execute("COMMIT")


def measure(total: int) -> dict[str, float]:
    """Measure everything, each in a process of its own: a large one would be slower at it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.automl"
        fill(path, total)
        found = _apart("--read", path)
        found["file_bytes"] = path.stat().st_size
        return found | _apart("--import", Path(folder), min(total, 20_000))


def _apart(*arguments: object) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.bench_store", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=True,
        env=dict(os.environ),
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    if sys.argv[1:2] == ["--read"]:
        print(json.dumps(read(Path(sys.argv[2]))))
    elif sys.argv[1:2] == ["--import"]:
        print(json.dumps(import_ratio(Path(sys.argv[2]), int(sys.argv[3]))))
    else:
        wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
        print(json.dumps(measure(wanted), indent=1))

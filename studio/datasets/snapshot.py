"""The copy of a dataset version a job works on: decoded once, memory-mapped.

For each variant, that is each preprocessing the job may choose, a folder of its name:

```
x.npy              uint8 (inputs, *shape)
y.npy              int32 (inputs,): index into the classes; or float32: the scaled amount
split.npy          uint8 (inputs,): 0 train, 1 validation, 2 test
group.npy          int32 (inputs,): which original it is from; see `groups_of`
description.json   dataset digest, classes, preprocessing, what it lacks, SHA-256 of the arrays
```

A picture or a row of a table is one input; a recording is as many as it has windows, so the
variants differ in how many inputs they have, but not in samples or sides.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import warnings
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from studio.datasets.inputs import givens_of
from studio.domain.dataset import DatasetRow, DatasetVersion, Split
from studio.domain.errors import DatasetError
from studio.domain.preprocessing import Preprocessing, TablePreprocessing
from studio.store.project_file import ProjectFile
from studio.tasks import Given, Inputs, Task, find_task

__all__ = [
    "ARRAYS",
    "DESCRIPTION",
    "SPLIT_CODES",
    "Progress",
    "file_digest",
    "groups_of",
    "write_snapshot",
]

ARRAYS = ("x.npy", "y.npy", "split.npy", "group.npy")
DESCRIPTION = "description.json"

SPLIT_CODES = {Split.TRAIN: 0, Split.VALIDATION: 1, Split.TEST: 2}

Progress = Callable[[int, int], None]

_NAME = re.compile(r"[a-z0-9][a-z0-9.-]{0,60}")
"""What a variant may be called: it is a folder's name everywhere."""

_CHUNK_ROWS = 512
_CHUNK_BYTES = 4 << 20
"""Originals prepared in one go: enough to be quick, few enough to be held three times."""


def write_snapshot(
    project: ProjectFile,
    version: DatasetVersion,
    variants: Mapping[str, Preprocessing],
    folder: Path,
    progress: Progress = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> None:
    """Decode a dataset version into arrays, each original once for all variants.

    Args:
        project: Where the samples are.
        version: What to decode.
        variants: Preprocessings by name.
        folder: Where to; a folder for each variant is made in it, and nothing is left of
            them where this fails.
        progress: Called with rows done and rows in all.
        cancelled: Asked between portions of the rows.

    Raises:
        ProjectError: if a sample is missing or damaged.
        DatasetError: ``dataset.unreadable`` if one cannot be decoded, ``dataset.cancelled``,
            ``dataset.wrong_samples``.
        OSError: if the disk refuses.
    """
    if bad := [name for name in variants if not _NAME.fullmatch(name)]:
        raise ValueError(f"no variant is called {bad[0]!r}")
    try:
        sheets = [_Sheet(folder / name, how) for name, how in variants.items()]
        try:
            _fill(sheets, project, version, progress, cancelled)
        finally:
            for sheet in sheets:
                sheet.close()
        for sheet in sheets:
            sheet.describe(version)
    except BaseException:
        for name in variants:
            shutil.rmtree(folder / name, ignore_errors=True)
        raise


def groups_of(version: DatasetVersion) -> list[int]:
    """Return which original each row is of, numbered in the order of the rows.

    Windows and stretches of one recording share a number, and so do samples that are the same
    to the byte: what is measured on them is one observation, not several.
    """
    numbers: dict[str, int] = {}
    return [numbers.setdefault(row.sample_digest, len(numbers)) for row in version.rows]


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class _Sheet:
    """One variant being written; how many inputs it has is known at the end."""

    def __init__(self, folder: Path, how: Preprocessing) -> None:
        self.folder, self.how = folder, how
        self.counts: list[int] = []
        folder.mkdir(parents=True)
        self._file: BinaryIO = (folder / "x.npy").open("wb")
        self._begins = self._header(0)

    def _header(self, inputs: int) -> int:
        self._file.seek(0)
        shape = (inputs, *self.how.shape)
        head = {"descr": "|u1", "fortran_order": False, "shape": shape}
        npy.write_array_header_1_0(self._file, head)
        return self._file.tell()

    def add(self, made: Sequence[Inputs]) -> None:
        """Append the inputs of some rows."""
        self.counts.extend(map(len, made))
        self._file.write(np.ascontiguousarray(np.concatenate(made)).data)

    def close(self) -> None:
        """Put the number of inputs into the header."""
        with self._file:
            # numpy leaves room in a header for the first dimension to grow.
            if self._header(sum(self.counts)) != self._begins:
                raise OSError("the header of an array has grown")

    def describe(self, version: DatasetVersion) -> None:
        """Write what stands beside the inputs, the description last."""
        for name, values in _beside(version, self.how).items():
            np.save(self.folder / name, np.repeat(values, self.counts))
        description = {
            "dataset": version.digest,
            "classes": version.classes,
            "preprocessing": self.how.as_json(),
            "lacking": self._lacking(version.rows),
            "sha256": {name: file_digest(self.folder / name) for name in ARRAYS},
        }
        text = json.dumps(description, ensure_ascii=False, indent=1)
        (self.folder / DESCRIPTION).write_text(text, encoding="utf-8")

    def _lacking(self, rows: Sequence[DatasetRow]) -> list[list[str]]:
        """Return classes of which a side has rows, but no input: all are too short."""
        wanted = dict.fromkeys((row.class_name, str(row.split)) for row in rows)
        there = {
            (row.class_name, str(row.split))
            for row, count in zip(rows, self.counts, strict=True)
            if count
        }
        return [list(pair) for pair in wanted if pair not in there]


def _beside(version: DatasetVersion, how: Preprocessing) -> dict[str, NDArray[Any]]:
    """Return truth, side and group of every row."""
    sides = [SPLIT_CODES[row.split] for row in version.rows]
    return {
        "y.npy": _truth(version, how),
        "split.npy": np.array(sides, np.uint8),
        "group.npy": np.array(groups_of(version), np.int32),
    }


def _truth(version: DatasetVersion, how: Preprocessing) -> NDArray[Any]:
    if version.classes:
        index = {name: number for number, name in enumerate(version.classes)}
        return np.array([index[row.class_name] for row in version.rows], np.int32)
    target = how.target if isinstance(how, TablePreprocessing) else None
    if target is None:
        raise ValueError("an amount needs a preprocessing that scales it")
    amounts = np.array([row.amount for row in version.rows], np.float64)
    return ((amounts - target.offset) / target.scale).astype(np.float32)


def _fill(
    sheets: Sequence[_Sheet],
    project: ProjectFile,
    version: DatasetVersion,
    progress: Progress,
    cancelled: Callable[[], bool],
) -> None:
    givens = givens_of(project, version)
    task = find_task(version.task)
    done = 0
    for made in _prepared(task, givens, [sheet.how for sheet in sheets]):
        for sheet, inputs in zip(sheets, made, strict=True):
            sheet.add(inputs)
        done += len(made[0]) if made else 0
        progress(done, len(givens))
        if cancelled():
            raise DatasetError(
                "Preparing the samples was stopped.", "Start again.", code="dataset.cancelled"
            )


def _prepared(
    task: Task, givens: Sequence[Given], hows: Sequence[Preprocessing]
) -> Iterator[list[list[Inputs]]]:
    """Yield portions in order; reading happens here, decoding on as many cores as there are.

    Pillow and NumPy let other threads run while they work; the project's file wants one.
    """
    workers = min(4, os.cpu_count() or 1)
    waiting: deque[Future[list[list[Inputs]]]] = deque()
    # The decoders hush warnings each for itself; in threads these would restore each other's
    # filters, so here they are hushed around them all.
    with warnings.catch_warnings(), ThreadPoolExecutor(workers) as pool:
        warnings.simplefilter("ignore")
        try:
            for chunk in _chunks(givens):
                waiting.append(pool.submit(task.prepare_all, chunk, hows))
                if len(waiting) > workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for left in waiting:
                left.cancel()


def _chunks(givens: Sequence[Given]) -> Iterator[list[Given]]:
    """Yield portions with their bytes read; rows of one original stay in one."""
    chunk: list[Given] = []
    size, held, content = 0, "", b""
    for given in givens:
        if given.digest != held:
            if len(chunk) >= _CHUNK_ROWS or size >= _CHUNK_BYTES:
                yield chunk
                chunk, size = [], 0
            held, content = given.digest, given.read()
            size += len(content)
        chunk.append(replace(given, read=_Bytes(content)))
    if chunk:
        yield chunk


class _Bytes:
    """Bytes that were read already."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def __call__(self) -> bytes:
        return self._content

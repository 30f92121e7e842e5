"""The copy of a dataset version a job works on: decoded once, memory-mapped.

```
x.npy              uint8 (samples, height, width, channels)
y.npy              int32 (samples,): index into the classes
split.npy          uint8 (samples,): 0 train, 1 validation, 2 test
description.json   dataset digest, classes, preprocessing, and the SHA-256 of the arrays
```
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.lib.format import open_memmap

from studio.domain.dataset import DatasetVersion, Split
from studio.domain.preprocessing import ImagePreprocessing
from studio.store import blobs
from studio.store.project_file import ProjectFile
from studio.tasks import find_task

__all__ = ["ARRAYS", "DESCRIPTION", "SPLIT_CODES", "file_digest", "write_snapshot"]

ARRAYS = ("x.npy", "y.npy", "split.npy")
DESCRIPTION = "description.json"

SPLIT_CODES = {Split.TRAIN: 0, Split.VALIDATION: 1, Split.TEST: 2}


def write_snapshot(
    project: ProjectFile,
    version: DatasetVersion,
    how: ImagePreprocessing,
    folder: Path,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> None:
    """Decode a dataset version into arrays.

    Args:
        project: Where the samples are.
        version: What to decode.
        how: Preprocessing of an input.
        folder: Where to; it is made.
        progress: Called with samples done and samples in all.

    Raises:
        ProjectError: if a sample is missing or damaged.
        OSError: if the disk refuses.
    """
    folder.mkdir(parents=True, exist_ok=True)
    prepare = find_task(version.task).prepare
    total = len(version.rows)
    x = open_memmap(folder / "x.npy", "w+", np.uint8, (total, *how.shape))
    for position, row in enumerate(version.rows):
        x[position] = prepare(blobs.get(project, row.sample_digest), how)
        progress(position + 1, total)
    x.flush()
    index = {name: number for number, name in enumerate(version.classes)}
    np.save(folder / "y.npy", np.array([index[row.class_name] for row in version.rows], np.int32))
    sides = [SPLIT_CODES[row.split] for row in version.rows]
    np.save(folder / "split.npy", np.array(sides, np.uint8))
    description = {
        "dataset": version.digest,
        "classes": version.classes,
        "preprocessing": how.as_json(),
        "sha256": {name: file_digest(folder / name) for name in ARRAYS},
    }
    text = json.dumps(description, ensure_ascii=False, indent=1)
    (folder / DESCRIPTION).write_text(text, encoding="utf-8")


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

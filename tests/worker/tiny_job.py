"""A job directory made by hand: sixty pictures of 8x8, so that a trial takes about a second."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from studio.domain.preprocessing import ImagePreprocessing
from studio.jobs import JobDirectory
from studio.search import SearchSpec

SPEC = SearchSpec(
    space="mcu-image-cnn",
    classes=("dark", "bright", "striped"),
    variants={"8-grey": ImagePreprocessing(width=8, height=8, channels=1)},
    dataset_digest="made by hand",
    seconds=3600.0,
    trials=None,
    seed=1,
    flash_bytes=200_000,
    ram_bytes=60_000,
    most_at_once=1,
)


def make_job(root: Path, **wishes: Any) -> JobDirectory:
    """Write specification and snapshot; wishes replace fields of `SPEC`."""
    directory = JobDirectory(root)
    truth = np.arange(60, dtype=np.int32) % 3
    rng = np.random.default_rng(0)
    pixels = rng.integers(0, 60, (60, 8, 8, 1), np.uint8)
    pixels[truth == 1] += 120
    pixels[truth == 2, ::2] += 120
    arrays = {
        "x": pixels,
        "y": truth,
        "split": np.repeat(np.array([0, 1, 2], np.uint8), 20),
        "group": np.arange(60, dtype=np.int32),
    }
    folder = directory.data / "8-grey"
    folder.mkdir(parents=True)
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", array)
    directory.write_spec(replace(SPEC, **wishes).as_json())
    return directory

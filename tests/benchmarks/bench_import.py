"""How much longer importing small pictures takes than only reading and decoding them.

Run ``python -m tests.benchmarks.bench_import [PICTURES [SIDE]]``. Prints, as JSON, the seconds
of both in one run and their ratio. The import does all a person's does: it finds the files,
decodes each wholly, makes its thumbnail and writes everything durably into a project.
"""

from __future__ import annotations

import io
import json
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from PIL import Image

from studio.app import Session

SIDE = 64
"""Pixels a side of a small picture: between a scanned digit and what models are given."""

_ROUNDS = 3
_CLASSES = 10


def write_pictures(folder: Path, total: int, side: int) -> None:
    """Write colour PNGs that look like photos: smooth, with the noise of a sensor."""
    choice = np.random.default_rng(1)
    for number in range(total):
        rough = Image.fromarray(choice.integers(0, 256, (6, 6, 3), dtype=np.uint8))
        smooth = np.asarray(rough.resize((side, side), Image.Resampling.BICUBIC), np.int16)
        noisy = smooth + choice.integers(-3, 4, smooth.shape)
        place = folder / str(number % _CLASSES) / f"{number:06d}.png"
        place.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(noisy.clip(0, 255).astype(np.uint8)).save(place)


def decode_all(folder: Path) -> float:
    """Return the seconds it takes to read and decode every picture, and nothing else."""
    files = sorted(folder.rglob("*.png"))
    began = time.perf_counter()
    for path in files:
        with Image.open(io.BytesIO(path.read_bytes())) as image:
            image.load()
    return time.perf_counter() - began


def import_all(folder: Path, project: Path) -> float:
    """Return the seconds of an import into a new project."""
    total = sum(1 for _ in folder.rglob("*.png"))
    began = time.perf_counter()
    with Session.create(project) as session:
        summary = session.import_paths([folder])
    taken = time.perf_counter() - began
    if summary.added != total:
        raise RuntimeError(f"{summary.added} of {total} pictures came in")
    return taken


def measure(total: int, side: int = SIDE) -> dict[str, float]:
    """Take turns, and compare the best of each."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "photos"
        write_pictures(folder, total, side)
        decode_all(folder)  # so that neither waits for the disk alone
        pairs = [
            (decode_all(folder), import_all(folder, Path(place) / f"{number}.automl"))
            for number in range(_ROUNDS)
        ]
    decoded, imported = (min(times) for times in zip(*pairs, strict=True))
    return {
        "pictures": total,
        "side": side,
        "decode_s": decoded,
        "import_s": imported,
        "import_to_decode": imported / decoded,
    }


if __name__ == "__main__":
    print(json.dumps(measure(*map(int, sys.argv[1:] or ["10000"])), indent=1))

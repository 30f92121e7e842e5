"""Projects made straight in the store: samples without an importer."""

from __future__ import annotations

import io
import json
import wave
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from studio.domain.sample import ImageFacts, NewSample, RecordingFacts, RowFacts
from studio.store import samples, tables
from studio.store.project_file import ProjectFile
from studio.tasks import pictures
from tests.pictures import encoded

__all__ = ["add_pictures", "add_rows", "add_waves", "new_project", "scene"]


def scene(seed: int, width: int = 96, height: int = 80) -> Image.Image:
    """Return a picture of soft blots, quite unlike that of any other seed."""
    dice = np.random.default_rng(seed)
    small = Image.fromarray(dice.integers(0, 256, (12, 12, 3), dtype=np.uint8))
    return small.resize((width, height), Image.Resampling.BICUBIC)


def add_pictures(
    project: ProjectFile, given: Iterable[tuple[str, str | None, Image.Image | bytes]], **more: Any
) -> list[int]:
    """Add pictures as name, class and picture; return their row numbers."""
    batch = []
    for name, class_name, picture in given:
        content = picture if isinstance(picture, bytes) else encoded(picture)
        facts = pictures.inspect(content)
        sample = NewSample(
            content=content,
            name=name,
            media_type=facts.media_type,
            facts=ImageFacts(width=facts.width, height=facts.height, channels=facts.channels),
            class_name=class_name,
            **more,
        )
        batch.append((sample, facts.thumbnail))
    with project.transaction():
        return list(samples.add_all(project, batch))


def add_rows(
    project: ProjectFile,
    rows: Iterable[Mapping[str, Any]],
    *,
    target: str,
    types: Mapping[str, str],
) -> list[int]:
    """Add rows of one table; the class is what stands in the target column."""
    batch = []
    for number, row in enumerate(rows):
        content = json.dumps(dict(row), sort_keys=True, ensure_ascii=False).encode()
        sample = NewSample(
            content=content,
            name=f"table.csv/{number}",
            media_type="application/json",
            facts=RowFacts(table="0" * 64),
            class_name=None if row[target] is None else str(row[target]),
        )
        batch.append((sample, None))
    with project.transaction():
        tables.put(project, "0" * 64, {**types, target: "target"})
        return list(samples.add_all(project, batch))


def add_waves(
    project: ProjectFile, given: Iterable[tuple[str, str | None, np.ndarray]], rate: int = 8000
) -> list[int]:
    """Add recordings as name, class and values, -1 to 1, ``(samples, channels)``."""
    batch = []
    for name, class_name, values in given:
        channels = tuple(f"channel {n + 1}" for n in range(values.shape[1]))
        facts = RecordingFacts(
            channels=channels,
            units=("",) * len(channels),
            rate_hz=float(rate),
            samples=len(values),
        )
        sample = NewSample(
            content=_wav(values, rate),
            name=name,
            media_type="audio/wav",
            facts=facts,
            class_name=class_name,
        )
        batch.append((sample, None))
    with project.transaction():
        return list(samples.add_all(project, batch))


def _wav(values: np.ndarray, rate: int) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(values.shape[1])
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes((np.clip(values, -1, 1) * 32767).astype("<i2").tobytes())
    return out.getvalue()


def new_project(folder: Path) -> ProjectFile:
    """Make an empty project."""
    return ProjectFile.create(folder / "p.automl", task="image-classification")

"""What writes the files of a sample project, from the numbers of its recipe."""

from __future__ import annotations

import csv
import importlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

__all__ = ["MAKERS", "Maker"]

Recipe = Mapping[str, Any]
Maker = Callable[[Recipe, Path], None]
"""Writes the files of a recipe into a folder that is there."""

Floats = NDArray[np.float64]


def _loaded(recipe: Recipe) -> Any:
    # Imported by name so that plain commands do not pay for scikit-learn.
    return getattr(importlib.import_module("sklearn.datasets"), recipe["loader"])()


def _pictures(recipe: Recipe, root: Path) -> None:
    """Write a grey PNG for each image, in a folder for each class."""
    data = _loaded(recipe)
    for number, (image, label) in enumerate(zip(data.images, data.target, strict=True)):
        target = root / str(label) / f"{number:04d}.png"
        target.parent.mkdir(exist_ok=True)
        _enlarged(image, recipe).save(target)


def _enlarged(image: Floats, recipe: Recipe) -> Image.Image:
    grey = np.round(image / recipe["largest"] * 255).astype(np.uint8)
    size = (recipe["side"], recipe["side"])
    return Image.fromarray(grey).resize(size, Image.Resampling.BILINEAR)


def _table(recipe: Recipe, root: Path) -> None:
    """Write one CSV: the measurements, and what each row is."""
    data = _loaded(recipe)
    with (root / f"{root.name}.csv").open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow([*data.feature_names, recipe["target"]])
        for row, label in zip(data.data, data.target, strict=True):
            lines.writerow([*map(float, row), data.target_names[label]])


def _vibration(recipe: Recipe, root: Path) -> None:
    """Write a CSV for each recording: milliseconds, and acceleration on three axes in g."""
    random = np.random.default_rng(recipe["seed"])
    for name, machine in recipe["classes"].items():
        (root / name).mkdir()
        for day in range(1, recipe["days"] + 1):
            shaft_hz = random.uniform(*recipe["shaft_hz"])  # another speed every day
            for number in range(1, recipe["recordings_a_day"] + 1):
                signal = _shaken(recipe, machine, shaft_hz, random)
                _write_signal(root / name / f"day{day}-{number}.csv", recipe["rate_hz"], signal)


def _shaken(
    recipe: Recipe, machine: Recipe, shaft_hz: float, random: np.random.Generator
) -> Floats:
    """Return the acceleration of one recording in g, float64 ``(samples, 3)``."""
    count = round(recipe["seconds"] * recipe["rate_hz"])
    time = np.arange(count) / recipe["rate_hz"] + random.uniform(0, 1)
    angle = 2 * np.pi * shaft_hz * time
    turning = machine["turning_g"] * random.uniform(0.85, 1.15)
    across = turning * (np.sin(angle) + 0.2 * np.sin(2 * angle))
    along = turning * (np.cos(angle) + 0.2 * np.cos(2 * angle))
    knocks = machine["knock_g"] * random.uniform(0.85, 1.15) * _knocks(recipe, shaft_hz, time)
    axes = np.stack([across + knocks, along + 0.6 * knocks, 1.0 + 0.2 * knocks], axis=1)
    return axes + random.normal(0, recipe["noise_g"], axes.shape)


def _knocks(recipe: Recipe, shaft_hz: float, time: Floats) -> Floats:
    """Return the ringing of a defect that is struck again and again, at most 1."""
    between_s = 1 / (recipe["knocks_a_turn"] * shaft_hz)
    since = np.mod(time, between_s)
    ringing = np.sin(2 * np.pi * recipe["ringing_hz"] * since)
    dying: Floats = np.exp(-since / recipe["ringing_dies_s"]) * ringing
    return dying


def _write_signal(path: Path, rate_hz: float, signal: Floats) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(["time_ms", "x_g", "y_g", "z_g"])
        lines.writerows(_rows(rate_hz, signal))


def _rows(rate_hz: float, signal: Floats) -> Iterator[list[str]]:
    for number, axes in enumerate(signal):
        yield [f"{1000 * number / rate_hz:g}", *(f"{value:.4f}" for value in axes)]


MAKERS: Mapping[str, Maker] = {"pictures": _pictures, "table": _table, "vibration": _vibration}
"""By the name a recipe gives."""

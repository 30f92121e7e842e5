"""The data sets of the comparison, as files a person would import."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"
"""Real sets beside the repository; what is not there is left out, and said."""

TARGET = "target"


class Missing(Exception):
    """The files of a set are not on this computer."""


@dataclass(frozen=True, kw_only=True)
class Set:
    """One data set.

    Attributes:
        id: As the command line takes it.
        task: Of the project.
        write: Writes the files into a folder and returns what to import.
        options: Given to ``import`` with ``--set``, where a person would.
    """

    id: str
    task: str
    write: Callable[[Path], Sequence[Path]]
    options: tuple[str, ...] = ()


def _digits(folder: Path) -> Sequence[Path]:
    from studio.app import build_sample

    return [build_sample("digits", folder)]


def _own(name: str) -> Callable[[Path], Sequence[Path]]:
    """Return a writer for one of scikit-learn's own tables."""

    def write(folder: Path) -> Sequence[Path]:
        import sklearn.datasets

        # Diabetes in its units, as a person's table would be, not centred and divided.
        extra = {"scaled": False} if name == "diabetes" else {}
        data = getattr(sklearn.datasets, f"load_{name}")(**extra)
        names = [str(column).replace("/", " ") for column in data.feature_names]
        told: Sequence[object] = data.target
        if hasattr(data, "target_names") and name != "diabetes":
            told = [str(data.target_names[number]) for number in data.target]
        return [write_table(folder / f"{name}.csv", names, data.data, told)]

    return write


def _covtype_like(folder: Path) -> Sequence[Path]:
    names, x, y = covtype_like()
    return [write_table(folder / "covtype-like.csv", names, x, [f"cover-{n}" for n in y])]


def covtype_like(rows: int = 6000) -> tuple[list[str], np.ndarray, np.ndarray]:
    """Return a table shaped like Covertype: 10 numbers, one of 4 areas, one of 40 soils, 7 classes.

    The real one cannot be fetched here. The classes are as unequal as there; each is two
    clusters of eight hidden numbers, a fiftieth has another class. Areas and soils follow from
    the hidden numbers, with noise. The same whatever the seed of a comparison.
    """
    from sklearn.datasets import make_classification

    shares = [0.36, 0.49, 0.06, 0.01, 0.02, 0.03, 0.03]
    hidden, y = make_classification(
        rows,
        n_features=10,
        n_informative=8,
        n_redundant=2,
        n_classes=7,
        n_clusters_per_class=2,
        weights=shares,
        class_sep=1.2,
        flip_y=0.02,
        shuffle=True,
        random_state=0,
    )
    dice = np.random.default_rng(0)
    scale, offset = dice.uniform(5, 800, 10), dice.uniform(0, 3000, 10)
    numbers = np.round(offset + scale * hidden)
    kinds = []
    for count in (4, 40):
        pulled = hidden @ dice.normal(size=(10, count)) + dice.normal(scale=3, size=(rows, count))
        kinds.append(np.eye(count)[pulled.argmax(axis=1)])
    names = [f"number_{n}" for n in range(10)]
    names += [f"area_{n}" for n in range(4)] + [f"soil_{n}" for n in range(40)]
    return names, np.concatenate([numbers, *kinds], axis=1), y


def write_table(path: Path, names: Sequence[str], x: np.ndarray, y: Sequence[object]) -> Path:
    """Write a CSV file whose last column is the target."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow([*names, TARGET])
        out.writerows([*map(_text, row), told] for row, told in zip(x.tolist(), y, strict=True))
    return path


def _text(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(value)


def _shared(name: str, pattern: str) -> Callable[[Path], Sequence[Path]]:
    """Return a writer that copies recordings of a shared set."""

    def write(folder: Path) -> Sequence[Path]:
        found = sorted((SHARED / name).glob(pattern))
        if not found:
            raise Missing(f"{name} is not among the shared data")
        for path in found:
            target = folder / name / path.relative_to(SHARED / name)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
        return [folder / name]

    return write


_CLASS = ("target=" + TARGET, "target_is=class")

SETS = {
    found.id: found
    for found in (
        Set(id="digits", task="image-classification", write=_digits),
        Set(id="wine", task="tabular-classification", write=_own("wine"), options=_CLASS),
        Set(
            id="breast-cancer",
            task="tabular-classification",
            write=_own("breast_cancer"),
            options=_CLASS,
        ),
        Set(
            id="diabetes",
            task="tabular-regression",
            write=_own("diabetes"),
            options=("target=" + TARGET, "target_is=number"),
        ),
        Set(
            id="covtype-like",
            task="tabular-classification",
            write=_covtype_like,
            options=_CLASS,
        ),
        Set(
            id="stm32-har",
            task="sensor-classification",
            write=_shared("stm32-har-accel", "[!_]*/*_rec*.csv"),
        ),
        Set(
            id="older-people",
            task="sensor-classification",
            write=_shared("older-people-rfid-accel", "d*.csv"),
        ),
    )
}

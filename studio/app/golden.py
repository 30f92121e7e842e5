"""The test samples a bundle carries to prove itself with, and what they were made from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.datasets import givens_of
from studio.domain.candidate import Candidate
from studio.domain.dataset import DatasetVersion, Split
from studio.domain.errors import ExportError
from studio.domain.preprocessing import Preprocessing, SignalPreprocessing
from studio.domain.sample import SampleKind
from studio.export import Raw
from studio.store.project_file import ProjectFile
from studio.tasks import Given, find_task, rows, windows

__all__ = ["Golden", "golden_of"]

_MOST_INPUTS = 20
_MOST_WINDOWS = 4
"""Windows of one recording: enough to see that the next one begins where it should."""

_Made = tuple[NDArray[np.uint8], list[Raw]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Golden:
    """As `BundleContents` wants it: inputs, their names and truth, and what they are from."""

    inputs: NDArray[np.uint8]
    names: tuple[str, ...]
    truth: tuple[str | float, ...]
    raw: tuple[Raw, ...]
    groups: tuple[int, ...]

    def fields(self) -> dict[str, Any]:
        """Return them by the names `BundleContents` has for them."""
        return {f"golden_{name}": getattr(self, name) for name in self.__slots__}


def golden_of(project: ProjectFile, version: DatasetVersion, candidate: Candidate) -> Golden:
    """Return test samples, every class in turn and in a fixed order, prepared for a candidate.

    Raises:
        ExportError: ``export.no_golden`` if no test sample is as long as the model's window.
    """
    task, how = find_task(candidate.task), candidate.preprocessing
    inputs: list[NDArray[np.uint8]] = []
    raw: list[Raw] = []
    names, truth, groups = [], [], []
    most = max(_MOST_INPUTS, len(version.classes))
    for given in _in_turn(givens_of(project, version, {Split.TEST}), version):
        if len(inputs) >= most:
            break
        made, raws = _MAKERS[task.kind](given, how)
        for one in made[: most - len(inputs)]:
            inputs.append(one)
            names.append(PurePosixPath(given.name).name)
            truth.append(given.class_name if given.amount is None else given.amount)
            groups.append(len(raw))
        raw += raws if len(made) else []
    if not inputs:
        raise ExportError(
            "No test sample makes an input of this model.",
            "Add longer recordings, or choose a candidate with shorter windows.",
            code="export.no_golden",
        )
    together = groups if len(raw) not in (0, len(inputs)) else []
    return Golden(
        inputs=np.stack(inputs),
        names=tuple(names),
        truth=tuple(truth),
        raw=tuple(raw),
        groups=tuple(together),
    )


def _in_turn(givens: list[Given], version: DatasetVersion) -> Iterator[Given]:
    """Yield one of every class, then a second, and so on; amounts as they stand."""
    seen: Counter[str] = Counter()
    turns = []
    for given in givens:
        place = version.classes.index(given.class_name) if given.class_name else 0
        turns.append((seen[given.class_name], place, given))
        seen[given.class_name] += 1
    return (given for _, _, given in sorted(turns, key=lambda turn: turn[:2]))


def _picture(given: Given, how: Preprocessing) -> _Made:
    return find_task("image-classification").prepare(given, how), []


def _row(given: Given, how: Preprocessing) -> _Made:
    return rows.prepare_all([given], [how])[0][0], [rows.row_of(given)]


def _stretch(given: Given, how: Preprocessing) -> _Made:
    """Return the windows of the first piece that has any, and that piece."""
    assert isinstance(how, SignalPreprocessing)
    for opened, recording in windows.opened([given]):
        for piece in windows.pieces_of(opened, recording, how.channels, how.rate_hz):
            made = windows.windows_of(piece, how)
            if len(made):
                return made[:_MOST_WINDOWS], [piece]
    return np.empty((0, *how.shape), np.uint8), []


_MAKERS: Mapping[SampleKind, Callable[[Given, Preprocessing], _Made]] = {
    SampleKind.IMAGE: _picture,
    SampleKind.ROW: _row,
    SampleKind.RECORDING: _stretch,
}

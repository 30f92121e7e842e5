"""What a person drops, before anything is written: a project, a bundle, or data of some task."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from studio.app import importing
from studio.app.importing import Closer
from studio.domain.errors import ImportFailed, StudioError
from studio.importers import ImportPreview, Options, claims
from studio.tasks import Goal, find_task, tasks

__all__ = [
    "Arrival",
    "ArrivalKind",
    "Closer",
    "arrival_of",
    "look_closer",
    "preview_for",
    "task_titles",
]

_PROJECT = ".automl"
_MANIFEST = "manifest.json"
_BUNDLE_KIND = b"edge-automl-studio-bundle"
_PEEKED_BYTES = 1 << 20
_FEW_VALUES = 20
"""A column of numbers with at most so many different ones may be classes written as numbers."""


class ArrivalKind(StrEnum):
    """What kind of thing was dropped."""

    PROJECT = "project"
    BUNDLE = "bundle"
    DATA = "data"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """What was dropped.

    Attributes:
        kind: What it is, all of it together.
        path: The project or the bundle; of data the first that was given.
        paths: Everything that was given.
        tasks: What may be learned from data, the likeliest first; empty for the others.
    """

    kind: ArrivalKind
    path: Path
    paths: tuple[Path, ...]
    tasks: tuple[str, ...] = ()


def task_titles() -> Mapping[str, str]:
    """Return the title of every task that can be searched, by id."""
    return {id: task.title for id, task in tasks().items() if task.spaces}


def arrival_of(paths: Sequence[Path]) -> Arrival:
    """Say what was dropped; of several things at once, a project goes first, then a bundle.

    Raises:
        ImportFailed: ``import.not_found`` where it is not there, ``import.nothing`` where
            nothing was given.
    """
    if not paths:
        raise ImportFailed(
            "There is no file or folder in what was given.",
            "Drop a folder, files or a zip from the file manager.",
            code="import.nothing",
        )
    given = tuple(paths)
    for kind, is_it in ((ArrivalKind.PROJECT, _is_project), (ArrivalKind.BUNDLE, _is_bundle)):
        for path in given:
            if is_it(path):
                return Arrival(kind=kind, path=path, paths=given)
    return Arrival(kind=ArrivalKind.DATA, path=given[0], paths=given, tasks=_likely(given))


def preview_for(paths: Sequence[Path], task: str, options: Options | None = None) -> ImportPreview:
    """Return what importing would bring to a project of a task that need not be there; *slow*.

    Raises:
        ImportFailed: when nothing of it is a sample for that task.
    """
    return importing.preview_for(find_task(task), paths, options)


def look_closer(
    paths: Sequence[Path],
    task: str,
    options: Options | None = None,
    *,
    progress: Callable[[int, int], None] = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Closer | None:
    """Open every file without writing anything; None for tables, or when cancelled; *slow*."""
    return importing.look_closer(find_task(task), paths, options, progress, cancelled)


def _is_project(path: Path) -> bool:
    return path.suffix.lower() == _PROJECT and not path.is_dir()


def _is_bundle(path: Path) -> bool:
    """Whether a zip or folder calls itself a bundle; whether it is one, `verify` says."""
    with suppress(Exception):  # a stranger's zip raises whatever it likes: then it is none
        if path.is_dir():
            with (path / _MANIFEST).open("rb") as file:
                return _BUNDLE_KIND in file.read(_PEEKED_BYTES)
        if path.suffix.lower() == ".zip":
            with zipfile.ZipFile(path) as packed, packed.open(_manifest_of(packed)) as file:
                return _BUNDLE_KIND in file.read(_PEEKED_BYTES)
    return False


def _manifest_of(packed: zipfile.ZipFile) -> str:
    """Return the manifest's name: at the top, or in the one folder build systems want."""
    names = packed.namelist()
    tops = {name.partition("/")[0] for name in names}
    inside = f"{tops.pop()}/{_MANIFEST}" if len(tops) == 1 else _MANIFEST
    return inside if inside in names else _MANIFEST


def _likely(paths: Sequence[Path]) -> tuple[str, ...]:
    """Return the tasks that can take what was given, those that claim it most strongly first."""
    strength = claims(paths, {id: tasks()[id].importers for id in task_titles()})
    found = [id for id, strong in strength.items() if strong]
    first = _first_of_equals(paths, found)
    return tuple(sorted(found, key=lambda id: (-strength[id], id not in first)))


def _first_of_equals(paths: Sequence[Path], found: Sequence[str]) -> set[str]:
    """Return which tasks go first among equal claims: a lone text of numbers is a table.

    Several files of one kind, or files in folders, are recordings; of a table, the column
    that looks like the answer says whether classes or amounts are told.
    """
    single = len(paths) == 1 and not paths[0].is_dir()
    for id in found:
        task = find_task(id)
        table = task.importers == ("table",)
        if table is not single:
            continue
        if not table:
            return {id}
        goal = _goal_of_table(paths)
        return {each for each in found if find_task(each).goal is goal
                and find_task(each).importers == ("table",)}  # fmt: skip
    return set()


def _goal_of_table(paths: Sequence[Path]) -> Goal:
    """Say whether the last word on a table is a class or an amount."""
    with suppress(StudioError):
        seen = importing.preview_for(find_task("tabular-classification"), paths, None)
        if seen.counts and len(seen.counts) <= max(_FEW_VALUES, seen.samples // 10):
            return Goal.CLASSIFICATION
        return Goal.REGRESSION
    return Goal.CLASSIFICATION

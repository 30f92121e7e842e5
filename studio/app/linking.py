"""Originals that stay outside the project: finding them again, and taking them in."""

from __future__ import annotations

import hashlib
import os
import stat
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from studio.domain.errors import DatasetError, ImportFailed
from studio.domain.operation import Change
from studio.store import history, links, samples
from studio.store.edits import Edits, parts_of, touched_samples
from studio.store.links import Link, MissingLink
from studio.store.project_file import ProjectFile

__all__ = ["RelinkSummary", "check_originals", "relink"]

_NAMED = 3

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class RelinkSummary:
    """What `relink` did.

    Attributes:
        looked_for: Links that led nowhere.
        change: The step of the history, or None if nothing was found.
        missing: Those that still lead nowhere.
    """

    looked_for: int
    change: Change | None
    missing: tuple[MissingLink, ...]


def relink(
    project: ProjectFile,
    folder: Path,
    *,
    thorough: bool = False,
    progress: Progress = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> RelinkSummary:
    """Look for originals that are not where they were, by their digests, as one step.

    Whatever they are called now they are found. Of several copies the one is taken whose path
    ends most like the name of the sample.

    Args:
        project: Whose.
        folder: Where to look, in everything below it; links to folders are not followed.
        thorough: Whether to compare every original that seems to be there with its digest
            first, and not only its size.
        progress: Called with files looked at and files that may be it.
        cancelled: Asked before each file; then nothing is changed.

    Raises:
        ImportFailed: ``import.not_found`` if there is no such folder.
        ProjectError: ``project.read_only``.
    """
    if not folder.is_dir():
        raise ImportFailed(
            f"{folder.name or folder} is no folder.", "Check the name.", code="import.not_found"
        )
    project.claim_writing()
    missing = links.broken(project, thorough=thorough)
    lost = links.linked(project, [link.sample_id for link in missing])
    found = _search(folder, lost, progress, cancelled)
    chosen = {link.sample_id: _closest(link, found[link.digest]) for link in lost
              if found.get(link.digest)}  # fmt: skip
    if cancelled() or not chosen:
        return RelinkSummary(looked_for=len(lost), change=None, missing=missing)
    return RelinkSummary(
        looked_for=len(lost),
        change=_write(project, chosen),
        missing=tuple(link for link in missing if link.sample_id not in chosen),
    )


def _search(
    folder: Path, lost: Sequence[Link], progress: Progress, cancelled: Callable[[], bool]
) -> Mapping[str, Sequence[str]]:
    """Return the files below a folder by digest, for the digests that are lost."""
    wanted: dict[int, set[str]] = defaultdict(set)
    for link in lost:
        wanted[link.size].add(link.digest)
    likely = [(path, size) for path, size in _files(folder) if size in wanted]
    found: dict[str, list[str]] = defaultdict(list)
    for done, (path, size) in enumerate(likely, start=1):
        if cancelled():
            break
        digest = _digest(path)
        if digest in wanted[size]:
            found[digest].append(path)
        progress(done, len(likely))
    return found


def _files(folder: Path) -> Iterator[tuple[str, int]]:
    """Yield the ordinary files below a folder whose paths are text, and their sizes."""
    for place, folders, files in os.walk(os.path.abspath(folder)):
        folders.sort()
        for name in sorted(files):
            path = os.path.join(place, name)
            try:
                path.encode("utf-8")
                status = os.stat(path)
            except (OSError, UnicodeEncodeError):
                continue  # gone, a link in a circle, or a name no project can note
            if stat.S_ISREG(status.st_mode):
                yield path, status.st_size


def _digest(path: str) -> str:
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""  # what cannot be read is not it


def _closest(link: Link, paths: Sequence[str]) -> str:
    wanted = link.sample.split("/")[::-1]

    def agreement(path: str) -> int:
        parts = Path(path).parts[::-1]
        pairs = zip(parts, wanted, strict=False)
        return next((i for i, (a, b) in enumerate(pairs) if a != b), len(wanted))

    return max(paths, key=agreement)


def _write(project: ProjectFile, chosen: Mapping[int, str]) -> Change:
    title = f"Relink {len(chosen):,} sample{'' if len(chosen) == 1 else 's'}"
    with project.transaction():
        edits = Edits(project)
        for id, path in chosen.items():
            edits.update("samples", [id], {"link": path})
        # The paths are in the log alone, where `links.forget` finds them.
        step = history.add(project, "relink", title, {}, edits.log)
        touched = touched_samples(project, edits.log)
        return Change(operation=step, parts=parts_of(edits.log), sample_ids=touched)


def check_originals(project: ProjectFile) -> None:
    """Refuse to go on while originals of labelled samples are not where they were.

    Only what the folders say is looked at; bytes are compared when they are read.

    Raises:
        DatasetError: ``dataset.originals_missing``.
    """
    missing = links.broken(project)
    if not missing:
        return
    needed = {
        sample.id
        for sample in samples.get(project, [link.sample_id for link in missing])
        if sample.class_name is not None and not sample.excluded
    }
    lost = [link for link in missing if link.sample_id in needed]
    if lost:
        named = ", ".join(f"{link.path} ({link.why.rstrip('.').lower()})" for link in lost[:_NAMED])
        more = f" and {len(lost) - _NAMED:,} more" if len(lost) > _NAMED else ""
        raise DatasetError(
            f"Linked originals of {len(lost):,} labelled samples cannot be used: {named}{more}.",
            "Put them back, let the studio look for them (`relink`), or exclude these samples.",
            code="dataset.originals_missing",
        )

"""Linked originals: which are no longer there, and turning links into copies.

The path of an original is in ``samples.link``, absolute, and after a removal or a relinking in
the log that takes that back. Its blob has a size and no content.
"""

from __future__ import annotations

import json
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from studio.domain.sample import NewSample
from studio.store import blobs, history
from studio.store.failures import decoded
from studio.store.outside import read_original, why_not
from studio.store.project_file import ProjectFile

__all__ = [
    "CollectReport",
    "Link",
    "MissingLink",
    "broken",
    "collect",
    "forget",
    "linked",
    "renew",
]

_BATCH = 100
_BATCH_BYTES = 64 << 20
_BATCH_SECONDS = 2.0
"""Copies a transaction, its bytes, and how long a person waits after having cancelled."""

_OUTSIDE = "length(content) = 0 AND size > 0"
"""What tells the blob of a linked original."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A sample whose original stays outside: where, and what it was."""

    sample_id: int
    sample: str
    path: str
    digest: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingLink:
    """A linked original that is not where it was, or is another file now."""

    sample: str
    path: str
    why: str
    sample_id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectReport:
    """What `collect` did.

    Attributes:
        copied: Originals copied into the project.
        bytes: Of these.
        missing: Those that stay links, since they are not what they were.
        whole: False when it was cancelled.
    """

    copied: int
    bytes: int
    missing: tuple[MissingLink, ...]
    whole: bool


def linked(project: ProjectFile, sample_ids: Sequence[int] | None = None) -> tuple[Link, ...]:
    """Return the samples whose originals stay outside, in the order of import.

    Args:
        project: Whose.
        sample_ids: Of these only; by default of all.
    """
    chosen = "" if sample_ids is None else " AND s.id IN (SELECT value FROM json_each(?))"
    sql = (
        "SELECT s.id, s.name, s.link, s.digest, b.size FROM samples s"
        f" JOIN blobs b ON b.digest = s.digest WHERE s.link IS NOT NULL AND {_OUTSIDE}"
        f"{chosen} ORDER BY s.id"
    )
    values = () if sample_ids is None else (json.dumps(list(sample_ids)),)
    return tuple(
        Link(sample_id=row[0], sample=row[1], path=row[2], digest=row[3], size=row[4])
        for row in project.rows(sql, values)
    )


def broken(
    project: ProjectFile,
    links: Iterable[Link] | None = None,
    *,
    thorough: bool = False,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> tuple[MissingLink, ...]:
    """Return the links whose originals no longer serve.

    Args:
        project: Whose.
        links: Which; by default all.
        thorough: Whether to compare every byte, and not just what the folders say.
        progress: Called with links done and links in all.
    """
    looked_at = linked(project) if links is None else tuple(links)
    found = []
    for done, link in enumerate(looked_at, start=1):
        why = why_not(link.path, link.size, link.digest if thorough else None)
        if why:
            found.append(
                MissingLink(sample=link.sample, path=link.path, why=why, sample_id=link.sample_id)
            )
        progress(done, len(looked_at))
    return tuple(found)


def renew(project: ProjectFile, batch: Iterable[NewSample]) -> None:
    """Note where linked originals were found just now, should they have moved.

    The bytes are those the samples had, so that nothing about the samples changes, and there is
    nothing to take back.
    """
    rows = [
        (str(sample.link), blobs.digest_of(sample.content), sample.name, str(sample.link))
        for sample in batch
        if sample.link is not None
    ]
    with project.transaction():
        project.executemany(
            "UPDATE samples SET link = ? WHERE digest = ? AND name = ?"
            " AND link IS NOT NULL AND link <> ?",
            rows,
        )


def collect(
    project: ProjectFile,
    *,
    progress: Callable[[int, int], None] = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> CollectReport:
    """Copy the linked originals into the project, and forget where they were.

    Each batch is durable. What is not what it was stays a link, and is told.

    Args:
        project: Whose.
        progress: Called with originals done and originals in all.
        cancelled: Asked between the batches; what was copied until then stays copied.

    Raises:
        ProjectError: ``project.read_only``, and the disk's troubles.
    """
    project.claim_writing()
    ways = _ways(project)
    copied = size = 0
    whole = True
    for batch, done in _batches(ways):
        with project.transaction():
            project.executemany("UPDATE blobs SET content = ? WHERE digest = ?", batch)
        copied += len(batch)
        size += sum(len(content) for content, _ in batch)
        progress(done, len(ways))
        if cancelled() and done < len(ways):
            whole = False
            break
    forget(project, only_collected=True)
    missing = () if not whole else broken(project, thorough=True)
    return CollectReport(copied=copied, bytes=size, missing=missing, whole=whole)


_Ways = Mapping[tuple[str, int], Sequence[str]]


def _ways(project: ProjectFile) -> _Ways:
    """Return where linked originals may be, by digest and size; undo's are among them."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for row in project.rows("SELECT digest, link FROM samples WHERE link IS NOT NULL ORDER BY id"):
        found[row["digest"]][row["link"]] = None
    for row in project.rows(f"SELECT id FROM operations WHERE {_TELLS}"):
        log = history.log_of(project, row["id"])
        with decoded(project.path):
            for digest, path in _removed(log):
                found[digest][path] = None
    outside = project.rows(f"SELECT digest, size FROM blobs WHERE {_OUTSIDE} ORDER BY digest")
    return {(row[0], row[1]): tuple(found[row[0]]) for row in outside if row[0] in found}


_TELLS = """instr(undo, '"link"') > 0"""
"""Which steps of the history may hold paths."""


def _removed(log: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """Yield digest and path of the linked samples that a log would bring back."""
    for entry in log:
        if entry.get("do") == "delete" and entry.get("table") == "samples":
            columns = list(entry["columns"])
            digest, link = columns.index("digest"), columns.index("link")
            yield from ((row[digest], row[link]) for row in entry["rows"] if row[link])


def _batches(ways: _Ways) -> Iterator[tuple[list[tuple[bytes, str]], int]]:
    """Yield originals as (bytes, digest), some at a time, and how many are done."""
    batch: list[tuple[bytes, str]] = []
    began, size = time.monotonic(), 0
    for done, ((digest, length), paths) in enumerate(ways.items(), start=1):
        read = (read_original(path, length, digest) for path in paths)
        content = next((found for found in read if found is not None), None)
        if content is not None:
            batch.append((content, digest))
            size += length
        late = time.monotonic() - began >= _BATCH_SECONDS
        if late or len(batch) >= _BATCH or size >= _BATCH_BYTES or done == len(ways):
            yield batch, done
            batch, size, began = [], 0, time.monotonic()


def forget(project: ProjectFile, *, only_collected: bool = False) -> int:
    """Forget where originals were; those that are not collected can then not be read.

    Where they were is overwritten, in the history too. Pages the file no longer uses may still
    tell; `saving.compact` gives those back.

    Args:
        project: Whose.
        only_collected: Whether to leave the links of what is not in the project.

    Returns:
        How many samples had a link.
    """
    project.execute("PRAGMA secure_delete = ON")
    outside = f"SELECT digest FROM blobs WHERE {_OUTSIDE}"
    which = "link IS NOT NULL" + (f" AND digest NOT IN ({outside})" if only_collected else "")
    with project.transaction():
        count = int(project.value(f"SELECT count(*) FROM samples WHERE {which}"))
        staying = {row[0] for row in project.rows(outside)} if only_collected else set()
        _clear_history(project, staying)
        project.execute(f"UPDATE samples SET link = NULL WHERE {which}")
    return count


def _clear_history(project: ProjectFile, staying: set[str]) -> None:
    digests = {row["id"]: row["digest"] for row in project.rows("SELECT id, digest FROM samples")}
    for row in project.rows(f"SELECT id FROM operations WHERE {_TELLS}"):
        log = history.log_of(project, row["id"])
        with decoded(project.path):
            told = [_told_less(entry, staying, digests) for entry in log]
        text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
        project.execute("UPDATE operations SET undo = ? WHERE id = ?", (text, row["id"]))


def _told_less(
    entry: dict[str, Any], staying: set[str], digests: Mapping[int, str]
) -> dict[str, Any]:
    """Return an entry of a log without the paths of originals that are not staying outside."""
    if entry.get("table") != "samples" or "link" not in entry.get("columns", ()):
        return entry
    link = entry["columns"].index("link")
    if entry["do"] == "delete":
        digest = entry["columns"].index("digest")
        rows = [_without(row, link, row[digest] in staying) for row in entry["rows"]]
        return {**entry, "rows": rows}
    groups = [
        [_without(values, link, all(digests.get(id) in staying for id in _ids(found))), found]
        for values, found in entry["groups"]
    ]
    return {**entry, "groups": groups}


def _ids(runs: Sequence[Sequence[int]]) -> Iterator[int]:
    return (id for first, last in runs for id in range(first, last + 1))


def _without(values: Sequence[Any], place: int, stays: bool) -> list[Any]:
    return [None if i == place and not stays else value for i, value in enumerate(values)]

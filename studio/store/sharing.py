"""A copy of a project for somebody else: without what tells of whoever made it.

The copy is made beside, cleaned there, and written anew with ``VACUUM INTO``, so that nothing
of what was taken out stays in unused pages.
"""

from __future__ import annotations

import getpass
import hashlib
import json
import re
import socket
import uuid
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path, PurePosixPath

from studio.domain.errors import ProjectError
from studio.store.copies import discard, new_beside, put_in_place
from studio.store.failures import explained
from studio.store.outside import read_original
from studio.store.project_file import ProjectFile
from studio.store.stripping import Unstrippable, stripped

__all__ = ["ShareReport", "Travelling", "personal_texts", "preview", "share"]

_FEWEST_LETTERS = 3
"""A user name shorter than this is looked for in paths only."""
_PROPERTIES = ("id", "task", "title", "made_at", "device_runs")
"""What travels; where bundles were written to, and what later versions keep, does not."""
_PATH = re.compile(
    r"(?:[A-Za-z]:\\|\\\\)[^\s\"'<>|]+|(?<![\w.:/])(?:~|/[\w.+@-]+)(?:/[\w.+@-]+)+", re.A
)
"""An absolute path of Windows or Unix in a sentence."""


class Travelling(StrEnum):
    """Which originals travel."""

    ALL = "all"
    TEST = "test"
    NONE = "none"


@dataclass(slots=True, kw_only=True)
class ShareReport:
    """What is in the copy, and what was taken out.

    Attributes:
        path: The copy; None for a preview.
        size_bytes: Of the copy; 0 for a preview.
        samples: Samples, each with its label and session.
        originals: Originals that travel.
        left_out: Originals that do not, as was asked.
        lost: Names of samples whose original could not travel: a TIFF, damaged, or a link to
            what is not there.
        collected: Linked originals that were copied into it.
        stripped: Originals from which place, camera and comments were taken.
        renamed: Names and notes in which your name or a path stood.
        steps: Steps of the undo history that were dropped.
        candidates: Candidates with their models.
        classes: Names of classes; they travel as they are.
        named_classes: Those of them in which your name stands.
        tables: Rows of tables, whose cells are data and travel as they are.
    """

    path: Path | None = None
    size_bytes: int = 0
    samples: int = 0
    originals: int = 0
    left_out: int = 0
    lost: list[str] = field(default_factory=list)
    collected: int = 0
    stripped: int = 0
    renamed: int = 0
    steps: int = 0
    candidates: int = 0
    classes: tuple[str, ...] = ()
    named_classes: tuple[str, ...] = ()
    tables: int = 0


def personal_texts() -> tuple[str, ...]:
    """Return what names this person and this computer: home folder, user, host."""
    found = [str(Path.home())]
    with suppress(OSError, KeyError):
        found.append(getpass.getuser())
    found.append(socket.gethostname())
    return tuple(dict.fromkeys(text for text in found if len(text) >= _FEWEST_LETTERS))


def share(
    project: ProjectFile,
    target: Path,
    which: Travelling = Travelling.ALL,
    *,
    personal: Sequence[str] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> ShareReport | None:
    """Write the copy: whole, or nothing; None when it was cancelled.

    Args:
        project: Of what.
        target: Where to; nothing may be there yet.
        which: Which originals travel.
        personal: What names the person; by default what this computer says.
        cancelled: Asked between originals.

    Raises:
        ProjectError: ``project.exists``, and the disk's troubles.
    """
    if target.exists():
        raise ProjectError(
            f"{target.name} is already there.", "Choose another name.", code="project.exists"
        )
    temporary, final = new_beside(target), new_beside(target)
    try:
        report = _cleaned(project, temporary, which, personal, cancelled, target.stem)
        if report is None:
            return None
        final.unlink()
        with ProjectFile.open(temporary) as copy, explained(target):
            copy.execute("VACUUM INTO ?", (str(final),))
        put_in_place(final, target)
    finally:
        discard(temporary)
        discard(final)
    report.path, report.size_bytes = target, target.stat().st_size
    return report


def preview(
    project: ProjectFile,
    folder: Path,
    which: Travelling = Travelling.ALL,
    *,
    personal: Sequence[str] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> ShareReport | None:
    """Return what `share` would tell; the copy it makes for that in a folder is deleted."""
    temporary = new_beside(folder / "preview.automl")
    try:
        return _cleaned(project, temporary, which, personal, cancelled, "preview")
    finally:
        discard(temporary)


def _cleaned(
    project: ProjectFile,
    temporary: Path,
    which: Travelling,
    personal: Sequence[str] | None,
    cancelled: Callable[[], bool],
    title: str,
) -> ShareReport | None:
    project.copy_to(temporary)
    with ProjectFile.open(temporary) as copy:
        work = _Cleaning(copy, personal_texts() if personal is None else personal, cancelled)
        with copy.without_references(), copy.transaction():
            return work.report if work.all(which, title) else None


class _Cleaning:
    """What is done to the copy, inside one transaction."""

    def __init__(
        self, copy: ProjectFile, personal: Sequence[str], cancelled: Callable[[], bool]
    ) -> None:
        self._copy = copy
        self._cancelled = cancelled
        words = sorted(personal, key=len, reverse=True)
        self._personal = re.compile(
            "|".join(rf"(?<![^\W_]){re.escape(word)}(?![^\W_])" for word in words) or r"(?!)",
            re.IGNORECASE,
        )
        self.report = ShareReport()

    def all(self, which: Travelling, title: str) -> bool:
        self._count()
        if not self._originals(which):
            return False
        self._names()
        self._history()
        self._properties(title)
        return True

    def _count(self) -> None:
        copy, told = self._copy, self.report
        told.samples = int(copy.value("SELECT count(*) FROM samples"))
        told.candidates = int(copy.value("SELECT count(*) FROM candidates"))
        told.tables = int(copy.value("SELECT count(*) FROM samples WHERE kind = 'row'"))
        rows = copy.rows("SELECT name FROM classes ORDER BY position")
        told.classes = tuple(str(row[0]) for row in rows)
        told.named_classes = tuple(filter(self._personal.search, told.classes))

    # Originals

    def _originals(self, which: Travelling) -> bool:
        staying = self._staying(which)
        for row in self._copy.rows(_ORIGINALS):
            if self._cancelled():
                return False
            digest = str(row["digest"])
            if digest not in staying:
                self._leave_out(digest)
                self.report.left_out += 1
            elif not self._carry(digest, int(row["size"])):
                self._leave_out(digest)
                self.report.lost.append(self._name_of(digest))
            else:
                self.report.originals += 1
        self._copy.execute("UPDATE samples SET link = NULL")
        self._copy.execute(f"DELETE FROM blobs WHERE digest NOT IN ({_USED})")
        self._copy.execute("DELETE FROM thumbnails WHERE digest NOT IN (SELECT digest FROM blobs)")
        return True

    def _staying(self, which: Travelling) -> set[str]:
        sql = {
            Travelling.ALL: "SELECT digest FROM blobs",
            Travelling.TEST: "SELECT sample_digest FROM dataset_rows WHERE split = 'test'",
            Travelling.NONE: "SELECT digest FROM blobs WHERE FALSE",
        }[which]
        return {str(row[0]) for row in self._copy.rows(sql)}

    def _carry(self, digest: str, size: int) -> bool:
        """Put an original into the copy without what tells of its owner; False where it can't."""
        content = self._copy.value("SELECT content FROM blobs WHERE digest = ?", (digest,))
        if content == b"" and size:
            content = self._linked(digest, size)
            self.report.collected += content is not None
        if not isinstance(content, bytes) or hashlib.sha256(content).hexdigest() != digest:
            return False
        try:
            clean = stripped(content)
        except Unstrippable:
            return False
        new = hashlib.sha256(clean).hexdigest()
        self.report.stripped += new != digest
        self._copy.execute(
            "INSERT OR REPLACE INTO blobs VALUES (?, ?, ?)", (new, len(clean), clean)
        )
        if new != digest:
            self._call_anew(digest, new)
        return True

    def _linked(self, digest: str, size: int) -> bytes | None:
        rows = self._copy.rows(
            "SELECT link FROM samples WHERE digest = ? AND link IS NOT NULL", (digest,)
        )
        found = (read_original(str(row["link"]), size, digest) for row in rows)
        return next((content for content in found if content is not None), None)

    def _call_anew(self, old: str, new: str) -> None:
        """Have everything that names an original name its new digest."""
        copy = self._copy
        copy.execute(
            "UPDATE dataset_rows SET sample_digest = ? WHERE sample_digest = ?", (new, old)
        )
        copy.execute("UPDATE OR REPLACE thumbnails SET digest = ? WHERE digest = ?", (new, old))
        for row in copy.rows("SELECT id, name FROM samples WHERE digest = ?", (old,)):
            clash = copy.value(
                "SELECT 1 FROM samples WHERE digest = ? AND name = ?", (new, row["name"])
            )
            name = f"sample-{row['id']:06d}{_suffix(row['name'])}" if clash else row["name"]
            values = (new, name, row["id"])
            copy.execute("UPDATE samples SET digest = ?, name = ? WHERE id = ?", values)

    def _leave_out(self, digest: str) -> None:
        self._copy.execute("UPDATE blobs SET content = x'' WHERE digest = ?", (digest,))
        self._copy.execute("DELETE FROM thumbnails WHERE digest = ?", (digest,))

    def _name_of(self, digest: str) -> str:
        found = self._copy.value("SELECT name FROM samples WHERE digest = ? ORDER BY id", (digest,))
        return str(found or digest[:12])

    # Names and notes

    def _names(self) -> None:
        for row in self._copy.rows("SELECT id, name FROM samples"):
            if self._hit(row["name"]):
                name = f"sample-{row['id']:06d}{_suffix(row['name'])}"
                self._set("samples", "name", row["id"], name)
        for row in self._copy.rows("SELECT id, name FROM sessions"):
            if self._hit(row["name"]):
                self._set("sessions", "name", row["id"], f"session-{row['id']:06d}")
        for table, column in (("searches", "note"), ("own_devices", "content")):
            for row in self._copy.rows(f"SELECT id, {column} AS text FROM {table}"):
                if self._hit(row["text"]):
                    self._set(table, column, row["id"], self._without(row["text"]))
        # Where a cluster is, is nobody's business either.
        self._copy.execute(
            "UPDATE searches SET request = json_set(request, '$.address', '')"
            " WHERE json_valid(request) AND json_extract(request, '$.address') <> ''"
        )
        # The folder of a search on this computer must not be taken for one of the copy's.
        self._copy.execute(
            "UPDATE searches SET job = 'shared-' || id || '-' || ?,"
            " state = CASE state WHEN 'running' THEN 'stopped' ELSE state END",
            (uuid.uuid4().hex[:12],),
        )

    def _hit(self, text: object) -> bool:
        return bool(self._personal.search(str(text)) or _PATH.search(str(text)))

    def _without(self, text: object) -> str:
        return self._personal.sub("…", _PATH.sub("…", str(text)))

    def _set(self, table: str, column: str, id: int, text: str) -> None:
        self._copy.execute(f"UPDATE {table} SET {column} = ? WHERE id = ?", (text, id))
        self.report.renamed += 1

    def _history(self) -> None:
        self.report.steps = int(self._copy.value("SELECT count(*) FROM operations"))
        self._copy.execute("DELETE FROM operations")

    def _properties(self, title: str) -> None:
        kept = json.dumps(_PROPERTIES)
        sql = "DELETE FROM properties WHERE name NOT IN (SELECT value FROM json_each(?))"
        self._copy.execute(sql, (kept,))
        told = self._without(title) if self._hit(title) else title
        sql = "UPDATE properties SET value = ? WHERE name = ?"
        self._copy.executemany(sql, ((str(uuid.uuid4()), "id"), (told, "title")))


_ORIGINALS = """
SELECT digest, size FROM blobs WHERE digest IN (
    SELECT digest FROM samples UNION SELECT sample_digest FROM dataset_rows
) AND digest NOT IN (SELECT weights FROM candidates UNION SELECT digest FROM artifacts)
ORDER BY digest
"""
_USED = """
SELECT digest FROM samples
UNION SELECT sample_digest FROM dataset_rows
UNION SELECT weights FROM candidates
UNION SELECT digest FROM artifacts
"""


def _suffix(name: object) -> str:
    """Return the ending of a file name, if it is a plain one."""
    found = PurePosixPath(str(name)).suffix
    return found if re.fullmatch(r"\.[A-Za-z0-9]{1,5}", found) else ""

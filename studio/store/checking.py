"""Looking a project file over for damage: every page, every reference, every digest.

It reads files that `ProjectFile.open` refuses, never writes, and never raises for what a
file holds.
"""

from __future__ import annotations

import hashlib
import io
import sqlite3
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from studio.store.failures import explained
from studio.store.header import look_at
from studio.store.links import MissingLink
from studio.store.migrations import FORMAT
from studio.store.outside import why_not
from studio.store.schema import is_ours

__all__ = ["CheckReport", "DamagedBlob", "MissingLink", "check", "read_only_connection"]

_MOST_PROBLEMS = 100
_PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class DamagedBlob:
    """Bytes that are no longer what they were, or that cannot be read.

    Attributes:
        digest: What they are known by.
        part: ``original``, ``thumbnail``, ``weights``, ``model`` or ``unused``.
        samples: Names of the samples they belong to.
    """

    digest: str
    part: str
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """What `check` found.

    Attributes:
        format: Format of the file.
        blobs: How many originals, models and weights were compared with their digests.
        problems: What is wrong with the file as a database, a sentence each.
        damaged: Bytes that are not what they should be.
        missing: Linked originals that are gone. They are no damage of the file.
    """

    format: int
    blobs: int
    problems: tuple[str, ...]
    damaged: tuple[DamagedBlob, ...]
    missing: tuple[MissingLink, ...]

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong with the file."""
        return not self.problems and not self.damaged


def check(path: Path) -> CheckReport:
    """Look a project file over; the time goes with its size.

    Raises:
        ProjectError: only for what is no project at all, or cannot be opened.
    """
    look_at(path)
    with closing(read_only_connection(path)) as connection:
        format = _format(connection)
        problems = list(_problems(connection, format))
        if problems and problems[0] == _FOREIGN:
            return CheckReport(format=format, blobs=0, problems=(_FOREIGN,), damaged=(), missing=())
        digests = sorted(_digests(connection))
        damaged = [*_damaged_blobs(connection, digests), *_damaged_thumbnails(connection)]
        return CheckReport(
            format=format,
            blobs=len(digests),
            problems=tuple(problems[:_MOST_PROBLEMS]),
            damaged=tuple(damaged),
            missing=tuple(_missing_links(connection)) if format >= 2 else (),
        )


def read_only_connection(path: Path) -> sqlite3.Connection:
    """Open a file for reading whatever state it is in."""
    with explained(path):
        connection = sqlite3.connect(path, isolation_level=None, timeout=10)
        connection.row_factory = sqlite3.Row
        connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA query_only = ON")
    return connection


def _format(connection: sqlite3.Connection) -> int:
    found = _rows(connection, "PRAGMA user_version")
    return int(found[0][0]) if found else 0


_FOREIGN = "Its tables are not those of a project."


def _problems(connection: sqlite3.Connection, format: int) -> Iterator[str]:
    try:
        if not 1 <= format <= FORMAT or not is_ours(connection, format):
            yield _FOREIGN
            return
        for row in connection.execute(f"PRAGMA integrity_check({_MOST_PROBLEMS})"):
            if row[0] != "ok":
                yield str(row[0])
        for row in connection.execute("PRAGMA foreign_key_check"):
            yield f"A row of {row['table']} refers to one of {row['parent']} that is not there."
        if format >= 4:
            yield from _damaged_answers(connection)
    except (sqlite3.Error, ValueError) as error:
        yield f"A part of it cannot be read ({error})."


def _damaged_answers(connection: sqlite3.Connection) -> Iterator[str]:
    """Compare what candidates answered with the checksums in it."""
    for row in connection.execute("SELECT candidate_id, split, content FROM answers"):
        if not (isinstance(row["content"], bytes) and _zip_is_whole(row["content"])):
            yield f"The {row['split']} answers of candidate {row['candidate_id']} are damaged."


def _zip_is_whole(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return archive.testzip() is None
    except _BAD_ZIP:
        return False


_BAD_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    OSError,
    ValueError,
    RuntimeError,
    EOFError,
)
"""What `zipfile` trips over in bytes that are no zip, or no whole one."""


def _rows(
    connection: sqlite3.Connection, sql: str, values: tuple[str, ...] = ()
) -> list[sqlite3.Row]:
    """Return the rows of a query up to the first that cannot be read."""
    found: list[sqlite3.Row] = []
    # What was read until then counts; `_problems` has said that there is damage.
    with suppress(sqlite3.Error, ValueError):
        found.extend(connection.execute(sql, values))
    return found


_REFERENCES = (
    ("SELECT digest FROM samples", "original"),
    ("SELECT sample_digest FROM dataset_rows", "original"),
    ("SELECT weights FROM candidates", "weights"),
    ("SELECT digest FROM artifacts", "model"),
)


def _digests(connection: sqlite3.Connection) -> set[str]:
    """Return every digest the file names, from the blobs and from what refers to them."""
    queries = ("SELECT digest FROM blobs", "SELECT digest FROM blobs NOT INDEXED")
    named = (*queries, *(sql for sql, _ in _REFERENCES))
    return {str(row[0]) for sql in named for row in _rows(connection, sql)}


def _damaged_blobs(connection: sqlite3.Connection, digests: list[str]) -> Iterator[DamagedBlob]:
    for digest in digests:
        found = _rows(connection, "SELECT size, content FROM blobs WHERE digest = ?", (digest,))
        content = found[0]["content"] if found else None
        linked = content == b"" and found[0]["size"] != 0
        if isinstance(content, bytes) and (linked or hashlib.sha256(content).hexdigest() == digest):
            continue
        yield DamagedBlob(
            digest=digest, part=_part(connection, digest), samples=_names(connection, digest)
        )


def _damaged_thumbnails(connection: sqlite3.Connection) -> Iterator[DamagedBlob]:
    for row in _rows(connection, "SELECT digest FROM thumbnails"):
        sql = "SELECT content FROM thumbnails WHERE digest = ?"
        found = _rows(connection, sql, (row["digest"],))
        content = found[0]["content"] if found else None
        if not isinstance(content, bytes) or (content[:8] == _PNG and not _png_is_whole(content)):
            names = _names(connection, row["digest"])
            yield DamagedBlob(digest=str(row["digest"]), part="thumbnail", samples=names)


def _png_is_whole(content: bytes) -> bool:
    """Return whether every chunk of a PNG has its checksum, up to its end.

    Source:
        PNG (Third Edition), 5.3: length, type, data, CRC-32 of type and data.
    """
    place = len(_PNG)
    while place + 12 <= len(content):
        size = int.from_bytes(content[place : place + 4], "big")
        body = content[place + 4 : place + 8 + size]
        stored = content[place + 8 + size : place + 12 + size]
        if zlib.crc32(body).to_bytes(4, "big") != stored:
            return False
        place += 12 + size
        if body[:4] == b"IEND":
            return place == len(content)
    return False


def _part(connection: sqlite3.Connection, digest: str) -> str:
    """Return what a blob is for."""
    for sql, part in _REFERENCES:
        column = sql.split()[1]
        if _rows(connection, f"{sql} WHERE {column} = ?", (digest,)):
            return part
    return "unused"


def _names(connection: sqlite3.Connection, digest: str) -> tuple[str, ...]:
    sql = "SELECT name FROM samples WHERE digest = ? ORDER BY id"
    return tuple(str(row["name"]) for row in _rows(connection, sql, (digest,)))


def _missing_links(connection: sqlite3.Connection) -> Iterator[MissingLink]:
    """Compare every linked original with its digest, as those in the file are."""
    sql = (
        "SELECT s.id, s.name, s.link, s.digest, b.size FROM samples s"
        " JOIN blobs b ON b.digest = s.digest"
        " WHERE s.link IS NOT NULL AND length(b.content) = 0 AND b.size > 0 ORDER BY s.id"
    )
    for row in _rows(connection, sql):
        why = why_not(row["link"], row["size"], row["digest"])
        if why:
            yield MissingLink(sample=row["name"], path=row["link"], why=why, sample_id=row["id"])

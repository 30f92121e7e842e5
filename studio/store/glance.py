"""What a stranger's project holds, told without changing a byte of it or beside it."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from studio.domain.errors import ProjectError
from studio.store.failures import damaged, explained
from studio.store.header import look_at
from studio.store.migrations import FORMAT
from studio.store.schema import is_ours

__all__ = ["Glance", "glance"]

_SECONDS = 4.0
_LONGEST = 200
_MOST_CLASSES = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """What was seen; every text is a stranger's.

    Attributes:
        format: Of the file; an older one is brought up to date when it is opened to be written.
        size_bytes: Of the file.
        title: Of the project.
        task: What is learned; an id that may be unknown here.
        made_at: When it was made, as it says.
        samples: Samples in it.
        linked: Samples whose originals stayed on the computer it comes from.
        media: Samples by media type.
        classes: Names of its classes.
        searches: Searches.
        candidates: Candidates.
        steps: Steps of its undo history.
        own_devices: Devices added by a person.
    """

    format: int
    size_bytes: int
    title: str
    task: str
    made_at: str
    samples: int
    linked: int
    media: Mapping[str, int]
    classes: tuple[str, ...]
    searches: int
    candidates: int
    steps: int
    own_devices: int

    @property
    def older(self) -> bool:
        """Whether it is of an older format than this studio writes."""
        return self.format < FORMAT


def glance(path: Path) -> Glance:
    """Return what a project holds; only reading, and for a few seconds at most.

    Raises:
        ProjectError: ``project.not_found``, ``project.not_a_project``, ``project.too_new``,
            ``project.damaged``, and ``project.unfinished`` where a change was interrupted and
            only writing could take it back.
    """
    look_at(path)
    if path.with_name(f"{path.name}-journal").exists():
        raise ProjectError(
            f"A change of {path.name} was interrupted, so it cannot be told what it holds.",
            "Copy it with the file beside it, and open the copy: that takes the change back.",
            code="project.unfinished",
        )
    # Immutable: SQLite makes no lock and no journal, whatever the file says.
    where = f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1"
    with explained(path):
        connection = sqlite3.connect(where, uri=True, isolation_level=None)
    with closing(connection):
        connection.row_factory = sqlite3.Row
        connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
        end = time.monotonic() + _SECONDS
        connection.set_progress_handler(lambda: time.monotonic() > end, 10_000)
        try:
            return _seen(connection, path)
        except (sqlite3.Error, ValueError, TypeError) as error:
            raise damaged(path) from error


def _seen(connection: sqlite3.Connection, path: Path) -> Glance:
    for setting in ("trusted_schema = OFF", "cell_size_check = ON", "query_only = ON"):
        connection.execute(f"PRAGMA {setting}")
    format = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if not 1 <= format <= FORMAT or not is_ours(connection, format):
        raise damaged(path)
    told = {str(r[0]): str(r[1]) for r in connection.execute(_PROPERTIES)}
    media = connection.execute("SELECT media_type, count(*) FROM samples GROUP BY 1 ORDER BY 1")
    classes = connection.execute(
        "SELECT name FROM classes ORDER BY position LIMIT ?", (_MOST_CLASSES,)
    )

    def counted(table: str, since: int, where: str = "") -> int:
        """Return how many rows a table has; those of later formats are not there yet."""
        if format < since:
            return 0
        return int(connection.execute(f"SELECT count(*) FROM {table} {where}").fetchone()[0])

    return Glance(
        format=format,
        size_bytes=path.stat().st_size,
        title=told.get("title", "")[:_LONGEST],
        task=told.get("task", "")[:_LONGEST],
        made_at=told.get("made_at", "")[:_LONGEST],
        samples=counted("samples", 1),
        linked=counted("samples", 2, "WHERE link IS NOT NULL"),
        media={str(r[0])[:_LONGEST]: int(r[1]) for r in media},
        classes=tuple(str(r[0])[:_LONGEST] for r in classes),
        searches=counted("searches", 1),
        candidates=counted("candidates", 1),
        steps=counted("operations", 2),
        own_devices=counted("own_devices", 5),
    )


_PROPERTIES = "SELECT name, substr(value, 1, 1000) FROM properties"

"""Recordings with a CSV of their labels beside them: a line a file, or a line a stretch.

```
file,label,start_s,end_s
walk.csv,walking,0.0,12.5
walk.csv,standing,12.5,20.0
idle.wav,idle,,
```
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from studio.domain.errors import ImportFailed
from studio.domain.sample import SkippedFile, TimeRange
from studio.importers import _lists, recording
from studio.importers._importer import Found, Importer, ImportPreview, Options, ReadResult, Wanted
from studio.importers._listed import Listed, preview_of
from studio.importers._lists import LabelList
from studio.importers._sources import Entry, Unreadable, entries
from studio.tasks.numbers import as_number
from studio.tasks.tables import BadTable

__all__ = ["ENTRY", "find", "preview"]

_ID = "recording-list"
_FILE, _LABEL, _START, _END, _SESSION = "file", "label", "start_s", "end_s", "session"
_LONGEST_HEAD = 4096


@dataclass(slots=True, kw_only=True)
class _Said:
    """What the lines about one file say."""

    class_name: str | None = None
    session: str | None = None
    ranges: list[TimeRange] = field(default_factory=list)


def _is_list(entry: Entry) -> bool:
    """Whether a CSV names itself a list of recordings by its columns."""
    if entry.suffix != ".csv":
        return False
    try:
        first = entry.head(_LONGEST_HEAD).partition(b"\n")[0].decode("utf-8-sig")
    except (Unreadable, UnicodeDecodeError):
        return False
    columns = [name.strip().strip('"').lower() for name in first.split(",")]
    return {_FILE, _LABEL, _START, _END} <= set(columns)


def suits(listed: Sequence[Entry]) -> int:
    """Claim recordings beside such a list."""
    return Wanted.OURS if any(map(_is_list, listed)) else Wanted.NOT


def find(
    paths: Sequence[Path], options: Options | None = None
) -> tuple[list[Listed], list[SkippedFile]]:
    """Find the recordings, with what the list says; those it does not name have no label.

    Raises:
        ImportFailed: ``import.no_list``, ``import.bad_list``, ``import.no_recordings``, and as
            `entries` does.
    """
    listed, _ = entries(paths)
    entry = next(filter(_is_list, listed), None)
    if entry is None:
        raise ImportFailed(
            "No list beside the recordings names them.",
            f"Add a CSV with the columns {_FILE}, {_LABEL}, {_START} and {_END}.",
            code="import.no_list",
        )
    found, skipped = recording.find(paths, options)
    there = [file for file in found if file.entry.name != entry.name]
    said, bad = _said(entry, there, options or {})
    return [_with(file, said.get(file.name, _Said())) for file in there], [*skipped, *bad]


def _with(file: Found, said: _Said) -> Listed:
    return Listed(
        entry=file.entry,
        name=file.name,
        class_name=said.class_name,
        session=said.session,
        ranges=tuple(said.ranges),
    )


def _said(
    entry: Entry, files: Sequence[Found], options: Options
) -> tuple[dict[str, _Said], list[SkippedFile]]:
    try:
        table = _lists.read(entry, {**options, "header": "yes"})
    except (BadTable, Unreadable) as error:
        raise _lists.bad_list(entry, str(error)) from None
    table = replace(table, names=tuple(name.lower() for name in table.names))
    if not {_FILE, _LABEL, _START, _END} <= set(table.names):
        raise _lists.bad_list(entry, "its columns are not those of a list of recordings")
    names = _lists.Names(file.entry for file in files)
    found: dict[str, _Said] = {}
    skipped = []
    for row in table.rows:
        called = table.cell(row, _FILE) or ""
        target = names.find(called)
        why = "it names no recording that is there" if target is None else ""
        if target is not None:
            why = _take(table, row, found.setdefault(target.name, _Said()))
        if why:
            name = called or "(no name)"
            skipped.append(SkippedFile(name=name, why=f"A line of {entry.name} is odd: {why}."))
    return found, skipped


def _take(table: LabelList, row: Sequence[str], said: _Said) -> str:
    """Note what a line says; returns why it does not serve, or ``""``."""
    label = table.cell(row, _LABEL)
    if _SESSION in table.names:
        said.session = table.cell(row, _SESSION) or said.session
    start, end = table.cell(row, _START), table.cell(row, _END)
    if start is None and end is None:
        said.class_name = label or said.class_name
        return ""
    times = as_number(start or ""), as_number(end or "")
    if label is None or times[0] is None or times[1] is None:
        return "a stretch has a label, a start and an end"
    try:
        said.ranges.append(TimeRange(class_name=label, start_s=times[0], end_s=times[1]))
    except ValueError:
        return "a stretch starts before it ends"
    return ""


def read(found: Found, options: Options) -> Iterator[ReadResult]:
    """Yield the recording of a file with the labels of the list, or why it is left out."""
    assert isinstance(found, Listed)
    for result in recording.read(found, options):
        if isinstance(result, tuple):
            sample = replace(
                result[0],
                class_name=found.class_name,
                session=found.session or result[0].session,
                ranges=found.ranges,
            )
            yield sample, result[1]
        else:
            yield result


def preview(paths: Sequence[Path], options: Options | None = None) -> ImportPreview:
    """Say what would come in; raises ImportFailed as `find` does."""
    found, skipped = find(paths, options)
    return preview_of(_ID, found, skipped, options or {})


ENTRY = Importer(
    id=_ID,
    title="Recordings with a list of labels",
    suits=suits,
    find=find,
    read=read,
    preview=preview,
    links=True,
)

"""Pictures and recordings with the list the studio writes beside them: everything comes back.

Its form is told in `studio.export.data.json_list`. What it says goes before what a file says of
itself; whatever it does not name is left out and told.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from studio.domain.errors import ImportFailed
from studio.domain.sample import Box, NewSample, SkippedFile, TimeRange
from studio.importers import _lists, _pictures, recording
from studio.importers._importer import Found, Importer, ImportPreview, Options, ReadResult, Wanted
from studio.importers._listed import Listed, preview_of
from studio.importers._sources import Entry, Unreadable, entries, tidy
from studio.tasks.recordings import described, reading_of
from studio.tasks.tables import BadTable

__all__ = ["ENTRY", "find", "preview"]

_ID = "labels-file"
_NAME = "labels.json"
_MARK = b'"studio-labels"'
_VERSION = 1
_LONGEST_NAME = 1000
_LONGEST_CLASS_NAME = 200


def _list_in(listed: Sequence[Entry]) -> Entry | None:
    for entry in listed:
        if entry.name.rpartition("/")[2] == _NAME:
            try:
                if _MARK in entry.head(4096):
                    return entry
            except Unreadable:
                continue
    return None


def suits(listed: Sequence[Entry]) -> int:
    """Claim files beside the studio's own list."""
    return Wanted.OURS if _list_in(listed) else Wanted.NOT


def find(
    paths: Sequence[Path], options: Options | None = None
) -> tuple[list[Listed], list[SkippedFile]]:
    """Find the files the list names.

    Raises:
        ImportFailed: ``import.no_list``, ``import.bad_list``, and as `entries` does.
    """
    listed, skipped = entries(paths)
    entry = _list_in(listed)
    if entry is None:
        raise ImportFailed(
            f"There is no {_NAME} of the studio.", "Give the whole folder.", code="import.no_list"
        )
    names = _lists.Names(e for e in listed if e is not entry)
    found: dict[str, Listed] = {}
    for record in _records(entry):
        called = str(record.get("file", ""))
        file = names.find(called)
        if file is None or file.name in found:
            why = "no such file" if file is None else "it twice"
            skipped.append(SkippedFile(name=called[:200] or "(no name)",
                                       why=f"{entry.name} names {why}."))  # fmt: skip
            continue
        found[file.name] = _found(file, record)
    rest = (e for e in listed if e is not entry and e.name not in found)
    skipped += [SkippedFile(name=e.name, why=f"{entry.name} does not name it.") for e in rest]
    if not found:
        raise _lists.bad_list(entry, "none of the files it names is there")
    return list(found.values()), skipped


def _records(entry: Entry) -> list[dict[str, Any]]:
    try:
        document = _lists.json_of(entry)
    except (BadTable, Unreadable) as error:
        raise _lists.bad_list(entry, str(error)) from None
    version = document.get("version") if isinstance(document, dict) else None
    samples = document.get("samples") if isinstance(document, dict) else None
    if version != _VERSION or not isinstance(samples, list):
        raise _lists.bad_list(entry, "it is damaged, or of a newer version of the studio")
    return [record for record in samples if isinstance(record, dict)]


def _found(entry: Entry, record: Mapping[str, Any]) -> Listed:
    return Listed(
        entry=entry,
        name=tidy(_text(record.get("name"), _LONGEST_NAME) or "") or entry.name,
        class_name=_text(record.get("label")),
        boxes=tuple(filter(None, map(_box, _dicts(record, "boxes")))),
        session=_text(record.get("session")),
        ranges=tuple(filter(None, map(_range, _dicts(record, "ranges")))),
        taken_at=_text(record.get("taken_at")),
        media_type=_text(record.get("media_type"), 100_000) or "",
    )


def _text(value: Any, longest: int = _LONGEST_CLASS_NAME) -> str | None:
    if not isinstance(value, str):
        return None
    return value.encode("utf-8", "replace").decode()[:longest].strip("\0") or None


def _dicts(record: Mapping[str, Any], part: str) -> list[dict[str, Any]]:
    found = record.get(part)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _numbers(record: Mapping[str, Any], *keys: str) -> list[float] | None:
    values = [record.get(key) for key in keys]
    try:
        found = [float(value) for value in values if isinstance(value, int | float)]
    except OverflowError:
        return None
    return found if len(found) == len(keys) and all(map(math.isfinite, found)) else None


def _box(record: Mapping[str, Any]) -> Box | None:
    name, place = _text(record.get("label")), _numbers(record, "x", "y", "width", "height")
    if name is None or place is None:
        return None
    try:
        return Box(class_name=name, x=place[0], y=place[1], width=place[2], height=place[3])
    except ValueError:
        return None


def _range(record: Mapping[str, Any]) -> TimeRange | None:
    name, place = _text(record.get("label")), _numbers(record, "start_s", "end_s")
    if name is None or place is None:
        return None
    try:
        return TimeRange(class_name=name, start_s=place[0], end_s=place[1])
    except ValueError:
        return None


def read(found: Found, options: Options) -> Iterator[ReadResult]:
    """Yield the sample of a file, or why it is left out."""
    assert isinstance(found, Listed)
    if _pictures.is_picture(found.entry):
        results = _pictures.read(found, options)
    elif found.entry.suffix in recording.KINDS:
        results = recording.read(found, {**options, **_reading(found)})
    else:
        why = "It is neither a picture nor a recording."
        results = iter([SkippedFile(name=found.name, why=why)])
    for result in results:
        if isinstance(result, tuple):
            yield _as_listed(result[0], found), result[1]
        else:
            yield result


def _reading(found: Listed) -> Mapping[str, str]:
    """Return how the list says a recording is read, if it is of the kind its name says."""
    kind, reading = reading_of(found.media_type)
    return reading if kind == recording.KINDS[found.entry.suffix] else {}


def _as_listed(sample: NewSample, found: Listed) -> NewSample:
    kind, reading = reading_of(sample.media_type)
    told = reading_of(found.media_type)
    return replace(
        sample,
        media_type=described(kind, told[1] if told[0] == kind else reading),
        class_name=found.class_name,
        session=found.session,
        taken_at=found.taken_at or sample.taken_at,
        ranges=found.ranges,
    )


def preview(paths: Sequence[Path], options: Options | None = None) -> ImportPreview:
    """Say what would come in; raises as `find` does."""
    found, skipped = find(paths, options)
    return preview_of(_ID, found, skipped, options or {})


ENTRY = Importer(
    id=_ID,
    title="What the studio wrote",
    suits=suits,
    find=find,
    read=read,
    preview=preview,
    links=True,
)

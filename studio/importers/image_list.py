"""Photos with a list of their labels beside them, as CSV, a spreadsheet or JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from studio.domain.errors import ImportFailed
from studio.domain.sample import SkippedFile
from studio.importers import _lists, _pictures
from studio.importers._importer import Found, Importer, ImportPreview, Options, Question, Wanted
from studio.importers._links import link_question
from studio.importers._lists import LabelList
from studio.importers._sources import Entry, Unreadable, entries
from studio.importers._words import class_of
from studio.tasks.tables import BadTable

__all__ = ["ENTRY", "find", "preview"]

_ID = "image-list"
_MOST_LISTS_TRIED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class _Match:
    """A list, and which of its columns is what."""

    entry: Entry
    table: LabelList
    file: str
    label: str
    session: str


def suits(listed: Sequence[Entry]) -> int:
    """Claim pictures that a list beside them names."""
    return Wanted.KIND if _matched(listed, {}) else Wanted.NOT


def find(
    paths: Sequence[Path], options: Options | None = None
) -> tuple[list[Found], list[SkippedFile]]:
    """Find the pictures and what the list says of them.

    The list is the one most of whose lines name a picture. Pictures it does not name come
    in without a class; lines that name no picture are told as left out.

    Options: ``list`` (its name), ``file_column``, ``label_column``, ``session_column``, and
    those of a table.

    Raises:
        ImportFailed: ``import.no_images``, ``import.no_list``, and as `entries` does.
    """
    listed, skipped = entries(paths)
    images = [entry for entry in listed if _pictures.is_picture(entry)]
    match = _match(paths, listed, options or {})
    by_name = _lists.Names(images)
    said, bad = _said(match, by_name)
    found = []
    for entry in images:
        class_name, session = said.get(entry.name, (None, None))
        if not match.label:  # a list of other things: the folders say the class
            class_name = class_of(entry, options or {})
        found.append(Found(entry=entry, name=entry.name, class_name=class_name, session=session))
    others = [e for e in listed if not _pictures.is_picture(e) and e is not match.entry]
    skipped += [SkippedFile(name=e.name, why="It is not a picture.") for e in others]
    return found, skipped + bad


def _match(paths: Sequence[Path], listed: Sequence[Entry], options: Options) -> _Match:
    if not any(map(_pictures.is_picture, listed)):
        raise _pictures.no_pictures(", ".join(path.name or str(path) for path in paths))
    match = _matched(listed, options)
    if match is None:
        raise ImportFailed(
            "No list beside the pictures names them.",
            "Add a CSV, .xlsx or JSON file with a column of file names and a column of labels.",
            code="import.no_list",
        )
    return match


def _matched(listed: Sequence[Entry], options: Options) -> _Match | None:
    """Return the list that names the most pictures, or None."""
    images = [entry for entry in listed if _pictures.is_picture(entry)]
    if not images:
        return None
    names = _lists.Names(images)
    wanted = options.get("list")
    lists = [e for e in listed if _lists.may_be_list(e) and wanted in (None, "", e.name)]
    best: tuple[int, _Match] | None = None
    for entry in islice(lists, _MOST_LISTS_TRIED):
        try:
            table = _lists.read(entry, options)
        except (BadTable, Unreadable):
            continue
        counted = _columns(entry, table, names, options)
        if counted and (best is None or counted[0] > best[0]):
            best = counted
    return best[1] if best else None


def _columns(
    entry: Entry, table: LabelList, names: _lists.Names, options: Options
) -> tuple[int, _Match] | None:
    """Return how many lines name a picture, and which column does; None if hardly any."""
    hits = {
        column: sum(names.find(row[position]) is not None for row in table.rows)
        for position, column in enumerate(table.names)
    }
    file = options.get("file_column") or max(hits, key=lambda column: hits[column])
    if file not in hits or not hits[file]:
        return None
    label = options.get("label_column") or _lists.guess_label(table, file)
    session = options.get("session_column", "")
    for column in filter(None, (label, session)):
        if column not in table.names:
            return None
    return hits[file], _Match(entry=entry, table=table, file=file, label=label, session=session)


def _said(
    match: _Match, names: _lists.Names
) -> tuple[dict[str, tuple[str | None, str | None]], list[SkippedFile]]:
    """Return class and session by picture, and the lines that do not serve."""
    table = match.table
    file = table.names.index(match.file)
    said: dict[str, tuple[str | None, str | None]] = {}
    skipped = []
    for row in table.rows:
        entry = names.find(row[file])
        if entry is None:
            why = f"{match.entry.name} names it, but there is no such picture."
            skipped.append(SkippedFile(name=row[file][:200] or "(no name)", why=why))
            continue
        label = table.cell(row, match.label)
        if said.get(entry.name, (label, None))[0] != label:
            why = f"{match.entry.name} gives it two labels; the first was taken."
            skipped.append(SkippedFile(name=entry.name, why=why))
            continue
        said[entry.name] = (label, table.cell(row, match.session))
    return said, skipped


def preview(paths: Sequence[Path], options: Options | None = None) -> ImportPreview:
    """Say what would come in; raises ImportFailed as `find` does."""
    options = options or {}
    listed, _ = entries(paths)
    match = _match(paths, listed, options)
    found, skipped = find(paths, options)
    unnamed = Counter(file.class_name for file in found)[None]
    notes = [f"The labels come from {match.entry.name}."]
    notes += [f"{unnamed:,} pictures have no label in it."] if unnamed else []
    questions = [*_questions(match, listed), *link_question(options, found)]
    return _pictures.preview_of(_ID, found, skipped, questions=questions, notes=notes)


def _questions(match: _Match, listed: Sequence[Entry]) -> list[Question]:
    columns = match.table.names
    lists = tuple(entry.name for entry in listed if _lists.may_be_list(entry))
    asked = [
        Question(id="list", text="Which file lists the labels?", value=match.entry.name,
                 choices=lists),
        Question(id="file_column", text="Which column names the picture?", value=match.file,
                 choices=columns),
        Question(id="label_column", text="Which column is the label?", value=match.label,
                 choices=columns),
        Question(id="session_column", text="Which column says what was taken in one go?",
                 value=match.session, choices=("", *columns)),
    ]  # fmt: skip
    return [*asked, *match.table.questions]


ENTRY = Importer(
    id=_ID,
    title="Photos with a list of labels",
    suits=suits,
    find=find,
    read=_pictures.read,
    preview=preview,
    links=True,
)

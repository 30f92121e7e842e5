"""Lists of labels: tables or JSON that name files beside them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from studio.domain.errors import ImportFailed
from studio.importers import _tabular
from studio.importers._importer import Options, Question
from studio.importers._sources import Entry, tidy
from studio.tasks.columns import find_columns, guess_target
from studio.tasks.numbers import MISSING
from studio.tasks.tables import BadTable, unique_names

__all__ = ["LabelList", "Names", "bad_list", "guess_label", "json_of", "may_be_list", "read"]

_LARGEST_JSON = 256 << 20
_MOST_ROWS = 2_000_000
_LONGEST_LABEL = 200
_FORMULA = frozenset("=+-@\t\r")
_LIST_KEYS = ("images", "samples", "data", "items", "annotations", "labels", "files")


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelList:
    """A list of labels in memory: column names, rows, and how it was read."""

    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    questions: tuple[Question, ...] = ()

    def cell(self, row: Sequence[str], column: str) -> str | None:
        """Return what a row says in a column, or None for nothing."""
        if not column:
            return None
        text = row[self.names.index(column)].strip()
        return None if text.lower() in MISSING else text[:_LONGEST_LABEL]


class Names:
    """Files by the ways a list may call them: path, end of the path, name, name without ending."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._ways: dict[str, Entry | None] = {}
        self._exact: dict[str, Entry] = {}
        for entry in entries:
            self._exact[entry.name] = entry
            parts = entry.name.split("/")
            ways = {"/".join(parts[i:]) for i in range(len(parts))} | {entry.stem}
            for way in ways:
                # A name that two files go by names neither.
                self._ways[way] = None if way in self._ways else entry

    def find(self, text: str) -> Entry | None:
        """Return the one file a list means, or None; never a file outside of what was given."""
        wanted = tidy(text.strip().replace("\\", "/")).removeprefix("./")
        if wanted in self._exact:
            return self._exact[wanted]
        parts = wanted.split("/")
        for start in range(min(len(parts), 30)):
            found = self._ways.get("/".join(parts[start:]))
            if found is not None:
                return found
        return None


def may_be_list(entry: Entry) -> bool:
    """Whether its name promises a list."""
    return entry.suffix in _tabular.SUFFIXES or entry.suffix in (".json", ".jsonl")


def read(entry: Entry, options: Options) -> LabelList:
    """Read a list wholly.

    Raises:
        BadTable: if it is none.
        Unreadable: if it cannot be read.
    """
    if entry.suffix in (".json", ".jsonl"):
        return _from_json(entry)
    with _tabular.opened(entry) as stream:
        rows = _tabular.rows_of(entry, stream, options)
        cells = []
        for row in rows.cells:
            cells.append(tuple(map(_unmarked, row)))
            if len(cells) > _MOST_ROWS:
                raise BadTable(f"it has more than {_MOST_ROWS:,} lines")
    questions = tuple(_tabular.table_questions(rows, options))
    return LabelList(names=rows.names, rows=tuple(cells), questions=questions)


def _unmarked(cell: str) -> str:
    """Return a cell without the apostrophe that keeps a spreadsheet from calculating it."""
    marked = cell[:1] == "'" and cell.lstrip("'")[:1] in _FORMULA
    return cell[1:] if marked else cell


def guess_label(table: LabelList, file: str) -> str:
    """Return the column most likely to hold the labels, or ``""``."""
    columns = find_columns(table.names, table.rows)
    others = [column for column in columns if column.name != file]
    return guess_target(others) or (others[0].name if len(others) == 1 else "")


def json_of(entry: Entry) -> Any:
    """Return what a JSON file holds; raises BadTable or Unreadable."""
    content = entry.read(_LARGEST_JSON)
    try:
        if entry.suffix == ".jsonl":
            return [json.loads(line) for line in content.splitlines() if line.strip()]
        return json.loads(content)
    except (ValueError, RecursionError):
        raise BadTable("it is damaged or no JSON") from None
    except MemoryError:
        raise BadTable("it needs more memory than there is") from None


def _from_json(entry: Entry) -> LabelList:
    """Read ``{"a.png": "leaf"}``, ``[{"file": "a.png", "label": "leaf"}]``, or one in a list."""
    found = json_of(entry)
    if isinstance(found, dict):
        inner = next((found[key] for key in _LIST_KEYS if _is_records(found.get(key))), None)
        found = inner if inner is not None else _pairs(found)
    if not _is_records(found):
        raise BadTable("it is JSON, but no list of labels")
    keys = tuple(dict.fromkeys(str(key) for record in found for key in record))
    rows = tuple(tuple(_text(record.get(key)) for key in keys) for record in found)
    return LabelList(names=unique_names(keys), rows=rows)


def _pairs(found: dict[str, Any]) -> list[dict[str, Any]]:
    plain = {name: label for name, label in found.items() if isinstance(label, str | int)}
    return [{"file": name, "label": label} for name, label in plain.items()]


def _is_records(found: Any) -> bool:
    return isinstance(found, list) and bool(found) and all(isinstance(r, dict) for r in found)


def _text(value: Any) -> str:
    return "" if value is None or isinstance(value, list | dict) else str(value)[:1000]


def bad_list(entry: Entry, why: str) -> ImportFailed:
    """Return the error for a list that names everything but cannot be read."""
    return ImportFailed(
        f"{entry.name} cannot be used: {why}.", "Export it again.", code="import.bad_list"
    )

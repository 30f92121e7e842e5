"""The rows of a project as the tables they came from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from studio.domain.errors import ProjectError
from studio.domain.sample import RowFacts
from studio.export.data._format import Draft, Item

__all__ = ["Table", "tables_of"]

_LABEL = "label"


@dataclass(slots=True, kw_only=True)
class Table:
    """One table in memory.

    Attributes:
        name: Of the file it came from, without its ending.
        columns: Names, as they stood.
        rows: Values by column; the class among them.
    """

    name: str
    columns: list[str]
    rows: list[dict[str, Any]] = field(default_factory=list)


def tables_of(draft: Draft) -> Iterator[Table]:
    """Yield the tables that the samples are rows of.

    Raises:
        ProjectError: ``project.damaged`` for a row that is none.
    """
    found: dict[tuple[str, str], list[Item]] = {}
    for item in draft.items():
        digest = item.sample.facts.table if isinstance(item.sample.facts, RowFacts) else ""
        name = item.sample.name.rpartition("/")[0]
        found.setdefault((digest, name), []).append(item)
    for (digest, name), items in found.items():
        yield _table(draft, digest, name, items)


def _table(draft: Draft, digest: str, name: str, items: list[Item]) -> Table:
    types = draft.columns(digest)
    rows = [_values(draft, item) for item in items]
    inside = dict.fromkeys(key for row in rows for key in row)
    columns = list(types) + [key for key in inside if key not in types]
    # The class stands beside the values; the target that is no class is one of them.
    target = next((c for c, type in types.items() if type == "target" and c not in inside), "")
    if not target and any(item.sample.class_name is not None for item in items):
        target = _free(_LABEL, columns)
        columns.append(target)
    if target:
        for row, item in zip(rows, items, strict=True):
            row[target] = item.sample.class_name
    held = [column for column in columns if column in inside or column == target]
    stem, _, _ = name.rpartition(".")
    draft.samples += len(items)
    return Table(name=stem or name or "table", columns=held, rows=rows)


def _values(draft: Draft, item: Item) -> dict[str, Any]:
    try:
        found = json.loads(draft.content(item))
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise ProjectError(
            f"The row {item.sample.name} is damaged.",
            "Exclude it, or import the table again.",
            code="project.damaged",
        )
    return found


def _free(wanted: str, taken: list[str]) -> str:
    name, number = wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted}{number}"
    return name

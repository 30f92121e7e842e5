"""Labels that contradict each other, or that everything else speaks against.

| kind | two sides |
|---|---|
| ``content`` | samples of the same bytes under different classes |
| ``imports`` | one sample that two imports call differently, and nobody decided |
| ``neighbours`` | a label, against a sure model and the nearest neighbours that agree with it |
| ``ranges`` | time ranges of one recording that overlap, of different classes |
| ``boxes`` | boxes of one picture that are almost the same, of different classes |

A conflict is nothing that is kept: it is named by what it is between, and it is gone as soon
as one side is. `studio.labelling.operations.ResolveConflicts` decides it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from studio.domain.errors import ProjectError
from studio.labelling.review import meaning_text
from studio.store import predictions
from studio.store.failures import decoded
from studio.store.predictions import Predictor
from studio.store.project_file import ProjectFile

__all__ = ["Conflict", "ConflictKind", "ConflictPage", "Side", "conflict", "conflicts"]

CERTAIN = 0.9
"""How sure a model, and how one-sided the neighbours, must be against a label."""

ALMOST_EQUAL = 0.8
"""Share of what two boxes cover that both cover, from which they mean the same thing."""

_LEAST_OVERLAP_S = 1e-6


class ConflictKind(StrEnum):
    """What contradicts what; see the module."""

    CONTENT = "content"
    IMPORTS = "imports"
    NEIGHBOURS = "neighbours"
    RANGES = "ranges"
    BOXES = "boxes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the classes a conflict is between, and who is called so.

    Attributes:
        class_name: The class.
        sample_ids: The samples.
        region_ids: The box or time range of one sample, where the conflict is between these.
    """

    class_name: str
    sample_ids: tuple[int, ...]
    region_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Labels that cannot all be right.

    Attributes:
        id: What it is between, for example ``imports:17``; what `conflict` takes.
        kind: What contradicts what.
        sides: The classes, that of the label first.
        sentence: What is the matter, for the person.
    """

    id: str
    kind: ConflictKind
    sides: tuple[Side, ...]
    sentence: str

    @property
    def sample_ids(self) -> tuple[int, ...]:
        """The samples behind it, each once."""
        return tuple(dict.fromkeys(id for side in self.sides for id in side.sample_ids))


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictPage:
    """A page of conflicts of one kind, and whether there are more behind them."""

    kind: ConflictKind
    items: tuple[Conflict, ...]
    more: bool


def conflicts(
    project: ProjectFile,
    kind: ConflictKind,
    *,
    model: Predictor | None = None,
    offset: int = 0,
    limit: int = 50,
) -> ConflictPage:
    """Return a page of conflicts of one kind; those of excluded samples are left out.

    Args:
        project: Where they are.
        kind: Which.
        model: The candidate that ``neighbours`` needs; without one there are none.
        offset: How many to pass over.
        limit: How many at most.
    """
    values = {"limit": limit + 1, "offset": offset, **_predicted(project, model)}
    query = _QUERIES[kind]
    found = _found(project, query, query.sql, values)
    return ConflictPage(kind=kind, items=found[:limit], more=len(found) > limit)


def conflict(project: ProjectFile, id: str) -> Conflict:
    """Return a conflict that still is one.

    Raises:
        ProjectError: ``label.unknown_conflict``.
    """
    name, _, key = id.partition(":")
    values: dict[str, Any] = {"limit": 1, "offset": 0, "key": key, **_predicted(project, None)}
    if name in list(ConflictKind):
        query = _QUERIES[ConflictKind(name)]
        found = _found(project, query, f"{query.alone or query.sql} {query.one}", values)
        if found and found[0].id == id:
            return found[0]
    raise ProjectError(
        f"There is no conflict {id}.",
        "It may be resolved by now; look at the list again.",
        code="label.unknown_conflict",
    )


def _predicted(project: ProjectFile, model: Predictor | None) -> dict[str, Any]:
    neighbours = predictions.find(project, None)
    return {
        "model": None if model is None else model.id,
        "models": None if model is None else meaning_text(project, model),
        "near": None if neighbours is None else neighbours.id,
        "nears": None if neighbours is None else meaning_text(project, neighbours),
        "certain": CERTAIN,
    }


def _found(
    project: ProjectFile, query: _Query, sql: str, values: Mapping[str, Any]
) -> tuple[Conflict, ...]:
    rows = project.rows(f"{sql} {query.order} LIMIT :limit OFFSET :offset", values)
    names = {row["id"]: row["name"] for row in project.rows("SELECT id, name FROM classes")}
    with decoded(project.path):
        return tuple(query.make(project, row, names) for row in rows)


_Names = Mapping[Any, str]


def _of_content(project: ProjectFile, row: sqlite3.Row, names: _Names) -> Conflict:
    sql = (
        "SELECT class_id, json_group_array(id) AS ids FROM samples"
        " WHERE digest = ? AND excluded = 0 AND class_id IS NOT NULL GROUP BY class_id"
    )
    groups = [(row["class_id"], json.loads(row["ids"])) for row in project.rows(sql, (row[0],))]
    sides = tuple(
        Side(class_name=names[klass], sample_ids=tuple(sorted(ids)))
        for klass, ids in sorted(groups, key=lambda group: min(group[1]))
    )
    count = sum(len(side.sample_ids) for side in sides)
    return Conflict(
        id=f"{ConflictKind.CONTENT}:{row[0][:16]}",
        kind=ConflictKind.CONTENT,
        sides=sides,
        sentence=f"{count} samples are the same to the byte, and called {_all(sides)}.",
    )


def _of_imports(project: ProjectFile, row: sqlite3.Row, names: _Names) -> Conflict:
    sample = int(row["sample_id"])
    others = [names[klass] for klass in json.loads(row["others"])]
    first = [] if row["class_id"] is None else [names[row["class_id"]]]
    sides = tuple(Side(class_name=name, sample_ids=(sample,)) for name in [*first, *others])
    before = f"came as {first[0]}" if first else "has no class"
    return Conflict(
        id=f"{ConflictKind.IMPORTS}:{sample}",
        kind=ConflictKind.IMPORTS,
        sides=sides,
        sentence=f"Sample {sample} {before}; another import calls it {' and '.join(others)}.",
    )


def _of_neighbours(project: ProjectFile, row: sqlite3.Row, names: _Names) -> Conflict:
    sample, label, other = int(row["sample_id"]), names[row["class_id"]], names[row["other"]]
    return Conflict(
        id=f"{ConflictKind.NEIGHBOURS}:{sample}",
        kind=ConflictKind.NEIGHBOURS,
        sides=tuple(Side(class_name=name, sample_ids=(sample,)) for name in (label, other)),
        sentence=f"Sample {sample} is labelled {label}; the samples most like it are {other},"
        f" and so says the model.",
    )


def _of_regions(project: ProjectFile, row: sqlite3.Row, names: _Names) -> Conflict:
    kind = ConflictKind(row["kind"])
    sample = int(row["sample_id"])
    sides = tuple(
        Side(class_name=names[row[klass]], sample_ids=(sample,), region_ids=(int(row[id]),))
        for id, klass in (("one", "one_class"), ("two", "two_class"))
    )
    what = {
        ConflictKind.RANGES: f"time ranges that overlap by {row['shared']:.3g} s",
        ConflictKind.BOXES: f"boxes that share {row['shared']:.0%} of what they cover",
    }[kind]
    return Conflict(
        id=f"{kind}:{row['one']}-{row['two']}",
        kind=kind,
        sides=sides,
        sentence=f"Sample {sample} has two {what}, called {_all(sides)}.",
    )


def _all(sides: Sequence[Side]) -> str:
    return " and ".join(side.class_name for side in sides)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Query:
    """How conflicts of one kind are found.

    Attributes:
        sql: All of them.
        order: Behind it.
        one: Condition for the one named ``:key``, between the two.
        alone: What to ask for one instead of ``sql``; empty for the same.
        make: From a row to the conflict.
    """

    sql: str
    order: str
    one: str
    make: Callable[[ProjectFile, sqlite3.Row, _Names], Conflict]
    alone: str = ""


_PAIR = """
FROM regions r JOIN regions q ON q.sample_id = r.sample_id AND q.id > r.id
AND q.kind = r.kind AND q.class_id <> r.class_id
JOIN samples s ON s.id = r.sample_id AND s.excluded = 0
"""
_PAIR_COLUMNS = (
    "r.sample_id, r.id AS one, q.id AS two, r.class_id AS one_class, q.class_id AS two_class"
)
_COMMON = (
    "max(0, min(r.a + r.c, q.a + q.c) - max(r.a, q.a))"
    " * max(0, min(r.b + r.d, q.b + q.d) - max(r.b, q.b))"
)
_ONE_PAIR = "AND r.id || '-' || q.id = :key AND r.id = CAST(:key AS INTEGER)"
_AGAINST_LABEL = (
    "FROM predictions n CROSS JOIN samples s ON s.id = n.sample_id AND s.excluded = 0"
    " AND s.class_id <> (:nears ->> n.best)"
)
_NOT_DISMISSED = (
    " AND NOT EXISTS (SELECT 1 FROM dismissals d WHERE d.sample_id = s.id"
    " AND d.class_id = (:nears ->> n.best))"
)

_QUERIES: Mapping[ConflictKind, _Query] = {
    ConflictKind.CONTENT: _Query(
        # Few digests come twice; only their samples are looked up.
        sql="SELECT t.digest FROM (SELECT digest FROM samples GROUP BY digest"
        " HAVING count(*) > 1) t WHERE (SELECT count(DISTINCT s.class_id) FROM samples s"
        " WHERE s.digest = t.digest AND s.excluded = 0) > 1",
        order="ORDER BY t.digest",
        one="",
        alone="SELECT t.digest FROM (SELECT DISTINCT digest FROM samples WHERE digest >= :key"
        " AND digest < :key || 'g') t WHERE (SELECT count(DISTINCT s.class_id) FROM samples s"
        " WHERE s.digest = t.digest AND s.excluded = 0) > 1",
        make=_of_content,
    ),
    ConflictKind.IMPORTS: _Query(
        sql="SELECT o.sample_id, s.class_id, json_group_array(o.class_id) AS others"
        " FROM other_labels o JOIN samples s ON s.id = o.sample_id"
        " WHERE s.excluded = 0 AND (s.class_id IS NULL OR s.label_origin = 'import')"
        " AND o.class_id IS NOT s.class_id",
        order="GROUP BY o.sample_id ORDER BY o.sample_id",
        one="AND o.sample_id = CAST(:key AS INTEGER)",
        make=_of_imports,
    ),
    ConflictKind.NEIGHBOURS: _Query(
        sql=f"SELECT s.id AS sample_id, s.class_id, (:nears ->> n.best) AS other {_AGAINST_LABEL}"
        " CROSS JOIN predictions p ON p.predictor_id = :model AND p.sample_id = n.sample_id"
        " AND p.confidence >= :certain AND (:models ->> p.best) = (:nears ->> n.best)"
        f" WHERE n.predictor_id = :near AND n.confidence >= :certain{_NOT_DISMISSED}",
        order="ORDER BY n.confidence DESC, n.sample_id",
        one="AND n.sample_id = CAST(:key AS INTEGER)",
        # Which model spoke against it does not matter to what the two sides are.
        alone=f"SELECT s.id AS sample_id, s.class_id, (:nears ->> n.best) AS other"
        f" {_AGAINST_LABEL} WHERE n.predictor_id = :near{_NOT_DISMISSED}",
        make=_of_neighbours,
    ),
    ConflictKind.RANGES: _Query(
        sql=f"SELECT {_PAIR_COLUMNS}, 'ranges' AS kind, min(r.b, q.b) - max(r.a, q.a) AS shared"
        f" {_PAIR} WHERE r.kind = 'range'"
        f" AND min(r.b, q.b) - max(r.a, q.a) > {_LEAST_OVERLAP_S}",
        order="ORDER BY r.id, q.id",
        one=_ONE_PAIR,
        make=_of_regions,
    ),
    ConflictKind.BOXES: _Query(
        sql=f"SELECT {_PAIR_COLUMNS}, 'boxes' AS kind,"
        f" {_COMMON} / (r.c * r.d + q.c * q.d - {_COMMON}) AS shared {_PAIR}"
        " WHERE r.kind = 'box' AND min(r.a + r.c, q.a + q.c) > max(r.a, q.a)"
        f" AND {_COMMON} >= {ALMOST_EQUAL} * (r.c * r.d + q.c * q.d - {_COMMON})",
        order="ORDER BY r.id, q.id",
        one=_ONE_PAIR,
        make=_of_regions,
    ),
}

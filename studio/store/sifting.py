"""The row numbers of samples that pass a sieve, in its order.

All numbers at once, 8 bytes each: a list of 100,000 samples then jumps anywhere without passing
over rows, and keeps its places while labels change.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable
from typing import Any

from studio.domain.sieve import Sieve, Sight
from studio.store import predictions
from studio.store.predictions import Predictor
from studio.store.project_file import ProjectFile
from studio.store.samples import SampleFilter

__all__ = ["sift"]

_OTHER_IMPORT = (
    "(s.label_origin = 'import' AND EXISTS (SELECT 1 FROM other_labels o"
    " WHERE o.sample_id = s.id AND o.class_id <> s.class_id))"
)
_OTHER_COPY = (
    "EXISTS (SELECT 1 FROM samples t WHERE t.digest = s.digest AND t.id <> s.id"
    " AND t.excluded = 0 AND t.class_id <> s.class_id)"
)
_NEIGHBOURS = (
    "EXISTS (SELECT 1 FROM predictions q WHERE q.predictor_id = :near AND q.sample_id = s.id"
    " AND (:near_meaning ->> q.best) <> s.class_id)"
)
_CALLED = "(:meaning ->> p.best)"
_WRONG = f"{_CALLED} <> s.class_id"
# ``json_each`` of a row's bytes; a row that is damaged has no cells.
_CELLS = (
    "json_each(CASE WHEN json_valid(CAST(b.content AS TEXT))"
    " THEN CAST(b.content AS TEXT) ELSE '{}' END)"
)
_TEXT = (
    "CASE WHEN s.kind <> 'row' THEN instr(lower(s.name), lower(:text)) > 0 ELSE EXISTS"
    f" (SELECT 1 FROM blobs b, {_CELLS} cell WHERE b.digest = s.digest"
    " AND instr(lower(cell.value), lower(:text)) > 0) END"
)
_CELL = (
    f"(SELECT cell.value FROM blobs b, {_CELLS} cell WHERE b.digest = s.digest"
    " AND cell.key = :column)"
)
#: Without a class first, the least certain of them first; then what the model contradicts, the
#: surest contradiction first; then the rest, the least certain first.
_USEFUL = (
    f"CASE WHEN s.class_id IS NULL THEN 0 WHEN {_WRONG} THEN 1 ELSE 2 END,"
    f" CASE WHEN s.class_id IS NOT NULL AND {_WRONG} THEN -p.confidence ELSE p.margin END"
    " NULLS LAST, s.id"
)
_BITS, _MIXER = (1 << 31) - 1, 73_244_475
_SPREAD = f"((s.id * {_MIXER} + 1) & {_BITS})"
_ORDERS = {
    Sight.IMPORTED: "s.id",
    Sight.USEFUL: _USEFUL,
    Sight.UNCERTAIN: "p.margin NULLS LAST, s.id",
    Sight.SURE: "p.confidence DESC NULLS LAST, s.id",
    Sight.RANDOM: f"({_SPREAD} * ({_SPREAD} >> 15)) & {_BITS}, s.id",
}
_CONDITIONS: tuple[tuple[Callable[[Sieve], bool], str], ...] = (
    (lambda sieve: sieve.only is not None, "s.id IN (SELECT value FROM json_each(:only))"),
    (lambda sieve: bool(sieve.text), _TEXT),
    (lambda sieve: sieve.wrong, _WRONG),
    (
        lambda sieve: sieve.predicted_as is not None,
        f"{_CALLED} = (SELECT id FROM classes WHERE name = :predicted_as)",
    ),
    (
        lambda sieve: sieve.suspicious,
        "s.excluded = 0 AND s.class_id IS NOT NULL"
        f" AND ({_OTHER_IMPORT} OR {_OTHER_COPY} OR {_NEIGHBOURS})",
    ),
)


def sift(
    project: ProjectFile, sieve: Sieve, *, model: Predictor | None, near: Predictor | None
) -> array[int]:
    """Return the row numbers of samples.

    Args:
        project: Where they are.
        sieve: Which, and in what order.
        model: Whose word counts for ``predicted_as``, ``wrong`` and the orders by doubt; without
            one nothing is predicted, so these find nothing.
        near: The nearest neighbours, for ``suspicious``, if they were asked.
    """
    which = SampleFilter(
        class_name=sieve.class_name, unlabelled=sieve.unlabelled, session=sieve.session
    )
    where, plain = which.where()
    conditions = "".join(f" AND {sql}" for holds, sql in _CONDITIONS if holds(sieve))
    order = _ORDERS[sieve.sight]
    if sieve.column:
        order = f"{_CELL} {'DESC' if sieve.falling else 'ASC'} NULLS LAST, s.id"
    named, values = _named(where, plain)
    sql = (
        "SELECT s.id FROM samples s LEFT JOIN predictions p"
        f" ON p.predictor_id = :model AND p.sample_id = s.id{named}{conditions} ORDER BY {order}"
    )
    asked = {**values, **_asked(project, sieve, model, near)}
    # One text from the database, read by the parser in C: rows would hold up other threads.
    found = project.value(f"SELECT json_group_array(id) FROM ({sql})", asked)
    return array("q", json.loads(found))


def _named(where: str, values: tuple[str | int, ...]) -> tuple[str, dict[str, Any]]:
    """Return a condition with names in the place of question marks."""
    first, *rest = where.split("?")
    named = first + "".join(f":base{n}{text}" for n, text in enumerate(rest))
    return named, {f"base{n}": value for n, value in enumerate(values)}


def _asked(
    project: ProjectFile, sieve: Sieve, model: Predictor | None, near: Predictor | None
) -> dict[str, Any]:
    return {
        "model": None if model is None else model.id,
        "meaning": _meaning(project, model),
        "near": None if near is None else near.id,
        "near_meaning": _meaning(project, near),
        "only": json.dumps(sieve.only or ()),
        "text": sieve.text,
        "predicted_as": sieve.predicted_as,
        "column": sieve.column,
    }


def _meaning(project: ProjectFile, asked: Predictor | None) -> str:
    return json.dumps([] if asked is None else predictions.meaning(project, asked))

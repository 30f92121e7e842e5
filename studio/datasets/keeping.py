"""Sessions of a project: those it keeps, those that would be found now, and keeping these.

What is kept stands until a person changes it: a later import adds samples to it and finds new
sessions beside it, and corrections are never guessed over.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from studio.datasets.evidence import Trace, evidence
from studio.datasets.material import Material
from studio.datasets.sessions import GIVEN, SessionGuess, guess_sessions
from studio.domain.errors import DatasetError
from studio.store import sessions
from studio.store.project_file import ProjectFile
from studio.store.sessions import SampleSession, SessionOrigin

__all__ = ["Keeping", "found_sessions", "kept_reasons", "to_keep"]

_COLUMN = "column"
_BY_PERSON = frozenset({"pattern", _COLUMN, GIVEN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """A session to be kept.

    Attributes:
        name: As it is found.
        sample_ids: Samples that are not in it yet.
        origin: Who says so, as the project writes it.
    """

    name: str
    sample_ids: tuple[int, ...]
    origin: str


def kept_reasons(project: ProjectFile) -> dict[str, str]:
    """Return why the sessions a project keeps are sessions, by name."""
    titles = {kind.id: kind.title for kind in evidence()}
    return {kept.name: _reason(kept, titles) for kept in sessions.all_sessions(project)}


def _reason(kept: SampleSession, titles: Mapping[str, str]) -> str:
    if kept.origin is SessionOrigin.PERSON:
        return "Named by you."
    if kept.origin is SessionOrigin.IMPORT:
        return "The imported files say so."
    return f"{titles.get(kept.evidence, 'Found in the samples')}."


def found_sessions(
    material: Material, *, pattern: str | None = None, column: str | None = None
) -> tuple[SessionGuess, ...]:
    """Return the sessions as they would be used: kept ones, and for the rest what is found.

    Args:
        material: The samples.
        pattern: See `guess_sessions`.
        column: A column of the table that names the session of a row.

    Raises:
        DatasetError: for a pattern or column that cannot be used.
    """
    named = {} if column is None else _of_column(material, column)
    reasons = dict.fromkeys(named.values(), f"The column {column!r} says so.")
    traces = [_named(trace, named) for trace in material.traces()]
    return guess_sessions(
        traces,
        material.clues,
        pattern=pattern,
        reasons={**reasons, **kept_reasons(material.project)},
    )


def _named(trace: Trace, named: Mapping[int, str]) -> Trace:
    return replace(trace, session=trace.session or named.get(trace.id))


def _of_column(material: Material, column: str) -> dict[int, str]:
    found, values = material.rows
    named = {
        sample.id: str(row[column])
        for sample, row in zip(found, values, strict=True)
        if row.get(column) is not None
    }
    if not named:
        raise DatasetError(
            f"There is no column called {column!r} with values.",
            "Name a column of the imported table.",
            code="dataset.no_such_column",
        )
    return named


def to_keep(material: Material, found: Sequence[SessionGuess]) -> tuple[Keeping, ...]:
    """Return what is to be written so that the project keeps the sessions that were found.

    Samples that have a session are passed over: what is kept is never changed.

    Args:
        material: The samples.
        found: As `found_sessions` gives them.
    """
    keeps = kept_reasons(material.project)
    keeping = []
    for guess in found:
        ids = tuple(id for id in guess.sample_ids if material.by_id[id].session is None)
        if not ids:
            continue
        if guess.name in keeps and guess.origin == GIVEN:
            origin = str(SessionOrigin.INFERRED)  # it has one already, and keeps it
        elif guess.origin in _BY_PERSON:
            origin = str(SessionOrigin.PERSON)
        else:
            origin = sessions.inferred_by(guess.origin)
        keeping.append(Keeping(name=guess.name, sample_ids=ids, origin=origin))
    return tuple(keeping)

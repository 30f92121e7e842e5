"""Which samples were taken in one go: inferred, shown with the reason, and correctable.

What a person or an importer said stands. For the rest the strongest kind of evidence that
says anything about a sample decides (`studio.datasets.evidence`); a sample nothing is known of
stands for itself.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from studio.datasets.evidence import Hint, Trace, evidence
from studio.datasets.evidence._evidence import Content
from studio.domain.errors import DatasetError

__all__ = ["GIVEN", "SessionGuess", "guess_sessions"]

GIVEN = "given"
"""Origin of sessions a person or an importer named."""

_LONGEST_PATTERN = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionGuess:
    """A session as it would be used.

    Attributes:
        name: Unique among the guesses.
        origin: `GIVEN`, ``"pattern"``, or the id of the evidence.
        reason: Why these samples belong together, in one sentence.
        sample_ids: Row numbers in the project, in order.
    """

    name: str
    origin: str
    reason: str
    sample_ids: tuple[int, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the plain form."""
        return {
            "name": self.name,
            "origin": self.origin,
            "reason": self.reason,
            "samples": list(self.sample_ids),
        }


def guess_sessions(
    traces: Sequence[Trace], content: Content = None, *, pattern: str | None = None
) -> tuple[SessionGuess, ...]:
    """Infer sessions.

    Args:
        traces: The samples; those with a session keep it.
        content: What they look like, row by row, or None.
        pattern: A regular expression a person gave, searched in the whole name; its first
            group, or else all it matches, names the session.

    Raises:
        DatasetError: ``dataset.bad_pattern`` or ``dataset.pattern_matches_nothing``.
    """
    decided: dict[int, tuple[str, Hint]] = {
        trace.id: (GIVEN, Hint(trace.session, "It was said so."))
        for trace in traces
        if trace.session is not None
    }
    if pattern is not None:
        for id, hint in _by_pattern(traces, pattern).items():
            decided.setdefault(id, ("pattern", hint))
    for kind in evidence():
        if len(decided) == len(traces):
            break
        for id, hint in kind.find(traces, content).items():
            decided.setdefault(id, (kind.id, hint))
    return _collected(traces, decided)


def _collected(
    traces: Sequence[Trace], decided: Mapping[int, tuple[str, Hint]]
) -> tuple[SessionGuess, ...]:
    members: dict[tuple[str, str], list[int]] = defaultdict(list)
    reasons: dict[tuple[str, str], str] = {}
    for trace in traces:
        if trace.id in decided:
            origin, hint = decided[trace.id]
            members[origin, hint.session].append(trace.id)
            reasons.setdefault((origin, hint.session), hint.reason)
    taken = {name for origin, name in members if origin == GIVEN}
    guesses = []
    for (origin, name), ids in members.items():
        unique = name if origin == GIVEN else _unique(name, taken)
        taken.add(unique)
        reason = reasons[origin, name]
        guesses.append(
            SessionGuess(name=unique, origin=origin, reason=reason, sample_ids=tuple(ids))
        )
    return tuple(guesses)


def _unique(name: str, taken: set[str]) -> str:
    number, candidate = 2, name
    while candidate in taken:
        candidate, number = f"{name} ({number})", number + 1
    return candidate


def _by_pattern(traces: Sequence[Trace], pattern: str) -> Mapping[int, Hint]:
    if len(pattern) > _LONGEST_PATTERN:
        raise _bad_pattern("it is too long")
    try:
        compiled = re.compile(pattern)
    except (re.error, RecursionError, OverflowError) as error:
        raise _bad_pattern(str(error)) from None
    found = {}
    for trace in traces:
        match = compiled.search(trace.name)
        name = match and (match.group(1) if compiled.groups else match.group())
        if name:
            found[trace.id] = Hint(name, f"{name!r} is what the pattern finds in their names.")
    if not found and traces:
        raise DatasetError(
            f"The pattern {pattern!r} is in none of the {len(traces)} names.",
            f"Write one that fits names such as {traces[0].name!r}.",
            code="dataset.pattern_matches_nothing",
        )
    return found


def _bad_pattern(why: str) -> DatasetError:
    return DatasetError(
        f"The pattern for sessions cannot be used: {why}.",
        "Write a regular expression, for example (clip\\d+).",
        code="dataset.bad_pattern",
    )

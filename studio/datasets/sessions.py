"""Which samples were taken in one go: inferred, shown with the reason, and correctable.

What a person or an importer said stands, and so does what was kept in the project. For the
rest the strongest kind of evidence that says anything about a sample decides
(`studio.datasets.evidence`). A sample that came later joins the kept session its evidence puts
it with, unless that evidence was corrected. One nothing is known of stands for itself.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from studio.datasets.evidence import NO_CLUES, Clues, Hint, Trace, evidence
from studio.domain.errors import DatasetError

__all__ = ["GIVEN", "SessionGuess", "guess_sessions"]

GIVEN = "given"
"""Origin of sessions that stand in the project."""

_SAID = "It was said so."

_LONGEST_PATTERN = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionGuess:
    """A session as it would be used.

    Attributes:
        name: Unique among the guesses.
        origin: `GIVEN`, ``"pattern"``, ``"column"``, or the id of the evidence.
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
    traces: Sequence[Trace],
    clues: Clues = NO_CLUES,
    *,
    pattern: str | None = None,
    reasons: Mapping[str, str] = MappingProxyType({}),
) -> tuple[SessionGuess, ...]:
    """Infer sessions.

    Args:
        traces: The samples; those with a session keep it.
        clues: What they show.
        pattern: A regular expression a person gave, searched in the whole name; its first
            group, or else all it matches, names the session.
        reasons: Why the sessions that traces have are sessions, by name.

    Raises:
        DatasetError: ``dataset.bad_pattern`` or ``dataset.pattern_matches_nothing``.
    """
    decided: dict[int, tuple[str, Hint]] = {
        trace.id: (GIVEN, Hint(trace.session, reasons.get(trace.session, _SAID)))
        for trace in traces
        if trace.session is not None
    }
    stands = {trace.id: trace.session for trace in traces if trace.session is not None}
    if pattern is not None:
        _decide(decided, "pattern", _by_pattern(traces, pattern), stands)
    for kind in evidence():
        if len(decided) == len(traces):
            break
        _decide(decided, kind.id, kind.find(traces, clues), stands)
    return _collected(traces, decided, set(reasons))


def _decide(
    decided: dict[int, tuple[str, Hint]],
    origin: str,
    hints: Mapping[int, Hint],
    stands: Mapping[int, str],
) -> None:
    """Take hints for samples nothing is decided of; a kept session draws its late-comers in."""
    members: dict[str, list[int]] = defaultdict(list)
    for id, hint in hints.items():
        members[hint.session].append(id)
    for session, ids in members.items():
        kept = Counter(stands[id] for id in ids if id in stands)
        joined = _joined(session, kept, len(ids))
        if joined is None and 2 * kept.total() > len(ids):
            continue  # a person has divided it: the hint is wrong, for late-comers as well
        for id in ids:
            own = hints[id] if joined is None else Hint(joined, hints[id].reason)
            decided.setdefault(id, (origin if joined is None else GIVEN, own))


def _joined(session: str, kept: Counter[str], total: int) -> str | None:
    """Return the kept session that is this one: of its name, or with most of its samples."""
    if session in kept:
        return session
    name, most = max(kept.items(), key=lambda item: item[1], default=("", 0))
    return name if 2 * most > total else None


def _collected(
    traces: Sequence[Trace], decided: Mapping[int, tuple[str, Hint]], reserved: set[str]
) -> tuple[SessionGuess, ...]:
    members: dict[tuple[str, str], list[int]] = defaultdict(list)
    reasons: dict[tuple[str, str], str] = {}
    for trace in traces:
        if trace.id in decided:
            origin, hint = decided[trace.id]
            members[origin, hint.session].append(trace.id)
            if trace.session is not None:  # why it stands says more than why others joined it
                reasons[origin, hint.session] = hint.reason
            reasons.setdefault((origin, hint.session), hint.reason)
    taken = reserved | {name for origin, name in members if origin == GIVEN}
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

"""When samples were taken: a pause much longer than the usual one begins a new session."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from studio.datasets.evidence._evidence import Clues, Evidence, Hint, Trace

__all__ = ["ENTRY", "pauses"]

_NEIGHBOURS = 10
_FACTOR = 17.0
"""Source: Platt, J. C., Czerwinski, M. and Field, B. A. (2003), PhotoTOC: automatic clustering
for browsing personal photographs: ``log g >= log 17 + mean of the log gaps 10 either side``."""

_NEVER_SECONDS, _ALWAYS_SECONDS = 60.0, 3600.0
"""Own choice: the rule is relative, but a minute is no pause and an hour always is one."""


def _find(traces: Sequence[Trace], clues: Clues) -> Mapping[int, Hint]:
    dated = sorted((when, trace.id) for trace in traces if (when := _seconds(trace)) is not None)
    if len(dated) < 2 or dated[0][0] == dated[-1][0]:
        return {}  # one time for all is the time of a copy, not of a photo
    hints: dict[int, Hint] = {}
    cuts = [0, *(cut + 1 for cut in pauses([when for when, _ in dated])), len(dated)]
    for begin, end in itertools.pairwise(cuts):
        hint = _hint(dated[begin][0], dated[end - 1][0])
        hints.update((id, hint) for _, id in dated[begin:end])
    return hints


def pauses(times: Sequence[float]) -> list[int]:
    """Return after which of the sorted times (seconds) a session ends."""
    gaps = [later - earlier for earlier, later in itertools.pairwise(times)]
    logs = [math.log(max(gap, 1.0)) for gap in gaps]
    found = []
    for position, gap in enumerate(gaps):
        near = logs[max(0, position - _NEIGHBOURS) : position + _NEIGHBOURS + 1]
        usual = math.log(_FACTOR) + sum(near) / len(near)
        long = gap >= _NEVER_SECONDS and logs[position] >= usual
        if long or gap >= _ALWAYS_SECONDS:
            found.append(position)
    return found


def _seconds(trace: Trace) -> float | None:
    try:
        when = datetime.fromisoformat(trace.taken_at or "")
    except ValueError:
        return None
    # Cameras write no time zone; only differences count.
    return (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp()


def _hint(begin: float, end: float) -> Hint:
    first, last = (datetime.fromtimestamp(when, UTC) for when in (begin, end))
    until = f"{last:%H:%M:%S}" if first.date() == last.date() else f"{last:%Y-%m-%d %H:%M:%S}"
    name = f"{first:%Y-%m-%d %H:%M:%S}"
    return Hint(name, f"They were taken between {name} and {until} without a long pause.")


ENTRY = Evidence(id="times", title="When they were taken (EXIF time)", order=30, find=_find)

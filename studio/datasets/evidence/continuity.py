"""Recordings that go on where others stop, or hold the same samples: pieces of one record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from studio.datasets.chains import Chains
from studio.datasets.evidence._evidence import Clues, Evidence, Hint, Trace
from studio.datasets.evidence._numbers import base_name, numbered_runs
from studio.datasets.joints import joints, overlaps

__all__ = ["ENTRY"]


def _find(traces: Sequence[Trace], clues: Clues) -> Mapping[int, Hint]:
    heard = [trace for trace in traces if trace.id in clues.ends]
    if len(heard) < 2:
        return {}
    ends = [clues.ends[trace.id] for trace in heard]
    chains: Chains[int] = Chains(range(len(heard)))
    shared = list(overlaps(ends))
    for one, other in (*shared, *joints(ends, _following(heard), [t.class_name for t in heard])):
        chains.link(one, other)
    same = {position for pair in shared for position in pair}
    hints: dict[int, Hint] = {}
    for positions in chains.groups():
        if 1 < len(positions) < len(heard):
            hint = _hint([heard[n] for n in positions], bool(same.intersection(positions)))
            hints.update((heard[n].id, hint) for n in positions)
    return hints


def _following(traces: Sequence[Trace]) -> dict[int, int]:
    """Return which recording is numbered one higher than which, by position."""
    return {
        one: other
        for run in numbered_runs(traces)
        for (number, one), (following, other) in pairwise(run)
        if following == number + 1
    }


def _hint(pieces: Sequence[Trace], same: bool) -> Hint:
    first = base_name(pieces[0])
    how = "some hold the same samples" if same else "each goes on where another stops"
    return Hint(first, f"They are {len(pieces)} pieces of one record from {first}: {how}.")


ENTRY = Evidence(
    id="continuity", title="Recordings that go on where others stop", order=35, find=_find
)

"""Numbered names whose neighbours look alike: ``IMG_0412``, ``IMG_0413`` of one scene.

A number alone says nothing: collections are numbered after they were mixed. So the numbers
count only where neighbours are more alike than chance would have them; then a run is cut where
the numbers jump, and where the next picture looks as different as any other would.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from studio.datasets.evidence._evidence import Clues, Evidence, Hint, Trace
from studio.datasets.evidence._numbers import base_name, numbered_runs

__all__ = ["ENTRY"]

_FEWEST = 12
"""Samples a run needs before chance can be ruled out."""

_LEAST_SHARE, _LEAST_DEVIATIONS = 0.7, 3.0
"""What share of neighbours must be more alike than the usual pair, and how far that must be
from the one half of chance. Measured: 0.81-0.90 on photos of hands in shooting order,
0.39-0.61 on mixed collections of photos of things."""

_DIFFERENT, _DIFFERENT_BESIDE_JUMPS = 0.25, 0.75
"""The share of random pairs more alike than two neighbours, from which a run is cut between
them. Where the numbers jump these tell already, and only a stark change is a cut as well."""

_STARK = 3.0
"""A change this many times the usual step is a cut, however alike the scenes are."""

_JUMP = 2
"""A step of the numbers this many times the usual one is a cut."""

_RANDOM_PAIRS = 4000


def _find(traces: Sequence[Trace], clues: Clues) -> Mapping[int, Hint]:
    content = clues.content
    if content is None:
        return {}
    hints: dict[int, Hint] = {}
    for run in numbered_runs(traces):
        hints.update(_cut(run, traces, content))
    return hints


def _cut(
    run: list[tuple[int, int]], traces: Sequence[Trace], content: NDArray[np.float32]
) -> Mapping[int, Hint]:
    rows = content[[position for _, position in run]]
    if len(run) < _FEWEST:
        return {}
    steps = _distance(rows[1:], rows[:-1])
    usual = _random_distances(rows)
    if not _order_matters(steps, usual):
        return {}
    numbers = np.array([number for number, _ in run], np.float64)
    jumps = np.diff(numbers) > _JUMP * np.median(np.diff(numbers))
    share = _DIFFERENT_BESIDE_JUMPS if jumps.any() else _DIFFERENT
    ends = jumps | (steps > min(np.quantile(usual, share), _STARK * np.median(steps)))
    starts = [0, *(np.flatnonzero(ends) + 1), len(run)]
    sessions = [
        [traces[position] for _, position in run[begin:end]]
        for begin, end in itertools.pairwise(starts)
    ]
    if len(sessions) < 2:
        return {}  # everything would be one session: no knowledge to split by
    return {trace.id: _hint(session) for session in sessions for trace in session}


def _order_matters(steps: NDArray[np.float32], usual: NDArray[np.float32]) -> bool:
    """Return whether neighbours are alike beyond chance: a sign test against the median."""
    alike = float((steps < np.median(usual)).mean())
    return alike >= _LEAST_SHARE and (2 * alike - 1) * math.sqrt(len(steps)) >= _LEAST_DEVIATIONS


def _random_distances(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    random = np.random.default_rng(0)
    first = random.integers(0, len(rows), _RANDOM_PAIRS)
    second = (first + random.integers(1, len(rows), _RANDOM_PAIRS)) % len(rows)
    return _distance(rows[first], rows[second])


def _distance(one: NDArray[np.float32], other: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(np.abs(one - other).mean(1), np.float32)


def _hint(session: Sequence[Trace]) -> Hint:
    first, last = (base_name(trace) for trace in (session[0], session[-1]))
    if len(session) == 1:
        return Hint(first, "It looks different from those numbered before and after it.")
    return Hint(first, f"Numbered in a row from {first} to {last}, and they look alike.")


ENTRY = Evidence(id="runs", title="Numbered names that look alike", order=40, find=_find)

"""Numbered names whose neighbours look alike: ``IMG_0412``, ``IMG_0413`` of one scene.

A number alone says nothing: collections are numbered after they were mixed. So the numbers
count only where neighbours are more alike than chance would have them. Where most neighbours
show one scene from a camera that moved a little, a run is cut where the scene changes; else
where the numbers jump, and where the next picture looks as different as any other would.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from studio.datasets.evidence._evidence import Clues, Evidence, Hint, Trace
from studio.datasets.evidence._numbers import base_name, numbered_runs
from studio.datasets.shifts import shifted_likeness

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

_SAME_SCENE = 0.7
"""Likeness at the best shift from which two pictures show one scene. Chosen on bursts made of
every second photo of rubbish, of clothes and of cells; measured on the others."""

_LEAST_SCENES, _TIMES_CHANCE = 0.5, 2.0
"""What share of neighbours must show one scene, and how many times that of random pairs."""

_RANDOM_PAIRS = 4000
_SAMPLED = 500


def _find(traces: Sequence[Trace], clues: Clues) -> Mapping[int, Hint]:
    content = clues.content
    if content is None:
        return {}
    hints: dict[int, Hint] = {}
    for run in numbered_runs(traces):
        if len(run) < _FEWEST:
            continue
        positions = [position for _, position in run]
        ends = None if clues.grey is None else _scene_ends(clues.grey[positions])
        if ends is None:
            ends = _look_ends(np.array([number for number, _ in run]), content[positions])
        if ends is not None and ends.any():  # without an end all is one: nothing to split by
            hints.update(_sessions([traces[position] for position in positions], ends))
    return hints


def _sessions(run: Sequence[Trace], ends: NDArray[np.bool_]) -> Mapping[int, Hint]:
    starts = [0, *(np.flatnonzero(ends) + 1), len(run)]
    sessions = [run[begin:end] for begin, end in itertools.pairwise(starts)]
    return {trace.id: _hint(session) for session in sessions for trace in session}


def _scene_ends(grey: NDArray[np.uint8]) -> NDArray[np.bool_] | None:
    """Return after which pictures the scene changes, or None if these are no scenes."""
    first, second = _random_pairs(len(grey), _SAMPLED)
    by_chance = float((shifted_likeness(grey[first], grey[second]) >= _SAME_SCENE).mean())
    least = max(_LEAST_SCENES, _TIMES_CHANCE * by_chance)
    # Some neighbours tell whether it is worth looking at all.
    some = np.linspace(0, len(grey) - 2, min(_SAMPLED, len(grey) - 1)).astype(np.int64)
    if (shifted_likeness(grey[some + 1], grey[some]) >= _SAME_SCENE).mean() < least:
        return None
    return shifted_likeness(grey[1:], grey[:-1]) < _SAME_SCENE


def _look_ends(numbers: NDArray[np.int64], rows: NDArray[np.float32]) -> NDArray[np.bool_] | None:
    """Return after which pictures the numbers or the looks jump, or None if order is chance."""
    steps = _distance(rows[1:], rows[:-1])
    first, second = _random_pairs(len(rows), _RANDOM_PAIRS)
    usual = _distance(rows[first], rows[second])
    if not _order_matters(steps, usual):
        return None
    jumps = np.diff(numbers) > _JUMP * np.median(np.diff(numbers))
    share = _DIFFERENT_BESIDE_JUMPS if jumps.any() else _DIFFERENT
    stark = steps > min(np.quantile(usual, share), _STARK * np.median(steps))
    return np.asarray(jumps | stark)


def _order_matters(steps: NDArray[np.float32], usual: NDArray[np.float32]) -> bool:
    """Return whether neighbours are alike beyond chance: a sign test against the median."""
    alike = float((steps < np.median(usual)).mean())
    return alike >= _LEAST_SHARE and (2 * alike - 1) * math.sqrt(len(steps)) >= _LEAST_DEVIATIONS


def _random_pairs(count: int, pairs: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    random = np.random.default_rng(0)
    first = random.integers(0, count, pairs)
    return first, (first + random.integers(1, count, pairs)) % count


def _distance(one: NDArray[np.float32], other: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(np.abs(one - other).mean(1), np.float32)


def _hint(session: Sequence[Trace]) -> Hint:
    first, last = (base_name(trace) for trace in (session[0], session[-1]))
    if len(session) == 1:
        return Hint(first, "It looks different from those numbered before and after it.")
    return Hint(first, f"Numbered in a row from {first} to {last}, and they look alike.")


ENTRY = Evidence(id="runs", title="Numbered names that look alike", order=40, find=_find)

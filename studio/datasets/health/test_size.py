"""A test side too small to say how good a model is."""

from __future__ import annotations

import math
from collections.abc import Iterator

from studio.datasets.health._check import ANY_KIND, Check, counted
from studio.datasets.material import Material
from studio.datasets.split_report import split_report
from studio.domain.dataset import Split, SplitShares
from studio.domain.evaluation import wilson_interval
from studio.domain.health import ActionKind, HealthFinding, Severity, SuggestedAction

__all__ = ["ENTRY", "tests_needed"]

_SUPPOSED = 0.9
"""Accuracy the interval is told for; nobody knows the true one before a model is tested."""

_WIDEST = 0.10
"""Width of a 95 % interval from which two models can hardly be told apart. Own choice."""


def _find(material: Material) -> Iterator[HealthFinding]:
    report = split_report(material.project, material=material)
    tested = {id for id, side in report.sides.items() if side is Split.TEST}
    if not tested:
        return
    told = wilson_interval(round(_SUPPOSED * len(tested)), len(tested))
    if told.high - told.low <= _WIDEST:
        return
    more = math.ceil((tests_needed(_SUPPOSED, _WIDEST) - len(tested)) / SplitShares().test)
    groups = sum(bool(tested.intersection(session.sample_ids)) for session in report.sessions)
    few = (
        f" They come from {counted(groups, 'session')}: the true interval is wider still."
        if 0 < groups < len(tested) / 2
        else ""
    )
    yield HealthFinding(
        code="health.test_too_small",
        severity=Severity.HINT,
        title="Few samples to judge by",
        sentence=f"A model that gets {told.value:.0%} of the {counted(len(tested), 'test sample')}"
        f" right may be one of {told.low:.0%} to {told.high:.0%}.{few} About"
        f" {counted(more, 'more sample')} in all would narrow that to {_WIDEST * 100:.0f} points.",
        action=SuggestedAction(kind=ActionKind.ADD_SAMPLES),
        figures={
            "tested": len(tested),
            "low": told.low,
            "high": told.high,
            "sessions": groups,
            "more": more,
        },
    )


def tests_needed(share: float, width: float) -> int:
    """Return the fewest tests whose 95 % Wilson interval is at most so wide.

    Args:
        share: What part of them comes out right, 0 to 1.
        width: Above zero.
    """
    low, high = 1, 1
    while _width(share, high) > width:
        low, high = high, 2 * high
    while low < high:  # the width falls with the number, but for the rounding of hits
        middle = (low + high) // 2
        low, high = (low, middle) if _width(share, middle) <= width else (middle + 1, high)
    return low


def _width(share: float, total: int) -> float:
    told = wilson_interval(round(share * total), total)
    return told.high - told.low


ENTRY = Check(id="test-size", title="Samples to judge by", kinds=ANY_KIND, find=_find)

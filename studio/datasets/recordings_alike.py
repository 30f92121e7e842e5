"""Whether recordings can be learned from together: the same channels, the same rate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from studio.domain.errors import DatasetError
from studio.domain.sample import RecordingFacts, Sample
from studio.tasks.windows import hertz, same_rate

__all__ = ["check_recordings"]


def check_recordings(given: Sequence[Sample]) -> None:
    """Refuse recordings that differ in what a model would see.

    The order of channels does not matter. What was taken at irregular times is drawn anew at
    the usual rate, so its own rate does not matter either.

    Raises:
        DatasetError: ``dataset.different_channels`` or ``dataset.different_rates``.
    """
    facts = [(s, s.facts) for s in given if isinstance(s.facts, RecordingFacts)]
    _check_channels([(sample, fact.channels) for sample, fact in facts])
    _check_rates([(sample, fact.rate_hz) for sample, fact in facts if not fact.irregular])


def _check_channels(found: Sequence[tuple[Sample, tuple[str, ...]]]) -> None:
    counts = Counter(tuple(sorted(channels)) for _, channels in found)
    if len(counts) < 2:
        return
    usual = counts.most_common(1)[0][0]
    others = [(sample, names) for sample, names in found if tuple(sorted(names)) != usual]
    sample, names = others[0]
    raise DatasetError(
        f"Recordings have different channels: {sample.name!r} has {_listed(names)}, and most"
        f" have {_listed(usual)} ({len(others):,} of {len(found):,} differ).",
        "Exclude the others, or import them again and choose the same channels.",
        code="dataset.different_channels",
    )


def _check_rates(found: Sequence[tuple[Sample, float | None]]) -> None:
    rates = Counter(rate for _, rate in found)
    usual = rates.most_common(1)[0][0] if rates else None
    others = [(sample, rate) for sample, rate in found if not same_rate(rate, usual)]
    if not others:
        return
    sample, rate = others[0]
    raise DatasetError(
        f"Recordings were taken at different rates: {sample.name!r} at {hertz(rate)}, and most"
        f" at {hertz(usual)} ({len(others):,} of {len(found):,} differ).",
        "Exclude the others, import them again and enter their rate, or make a project for"
        " each rate.",
        code="dataset.different_rates",
    )


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:6])
    return shown + (f" and {len(names) - 6} more" if len(names) > 6 else "")

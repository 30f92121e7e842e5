"""Channels of recordings that never change, were cut off at their limits, or lack values."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from studio.datasets.health._check import Check, named
from studio.datasets.material import Material
from studio.domain.health import ActionKind, HealthFinding, Severity, SuggestedAction
from studio.domain.sample import RecordingFacts, Sample, SampleKind

__all__ = ["ENTRY", "is_clipped"]

_CLIPPED_SHARE = 0.005
_CLIPPED_RUN = 3
_FEWEST_LEVELS = 50
"""A signal of few levels touches its highest often without having been cut off."""

_WHAT = {
    "constant": ("health.constant_channel", "A channel that never changes",
                 "never changes in {where}: is the sensor connected?"),
    "clipped": ("health.clipped_channel", "A channel cut off at its limits",
                "is cut off at its largest or smallest value in {where}: set a wider range."),
    "lacking": ("health.missing_values", "Values missing in a channel",
                "lacks values in {where}."),
}  # fmt: skip


def _find(material: Material) -> Iterator[HealthFinding]:
    given = material.of_kind(SampleKind.RECORDING)
    found: dict[tuple[str, str], list[Sample]] = defaultdict(list)
    for done, sample in enumerate(given):
        recording = material.recording(sample)
        if recording is not None:
            for channel, values in zip(recording.channels, recording.values.T, strict=True):
                for trouble in _troubles(values):
                    found[trouble, channel].append(sample)
        material.progress("checking channels", done + 1, len(given))
    for (trouble, channel), samples in found.items():
        yield _finding(trouble, channel, samples, len(given))
    yield from _mixed(given)


def _troubles(values: NDArray[np.float32]) -> Iterator[str]:
    known = values[np.isfinite(values)]
    if known.size < values.size:
        yield "lacking"
    if known.size > 1 and float(known.max()) == float(known.min()):
        yield "constant"
    elif is_clipped(known):
        yield "clipped"


def is_clipped(values: NDArray[np.float32]) -> bool:
    """Return whether a signal stays at its largest or smallest value, time and again.

    Args:
        values: float32 ``(samples,)``, none missing.
    """
    if len(np.unique(values)) < _FEWEST_LEVELS:
        return False
    for limit in (values.max(), values.min()):
        at = np.concatenate([[False], values == limit, [False]])
        edges = np.flatnonzero(np.diff(at))
        runs = edges[1::2] - edges[::2]
        if runs[runs >= _CLIPPED_RUN].sum() >= max(_CLIPPED_SHARE * len(values), _CLIPPED_RUN):
            return True
    return False


def _finding(trouble: str, channel: str, samples: Sequence[Sample], total: int) -> HealthFinding:
    code, title, sentence = _WHAT[trouble]
    everywhere = len(samples) == total
    names = named(sample.name for sample in samples)
    where = "every recording" if everywhere else f"{len(samples)} of {total} ({names})"
    ids = tuple(sample.id for sample in samples)
    return HealthFinding(
        code=code,
        severity=Severity.WARNING,
        title=title,
        sentence=f"Channel {channel!r} {sentence.format(where=where)}",
        sample_ids=ids,
        action=SuggestedAction(
            kind=ActionKind.IGNORE_COLUMN if everywhere else ActionKind.REVIEW,
            sample_ids=ids,
            target=channel,
        ),
        figures={"recordings": len(ids)},
    )


def _mixed(given: Sequence[Sample]) -> Iterator[HealthFinding]:
    """Find recordings of other channels or another rate than the usual."""
    forms: Mapping[int, tuple[object, ...]] = {
        sample.id: (sample.facts.channels, _rounded(sample.facts.rate_hz))
        for sample in given
        if isinstance(sample.facts, RecordingFacts)
    }
    if len(set(forms.values())) < 2:
        return
    usual = Counter(forms.values()).most_common(1)[0][0]
    ids = tuple(id for id, form in forms.items() if form != usual)
    yield HealthFinding(
        code="health.mixed_recordings",
        severity=Severity.WARNING,
        title="Recordings of another make",
        sentence=f"{len(ids):,} of {len(forms):,} recordings differ from the rest in channels or"
        " sampling rate.",
        sample_ids=ids,
        action=SuggestedAction(kind=ActionKind.REVIEW, sample_ids=ids),
        figures={"recordings": len(ids)},
    )


def _rounded(rate: float | None) -> float | None:
    # Clocks are never quite the same: 25.98 and 26.01 Hz are one rate.
    return None if rate is None else float(f"{rate:.2g}")


ENTRY = Check(
    id="channels",
    title="Channels of recordings",
    kinds=frozenset({SampleKind.RECORDING}),
    find=_find,
)

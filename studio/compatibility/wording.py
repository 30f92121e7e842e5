"""What a report says in sentences: to the person, to the engineer, and what else to know."""

from __future__ import annotations

import math
from collections.abc import Iterator

from studio.compatibility.judging import Judged, Region
from studio.compatibility.limits import SENSOR_BUFFER
from studio.compatibility.sizes import size_text, sizes_text
from studio.domain.device import DeviceKind
from studio.domain.figure import FigureKind
from studio.domain.phrase import Phrase
from studio.domain.report import Verdict

__all__ = ["engineer_phrase", "findings", "summary_phrase"]


def summary_phrase(one: Judged) -> Phrase:
    """Return the answer in one sentence for the person."""
    device = one.device.name
    if one.obstacles:
        return Phrase.of("fit-runs-not", device=device)
    if one.verdict is Verdict.FITS:
        return Phrase.of("fit-yes", device=device, percent=_percent(one))
    concerned = [region for region in one.regions if region.verdict is one.verdict]
    if not concerned:
        part = one.homeless[one.verdict is Verdict.DOES_NOT_FIT]
        key = "fit-no-bank" if one.verdict is Verdict.DOES_NOT_FIT else "fit-maybe-bank"
        return Phrase.of(key, device=device, part=part)
    if one.verdict is Verdict.DOES_NOT_FIT:
        return _by_how_much("fit-no", max(concerned, key=_overrun), device, worst=False)
    return _not_known(concerned, device)


def _not_known(concerned: list[Region], device: str) -> Phrase:
    for region in concerned:
        if region.limit.value is None:
            return Phrase.of(f"fit-no-limit-{region.key}", device=device)
    for region in concerned:
        if region.needed.value is None:
            return Phrase.of(f"fit-no-need-{region.key}", device=device)
    return _by_how_much("fit-maybe", max(concerned, key=_overrun), device, worst=True)


def _by_how_much(key: str, region: Region, device: str, *, worst: bool) -> Phrase:
    needed, there = sizes_text(_end(region, worst=worst), region.limit.value or 0)
    return Phrase.of(f"{key}-{region.key}", device=device, needed=needed, there=there)


def _end(region: Region, *, worst: bool) -> float:
    return (region.needed.value or 0) if worst else region.least


def _overrun(region: Region) -> float:
    return max(region.least, region.needed.value or 0) / max(1, region.limit.value or 1)


def _percent(one: Judged) -> int:
    """Return how much of the memory that runs out first is used at the worst end, rounded up."""
    return max(1, *(math.ceil(100 * _overrun(region)) for region in one.regions))


def engineer_phrase(one: Judged) -> Phrase:
    """Return the answer in one sentence with its numbers."""
    if one.obstacles:
        return one.obstacles[0]
    texts: dict[str, str] = {"runtime": one.runtime.title}
    for region in one.regions:
        texts[region.key], texts[f"{region.key}_limit"] = _range_text(region)
    key = "needs-ram-and-flash" if "flash" in texts else "needs-ram"
    return Phrase.of(key, **texts)


def _range_text(region: Region) -> tuple[str, str]:
    """Return what is needed and what is there, without a word that a language would change."""
    limit = region.limit.value
    there = "?" if limit is None else sizes_text(0, limit)[1]
    least, most = _size(region.least, limit), region.needed.value
    if most is None:
        return f"≥ {least}", there
    worst = _size(most, limit)
    return (worst if least == worst else f"{least} – {worst}"), there


def _size(count: float, limit: int | None) -> str:
    return size_text(count) if limit is None else sizes_text(count, limit)[0]


def findings(one: Judged) -> tuple[Phrase, ...]:
    """Return what stands against it and what is not known, a sentence each."""
    return (*one.obstacles, *_open_points(one))


def _open_points(one: Judged) -> Iterator[Phrase]:
    device, model = one.device.name, one.model
    yield from (found for region in one.regions if (found := _of_region(region, device)))
    if one.runtime.uses_arena and model.arena.value is None:
        yield Phrase.of("arena-unknown", why=model.arena.source)
    if any(line.part == SENSOR_BUFFER and line.figure.value is None for line in one.lines):
        yield Phrase.of("sensor-unknown")
    code = [line.figure.kind for line in one.lines if line.part == "code"]
    if one.runtime.linked and FigureKind.ESTIMATED in code:
        yield Phrase.of("code-estimated", device=device)
    for region in one.regions:
        if region.limit.value is not None and not region.limit.verified:
            yield Phrase.of(f"unverified-{region.key}", device=device)
    if one.device.kind is not DeviceKind.MICROCONTROLLER:
        yield Phrase.of("storage", size=size_text(model.size_bytes))


def _of_region(region: Region, device: str) -> Phrase | None:
    if region.limit.value is None:
        return Phrase.of(f"limit-unknown-{region.key}", device=device)
    if region.verdict is Verdict.UNKNOWN and region.needed.value is not None:
        least, most = size_text(region.least), size_text(region.needed.value)
        return Phrase.of(f"depends-{region.key}", least=least, most=most)
    return None

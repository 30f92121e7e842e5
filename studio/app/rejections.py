"""What was too large in a search, in a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from studio.domain.event import JobEvent
from studio.domain.wording import bytes_text
from studio.search import SearchSpec

__all__ = ["rejections_text"]

_LIMITS = {"ram": ("RAM", "ram_bytes"), "flash": ("flash", "flash_bytes")}


def rejections_text(events: Iterable[JobEvent], spec: SearchSpec) -> str:
    """Return how many configurations were too large, and how large; ``""`` if none was.

    Sizes of networks that were rejected by their bounds alone are the least these can take.

    Args:
        events: The journal of the search.
        spec: Of the search; names its limits.
    """
    found = list(events)
    rejected = [event.data for event in found if event.name == "rejected"]
    parts = [text for why in _LIMITS if (text := _too_large(rejected, why, spec))]
    large = [data for data in rejected if data.get("why") in _LIMITS]
    tried = {
        event.data["trial"]
        for event in found
        if event.name == "trial_started"
        and event.data.get("space") == spec.space
        and event.data.get("continues") is None
    }
    sentences = []
    if large:
        total = len(rejected) + len(tried)
        sentences.append(f"{len(large)} of {total} were too large: {', '.join(parts)}.")
    if starved := len(rejected) - len(large):
        sentences.append(f"{starved} would not have fitted this computer's memory in training.")
    return " ".join(sentences)


def _too_large(rejected: Sequence[dict[str, Any]], why: str, spec: SearchSpec) -> str:
    """Return ``RAM 38.0-210 KiB of 32.0 KiB``, or ``""`` where nothing was too large so."""
    name, field = _LIMITS[why]
    mine = [data for data in rejected if data.get("why") == why]
    if not mine:
        return ""
    sizes = [data[field] for data in mine if data.get(field, -1) >= 0]
    limit = getattr(spec, field)
    of = "" if limit is None else f" of {bytes_text(limit)}"
    return f"{name} {_range(sizes)}{of}" if sizes else f"{name} unknown{of}"


def _range(sizes: Sequence[int]) -> str:
    low, high = bytes_text(min(sizes)), bytes_text(max(sizes))
    if low == high:
        return low
    same_unit = low.split()[-1] == high.split()[-1]
    return f"{low.split()[0] if same_unit else low}-{high}"

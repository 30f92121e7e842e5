"""Reading recordings from strangers: signals as CSV, WAV or Edge Impulse's JSON.

A recording is kept as the bytes it came in. What was found out, or told, about reading them
travels with the media type as its parameter ``reading``, so that every later reading is the
same (`described`, `reading_of`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, unquote

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "CSV",
    "EDGE_IMPULSE",
    "LARGEST_BYTES",
    "MOST_VALUES",
    "WAV",
    "BadRecording",
    "LabelRun",
    "Recording",
    "described",
    "read_recording",
    "reading_of",
]

CSV = "text/csv"
WAV = "audio/wav"
EDGE_IMPULSE = "application/vnd.edge-impulse.acquisition+json"

LARGEST_BYTES = 512 << 20
MOST_VALUES = 100_000_000
"""All channels together: 400 MB as float32, or 19 minutes of stereo at 44.1 kHz."""

_MARK = ";reading="


class BadRecording(Exception):
    """The bytes are no recording we take; the message says why, as the end of a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelRun:
    """Rows ``start`` to ``stop`` (not included) that carry the same label."""

    label: str
    start: int
    stop: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """A signal in memory.

    Attributes:
        values: float32 ``(samples, channels)``; NaN where there was no value.
        times: float64 ``(samples,)``, seconds from the first; None when nothing says when.
        rate_hz: Samples a second, or None when nothing says so.
        channels: Their names.
        units: Of each channel, ``""`` where nothing says.
        gaps: Places where samples are lacking: the step is over 2.5 times the usual one,
            or a row holds no value at all.
        irregular: Whether over a twentieth of the steps differ by over a tenth from the usual.
        backwards: Places where time goes back.
        labels: Stretches with a label, in order.
        started_at: ISO 8601, if the times are dates.
        session: What the session column says, if it is the same everywhere.
        notes: What else a person should know, a sentence each.
        reading: The options that read it so.
        columns: All columns of the file it was read from, if it was a table.
    """

    values: NDArray[np.float32]
    times: NDArray[np.float64] | None
    rate_hz: float | None
    channels: tuple[str, ...]
    units: tuple[str, ...]
    gaps: int = 0
    irregular: bool = False
    backwards: int = 0
    labels: tuple[LabelRun, ...] = ()
    started_at: str | None = None
    session: str | None = None
    notes: tuple[str, ...] = ()
    reading: Mapping[str, str] = field(default_factory=dict)
    columns: tuple[str, ...] = ()

    @property
    def samples(self) -> int:
        """Values in each channel."""
        return int(self.values.shape[0])

    def seconds_at(self, index: int) -> float | None:
        """Return when a sample was taken; one past the last is its end. None if unknown."""
        step = 1 / self.rate_hz if self.rate_hz else 0.0
        if self.times is not None:
            last = self.samples - 1
            return float(self.times[min(index, last)]) + (step if index > last else 0.0)
        return index * step if self.rate_hz else None


def read_recording(
    content: bytes, media_type: str, options: Mapping[str, str] | None = None
) -> Recording:
    """Read a recording.

    Args:
        content: The bytes of the file.
        media_type: As the sample has it, with or without the parameter ``reading``.
        options: What the person knows better; goes before what the media type says. See
            `studio.tasks.signals` for those of a CSV; ``rate`` (Hz) serves all but WAV.

    Raises:
        BadRecording: for anything but one whole recording of a kind we read.
    """
    kind, reading = reading_of(media_type)
    readers = _readers()
    if kind not in readers:
        raise BadRecording("it is not a recording the studio reads")
    if len(content) > LARGEST_BYTES:
        raise BadRecording(f"it is larger than {LARGEST_BYTES >> 20} MB")
    try:
        found = readers[kind](content, {**reading, **(options or {})})
    except MemoryError:
        raise BadRecording("it needs more memory than there is") from None
    if not found.samples or not found.channels:
        raise BadRecording("there is no signal in it")
    if found.values.size > MOST_VALUES:
        raise BadRecording(f"it has more than {MOST_VALUES // 1_000_000} million values")
    return found


def _readers() -> Mapping[str, Callable[[bytes, Mapping[str, str]], Recording]]:
    # Each imports this module for its records.
    from studio.tasks import acquisitions, signals, waves

    return {CSV: signals.read, WAV: waves.read, EDGE_IMPULSE: acquisitions.read}


def described(kind: str, reading: Mapping[str, str]) -> str:
    """Return a media type that says how to read the bytes."""
    if not reading:
        return kind
    return kind + _MARK + quote(json.dumps(dict(sorted(reading.items()))), safe="")


def reading_of(media_type: str) -> tuple[str, dict[str, str]]:
    """Return the media type proper and the reading options; `described` undoes it.

    Nonsense, as a damaged project might hold, counts as no options.
    """
    kind, _, packed = media_type.partition(_MARK)
    try:
        found = json.loads(unquote(packed)) if packed else {}
    except (ValueError, RecursionError):
        found = {}
    plain = found if isinstance(found, dict) else {}
    return kind, {str(name): str(value) for name, value in plain.items()}

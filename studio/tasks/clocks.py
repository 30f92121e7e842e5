"""The time axis of a recording: which unit, how regular, where it lacks samples."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["SECONDS", "Clock", "clock_of", "guess_unit"]

SECONDS = {"s": 1.0, "ms": 1e-3, "us": 1e-6, "ns": 1e-9, "min": 60.0, "h": 3600.0}
"""What a time unit is in seconds."""

_GAP = 2.5
"""A step of over so many usual steps lacks samples; of jittering clocks none is near two."""

_OFF = 0.1
_OFF_SHARE = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """What the times of a recording say.

    Attributes:
        times: Seconds from the first, float64 ``(samples,)``.
        rate_hz: One over the usual step, or None where time stands still.
        gaps: Steps over 2.5 times the usual one.
        irregular: Whether over a twentieth of the steps are off by over a tenth.
        backwards: Steps into the past.
    """

    times: NDArray[np.float64]
    rate_hz: float | None
    gaps: int
    irregular: bool
    backwards: int


def clock_of(seconds: NDArray[np.float64]) -> Clock:
    """Return what finite times in seconds say; the usual step is the median one above zero."""
    times = seconds - seconds[0]
    steps = np.diff(times)
    ahead = steps[steps > 0]
    backwards = int(np.count_nonzero(steps < 0))
    if not ahead.size:
        return Clock(times=times, rate_hz=None, gaps=0, irregular=False, backwards=backwards)
    usual = float(np.median(ahead))
    off = np.abs(steps - usual) > _OFF * usual
    rate = 1 / usual if usual > 0 else np.inf
    return Clock(
        times=times,
        rate_hz=_tidy(rate) if np.isfinite(rate) else None,
        gaps=int(np.count_nonzero(steps > _GAP * usual)),
        irregular=bool(np.count_nonzero(off) > _OFF_SHARE * steps.size),
        backwards=backwards,
    )


def _tidy(rate: float) -> float:
    """Return the whole number a rate is meant to be: 38.46 ms a step are 26 Hz."""
    whole = float(round(rate))
    return whole if whole and abs(rate - whole) < 0.002 * whole else float(f"{rate:.6g}")


def guess_unit(values: NDArray[np.float64]) -> str:
    """Guess the unit of bare times: since 1970, or by the size of the usual step.

    Signals for small devices are taken at 1 Hz to 100 kHz, so a step of 1 or more whole
    numbers is milliseconds, of thousands microseconds; below one it is seconds.
    """
    first = float(values[0])
    for unit, low in (("ns", 1e17), ("us", 1e14), ("ms", 1e11), ("s", 1e8)):
        if first >= low:
            return unit
    steps = np.diff(values)
    usual = float(np.median(steps[steps > 0])) if (steps > 0).any() else 1.0
    if usual >= 1000:
        return "us"
    return "ms" if usual > 1 else "s"

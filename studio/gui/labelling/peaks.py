"""Long signals drawn quickly: the lowest and highest value of every stretch, at several scales.

Computed once off the window's thread; what is on the screen is then a few thousand points,
however long the recording.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

__all__ = ["Peaks", "spectrogram"]

Floats = NDArray[np.float32]
_FACTOR = 8
_WINDOW = 512
_COLUMNS = 1200
_FLOOR_DB = -90.0


@dataclass(frozen=True)
class Peaks:
    """A signal at several scales.

    Attributes:
        values: float32 ``(samples, channels)``; NaN where a value is missing.
        seconds: float64 ``(samples,)``: when each was taken.
        lows: For each scale the lowest of every 8, 64, 512... values, float32.
        highs: The highest of them.
    """

    values: Floats
    seconds: NDArray[np.float64]
    lows: list[Floats] = field(default_factory=list)
    highs: list[Floats] = field(default_factory=list)

    def __post_init__(self) -> None:
        low = high = self.values
        while len(low) > 2 * _FACTOR:
            low, high = _fewer(low, np.fmin), _fewer(high, np.fmax)
            self.lows.append(low)
            self.highs.append(high)

    @property
    def end_s(self) -> float:
        """When the last value was taken, in seconds."""
        return float(self.seconds[-1])

    def shown(
        self, channel: int, start_s: float, end_s: float, points: int
    ) -> tuple[NDArray[np.float64], Floats]:
        """Return what to draw of a stretch: seconds and values, at most about four `points`."""
        first = max(0, int(np.searchsorted(self.seconds, start_s)) - 1)
        last = min(len(self.values), int(np.searchsorted(self.seconds, end_s)) + 1)
        scale, step = -1, 1
        while (last - first) / step > 2 * points and scale + 1 < len(self.lows):
            scale, step = scale + 1, step * _FACTOR
        if scale < 0:
            return self.seconds[first:last], self.values[first:last, channel]
        part = slice(first // step, -(-last // step))
        low, high = self.lows[scale][part, channel], self.highs[scale][part, channel]
        when = self.seconds[::step][part]
        return np.repeat(when, 2), np.column_stack([low, high]).ravel()


def _fewer(values: Floats, keep: np.ufunc) -> Floats:
    """Return one value for every eight: the lowest or the highest that is no NaN."""
    lacking = -len(values) % _FACTOR
    if lacking:
        values = np.concatenate([values, np.repeat(values[-1:], lacking, axis=0)])
    grouped = values.reshape(-1, _FACTOR, values.shape[1])
    return np.asarray(keep.reduce(grouped, axis=1), np.float32)


def spectrogram(values: Floats) -> NDArray[np.uint8]:
    """Return how loud every frequency is over time, uint8 ``(time, frequency)``, 255 loudest.

    A Hann window of 512 values, at most 1,200 columns, decibels against the loudest down to
    -90 dB.

    Args:
        values: float32 ``(samples,)``.
    """
    clean = np.nan_to_num(values)
    if len(clean) < _WINDOW:
        clean = np.pad(clean, (0, _WINDOW - len(clean)))
    hop = max(_WINDOW // 2, (len(clean) - _WINDOW) // _COLUMNS + 1)
    starts = np.arange(0, len(clean) - _WINDOW + 1, hop)
    frames = np.lib.stride_tricks.sliding_window_view(clean, _WINDOW)[starts] * np.hanning(_WINDOW)
    power = np.abs(np.fft.rfft(frames, axis=1)) ** 2
    loudest = power.max() or 1.0
    decibels = 10 * np.log10(np.maximum(power / loudest, 10 ** (_FLOOR_DB / 10)))
    return np.asarray(255 * (1 - decibels / _FLOOR_DB), np.uint8)

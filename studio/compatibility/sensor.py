"""The memory a sensor's own data takes before it becomes a model's input."""

from __future__ import annotations

from studio.domain.figure import Figure, FigureKind
from studio.domain.preprocessing import ImagePreprocessing, Preprocessing, SignalPreprocessing

__all__ = ["sensor_buffer"]

_COLOUR_BYTES, _GREY_BYTES = 2, 1
"""A pixel as small cameras give it: RGB565, or grey alone."""
_NUMBER_BYTES = (2, 4)
"""A value of a window: as most sensors and microphones give it, or as a float."""


def sensor_buffer(preprocessing: Preprocessing) -> Figure:
    """Return what a sensor's data takes in RAM beside the input, in bytes.

    Pictures: one frame of the size of the model's input, from nothing (the camera writes into
    the input) to a whole one. A camera that gives larger frames needs more. Signals: one window
    of all channels, each value two bytes to four. A row of a table needs none.

    Source:
        Our allowance: RGB565 and 8-bit grey are what small camera modules put out; nothing here
        was measured on a board.
    """
    if isinstance(preprocessing, ImagePreprocessing):
        pixel = _COLOUR_BYTES if preprocessing.channels == 3 else _GREY_BYTES
        size = preprocessing.width * preprocessing.height * pixel
        return _allowed(
            0,
            size,
            f"a camera frame of {preprocessing.width} x {preprocessing.height}, {pixel} bytes a"
            " pixel, unless the camera writes into the input; larger frames need more",
        )
    if isinstance(preprocessing, SignalPreprocessing):
        values = preprocessing.window * len(preprocessing.channels)
        low, high = (values * size for size in _NUMBER_BYTES)
        return _allowed(low, high, f"one window: {values:,} values of 2 to 4 bytes")
    return Figure.measured(0, "B", "a row is its own input")


def _allowed(low: int, high: int, what: str) -> Figure:
    return Figure(
        value=high,
        unit="B",
        kind=FigureKind.ESTIMATED,
        low=low,
        high=high,
        source=f"{what}; our allowance",
    )

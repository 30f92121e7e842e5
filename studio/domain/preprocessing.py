"""What is done to an input before a model sees it, as data.

Whatever a sample is, its prepared form is bytes: a float model takes them divided by 255, an
int8 model takes them minus 128 (its input scale is 1/255, its zero point -128). So the studio,
the Python runtime and the generated C share one contract, and what the preprocessing cannot
say in 256 steps no model of ours ever saw in training either.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

__all__ = [
    "STATISTICS",
    "CategoryFeature",
    "FrontEnd",
    "ImagePreprocessing",
    "NumberFeature",
    "Preprocessing",
    "SignalPreprocessing",
    "TablePreprocessing",
    "TargetScale",
    "preprocessing_from_json",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImagePreprocessing:
    """How a picture becomes a model's input.

    In this order: honour the EXIF orientation, flatten transparency on white, convert to
    grey (ITU-R 601 luma) or RGB, stretch to ``width`` x ``height`` with antialiased bilinear
    resampling (Pillow's ``BILINEAR``), store as uint8.

    Attributes:
        width: Pixels of the model's input.
        height: Pixels of the model's input.
        channels: 1 for grey, 3 for red, green, blue in this order.
    """

    width: int
    height: int
    channels: int

    def __post_init__(self) -> None:
        if self.channels not in (1, 3):
            raise ValueError("a picture has 1 or 3 channels")
        if min(self.width, self.height) < 1:
            raise ValueError("a picture has at least one pixel")

    @property
    def shape(self) -> tuple[int, ...]:
        """Height, width, channels: one sample without the batch dimension."""
        return (self.height, self.width, self.channels)

    def as_json(self) -> dict[str, Any]:
        """Return the plain form used in specifications and bundles."""
        return {"kind": "image", **asdict(self)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> ImagePreprocessing:
        """Rebuild from `as_json`; raises TypeError or ValueError on nonsense."""
        return cls(**{name: value for name, value in data.items() if name != "kind"})


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberFeature:
    """A number column as one byte, and one more that says whether it is missing.

    The byte is the piecewise linear function through ``(knots[i], levels[i])``, constant
    beyond the ends, rounded half up. Two knots clip and scale; more of them follow the
    distribution of the training split.

    Attributes:
        column: Name in the table.
        knots: Values of the column, strictly rising, two or more.
        levels: Byte at each knot, not falling, 0 to 255.
        missing: Byte that stands for a missing value.
        flagged: Whether a second byte follows: 255 where the value is missing, else 0.
    """

    column: str
    knots: tuple[float, ...]
    levels: tuple[float, ...]
    missing: int
    flagged: bool = False

    def __post_init__(self) -> None:
        if len(self.knots) != len(self.levels) or len(self.knots) < 2:
            raise ValueError("a number column has a level at each of two or more knots")
        if not all(map(math.isfinite, self.knots)):
            raise ValueError("knots are finite")
        if any(a >= b for a, b in itertools.pairwise(self.knots)):
            raise ValueError("knots rise")
        if any(a > b for a, b in itertools.pairwise(self.levels)):
            raise ValueError("levels do not fall")
        if not (0 <= self.levels[0] <= self.levels[-1] <= 255 and 0 <= self.missing <= 255):
            raise ValueError("levels are bytes")

    @property
    def width(self) -> int:
        """How many bytes of the input it makes."""
        return 2 if self.flagged else 1


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryFeature:
    """A category column as one byte a value: 255 where the cell is that value, else 0.

    A value that is missing, or not among them, makes all bytes 0.
    """

    column: str
    values: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.values or len(set(self.values)) != len(self.values):
            raise ValueError("a category column has different values")

    @property
    def width(self) -> int:
        """How many bytes of the input it makes."""
        return len(self.values)


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetScale:
    """What a regression model's output means: ``amount = offset + scale * output``."""

    column: str
    offset: float
    scale: float

    def __post_init__(self) -> None:
        if not (math.isfinite(self.offset) and math.isfinite(self.scale) and self.scale > 0):
            raise ValueError("a target has a finite offset and a scale above zero")


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePreprocessing:
    """How a row of a table becomes a model's input.

    Attributes:
        features: In the order of the input's bytes.
        target: What the output means, where it is an amount; None for classes.
    """

    features: tuple[NumberFeature | CategoryFeature, ...]
    target: TargetScale | None = None

    def __post_init__(self) -> None:
        if not self.features:
            raise ValueError("a row has at least one feature")

    @property
    def shape(self) -> tuple[int, ...]:
        """Bytes of one row, without the batch dimension."""
        return (sum(feature.width for feature in self.features),)

    def as_json(self) -> dict[str, Any]:
        """Return the plain form used in specifications and bundles."""
        features = [{"kind": _FEATURE_NAMES[type(f)], **asdict(f)} for f in self.features]
        target = asdict(self.target) if self.target else None
        return {"kind": "table", "features": features, "target": target}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> TablePreprocessing:
        """Rebuild from `as_json`; raises KeyError, TypeError or ValueError on nonsense."""
        target = data["target"]
        return cls(
            features=tuple(map(_feature, data["features"])),
            target=TargetScale(**target) if target else None,
        )


class FrontEnd(StrEnum):
    """What of a window of a signal the model sees.

    ``RAW``: the values themselves, shape ``(window, 1, channels)``.
    ``STATISTICS``: for each channel, in this order, mean, mean absolute deviation from it,
    lowest, highest, mean absolute step, and share of steps that cross the mean; shape
    ``(6 * channels,)``, channel by channel.
    ``SPECTRUM``: for each channel these six, and then how loud each band of frequencies is;
    shape ``((6 + bands) * channels,)``, channel by channel.

    The loudness of a band, with ``N`` values in the window: ``x[i] = (value - mean) * hann[i]``;
    for each ``k`` of the band ``re`` and ``im``, the sums over ``i`` of ``x[i]`` times cosine and
    sine of ``2 pi k i / N``; the sum of ``re * re + im * im`` over the band; and of that the
    logarithm to base 2 with straight lines between powers of two, which is its float32 read as
    an integer, divided by 2 ** 23, minus 127 (Mitchell 1962). ``hann[i]`` is
    ``0.5 - 0.5 cos(2 pi i / N)``. These three are rounded to whole 32768ths.
    """

    RAW = "raw"
    STATISTICS = "statistics"
    SPECTRUM = "spectrum"


STATISTICS = 6
"""Numbers a channel of the statistics front end has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalPreprocessing:
    """How a stretch of a recording becomes a model's input.

    All arithmetic is float32, sums in the order of time. A missing value repeats the one
    before it (the first present one at the beginning; 0 in a channel with none).
    ``keep_every`` successive values are averaged to one; ``window`` of those make an input;
    the next window begins ``stride`` of those later. Each number becomes the byte
    ``floor((value - low) * (255 / (high - low)) + 0.5)``, clipped to 0..255.

    Attributes:
        channels: Names, in the order of the input's last dimension.
        rate_hz: Values a second in the recording, before averaging; None where nobody said.
        keep_every: Values averaged to one, 1 or more.
        window: Averaged values in an input.
        stride: Averaged values from one window to the next.
        front_end: What the model sees of a window.
        low: What becomes byte 0: of each channel, or of each statistic.
        high: What becomes byte 255.
        bands: Of the spectrum: its first k, and one past the last k of each band, rising;
            empty for any other front end.
    """

    channels: tuple[str, ...]
    rate_hz: float | None
    keep_every: int
    window: int
    stride: int
    front_end: FrontEnd
    low: tuple[float, ...]
    high: tuple[float, ...]
    bands: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if not self.channels or min(self.keep_every, self.stride) < 1 or self.window < 2:
            raise ValueError("a window has channels and at least two values")
        self._check_bands()
        wide = len(self.channels) * self.numbers_each
        if {len(self.low), len(self.high)} != {wide}:
            raise ValueError("every number of an input has its low and its high")
        spans = [high - low for low, high in zip(self.low, self.high, strict=True)]
        if not all(math.isfinite(span) and span > 0 for span in spans):
            raise ValueError("low lies below high")

    def _check_bands(self) -> None:
        edges = (0, *self.bands, self.window // 2 + 2)
        if (len(self.bands) > 1) is not (self.front_end is FrontEnd.SPECTRUM):
            raise ValueError("a spectrum has bands, and nothing else has")
        if self.bands and any(a >= b for a, b in itertools.pairwise(edges)):
            raise ValueError("bands rise, from 1 to half of the window")

    @property
    def numbers_each(self) -> int:
        """How many numbers there are of a channel, or of one value of it where it is raw."""
        if self.front_end is FrontEnd.RAW:
            return 1
        return STATISTICS + max(0, len(self.bands) - 1)

    @property
    def shape(self) -> tuple[int, ...]:
        """``(window, 1, channels)``, or ``(statistics,)``; without the batch dimension."""
        if self.front_end is FrontEnd.RAW:
            return (self.window, 1, len(self.channels))
        return (len(self.low),)

    def as_json(self) -> dict[str, Any]:
        """Return the plain form used in specifications and bundles."""
        fields = {**asdict(self), "front_end": str(self.front_end)}
        if not self.bands:
            del fields["bands"]  # as bundles and specifications had it before there were any
        return {"kind": "signal", **fields}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> SignalPreprocessing:
        """Rebuild from `as_json`; raises KeyError, TypeError or ValueError on nonsense."""
        fields = {name: _tupled(value) for name, value in data.items() if name != "kind"}
        return cls(**{**fields, "front_end": FrontEnd(fields["front_end"])})


Preprocessing = ImagePreprocessing | TablePreprocessing | SignalPreprocessing

_FEATURES: Mapping[str, type[NumberFeature | CategoryFeature]] = {
    "number": NumberFeature,
    "category": CategoryFeature,
}
_FEATURE_NAMES = {made: name for name, made in _FEATURES.items()}

_KINDS: Mapping[str, Callable[[Mapping[str, Any]], Preprocessing]] = {
    "image": ImagePreprocessing.from_json,
    "table": TablePreprocessing.from_json,
    "signal": SignalPreprocessing.from_json,
}


def preprocessing_from_json(data: Mapping[str, Any]) -> Preprocessing:
    """Rebuild any preprocessing; one without a kind is an image's, as format 1 wrote it.

    Raises:
        KeyError, TypeError or ValueError: on nonsense.
    """
    return _KINDS[data.get("kind", "image")](data)


def _feature(data: Mapping[str, Any]) -> NumberFeature | CategoryFeature:
    fields = {name: _tupled(value) for name, value in data.items() if name != "kind"}
    return _FEATURES[data["kind"]](**fields)


def _tupled(value: Any) -> Any:
    return tuple(value) if isinstance(value, Sequence) and not isinstance(value, str) else value

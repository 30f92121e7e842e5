"""Samples, classes and labels as the project file holds them."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

__all__ = [
    "Box",
    "Facts",
    "ImageFacts",
    "LabelOrigin",
    "NewSample",
    "RecordingFacts",
    "RowFacts",
    "Sample",
    "SampleClass",
    "SampleKind",
    "SkippedFile",
    "TimeRange",
    "facts_from_json",
    "kind_of",
]


class LabelOrigin(StrEnum):
    """Who said that a sample is of a class."""

    IMPORT = "import"
    PERSON = "person"
    MODEL = "model"


class SampleKind(StrEnum):
    """What a sample is."""

    IMAGE = "image"
    ROW = "row"
    RECORDING = "recording"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageFacts:
    """What is known of an image.

    Attributes:
        width: Pixels, upright.
        height: Pixels, upright.
        channels: 1 when the picture holds nothing but greys, else 3.
    """

    width: int
    height: int
    channels: int = 3

    def __post_init__(self) -> None:
        if min(self.width, self.height) < 1 or self.channels not in (1, 3):
            raise ValueError("a picture has pixels, and 1 or 3 channels")


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFacts:
    """What is known of a row: the digest of the file its table came from."""

    table: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingFacts:
    """What is known of a recording.

    Attributes:
        channels: Their names, one or more.
        units: One a channel; empty where nobody said.
        rate_hz: Values a second in each channel, or None when nobody said.
        samples: Values in each channel.
        gaps: How many places lack values.
        irregular: Whether the time between values varies.
    """

    channels: tuple[str, ...]
    units: tuple[str, ...]
    rate_hz: float | None
    samples: int
    gaps: int = 0
    irregular: bool = False

    def __post_init__(self) -> None:
        if not self.channels or len(self.channels) != len(self.units) or self.samples < 0:
            raise ValueError("a recording has channels, and a unit for each")
        if self.rate_hz is not None and not (math.isfinite(self.rate_hz) and self.rate_hz > 0):
            raise ValueError("a sampling rate is above zero")

    @property
    def seconds(self) -> float | None:
        """How long it is, or None when the rate is not known."""
        return None if self.rate_hz is None else self.samples / self.rate_hz


Facts = ImageFacts | RowFacts | RecordingFacts

_KINDS: dict[type[Facts], SampleKind] = {
    ImageFacts: SampleKind.IMAGE,
    RowFacts: SampleKind.ROW,
    RecordingFacts: SampleKind.RECORDING,
}
_FACTS = {kind: facts for facts, kind in _KINDS.items()}


def kind_of(facts: Facts) -> SampleKind:
    """Return what a sample with these facts is."""
    return _KINDS[type(facts)]


def facts_from_json(kind: SampleKind, data: dict[str, Any]) -> Facts:
    """Rebuild facts from ``dataclasses.asdict``; raises TypeError or ValueError on nonsense."""
    lists = {name: tuple(value) for name, value in data.items() if isinstance(value, list)}
    return _FACTS[kind](**{**data, **lists})


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleClass:
    """What a sample can be.

    Attributes:
        id: Row number in the project.
        name: As the person wrote it, in Unicode NFC.
        samples: How many samples carry it.
    """

    id: int
    name: str
    samples: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A labelled rectangle of a picture; all as shares of its width and height, 0 to 1."""

    class_name: str
    x: float
    y: float
    width: float
    height: float

    def __post_init__(self) -> None:
        if not (0 <= self.x <= 1 and 0 <= self.y <= 1 and self.width > 0 and self.height > 0):
            raise ValueError("a box lies inside its picture")
        # A whole-picture box must not fail for the last bit of a division.
        if max(self.x + self.width, self.y + self.height) > 1 + 1e-6:
            raise ValueError("a box lies inside its picture")


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeRange:
    """A labelled stretch of a recording, in seconds from its start."""

    class_name: str
    start_s: float
    end_s: float

    def __post_init__(self) -> None:
        if not 0 <= self.start_s < self.end_s < math.inf:
            raise ValueError("a range starts before it ends")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Described:
    """What a sample and one that is still to be added have in common."""

    facts: Facts

    @property
    def kind(self) -> SampleKind:
        """Image, row or recording."""
        return kind_of(self.facts)

    @property
    def width(self) -> int:
        """Pixels of an image; raises TypeError for anything else."""
        return self._image().width

    @property
    def height(self) -> int:
        """Pixels of an image; raises TypeError for anything else."""
        return self._image().height

    @property
    def channels(self) -> int:
        """1 or 3 of an image; raises TypeError for anything else."""
        return self._image().channels

    def _image(self) -> ImageFacts:
        if not isinstance(self.facts, ImageFacts):
            raise TypeError(f"a {self.kind} has no pixels")
        return self.facts

    def facts_as_json(self) -> dict[str, Any]:
        """Return the plain form of the facts; `facts_from_json` reads it."""
        return asdict(self.facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample(_Described):
    """One image, table row or recording of the project.

    Attributes:
        id: Row number in the project.
        digest: SHA-256 of the original bytes, hexadecimal.
        name: Its path inside what was imported, with forward slashes.
        media_type: For example ``image/png``.
        facts: What is known of it; says also what kind it is.
        class_name: The class it is labelled with, or None.
        session: Name of the session it was taken in, or None.
        excluded: Whether the person keeps it out of dataset versions.
        taken_at: When it was taken, ISO 8601, or None.
    """

    id: int
    digest: str
    name: str
    media_type: str
    class_name: str | None = None
    session: str | None = None
    excluded: bool = False
    taken_at: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSample(_Described):
    """Something an importer read and found good, not yet in the project.

    Attributes:
        content: The bytes; of a row its canonical JSON (``{"column": value}``, UTF-8, keys
            sorted, what is missing null, numbers as numbers).
        name: As in `Sample`.
        media_type: As in `Sample`.
        facts: As in `Sample`.
        class_name: The class it comes with, or None.
        session: Name of the session it comes with, or None.
        taken_at: ISO 8601, or None.
        boxes: Labelled rectangles it comes with.
        ranges: Labelled stretches it comes with.
        link: Where the original stays, when the project keeps no copy of it.
    """

    content: bytes
    name: str
    media_type: str
    class_name: str | None = None
    session: str | None = None
    taken_at: str | None = None
    boxes: tuple[Box, ...] = ()
    ranges: tuple[TimeRange, ...] = ()
    link: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SkippedFile:
    """A file an importer left out, and why, in one sentence."""

    name: str
    why: str

"""Samples, classes and labels as the project file holds them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["LabelOrigin", "NewSample", "Sample", "SampleClass", "SkippedFile"]


class LabelOrigin(StrEnum):
    """Who said that a sample is of a class."""

    IMPORT = "import"
    PERSON = "person"
    MODEL = "model"


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
class Sample:
    """One image of the project.

    Attributes:
        id: Row number in the project.
        digest: SHA-256 of the original file, hexadecimal.
        name: Its path inside what was imported, with forward slashes.
        media_type: For example ``image/png``.
        width: Pixels.
        height: Pixels.
        class_name: The class it is labelled with, or None.
        channels: 1 when the picture holds nothing but greys, else 3.
    """

    id: int
    digest: str
    name: str
    media_type: str
    width: int
    height: int
    class_name: str | None
    channels: int = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSample:
    """A file an importer read and found good, not yet in the project."""

    content: bytes
    name: str
    media_type: str
    width: int
    height: int
    class_name: str | None
    channels: int = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class SkippedFile:
    """A file an importer left out, and why, in one sentence."""

    name: str
    why: str

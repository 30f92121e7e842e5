"""The record every importer module fills in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from studio.domain.sample import NewSample, SkippedFile

__all__ = ["Found", "Importer"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A file that will be read: where it is, what it will be called, and its class."""

    path: Path
    name: str
    class_name: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Importer:
    """A kind of source.

    Attributes:
        id: As tasks name it.
        title: For the person.
        find: From what was given to the files worth reading, and those left out and why.
            Reads folders, opens no file. Raises ImportFailed when nothing is there.
        read: From one of those files to a sample and its thumbnail (PNG), or why it is
            left out. Never raises for what a file holds.
    """

    id: str
    title: str
    find: Callable[[Sequence[Path]], tuple[Sequence[Found], Sequence[SkippedFile]]]
    read: Callable[[Found], tuple[NewSample, bytes] | SkippedFile]

"""The record every importer module fills in, and what goes in and out of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from studio.domain.sample import Box, NewSample, SkippedFile
from studio.importers._sources import Entry
from studio.tasks.columns import Column

__all__ = [
    "Found",
    "ImportPreview",
    "Importer",
    "NewTable",
    "Options",
    "Question",
    "ReadResult",
    "Wanted",
]

Options = Mapping[str, str]
"""What the person chose, by the id of a `Question`; whatever is absent is found out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A file that will be read: where it is, what it will be called, and what it comes with.

    Attributes:
        entry: The file, in a folder or in a zip.
        name: Of the sample (or of the table it is a row of), with forward slashes.
        class_name: The class it comes with, or None.
        boxes: Labelled rectangles it comes with.
        size: Width and height in pixels the boxes were drawn on, or None if they did not say.
        session: The session it comes with, or None.
    """

    entry: Entry
    name: str
    class_name: str | None = None
    boxes: tuple[Box, ...] = ()
    size: tuple[int, int] | None = None
    session: str | None = None

    @property
    def path(self) -> Path:
        """The file, or the zip it lies in."""
        return self.entry.path


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTable:
    """The table the samples after it are rows of.

    Attributes:
        digest: SHA-256 of the file, hexadecimal; `RowFacts.table` of its rows.
        name: Of the file.
        columns: In the order of the file.
    """

    digest: str
    name: str
    columns: tuple[Column, ...]


ReadResult = tuple[NewSample, bytes | None] | SkippedFile | NewTable
"""A sample with its thumbnail (PNG, or None), something left out, or a table's columns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something that was found out and that the person may correct.

    Attributes:
        id: The option to give it by, for example ``delimiter`` or ``type:age``.
        text: The question.
        value: What was found, or what the person chose; ``""`` when nothing is known.
        choices: What can be chosen; empty when anything can be written.
        needed: Whether nothing useful comes in until it is answered.
    """

    id: str
    text: str
    value: str
    choices: tuple[str, ...] = ()
    needed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPreview:
    """What an import would bring, before anything is written.

    Attributes:
        importer: Id of the importer.
        title: In words, for example ``3 classes, 412 photos``.
        samples: How many samples there would be, as far as looked.
        counts: Samples (or boxes, or labelled stretches) by class.
        unlabelled: Samples without a class or label.
        skipped: What would be left out and why.
        notes: What a person should know, a sentence each.
        questions: What can be corrected.
        exact: False when only a part of large files was looked at.
    """

    importer: str
    title: str
    samples: int
    counts: Mapping[str, int] = field(default_factory=dict)
    unlabelled: int = 0
    skipped: tuple[SkippedFile, ...] = ()
    notes: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    exact: bool = True


class Wanted:
    """How strongly an importer claims what was given; the strongest reads it."""

    NOT = 0
    ANY = 1
    KIND = 2
    FORMAT = 3
    OURS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Importer:
    """A kind of source.

    Attributes:
        id: As tasks name it.
        title: For the person.
        suits: How strongly it claims the files given (`Wanted`). Reads no more than lists of
            labels and the beginnings of files; never raises.
        find: From what was given to the files worth reading, and those left out and why.
            Reads folders and lists of labels, opens no other file. Raises ImportFailed when
            nothing is there.
        read: From one of those files to its samples, each with its thumbnail, and what is
            left out. A generator: between two results the caller may show how far it is, or
            stop. Never raises for what a file holds.
        preview: What an import would bring. Raises ImportFailed as `find` does.
        links: Whether a sample is a whole file, so that the project may note where it lies
            instead of copying it (option ``link``: ``yes``).
    """

    id: str
    title: str
    suits: Callable[[Sequence[Entry]], int]
    find: Callable[[Sequence[Path], Options], tuple[Sequence[Found], Sequence[SkippedFile]]]
    read: Callable[[Found, Options], Iterator[ReadResult]]
    preview: Callable[[Sequence[Path], Options], ImportPreview]
    links: bool = False

"""The record every form of labelled data fills in, and what it is given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from studio.domain.sample import Box, Sample, SampleKind, TimeRange
from studio.export.data._places import Place

__all__ = ["DataChoice", "DataFormat", "DataSummary", "Draft", "Item"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DataChoice:
    """Which samples go out.

    Attributes:
        unlabelled: Also those without a class, box or stretch.
        excluded: Also those kept out of dataset versions.
    """

    unlabelled: bool = False
    excluded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DataSummary:
    """What was written.

    Attributes:
        path: The folder or zip.
        format: Id of the form.
        samples: How many samples.
        files: How many files, lists of labels among them.
        size_bytes: Of all files before packing.
        notes: What the form could not hold, a sentence each.
    """

    path: Path
    format: str
    samples: int
    files: int
    size_bytes: int
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A sample with its boxes and labelled stretches."""

    sample: Sample
    boxes: tuple[Box, ...] = ()
    ranges: tuple[TimeRange, ...] = ()

    @property
    def labelled(self) -> bool:
        """Whether anything is said of it."""
        return self.sample.class_name is not None or bool(self.boxes) or bool(self.ranges)


@dataclass(slots=True, kw_only=True)
class Draft:
    """What a form is made from and written to.

    Attributes:
        place: Where the files go.
        items: The samples, in the order of import; may be asked for several times.
        content: The bytes of a sample, verified.
        columns: Of the table a row is of, each column's type by its name.
        classes: Names of the classes of the project.
        told: Counts of what could not be held, by what is said of it: ``{count}`` in it.
        samples: How many samples were written so far.
    """

    place: Place
    items: Callable[[], Iterator[Item]]
    content: Callable[[Item], bytes]
    columns: Callable[[str], Mapping[str, str]]
    classes: Sequence[str]
    told: Counter[str] = field(default_factory=Counter)
    samples: int = 0

    def put_sample(self, wanted: str, item: Item) -> str:
        """Write the original of a sample; returns the name it was given."""
        name = self.place.put(wanted, self.content(item))
        self.samples += 1
        return name


@dataclass(frozen=True, slots=True, kw_only=True)
class DataFormat:
    """A form of labelled data.

    Attributes:
        id: As the command line takes it.
        title: For the person.
        kinds: The kinds of samples it holds; others are left out and told.
        write: Writes it.
        boxes: Whether it is made for boxes, and nothing without any.
    """

    id: str
    title: str
    kinds: frozenset[SampleKind]
    write: Callable[[Draft], None]
    boxes: bool = False

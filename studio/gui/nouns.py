"""What a person calls the samples of a project: photos, rows, recordings.

The first word of a task's id says which. Korean counts with a word of its own for each kind, so
numbers go through `Nouns.count`, and sentences take the result: ``tr("{samples} added.")``.
"""

from __future__ import annotations

from dataclasses import dataclass

from studio.gui.i18n import mark, plural, tr

__all__ = ["WINDOW", "Nouns", "count", "nouns"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Nouns:
    """The words for one kind of sample, English; the properties translate.

    Attributes:
        kind: ``image``, ``row``, ``recording`` or ``sample`` where a task is not known.
        singular: One of them without a number.
        several: Many of them without a number.
        counted: One and many with the blank ``{n}``.
        picture: Name of the drawing that stands for them.
    """

    kind: str
    singular: str
    several: str
    counted: tuple[str, str]
    picture: str = "data"

    @property
    def one(self) -> str:
        """One of them: ``photo``."""
        return tr(self.singular)

    @property
    def many(self) -> str:
        """Some of them: ``photos``."""
        return tr(self.several)

    def count(self, n: int) -> str:
        """Return so many of them: ``412 photos``."""
        return plural(*self.counted, n)


_PHOTO = Nouns(
    kind="image",
    singular=mark("photo"),
    several=mark("photos"),
    counted=(mark("{n} photo"), mark("{n} photos")),
)
_ROW = Nouns(
    kind="row",
    singular=mark("row"),
    several=mark("rows"),
    counted=(mark("{n} row"), mark("{n} rows")),
)
_RECORDING = Nouns(
    kind="recording",
    singular=mark("recording"),
    several=mark("recordings"),
    counted=(mark("{n} recording"), mark("{n} recordings")),
)
_SAMPLE = Nouns(
    kind="sample",
    singular=mark("sample"),
    several=mark("samples"),
    counted=(mark("{n} sample"), mark("{n} samples")),
)
WINDOW = Nouns(
    kind="window",
    singular=mark("window of a recording"),
    several=mark("windows of a recording"),
    counted=(mark("{n} window"), mark("{n} windows")),
)
"""What a model sees of a recording at a time."""

_BY_TASK = {"image": _PHOTO, "tabular": _ROW, "sensor": _RECORDING, "audio": _RECORDING}


def nouns(task: str) -> Nouns:
    """Return the words for the samples of a task, for example of ``image-classification``."""
    return _BY_TASK.get(task.partition("-")[0], _SAMPLE)


def count(task: str, n: int) -> str:
    """Return so many samples of a task in words."""
    return nouns(task).count(n)

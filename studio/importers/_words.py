"""Numbers with their nouns, and where a class comes from."""

from __future__ import annotations

import re

from studio.importers._importer import Options, Question
from studio.importers._sources import Entry

__all__ = ["class_of", "class_question", "counted"]

_LONGEST_CLASS_NAME = 200
_WORD = re.compile(r"[^\W\d_]+(?:[ -][^\W\d_]+)*")
_FROM = {
    "folder": "the first folder",
    "innermost": "the folder it lies in",
    "name": "the first word of the file name",
    "none": "nowhere: I will label them",
}


def counted(count: int, one: str, many: str = "") -> str:
    """Return a count with its noun: ``1 photo``, ``1,200 photos``."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def class_question(options: Options) -> Question:
    """Return the question where the class of a file stands."""
    told = options.get("class_from", "")
    listed = ", ".join(f"{key}: {text}" for key, text in _FROM.items())
    return Question(
        id="class_from",
        text=f"Where does the class of a file stand? ({listed})",
        value=told if told in _FROM else "folder",
        choices=tuple(_FROM),
    )


def class_of(entry: Entry, options: Options) -> str | None:
    """Return the class a file's place or name gives it, as the person chose.

    By default the first folder below what was given: ``photos/leaf/june/a.png`` given
    ``photos`` is a leaf. By name, ``walking_rec01.csv`` is walking.
    """
    folders = entry.name.split("/")[:-1]
    where = options.get("class_from", "folder")
    found = ""
    if where == "folder" and folders:
        found = folders[0]
    elif where == "innermost" and folders:
        found = folders[-1]
    elif where == "name":
        word = _WORD.search(entry.stem.replace("_", " _"))
        found = word[0].strip() if word else ""
    return found[:_LONGEST_CLASS_NAME] or None

"""Photos in folders or zips: a folder per class, or flat without classes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from studio.domain.sample import SkippedFile
from studio.importers import _pictures
from studio.importers._importer import Found, Importer, ImportPreview, Options, Wanted
from studio.importers._links import link_question
from studio.importers._sources import Entry, entries, first_file
from studio.importers._words import class_of, class_question
from studio.tasks import pictures

__all__ = ["ENTRY", "find", "preview"]

_ID = "image-folder"


def suits(listed: Sequence[Entry]) -> int:
    """Claim whatever holds a picture."""
    return Wanted.ANY if first_file(listed, pictures.SUFFIXES) else Wanted.NOT


def find(
    paths: Sequence[Path], options: Options | None = None
) -> tuple[list[Found], list[SkippedFile]]:
    """Find the pictures in folders, zips and files.

    The class of a picture is the name of the first folder below the one that was given
    (``photos/leaf/a.png`` given ``photos`` is a leaf), unless the option ``class_from`` says
    otherwise. Where several folders are given at once each of them is a class. Pictures
    beside class folders have no class.

    Raises:
        ImportFailed: ``import.no_images``, and as `entries` does.
    """
    listed, skipped = entries(paths)
    found: list[Found] = []
    for entry in listed:
        if _pictures.is_picture(entry):
            class_name = class_of(entry, options or {})
            found.append(Found(entry=entry, name=entry.name, class_name=class_name))
        else:
            skipped.append(SkippedFile(name=entry.name, why="It is not a picture."))
    if not found:
        raise _pictures.no_pictures(", ".join(path.name or str(path) for path in paths))
    return found, skipped


def preview(paths: Sequence[Path], options: Options | None = None) -> ImportPreview:
    """Say what would come in; raises ImportFailed as `find` does."""
    options = options or {}
    found, skipped = find(paths, options)
    questions = [class_question(options), *link_question(options, found)]
    return _pictures.preview_of(_ID, found, skipped, questions=questions)


ENTRY = Importer(
    id=_ID,
    title="Photos in folders",
    suits=suits,
    find=find,
    read=_pictures.read,
    preview=preview,
    links=True,
)

"""Photos in folders: a folder per class, or a flat folder without classes."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

from studio.domain.errors import ImportFailed
from studio.domain.sample import ImageFacts, NewSample, SkippedFile
from studio.importers._importer import Found, Importer
from studio.tasks import pictures

__all__ = ["ENTRY", "find", "read"]

_NOT_FOR_PEOPLE = frozenset({"thumbs.db", "desktop.ini", "__macosx"})
"""Files other programs leave in photo folders; passed over without a word."""

_LONGEST_CLASS_NAME = 200


def find(paths: Sequence[Path]) -> tuple[list[Found], list[SkippedFile]]:
    """Find the pictures in folders and files.

    The class of a picture is the name of the first folder below the one that was given
    (``photos/leaf/a.png`` given ``photos`` is a leaf). Where several folders are given at
    once each of them is a class. Pictures beside class folders have no class.

    Raises:
        ImportFailed: ``import.not_found`` or ``import.no_images``.
    """
    found: list[Found] = []
    skipped: list[SkippedFile] = []
    several = sum(path.is_dir() for path in paths) > 1
    for given in paths:
        for path in _files(given):
            name, class_name = _place(path, given, several=several)
            if path.suffix.lower() in pictures.SUFFIXES:
                found.append(Found(path=path, name=name, class_name=class_name))
            else:
                skipped.append(SkippedFile(name=name, why="It is not a picture."))
    if not found:
        raise ImportFailed(
            f"No pictures were found in {_names(paths)}.",
            "Choose a folder with PNG, JPEG, BMP, WebP, TIFF or GIF files, a folder per class.",
            code="import.no_images",
        )
    return found, skipped


def read(found: Found) -> tuple[NewSample, bytes] | SkippedFile:
    """Read one picture wholly, or say why it is left out."""
    try:
        if found.path.stat().st_size > pictures.LARGEST_FILE_BYTES:
            raise pictures.BadPicture(f"it is over {pictures.LARGEST_FILE_BYTES >> 20} MB")
        content = found.path.read_bytes()
        facts = pictures.inspect(content)
    except OSError as error:
        reason = os.strerror(error.errno or 0).lower()
        return SkippedFile(name=found.name, why=f"It cannot be read: {reason}.")
    except pictures.BadPicture as error:
        return SkippedFile(name=found.name, why=f"It cannot be used: {error}.")
    sample = NewSample(
        content=content,
        name=found.name,
        media_type=facts.media_type,
        facts=ImageFacts(width=facts.width, height=facts.height, channels=facts.channels),
        class_name=found.class_name,
    )
    return sample, facts.thumbnail


def _files(given: Path) -> Iterator[Path]:
    """Yield the files of a folder in a stable order, or the file itself."""
    if given.is_dir():
        for folder, folders, files in os.walk(given):
            folders[:] = sorted(name for name in folders if _for_people(name))
            yield from (Path(folder, name) for name in sorted(files) if _for_people(name))
    elif given.exists():
        yield given
    else:
        raise ImportFailed(
            f"{given.name or given} is not there.", "Check the name.", code="import.not_found"
        )


def _for_people(name: str) -> bool:
    return not name.startswith(".") and name.lower() not in _NOT_FOR_PEOPLE


def _place(path: Path, given: Path, *, several: bool) -> tuple[str, str | None]:
    """Return the sample's name, with forward slashes, and its class."""
    if path == given:
        return _tidy(path.name), None
    inside = path.relative_to(given).parts
    if several:
        inside = (given.resolve().name, *inside)
    class_name = _tidy(inside[0])[:_LONGEST_CLASS_NAME] if len(inside) > 1 else None
    return "/".join(map(_tidy, inside)), class_name or None


def _tidy(name: str) -> str:
    """Return a file name as text: NFC, no control characters, no lone surrogates."""
    readable = os.fsencode(name).decode("utf-8", "replace")
    composed = unicodedata.normalize("NFC", readable)
    return "".join(c for c in composed if unicodedata.category(c) != "Cc").strip()


def _names(paths: Sequence[Path]) -> str:
    return ", ".join(path.name or str(path) for path in paths)


ENTRY = Importer(id="image-folder", title="Photos in folders", find=find, read=read)

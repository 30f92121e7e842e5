"""Leaving originals where they lie: the project keeps their digest and the path to them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from studio.domain.errors import ImportFailed
from studio.importers._importer import Found, Importer, Options, Question
from studio.importers._sources import Entry, Unreadable

__all__ = ["LINK", "check_links", "link_of", "link_question"]

LINK = "link"
"""The option; ``yes`` leaves the originals where they are."""


def _wanted(options: Options) -> bool:
    return options.get(LINK) == "yes"


def link_of(entry: Entry, options: Options) -> Path | None:
    """Return where a file stays, absolute but not resolved, or None if it is to be copied.

    Raises:
        Unreadable: if its path is no text that a project could note.
    """
    if not _wanted(options) or entry.in_zip:
        return None
    place = os.path.abspath(entry.path)
    try:
        place.encode("utf-8")
    except UnicodeEncodeError:
        raise Unreadable(
            "its name is not valid UTF-8, so it can be copied but not linked"
        ) from None
    return Path(place)


def link_question(options: Options, found: Iterable[Found]) -> list[Question]:
    """Return the question whether to copy; none where everything lies in zips."""
    if all(file.entry.in_zip for file in found):
        return []
    return [
        Question(
            id=LINK,
            text="Leave the files where they are and only note the way to them?",
            value="yes" if _wanted(options) else "no",
            choices=("no", "yes"),
        )
    ]


def check_links(importer: Importer, found: Iterable[Found], options: Options) -> None:
    """Refuse to link what is no file of its own.

    Raises:
        ImportFailed: ``import.cannot_link``.
    """
    if not _wanted(options):
        return
    if not importer.links:
        raise ImportFailed(
            "The rows of a table are no files of their own, so they cannot be linked.",
            "Import them without linking.",
            code="import.cannot_link",
        )
    packed = next((file.path.name for file in found if file.entry.in_zip), None)
    if packed is not None:
        raise ImportFailed(
            f"What lies in {packed} are no files of their own, so they cannot be linked.",
            "Unpack it and import the folder, or import it without linking.",
            code="import.cannot_link",
        )

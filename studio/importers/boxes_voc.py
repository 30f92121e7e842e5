"""Photos with boxes as Pascal VOC: an XML file a picture.

Source:
    The annotation format of the PASCAL Visual Object Classes challenge: ``filename``, ``size``
    and ``object`` with ``name`` and ``bndbox``. The corners are taken as pixel edges, as the
    labelling programs of today write them; the challenge itself counted pixels from one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from studio.domain.sample import Box, SkippedFile
from studio.importers import _lists, _pictures
from studio.importers._boxes import Drawn, box_importer, box_of_corners
from studio.importers._importer import Wanted
from studio.importers._sources import Entry, Unreadable, first_file

__all__ = ["ENTRY"]

_LARGEST_XML = 16 << 20


def suits(listed: Sequence[Entry]) -> int:
    """Claim a folder with a VOC file in it."""
    entry = first_file(listed, [".xml"])
    try:
        return Wanted.FORMAT if entry and b"<annotation" in entry.head(4096) else Wanted.NOT
    except Unreadable:
        return Wanted.NOT


def _read(
    listed: Sequence[Entry], images: Sequence[Entry]
) -> tuple[Mapping[str, Drawn], list[SkippedFile]]:
    names = _lists.Names(images)
    drawn: dict[str, Drawn] = {}
    skipped: list[SkippedFile] = []
    for entry in listed:
        if entry.suffix == ".xml":
            why = _take(entry, names, drawn)
        else:
            why = "" if _pictures.is_picture(entry) else "It is not a picture."
        if why:
            skipped.append(SkippedFile(name=entry.name, why=why))
    return drawn, skipped


def _take(entry: Entry, names: _lists.Names, drawn: dict[str, Drawn]) -> str:
    """Put the boxes of one file on their picture; return why it is left out, or ``""``."""
    try:
        root = _parsed(entry.read(_LARGEST_XML))
    except Unreadable as error:
        return f"It cannot be read: {error}."
    if root is None or root.tag != "annotation":
        return "It is damaged or no VOC annotation."
    picture = names.find(entry.stem) or names.find(_text(root, "filename"))
    if picture is None:
        return "The picture it describes is not there."
    found = drawn.setdefault(picture.name, Drawn())
    width, height = _number(root, "size/width"), _number(root, "size/height")
    if not (1 <= width <= 1e6 and 1 <= height <= 1e6):
        return "It does not say how large its picture is."
    found.size = (int(width), int(height))
    for thing in root.findall("object"):
        found.add(_box(thing, width, height))
    return ""


def _parsed(content: bytes) -> Any:
    """Return the root, or None; entities and external parts are refused."""
    from defusedxml.ElementTree import fromstring

    try:
        return fromstring(content, forbid_dtd=True)
    except Exception:
        # ParseError, what defusedxml forbids, LookupError of an encoding nobody knows.
        return None


def _box(thing: Any, width: float, height: float) -> Box | None:
    left, top, right, bottom = (
        _number(thing, f"bndbox/{corner}") for corner in ("xmin", "ymin", "xmax", "ymax")
    )
    name = _text(thing, "name")[:200]
    return box_of_corners(name, left / width, top / height, right / width, bottom / height)


def _text(node: Any, path: str) -> str:
    return (node.findtext(path) or "").strip()


def _number(node: Any, path: str) -> float:
    try:
        return float(_text(node, path))
    except ValueError:
        return float("nan")


ENTRY = box_importer("boxes-voc", "Photos with boxes (Pascal VOC)", suits, _read)

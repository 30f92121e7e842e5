"""Photos with boxes as COCO JSON.

Source:
    The COCO "object detection" data format: ``images`` (``id``, ``file_name``, ``width``,
    ``height``), ``categories`` (``id``, ``name``) and ``annotations`` (``image_id``,
    ``category_id``, ``bbox`` as left, top, width, height in pixels).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from studio.domain.sample import Box, SkippedFile
from studio.importers import _lists, _pictures
from studio.importers._boxes import Drawn, box_importer, box_of_corners
from studio.importers._importer import Wanted
from studio.importers._sources import Entry, Unreadable
from studio.tasks.tables import BadTable

__all__ = ["ENTRY"]

_PARTS = ("images", "annotations", "categories")


def suits(listed: Sequence[Entry]) -> int:
    """Claim files with a COCO file among them."""
    return Wanted.FORMAT if any(map(_is_coco, listed)) else Wanted.NOT


def _is_coco(entry: Entry) -> bool:
    """Whether a file's beginning and end look like it; large files are not read for that."""
    if entry.suffix != ".json":
        return False
    try:
        head = entry.head(1 << 22)
    except Unreadable:
        return False
    return sum(f'"{part}"'.encode() in head for part in _PARTS) >= (3 if len(head) < 1 << 22 else 1)


def _read(
    listed: Sequence[Entry], images: Sequence[Entry]
) -> tuple[Mapping[str, Drawn], list[SkippedFile]]:
    names = _lists.Names(images)
    drawn: dict[str, Drawn] = {}
    skipped: list[SkippedFile] = []
    for entry in filter(_is_coco, listed):
        try:
            document = _lists.json_of(entry)
        except (BadTable, Unreadable) as error:
            raise _lists.bad_list(entry, str(error)) from None
        skipped += _take(entry, document, names, drawn)
    other = [e for e in listed if not _pictures.is_picture(e) and e.suffix != ".json"]
    skipped += [SkippedFile(name=e.name, why="It is not a picture.") for e in other]
    return drawn, skipped


def _take(
    entry: Entry, document: Any, names: _lists.Names, drawn: dict[str, Drawn]
) -> list[SkippedFile]:
    """Put the boxes of one file on their pictures; return the pictures that are not there."""
    classes = {
        _key(c.get("id")): str(c.get("name", ""))[:200] for c in _dicts(document, "categories")
    }
    on: dict[str, Drawn] = {}
    skipped = []
    for image in _dicts(document, "images"):
        called = str(image.get("file_name", ""))
        picture = names.find(called)
        if picture is None:
            why = f"{entry.name} names it, but there is no such picture."
            skipped.append(SkippedFile(name=called[:200] or "(no name)", why=why))
            continue
        kept = drawn.setdefault(picture.name, Drawn())
        kept.size = _size(image)
        on[_key(image.get("id"))] = kept
    for annotation in _dicts(document, "annotations"):
        target = on.get(_key(annotation.get("image_id")))
        if target is not None:
            name = classes.get(_key(annotation.get("category_id")), "")
            target.add(_box(annotation.get("bbox"), target.size, name))
    return skipped


def _dicts(document: Any, part: str) -> list[dict[str, Any]]:
    found = document.get(part) if isinstance(document, dict) else None
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def _key(id: Any) -> str:
    """Return an id as text: files mix 1 and "1"."""
    return str(id)


def _size(image: Mapping[str, Any]) -> tuple[int, int] | None:
    width, height = image.get("width"), image.get("height")
    if isinstance(width, int) and isinstance(height, int) and min(width, height) > 0:
        return width, height
    return None


def _box(bbox: Any, size: tuple[int, int] | None, name: str) -> Box | None:
    if size is None or not isinstance(bbox, list) or len(bbox) != 4:
        return None
    try:
        left, top, width, height = (float(value) for value in bbox)
    except (TypeError, ValueError, OverflowError):
        return None
    return box_of_corners(
        name, left / size[0], top / size[1], (left + width) / size[0], (top + height) / size[1]
    )


ENTRY = box_importer("boxes-coco", "Photos with boxes (COCO)", suits, _read)

"""Photos with boxes as YOLO writes them: a text file a picture, a line a box.

Source:
    The label format of Darknet and its followers: class number, then centre x, centre y,
    width and height as shares of the picture. Longer lines are outlines (x, y, x, y, ...),
    of which the box around is taken. Class names stand in ``classes.txt``, ``obj.names`` or
    the ``names`` of a ``data.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from studio.domain.sample import Box, SkippedFile
from studio.importers import _lists, _pictures
from studio.importers._boxes import Drawn, box_importer, box_of_corners
from studio.importers._importer import Wanted
from studio.importers._sources import Entry, Unreadable

__all__ = ["ENTRY"]

_LARGEST_TEXT = 16 << 20
_CLASS_FILES = ("classes.txt", "obj.names", "predefined_classes.txt", "_darknet.labels")
_YAML = (".yaml", ".yml")
_LINE = re.compile(rb"\s*\d{1,5}(\s+[-+.\deE]+){4,}\s*")
_LOOKED_AT = 20


def suits(listed: Sequence[Entry]) -> int:
    """Claim files of which texts are called like pictures and hold such lines."""
    stems = {entry.stem for entry in listed if _pictures.is_picture(entry)}
    likely = [e for e in listed if e.suffix == ".txt" and e.stem in stems]
    return Wanted.FORMAT if any(map(_is_label, likely[:_LOOKED_AT])) else Wanted.NOT


def _is_label(entry: Entry) -> bool:
    try:
        return _LINE.fullmatch(entry.head(4096).partition(b"\n")[0]) is not None
    except Unreadable:
        return False


def _read(
    listed: Sequence[Entry], images: Sequence[Entry]
) -> tuple[Mapping[str, Drawn], list[SkippedFile]]:
    classes, used = _classes(listed)
    names = _lists.Names(images)
    drawn: dict[str, Drawn] = {}
    skipped: list[SkippedFile] = []
    for entry in listed:
        if entry is used or _pictures.is_picture(entry):
            continue
        picture = names.find(entry.stem) if entry.suffix == ".txt" else None
        why = "It is not a picture." if picture is None else ""
        if picture is not None:
            why = _take(entry, classes, drawn.setdefault(picture.name, Drawn()))
        if why:
            skipped.append(SkippedFile(name=entry.name, why=why))
    return drawn, skipped


def _classes(listed: Sequence[Entry]) -> tuple[dict[int, str], Entry | None]:
    """Return class names by number, and the file they stand in."""
    for entry in listed:
        last = entry.name.rpartition("/")[2].lower()
        if last in _CLASS_FILES:
            lines = _text_of(entry).splitlines()
            return {i: line.strip()[:200] for i, line in enumerate(lines) if line.strip()}, entry
    for entry in listed:
        if entry.suffix in _YAML and (found := _named(entry)):
            return found, entry
    return {}, None


def _text_of(entry: Entry) -> str:
    try:
        return entry.read(_LARGEST_TEXT).decode("utf-8-sig", "replace")
    except Unreadable:
        return ""


def _named(entry: Entry) -> dict[int, str]:
    """Return the ``names`` of a data.yaml: a list, or a mapping from numbers."""
    import yaml

    try:
        content = entry.read(1 << 20)
        # Aliases that double at every step would fill the memory; no data.yaml needs one.
        document = None if b"&" in content else yaml.safe_load(content)
    except (Unreadable, yaml.YAMLError, ValueError, RecursionError):
        return {}
    names: Any = document.get("names") if isinstance(document, dict) else None
    pairs = enumerate(names) if isinstance(names, list) else ()
    items = names.items() if isinstance(names, dict) else pairs
    return {key: str(value)[:200] for key, value in items if isinstance(key, int)}


def _take(entry: Entry, classes: Mapping[int, str], drawn: Drawn) -> str:
    try:
        content = entry.read(_LARGEST_TEXT)
    except Unreadable as error:
        return f"It cannot be read: {error}."
    for line in content.splitlines():
        if line.strip():
            drawn.add(_box(line.split(), classes))
    return ""


def _box(parts: Sequence[bytes], classes: Mapping[int, str]) -> Box | None:
    try:
        number, values = int(parts[0]), [float(part) for part in parts[1:]]
    except ValueError:
        return None
    name = classes.get(number, f"class {number}")
    if len(values) in (4, 5):  # a fifth is the confidence of a model
        x, y, width, height = values[:4]
        return box_of_corners(name, x - width / 2, y - height / 2, x + width / 2, y + height / 2)
    if len(values) >= 6 and len(values) % 2 == 0:
        across, down = values[0::2], values[1::2]
        return box_of_corners(name, min(across), min(down), max(across), max(down))
    return None


ENTRY = box_importer("boxes-yolo", "Photos with boxes (YOLO)", suits, _read)

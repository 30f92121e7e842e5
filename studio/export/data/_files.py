"""How originals are called when they go out, and how numbers and cells are written."""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterable, Sequence

from studio.domain.sample import Sample
from studio.export.data._format import Draft, Item
from studio.export.data._names import Names

__all__ = ["FlatNames", "csv_bytes", "file_name", "neutral", "number", "tell_unheld"]

_ENDINGS = {
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg", ".jpe", ".jfif"),
    "image/bmp": (".bmp", ".dib"),
    "image/webp": (".webp",),
    "image/tiff": (".tif", ".tiff"),
    "image/gif": (".gif",),
    "audio/wav": (".wav", ".wave"),
    "text/csv": (".csv", ".tsv", ".txt", ".dat"),
    "application/vnd.edge-impulse.acquisition+json": (".json",),
}
"""File name endings by media type, the usual one first."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?\d+(\.\d*)?([eE][+-]?\d+)?", re.ASCII)
"""Begins with a sign, and is none the less no more than a number."""


def file_name(sample: Sample) -> str:
    """Return the name of a sample with an ending that says what it is."""
    endings = _ENDINGS.get(sample.media_type.partition(";")[0], ("",))
    known = {ending for some in _ENDINGS.values() for ending in some}
    has = os.path.splitext(sample.name)[1].lower()
    return sample.name if has in known else sample.name + endings[0]


class FlatNames:
    """Names for pictures in one folder, no two alike even without their endings.

    Args:
        taken: Names without ending that are spoken for.
    """

    def __init__(self, *taken: str) -> None:
        self._names = Names(*taken)

    def new(self, sample: Sample) -> tuple[str, str]:
        """Return the name without its ending, and the ending."""
        stem, ending = os.path.splitext(file_name(sample))
        # Points inside would read as endings, and a~2.b as another a.b.
        return self._names.new(stem.replace("/", "_").replace(".", "_")), ending


def csv_bytes(names: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a CSV in UTF-8."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(rows)
    return out.getvalue().encode("utf-8", "replace")


def neutral(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula; lists of labels are read back so."""
    risky = text.lstrip("'").startswith(_FORMULA) and not _NUMBER.fullmatch(text)
    return f"'{text}" if risky else text


def number(value: float, digits: int) -> str:
    """Return a number with so many digits after the point, and none that say nothing."""
    return f"{value:.{digits}f}".rstrip("0").rstrip(".") or "0"


def tell_unheld(draft: Draft, item: Item, *held: str) -> None:
    """Count what of a sample a form cannot hold.

    Args:
        draft: Where it is told.
        item: The sample.
        held: Of ``class``, ``boxes`` and ``ranges`` what it can hold.
    """
    if "boxes" not in held:
        draft.told["Boxes left out, for which this form has no place: {count}."] += len(item.boxes)
    if "ranges" not in held:
        draft.told["Stretches left out, for which this form has no place: {count}."] += len(
            item.ranges
        )
    if "class" not in held:
        draft.told[
            "Classes of whole pictures left out, since this form has boxes only: {count}."
        ] += item.sample.class_name is not None

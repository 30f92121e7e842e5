"""Pictures with boxes as Pascal VOC: an XML file a picture, all in one folder.

Source:
    The annotation format of the PASCAL Visual Object Classes challenge; corners are pixel
    edges, as the labelling programs of today write them.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape

from studio.domain.sample import Box, Sample, SampleKind
from studio.export.data._files import FlatNames, number, tell_unheld
from studio.export.data._format import DataFormat, Draft, Item
from studio.export.escaping import one_line

__all__ = ["ENTRY"]

_DIGITS = 6


def _write(draft: Draft) -> None:
    names = FlatNames()
    for item in draft.items():
        tell_unheld(draft, item, "boxes")
        stem, ending = names.new(item.sample)
        name = draft.put_sample(f"{stem}{ending}", item)
        draft.place.put(f"{stem}.xml", "\n".join(_lines(name, item)).encode("utf-8", "replace"))


def _lines(name: str, item: Item) -> Iterator[str]:
    sample = item.sample
    yield f"<annotation>\n <filename>{_text(name)}</filename>"
    yield (
        f" <size><width>{sample.width}</width><height>{sample.height}</height>"
        f"<depth>{sample.channels}</depth></size>"
    )
    for box in item.boxes:
        corners = "".join(f"<{part}>{value}</{part}>" for part, value in _corners(box, sample))
        yield f" <object><name>{_text(box.class_name)}</name><bndbox>{corners}</bndbox></object>"
    yield "</annotation>\n"


def _corners(box: Box, sample: Sample) -> Iterator[tuple[str, str]]:
    yield "xmin", number(box.x * sample.width, _DIGITS)
    yield "ymin", number(box.y * sample.height, _DIGITS)
    yield "xmax", number((box.x + box.width) * sample.width, _DIGITS)
    yield "ymax", number((box.y + box.height) * sample.height, _DIGITS)


def _text(text: str) -> str:
    return escape(one_line(text).replace("\ufffe", "").replace("\uffff", ""))


ENTRY = DataFormat(
    id="voc",
    title="Pictures with boxes (Pascal VOC)",
    kinds=frozenset({SampleKind.IMAGE}),
    write=_write,
    boxes=True,
)

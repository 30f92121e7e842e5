"""Pictures with boxes as YOLO reads them: a text file a picture, all in one folder.

Source:
    The label format of Darknet and its followers: class number, then centre x, centre y,
    width and height as shares of the picture; class names in ``classes.txt``, a line each.
"""

from __future__ import annotations

from studio.domain.sample import Box, SampleKind
from studio.export.data._files import FlatNames, number, tell_unheld
from studio.export.data._format import DataFormat, Draft
from studio.export.escaping import one_line

__all__ = ["ENTRY"]

_CLASSES = "classes"
_DIGITS = 9


def _write(draft: Draft) -> None:
    names = FlatNames(_CLASSES, "predefined_classes")  # names that readers take for the classes
    drawn = {box.class_name for item in draft.items() for box in item.boxes}
    used = [name for name in draft.classes if name in drawn]
    numbers = {name: place for place, name in enumerate(used)}
    draft.place.put(f"{_CLASSES}.txt", "".join(f"{one_line(n)}\n" for n in used).encode())
    for item in draft.items():
        tell_unheld(draft, item, "boxes")
        stem, ending = names.new(item.sample)
        draft.put_sample(f"{stem}{ending}", item)
        lines = "".join(f"{numbers[box.class_name]} {_shares(box)}\n" for box in item.boxes)
        draft.place.put(f"{stem}.txt", lines.encode())


def _shares(box: Box) -> str:
    values = (box.x + box.width / 2, box.y + box.height / 2, box.width, box.height)
    return " ".join(number(value, _DIGITS) for value in values)


ENTRY = DataFormat(
    id="yolo",
    title="Pictures with boxes (YOLO)",
    kinds=frozenset({SampleKind.IMAGE}),
    write=_write,
    boxes=True,
)

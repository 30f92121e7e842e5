"""Pictures with boxes as COCO JSON.

Source:
    The COCO "object detection" data format: ``images``, ``categories`` and ``annotations``
    with ``bbox`` as left, top, width, height in pixels.
"""

from __future__ import annotations

import json
from typing import Any

from studio.domain.sample import Box, Sample, SampleKind
from studio.export.data._files import file_name, tell_unheld
from studio.export.data._format import DataFormat, Draft

__all__ = ["ENTRY"]

_LIST = "annotations.json"

_DIGITS = 6
"""Of pixels: corners that were whole pixels come back as such."""


def _write(draft: Draft) -> None:
    draft.place.names.new(_LIST)
    images: list[dict[str, Any]] = []
    boxes: list[dict[str, Any]] = []
    numbers = {name: number for number, name in enumerate(draft.classes, start=1)}
    for id, item in enumerate(draft.items(), start=1):
        tell_unheld(draft, item, "boxes")
        name = draft.put_sample(file_name(item.sample), item)
        images.append(
            {"id": id, "file_name": name, "width": item.sample.width, "height": item.sample.height}
        )
        for box in item.boxes:
            boxes.append(
                {
                    "id": len(boxes) + 1,
                    "image_id": id,
                    "category_id": numbers[box.class_name],
                    **_place(box, item.sample),
                    "iscrowd": 0,
                }
            )
    used = {box["category_id"] for box in boxes}
    categories = [{"id": n, "name": name} for name, n in numbers.items() if n in used]
    document = {"images": images, "categories": categories, "annotations": boxes}
    text = json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False)
    draft.place.put_reserved(_LIST, text.encode("utf-8", "replace"))


def _place(box: Box, sample: Sample) -> dict[str, Any]:
    width, height = box.width * sample.width, box.height * sample.height
    corner = (box.x * sample.width, box.y * sample.height)
    bbox = [round(value, _DIGITS) for value in (*corner, width, height)]
    return {"bbox": bbox, "area": round(width * height, _DIGITS)}


ENTRY = DataFormat(
    id="coco",
    title="Pictures with boxes (COCO)",
    kinds=frozenset({SampleKind.IMAGE}),
    write=_write,
    boxes=True,
)

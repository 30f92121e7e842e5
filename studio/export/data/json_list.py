"""The originals, and everything the project knows of them as JSON: the studio reads all back.

```
{"format": "studio-labels", "version": 1, "samples": [
  {"file": "leaf/a.png", "name": "leaf/a.png", "digest": "...", "media_type": "image/png",
   "label": "leaf", "session": null, "taken_at": null, "excluded": false,
   "boxes": [{"label": "spot", "x": 0.1, "y": 0.2, "width": 0.3, "height": 0.4}],
   "ranges": [{"label": "idle", "start_s": 0.0, "end_s": 1.5}]}]}
```

Boxes are shares of the picture's sides from its upper left corner.
"""

from __future__ import annotations

import json
from typing import Any

from studio.domain.sample import SampleKind
from studio.export.data._files import file_name
from studio.export.data._format import DataFormat, Draft, Item

__all__ = ["ENTRY"]

_LIST = "labels.json"


def _write(draft: Draft) -> None:
    draft.place.names.new(_LIST)
    records = []
    for item in draft.items():
        name = draft.put_sample(file_name(item.sample), item)
        records.append(_record(name, item))
    document = {"format": "studio-labels", "version": 1, "samples": records}
    text = json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False)
    draft.place.put_reserved(_LIST, text.encode("utf-8", "replace"))


def _record(name: str, item: Item) -> dict[str, Any]:
    sample = item.sample
    return {
        "file": name,
        "name": sample.name,
        "digest": sample.digest,
        "media_type": sample.media_type,
        "label": sample.class_name,
        "session": sample.session,
        "taken_at": sample.taken_at,
        "excluded": sample.excluded,
        "boxes": [
            {"label": b.class_name, "x": b.x, "y": b.y, "width": b.width, "height": b.height}
            for b in item.boxes
        ],
        "ranges": [
            {"label": r.class_name, "start_s": r.start_s, "end_s": r.end_s} for r in item.ranges
        ],
    }


ENTRY = DataFormat(
    id="json",
    title="Files with all that is known of them as JSON",
    kinds=frozenset({SampleKind.IMAGE, SampleKind.RECORDING}),
    write=_write,
)

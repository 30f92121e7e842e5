"""The originals, and a CSV of their labels beside them.

```
file,label,session                       of pictures
file,label,start_s,end_s,session         of recordings: a line a stretch; empty times: all of it
```
"""

from __future__ import annotations

from collections.abc import Iterator

from studio.domain.sample import SampleKind
from studio.export.data._files import csv_bytes, file_name, neutral, tell_unheld
from studio.export.data._format import DataFormat, Draft, Item

__all__ = ["ENTRY"]

_LIST = "labels.csv"


def _write(draft: Draft) -> None:
    draft.place.names.new(_LIST)  # before a recording of that name takes it
    rows: list[tuple[str, ...]] = []
    recordings = sessions = False
    for item in draft.items():
        tell_unheld(draft, item, "class", "ranges")
        name = draft.put_sample(file_name(item.sample), item)
        recordings |= item.sample.kind is SampleKind.RECORDING
        sessions |= item.sample.session is not None
        rows += _lines(name, item)
    columns = [0, 1, *([2, 3] if recordings else []), *([4] if sessions else [])]
    names = ("file", "label", "start_s", "end_s", "session")
    content = csv_bytes([names[i] for i in columns], ([row[i] for i in columns] for row in rows))
    draft.place.put_reserved(_LIST, content)


def _lines(name: str, item: Item) -> Iterator[tuple[str, ...]]:
    session = neutral(item.sample.session or "")
    file = neutral(name)
    if item.sample.class_name is not None or not item.ranges:
        yield file, neutral(item.sample.class_name or ""), "", "", session
    for found in item.ranges:
        yield file, neutral(found.class_name), repr(found.start_s), repr(found.end_s), session


ENTRY = DataFormat(
    id="csv",
    title="Files with a CSV of their labels",
    kinds=frozenset({SampleKind.IMAGE, SampleKind.RECORDING}),
    write=_write,
)

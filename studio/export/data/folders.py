"""A folder per class with the originals in it."""

from __future__ import annotations

from studio.domain.sample import SampleKind
from studio.export.data._files import file_name, tell_unheld
from studio.export.data._format import DataFormat, Draft
from studio.export.data._names import safe_part

__all__ = ["ENTRY"]

_RENAMED = (
    "Classes whose folders are called otherwise, as not every system takes their names: {count}."
)


def _write(draft: Draft) -> None:
    folders: dict[str, str] = {}
    taken: set[str] = set()
    for item in draft.items():
        tell_unheld(draft, item, "class")
        last = file_name(item.sample).rpartition("/")[2]
        name = item.sample.class_name
        if name is None:
            # Edge Impulse puts a class before the first point of a name; here is none.
            stem, point, ending = last.rpartition(".")
            draft.put_sample(f"{stem.replace('.', '_')}{point}{ending}", item)
            continue
        if name not in folders:
            folders[name] = _folder(name, taken)
            draft.told[_RENAMED] += folders[name] != name
        draft.put_sample(f"{folders[name]}/{last}", item)


def _folder(name: str, taken: set[str]) -> str:
    """Return a folder for a class that no other class has."""
    wanted = folder = safe_part(name)
    number = 1
    while folder.casefold() in taken:
        number += 1
        folder = f"{wanted}~{number}"
    taken.add(folder.casefold())
    return folder


ENTRY = DataFormat(
    id="folders",
    title="A folder per class",
    kinds=frozenset({SampleKind.IMAGE, SampleKind.RECORDING}),
    write=_write,
)

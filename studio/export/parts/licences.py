"""Under which licence each part of the bundle stands."""

from __future__ import annotations

from collections.abc import Iterator

from studio.export.escaping import one_line
from studio.export.licences import licence_of
from studio.export.part import Draft, Member, Part
from studio.resources import assets

__all__ = ["ENTRY"]


def _make(draft: Draft) -> Iterator[Member]:
    folder = assets() / "templates"
    libraries = "".join(
        f"  {one_line(name)} {one_line(version)}: {licence_of(name)}\n"
        for name, version in sorted(draft.contents.versions.items())
    )
    text = (folder / "licenses.txt").read_text(encoding="utf-8").replace("$libraries", libraries)
    licence = (folder / "Apache-2.0.txt").read_text(encoding="utf-8")
    yield Member(
        name="LICENSES.txt",
        content=f"{text}\n{licence}".encode("utf-8", "replace"),
        about="licences of what is inside and of what made it",
    )


ENTRY = Part(id="licences", make=_make)

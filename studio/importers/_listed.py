"""Files that a list beside them says everything about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from studio.domain.sample import SkippedFile, TimeRange
from studio.importers._importer import Found, ImportPreview, Options
from studio.importers._links import link_question
from studio.importers._words import counted

__all__ = ["Listed", "preview_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed(Found):
    """A file with what a list says beyond its class, boxes and session.

    Attributes:
        ranges: Labelled stretches of a recording.
        taken_at: When it was taken, ISO 8601, or None.
        media_type: What it is and how it is read, or ``""``.
    """

    ranges: tuple[TimeRange, ...] = ()
    taken_at: str | None = None
    media_type: str = ""


def preview_of(
    importer: str, found: Sequence[Listed], skipped: Sequence[SkippedFile], options: Options
) -> ImportPreview:
    """Say what would come in as the list has it; no file is opened."""
    counts: Counter[str] = Counter()
    bare = 0
    for file in found:
        said = [file.class_name] if file.class_name else []
        said += [box.class_name for box in file.boxes]
        said += [stretch.class_name for stretch in file.ranges]
        counts.update(said)
        bare += not said
    parts = [counted(len(counts), "class", "classes"), counted(len(found), "sample")]
    return ImportPreview(
        importer=importer,
        title=", ".join(parts),
        samples=len(found),
        counts=dict(sorted(counts.items())),
        unlabelled=bare,
        skipped=tuple(skipped),
        questions=tuple(link_question(options, found)),
    )

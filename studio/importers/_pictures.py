"""What every importer of pictures does the same way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from studio.domain.errors import ImportFailed
from studio.domain.sample import ImageFacts, NewSample, SkippedFile
from studio.importers._importer import Found, ImportPreview, Options, Question, ReadResult
from studio.importers._links import link_of
from studio.importers._sources import Entry, Unreadable
from studio.importers._words import counted
from studio.tasks import pictures

__all__ = ["is_picture", "no_pictures", "preview_of", "read"]

LONGEST_CLASS_NAME = 200


def is_picture(entry: Entry) -> bool:
    """Whether its name promises a picture."""
    return entry.suffix in pictures.SUFFIXES


def no_pictures(names: str) -> ImportFailed:
    """Return the error for when there is none."""
    return ImportFailed(
        f"No pictures were found in {names}.",
        "Choose a folder with PNG, JPEG, BMP, WebP, TIFF or GIF files, a folder per class.",
        code="import.no_images",
    )


def read(found: Found, options: Options) -> Iterator[ReadResult]:
    """Read one picture wholly, or say why it is left out."""
    try:
        link = link_of(found.entry, options)
        content = found.entry.read(pictures.LARGEST_FILE_BYTES)
        facts = pictures.inspect(content)
    except Unreadable as error:
        yield SkippedFile(name=found.name, why=f"It cannot be read: {error}.")
        return
    except pictures.BadPicture as error:
        yield SkippedFile(name=found.name, why=f"It cannot be used: {error}.")
        return
    if found.boxes and found.size not in (None, (facts.width, facts.height)):
        yield SkippedFile(name=found.name, why=_other_size(found, facts))
        return
    sample = NewSample(
        content=content,
        name=found.name,
        media_type=facts.media_type,
        facts=ImageFacts(width=facts.width, height=facts.height, channels=facts.channels),
        class_name=found.class_name,
        session=found.session,
        taken_at=facts.taken_at,
        boxes=found.boxes,
        link=link,
    )
    yield sample, facts.thumbnail


def _other_size(found: Found, facts: pictures.PictureFacts) -> str:
    assert found.size is not None
    width, height = found.size
    return (
        f"Its boxes were drawn on a picture of {width} × {height} pixels,"
        f" but it has {facts.width} × {facts.height}."
    )


def preview_of(
    importer: str,
    found: Sequence[Found],
    skipped: Sequence[SkippedFile],
    *,
    questions: Sequence[Question] = (),
    notes: Sequence[str] = (),
) -> ImportPreview:
    """Say what the pictures would bring; none of them is opened."""
    boxes = Counter(box.class_name for file in found for box in file.boxes)
    classes = Counter(file.class_name for file in found if file.class_name is not None)
    counts: Mapping[str, int] = boxes or classes
    with_label = sum(file.class_name is not None or bool(file.boxes) for file in found)
    return ImportPreview(
        importer=importer,
        title=_title(counts, sum(boxes.values()), len(found)),
        samples=len(found),
        counts=dict(sorted(counts.items())),
        unlabelled=len(found) - with_label,
        skipped=tuple(skipped),
        notes=tuple(notes),
        questions=tuple(questions),
    )


def _title(counts: Mapping[str, int], boxes: int, photos: int) -> str:
    parts = [counted(len(counts), "class", "classes")] if counts else []
    parts += [counted(boxes, "box", "boxes")] if boxes else []
    return ", ".join([*parts, counted(photos, "photo")])

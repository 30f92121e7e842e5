"""Taking files into the project, in batches that are each durable."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from studio.app.records import ImportSummary
from studio.domain.errors import ImportFailed
from studio.domain.sample import NewSample, SkippedFile
from studio.importers import importers
from studio.store import samples
from studio.store.project_file import ProjectFile
from studio.tasks import find_task

__all__ = ["import_paths"]

_BATCH = 100
"""Samples a transaction: a commit costs as much as writing about this many photos."""

Progress = Callable[[int, int], None]


def import_paths(
    project: ProjectFile,
    paths: Sequence[Path],
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> ImportSummary:
    """Import what is new among files and folders.

    Args:
        project: Where to.
        paths: What the person gave.
        progress: Called with files done and files in all.
        cancelled: Asked between the batches; what was imported until then stays.

    Raises:
        ImportFailed: when nothing of it is a sample.
    """
    importer = importers()[find_task(project.property("task")).importers[0]]
    found, passed_over = importer.find(paths)
    skipped = list(passed_over)
    added = known = 0
    for start in range(0, len(found), _BATCH):
        if cancelled is not None and cancelled():
            break
        batch: list[tuple[NewSample, bytes]] = []
        for file in found[start : start + _BATCH]:
            result = importer.read(file)
            skipped.append(result) if isinstance(result, SkippedFile) else batch.append(result)
        with project.transaction():
            new = sum(samples.add(project, sample, thumbnail) for sample, thumbnail in batch)
        added, known = added + new, known + len(batch) - new
        if progress is not None:
            progress(min(start + _BATCH, len(found)), len(found))
    if not added and not known and skipped:
        raise _nothing_usable(skipped)
    names = tuple(c.name for c in samples.classes(project))
    return ImportSummary(added=added, already_there=known, classes=names, skipped=tuple(skipped))


def _nothing_usable(skipped: Sequence[SkippedFile]) -> ImportFailed:
    worst = skipped[-1]
    return ImportFailed(
        f"None of the {len(skipped)} files could be used, for example {worst.name}: {worst.why}",
        "Choose PNG, JPEG, BMP, WebP, TIFF or GIF pictures that open elsewhere.",
        code="import.no_images",
    )

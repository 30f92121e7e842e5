"""Taking files into the project, in batches that are each durable."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from studio.app.records import ImportSummary
from studio.domain.errors import ImportFailed
from studio.domain.sample import NewSample, SkippedFile
from studio.importers import NewTable, Options, choose
from studio.store import samples, tables
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
    options: Options | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> ImportSummary:
    """Import what is new among files and folders.

    Args:
        project: Where to.
        paths: What the person gave.
        options: What the person chose where the preview asked.
        progress: Called with files done and files in all.
        cancelled: Asked between the batches; what was imported until then stays.

    Raises:
        ImportFailed: when nothing of it is a sample.
    """
    task = find_task(project.property("task"))
    importer = choose(paths, task.importers)
    options = {**task.import_options, **(options or {})}
    found, passed_over = importer.find(paths, options)
    skipped = list(passed_over)
    counts = [0, 0]
    batch: list[tuple[NewSample, bytes | None]] = []
    for done, file in enumerate(found):
        for result in importer.read(file, options):
            if isinstance(result, SkippedFile):
                skipped.append(result)
            elif isinstance(result, NewTable):
                with project.transaction():
                    types = {column.name: str(column.type) for column in result.columns}
                    tables.put(project, result.digest, types)
            else:
                batch.append(result)
            if len(batch) == _BATCH:
                _add(project, batch, counts)
                if progress is not None:
                    progress(done + 1, len(found))
                if cancelled is not None and cancelled():
                    return _summary(project, counts, skipped)
    _add(project, batch, counts)
    if progress is not None:
        progress(len(found), len(found))
    if not any(counts) and skipped:
        raise _nothing_usable(skipped)
    return _summary(project, counts, skipped)


def _add(
    project: ProjectFile, batch: list[tuple[NewSample, bytes | None]], counts: list[int]
) -> None:
    """Add a batch in one transaction, empty it, and count what was new and what was known."""
    with project.transaction():
        new = len(samples.add_all(project, batch))
    counts[0] += new
    counts[1] += len(batch) - new
    batch.clear()


def _summary(
    project: ProjectFile, counts: Sequence[int], skipped: Sequence[SkippedFile]
) -> ImportSummary:
    added, known = counts
    names = tuple(c.name for c in samples.classes(project))
    return ImportSummary(added=added, already_there=known, classes=names, skipped=tuple(skipped))


def _nothing_usable(skipped: Sequence[SkippedFile]) -> ImportFailed:
    worst = skipped[-1]
    return ImportFailed(
        f"None of the {len(skipped)} files could be used, for example {worst.name}: {worst.why}",
        "Choose files that open elsewhere.",
        code="import.no_images",
    )

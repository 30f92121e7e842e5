"""Taking files into the project, in batches that are each durable."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from studio.app.amounts import SeenAmounts
from studio.app.records import ImportSummary
from studio.domain.errors import ImportFailed
from studio.domain.sample import NewSample, SkippedFile
from studio.importers import (
    LINK,
    Found,
    Importer,
    ImportPreview,
    NewTable,
    Options,
    ReadResult,
    check_links,
    choose,
)
from studio.labelling.operations import ImportStep
from studio.store import links, samples, tables
from studio.store.project_file import ProjectFile
from studio.tasks import Goal, Task, find_task

__all__ = ["Closer", "import_paths", "look_closer", "preview", "preview_for"]

_BATCH = 100
"""Samples a transaction: a commit costs as much as writing about this many photos."""

_BATCH_BYTES = 64 << 20
_BATCH_SECONDS = 2.0
"""Large files and slow disks make smaller batches: what was read is soon safe, and a person
who cancels need not wait."""

Progress = Callable[[int, int], None]


def preview(
    project: ProjectFile, paths: Sequence[Path], options: Options | None = None
) -> ImportPreview:
    """Return what `import_paths` would bring, and what the person may correct.

    Raises:
        ImportFailed: when nothing of it is a sample.
    """
    return preview_for(find_task(project.property("task")), paths, options)


def preview_for(task: Task, paths: Sequence[Path], options: Options | None) -> ImportPreview:
    """Return what an import into a project of a task would bring.

    Raises:
        ImportFailed: when nothing of it is a sample.
    """
    importer, chosen = _chosen(task, paths, options)
    check_links(importer, (), chosen)
    return importer.preview(paths, chosen)


@dataclass(frozen=True, slots=True, kw_only=True)
class Closer:
    """What opening every file showed, before anything is written.

    Attributes:
        looked: How many files were opened.
        unreadable: Those that would be left out, and why.
        copies: How many are byte for byte another of them.
    """

    looked: int
    unreadable: tuple[SkippedFile, ...]
    copies: int


def look_closer(
    task: Task,
    paths: Sequence[Path],
    options: Options | None,
    progress: Progress,
    cancelled: Callable[[], bool],
) -> Closer | None:
    """Open every file as an import would; None where a file holds many samples, or cancelled.

    Raises:
        ImportFailed: when nothing of it is a sample.
    """
    importer, chosen = _chosen(task, paths, options)
    if not importer.links:
        return None
    found, _ = importer.find(paths, chosen)
    unreadable: list[SkippedFile] = []
    digests: set[bytes] = set()
    copies = 0
    for done, result in _read(importer, found, chosen):
        if cancelled():
            return None
        if isinstance(result, SkippedFile):
            unreadable.append(result)
        elif not isinstance(result, NewTable):
            digest = hashlib.sha256(result[0].content).digest()
            copies += digest in digests
            digests.add(digest)
        progress(done, len(found))
    return Closer(looked=len(found), unreadable=tuple(unreadable), copies=copies)


def import_paths(
    project: ProjectFile,
    paths: Sequence[Path],
    *,
    options: Options | None = None,
    link: bool = False,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> ImportSummary:
    """Import what is new among files and folders, as one step of the history.

    Args:
        project: Where to.
        paths: What the person gave.
        options: What the person chose where the preview asked.
        link: Whether the originals stay where they are; the same as the option ``link``.
        progress: Called with files done and files in all.
        cancelled: Asked between the batches; what was imported until then stays.

    Raises:
        ImportFailed: when nothing of it is a sample, or ``import.cannot_link`` when the
            samples are no files of their own.
        ProjectError: ``project.read_only`` while another program has the project open.
    """
    project.claim_writing()
    linking = {LINK: "yes"} if link else {}
    task = find_task(project.property("task"))
    importer, chosen = _chosen(task, paths, {**(options or {}), **linking})
    found, skipped = importer.find(paths, chosen)
    check_links(importer, found, chosen)
    run = _Import(project, _source(paths), list(skipped))
    for done, result in _read(importer, found, chosen):
        run.take(result)
        if run.full:
            run.flush()
            if progress is not None:
                progress(done, len(found))
            if cancelled is not None and cancelled():
                return run.summary()
    run.flush()
    if progress is not None:
        progress(len(found), len(found))
    return run.summary()


def _read(
    importer: Importer, found: Sequence[Found], options: Options
) -> Iterator[tuple[int, ReadResult]]:
    """Yield what the files hold, each with how many files have been begun."""
    for done, file in enumerate(found, start=1):
        for result in importer.read(file, options):
            yield done, result


def _chosen(task: Task, paths: Sequence[Path], options: Options | None) -> tuple[Importer, Options]:
    return choose(paths, task.importers), {**task.import_options, **(options or {})}


def _source(paths: Sequence[Path]) -> str:
    more = len(paths) - 1
    return paths[0].name + (f" and {more} more" if more else "") if paths else ""


class _Import:
    """One import at work: what waits to be written, and what has come of it."""

    def __init__(self, project: ProjectFile, source: str, skipped: list[SkippedFile]) -> None:
        self._project = project
        self._step = ImportStep(project, source)
        self._waiting: list[tuple[NewSample, bytes | None]] = []
        self._skipped = skipped
        self._added = self._known = 0
        self._bytes = 0
        self._flushed = time.monotonic()
        goal = find_task(project.property("task")).goal
        self._amounts = SeenAmounts() if goal is Goal.REGRESSION else None

    @property
    def full(self) -> bool:
        """Whether enough waits for a transaction, or has waited long enough."""
        enough = len(self._waiting) >= _BATCH or self._bytes >= _BATCH_BYTES
        return enough or time.monotonic() - self._flushed >= _BATCH_SECONDS

    def take(self, result: ReadResult) -> None:
        """Take one result of an importer."""
        if isinstance(result, SkippedFile):
            self._skipped.append(result)
        elif isinstance(result, NewTable):
            types = {column.name: str(column.type) for column in result.columns}
            with self._project.transaction():
                tables.put(self._project, result.digest, types)
            if self._amounts is not None:
                self._amounts.table(result.digest, types)
        else:
            self._waiting.append(result)
            if self._amounts is not None:
                self._amounts.row(result[0])
            self._bytes += len(result[0].content)

    def flush(self) -> None:
        """Write what waits; one durable change."""
        if self._waiting:
            new = len(self._step.add(self._waiting))
            if new < len(self._waiting):
                links.renew(self._project, [sample for sample, _ in self._waiting])
            self._added += new
            self._known += len(self._waiting) - new
            self._waiting.clear()
        self._bytes = 0
        self._flushed = time.monotonic()

    def summary(self) -> ImportSummary:
        """Return what came of it.

        Raises:
            ImportFailed: when nothing of it was a sample.
        """
        if not self._added and not self._known and self._skipped:
            raise _nothing_usable(self._skipped)
        return ImportSummary(
            added=self._added,
            already_there=self._known,
            classes=tuple(c.name for c in samples.classes(self._project)),
            skipped=tuple(self._skipped),
            amounts=self._amounts.summary() if self._amounts is not None else None,
        )


def _nothing_usable(skipped: Sequence[SkippedFile]) -> ImportFailed:
    worst = skipped[-1]
    return ImportFailed(
        f"None of the {len(skipped)} files could be used, for example {worst.name}: {worst.why}",
        "Choose files that open elsewhere.",
        code="import.no_images",
    )

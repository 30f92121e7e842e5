"""From a project to labelled data on disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from studio.domain.errors import ExportError, ProjectError
from studio.domain.sample import Box, Sample
from studio.export.data._format import DataChoice, DataFormat, DataSummary, Draft, Item
from studio.export.data._places import new_place
from studio.registry import Registry
from studio.store import blobs, links, regions, samples, tables
from studio.store.project_file import ProjectFile
from studio.store.samples import SampleFilter

__all__ = ["DATA_FORMATS", "write_data"]

DATA_FORMATS: Registry[DataFormat] = Registry("studio.export.data")

_PAGE = 1000
_LABELLED = DataChoice()

_LEFT_OUT_KIND = "Samples of a kind this form does not hold: {count}."
_LEFT_OUT_BARE = "Samples left out for having no labels: {count}."
_LEFT_OUT_EXCLUDED = "Samples left out as excluded: {count}."


class _Cancelled(Exception):
    """The person wants no more of it."""


def write_data(
    project: ProjectFile,
    out: Path,
    format: str,
    *,
    choice: DataChoice = _LABELLED,
    progress: Callable[[int, int], None] = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> DataSummary | None:
    """Write labelled samples as a folder or a zip: whole, or not at all.

    Args:
        project: Whose; it is not changed.
        out: Where to; nothing may be there. A name that ends in ``.zip`` makes a zip.
        format: One of `DATA_FORMATS`.
        choice: Which samples.
        progress: Called with samples done and samples in all.
        cancelled: Asked before each sample; then nothing is written, and None returned.

    Raises:
        ExportError: ``export.unknown_format``, ``export.nothing_to_write``, ``export.exists``,
            ``export.disk_full`` or ``export.cannot_write``.
        ProjectError: if an original is missing or damaged.
    """
    if format not in DATA_FORMATS:
        raise ExportError(
            f"There is no form of labelled data called {format!r}.",
            f"Choose one of: {', '.join(DATA_FORMATS)}.",
            code="export.unknown_format",
        )
    chosen = DATA_FORMATS[format]
    source = _Source(project, chosen, choice)
    source.check()

    def content(item: Item) -> bytes:
        if cancelled():
            raise _Cancelled
        source.done += 1
        progress(source.done, source.total)
        return blobs.get(project, item.sample.digest)

    try:
        with new_place(out) as place:
            draft = Draft(
                place=place,
                items=source.items,
                content=content,
                columns=lambda table: tables.columns_of(project, table),
                classes=[c.name for c in samples.classes(project)],
            )
            chosen.write(draft)
    except _Cancelled:
        return None
    told = {**source.left_out, **draft.told}
    return DataSummary(
        path=out,
        format=format,
        samples=draft.samples,
        files=place.files,
        size_bytes=place.size_bytes,
        notes=tuple(
            sentence.replace("{count}", f"{count:,}") for sentence, count in told.items() if count
        ),
    )


class _Source:
    """The samples of a project that a form takes."""

    def __init__(self, project: ProjectFile, format: DataFormat, choice: DataChoice) -> None:
        self._project, self._format, self._choice = project, format, choice
        self.left_out = {_LEFT_OUT_KIND: 0, _LEFT_OUT_BARE: 0, _LEFT_OUT_EXCLUDED: 0}
        self.total = self.done = 0

    def check(self) -> None:
        """Count, and refuse where nothing comes out or originals are missing.

        Raises:
            ExportError: ``export.nothing_to_write``.
            ProjectError: ``project.link_missing``.
        """
        boxes = 0
        ids: list[int] = []
        for item, why in self._all():
            if why:
                self.left_out[why] += 1
                continue
            ids.append(item.sample.id)
            boxes += len(item.boxes)
        self.total = len(ids)
        if not ids or (self._format.boxes and not boxes):
            raise self._nothing("boxes" if ids else "samples")
        outside = links.linked(self._project, ids)
        missing = links.broken(self._project, outside)
        if missing:
            named = ", ".join(f"{m.path} ({m.why.rstrip('.').lower()})" for m in missing[:3])
            raise ProjectError(
                f"{len(missing):,} linked originals cannot be used, for example {named}.",
                "Put them back, or let the studio look for them (`relink`).",
                code="project.link_missing",
            )

    def _nothing(self, what: str) -> ExportError:
        left = [s.replace("{count}", f"{n:,}") for s, n in self.left_out.items() if n]
        return ExportError(
            f"There are no {what} to write as {self._format.id}.",
            " ".join([*left, "Label some, choose another form, or take in those left out."]),
            code="export.nothing_to_write",
        )

    def items(self) -> Iterator[Item]:
        """Yield the samples to be written."""
        return (item for item, why in self._all() if not why)

    def _all(self) -> Iterator[tuple[Item, str]]:
        for page in self._pages():
            marks = regions.of_samples(self._project, [sample.id for sample in page])
            shapes: dict[int, list[object]] = {}
            for mark in marks:
                shapes.setdefault(mark.sample_id, []).append(mark.shape)
            for sample in page:
                item = _item(sample, shapes.get(sample.id, ()))
                yield item, self._why_not(item)

    def _pages(self) -> Iterator[tuple[Sample, ...]]:
        last = 0
        while page := samples.page(self._project, SampleFilter(), after=last, limit=_PAGE):
            yield page
            last = page[-1].id

    def _why_not(self, item: Item) -> str:
        if item.sample.kind not in self._format.kinds:
            return _LEFT_OUT_KIND
        if item.sample.excluded and not self._choice.excluded:
            return _LEFT_OUT_EXCLUDED
        said = bool(item.boxes) if self._format.boxes else item.labelled
        return "" if said or self._choice.unlabelled else _LEFT_OUT_BARE


def _item(sample: Sample, shapes: Sequence[object]) -> Item:
    boxes = tuple(shape for shape in shapes if isinstance(shape, Box))
    ranges = tuple(shape for shape in shapes if not isinstance(shape, Box))
    return Item(sample=sample, boxes=boxes, ranges=ranges)  # type: ignore[arg-type]

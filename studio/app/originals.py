"""Originals that lie outside of the project, and data that is written out of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from studio.app import linking
from studio.app.data_exporting import DataChoice, DataSummary, write_data
from studio.app.linking import RelinkSummary
from studio.store import links
from studio.store.links import CollectReport, Link, MissingLink
from studio.store.project_file import ProjectFile

__all__ = ["Originals"]


class Originals:
    """A part of `studio.app.Session`, which see."""

    _project: ProjectFile

    def links(self, sample_ids: Sequence[int] | None = None) -> tuple[Link, ...]:
        """Return where the originals of samples lie that stayed outside of the project."""
        return links.linked(self._project, sample_ids)

    def broken_links(
        self, sample_ids: Sequence[int] | None = None, *, thorough: bool = False
    ) -> tuple[MissingLink, ...]:
        """Return the linked originals that cannot be used, and why; *slow*."""
        return links.broken(self._project, self.links(sample_ids), thorough=thorough)

    def relink(
        self,
        folder: Path,
        *,
        thorough: bool = False,
        progress: Callable[[int, int], None] = lambda done, total: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> RelinkSummary:
        """Look for originals that are not where they were, as one step; *slow*."""
        return linking.relink(
            self._project, folder, thorough=thorough, progress=progress, cancelled=cancelled
        )

    def collect(
        self,
        *,
        progress: Callable[[int, int], None] = lambda done, total: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> CollectReport:
        """Copy linked originals into the project; *slow*."""
        return links.collect(self._project, progress=progress, cancelled=cancelled)

    def forget_links(self) -> int:
        """Forget where linked originals are and return how many there were."""
        return links.forget(self._project)

    def export_data(
        self,
        out: Path,
        format: str,
        *,
        choice: DataChoice = DataChoice(),  # noqa: B008 (frozen)
        progress: Callable[[int, int], None] = lambda done, total: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> DataSummary | None:
        """Write labelled samples as a folder or zip; None when it was cancelled; *slow*."""
        return write_data(
            self._project, out, format, choice=choice, progress=progress, cancelled=cancelled
        )

"""The doors from the window into `studio.app`, so that tests can stand another house behind."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from studio.app import Arrival, BundleVerification, Closer
    from studio.app.session import Session
    from studio.domain.device import Device
    from studio.importers import ImportPreview
    from studio.recipes import SampleProject

__all__ = ["AppBackend", "Backend"]


class Backend(Protocol):
    """What the window asks for beyond an open session; every call may raise StudioError."""

    def create(self, path: Path, task: str = "image-classification") -> Session:
        """Make a new project and open it."""

    def open(self, path: Path) -> Session:
        """Open a project, once per thread."""

    def devices(self) -> Mapping[str, Device]:
        """Return the catalogue by device id."""

    def samples(self) -> Sequence[SampleProject]:
        """Return the sample projects in the order they are offered."""

    def build_sample(self, name: str, folder: Path) -> Path:
        """Write the files of a sample project."""

    def task_titles(self) -> Mapping[str, str]:
        """Return the title of every task that can be searched, by id."""

    def arrival(self, paths: Sequence[Path]) -> Arrival:
        """Say what was dropped."""

    def preview(
        self, paths: Sequence[Path], task: str, options: Mapping[str, str]
    ) -> ImportPreview:
        """Return what importing would bring to a project that is not made yet."""

    def look_closer(
        self,
        paths: Sequence[Path],
        task: str,
        options: Mapping[str, str],
        progress: Callable[[int, int], None],
        cancelled: Callable[[], bool],
    ) -> Closer | None:
        """Open every file as an import would; writes nothing."""

    def restore(self, project: Path, backup: Path) -> None:
        """Put a backup in the place of a project that nobody has open."""

    def verify(self, bundle: Path) -> BundleVerification:
        """Prove an exported bundle."""


class AppBackend:
    """The real one. Imports on first use, so that the window stands before they are done."""

    def create(self, path: Path, task: str = "image-classification") -> Session:
        """Make a new project and open it."""
        from studio.app.session import Session

        return Session.create(path, task=task)

    def open(self, path: Path) -> Session:
        """Open a project, once per thread."""
        from studio.app.session import Session

        return Session.open(path)

    def devices(self) -> Mapping[str, Device]:
        """Return the catalogue by device id."""
        from studio.app import device_catalogue

        return device_catalogue()

    def samples(self) -> Sequence[SampleProject]:
        """Return the sample projects in the order they are offered."""
        from studio.recipes import sample_projects

        return sample_projects()

    def build_sample(self, name: str, folder: Path) -> Path:
        """Write the files of a sample project."""
        from studio.app import build_sample

        return build_sample(name, folder)

    def task_titles(self) -> Mapping[str, str]:
        """Return the title of every task that can be searched, by id."""
        from studio.app import task_titles

        return task_titles()

    def arrival(self, paths: Sequence[Path]) -> Arrival:
        """Say what was dropped."""
        from studio.app import arrival_of

        return arrival_of(paths)

    def preview(
        self, paths: Sequence[Path], task: str, options: Mapping[str, str]
    ) -> ImportPreview:
        """Return what importing would bring to a project that is not made yet."""
        from studio.app import preview_for

        return preview_for(paths, task, options)

    def look_closer(
        self,
        paths: Sequence[Path],
        task: str,
        options: Mapping[str, str],
        progress: Callable[[int, int], None],
        cancelled: Callable[[], bool],
    ) -> Closer | None:
        """Open every file as an import would; writes nothing."""
        from studio.app import look_closer

        return look_closer(paths, task, options, progress=progress, cancelled=cancelled)

    def restore(self, project: Path, backup: Path) -> None:
        """Put a backup in the place of a project that nobody has open."""
        from studio.app import restore_backup

        restore_backup(project, backup)

    def verify(self, bundle: Path) -> BundleVerification:
        """Prove an exported bundle."""
        from studio.app import verify

        return verify(bundle)

"""The doors from the window into `studio.app`, so that tests can stand another house behind."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from studio.app import BundleVerification
    from studio.app.session import Session
    from studio.domain.device import Device

__all__ = ["AppBackend", "Backend"]


class Backend(Protocol):
    """What the window asks for beyond an open session; every call may raise StudioError."""

    def create(self, path: Path) -> Session:
        """Make a new project and open it."""

    def open(self, path: Path) -> Session:
        """Open a project, once per thread."""

    def devices(self) -> Mapping[str, Device]:
        """Return the catalogue by device id."""

    def build_sample(self, name: str, folder: Path) -> Path:
        """Write the photos of a sample project, a folder per class."""

    def verify(self, bundle: Path) -> BundleVerification:
        """Prove an exported bundle."""


class AppBackend:
    """The real one. Imports on first use, so that the window stands before they are done."""

    def create(self, path: Path) -> Session:
        """Make a new project and open it."""
        from studio.app.session import Session

        return Session.create(path)

    def open(self, path: Path) -> Session:
        """Open a project, once per thread."""
        from studio.app.session import Session

        return Session.open(path)

    def devices(self) -> Mapping[str, Device]:
        """Return the catalogue by device id."""
        from studio.app import device_catalogue

        return device_catalogue()

    def build_sample(self, name: str, folder: Path) -> Path:
        """Write the photos of a sample project, a folder per class."""
        from studio.app import build_sample

        return build_sample(name, folder)

    def verify(self, bundle: Path) -> BundleVerification:
        """Prove an exported bundle."""
        from studio.app import verify

        return verify(bundle)

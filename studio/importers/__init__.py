"""Taking in what a person gives: one module a kind of source."""

from __future__ import annotations

from studio.importers._importer import Importer
from studio.registry import Registry

__all__ = ["Importer", "importers"]

_IMPORTERS: Registry[Importer] = Registry("studio.importers")


def importers() -> Registry[Importer]:
    """Return every importer by id."""
    return _IMPORTERS

"""Taking in what a person gives: one module a kind of source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from studio.domain.errors import ImportFailed
from studio.importers._importer import (
    Found,
    Importer,
    ImportPreview,
    NewTable,
    Options,
    Question,
    ReadResult,
    Wanted,
)
from studio.importers._links import LINK, check_links
from studio.importers._sources import entries
from studio.registry import Registry

__all__ = [
    "LINK",
    "Found",
    "ImportPreview",
    "Importer",
    "NewTable",
    "Options",
    "Question",
    "ReadResult",
    "check_links",
    "choose",
    "claims",
    "importers",
]

_IMPORTERS: Registry[Importer] = Registry("studio.importers")


def importers() -> Registry[Importer]:
    """Return every importer by id."""
    return _IMPORTERS


def choose(paths: Sequence[Path], ids: Sequence[str]) -> Importer:
    """Return the importer that claims what was given most strongly.

    Args:
        paths: What the person gave.
        ids: The importers a task takes; of equal claims the first wins, and if none claims
            anything it is the first: it knows best how to say what was expected.
    """
    allowed = [_IMPORTERS[id] for id in ids]
    try:
        listed, _ = entries(paths)
    except ImportFailed:
        return allowed[0]
    claims = [importer.suits(listed) for importer in allowed]
    strongest = max(claims)
    return allowed[claims.index(strongest) if strongest > Wanted.NOT else 0]


def claims(paths: Sequence[Path], groups: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Return how strongly each group of importers claims what was given, as `Wanted` counts.

    Raises:
        ImportFailed: ``import.not_found``, ``import.unreadable`` or ``import.bad_zip``.
    """
    listed, _ = entries(paths)
    return {
        name: max((_IMPORTERS[id].suits(listed) for id in ids), default=Wanted.NOT)
        for name, ids in groups.items()
    }

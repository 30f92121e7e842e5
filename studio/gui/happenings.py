"""Sentences about what happened to files, outside of any page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from studio.domain.errors import ImportFailed
from studio.gui.i18n import mark, tr

__all__ = ["nothing_usable", "recovered_words"]

_RECOVERED = {
    "search": mark("A search that was interrupted was taken in; its finished models are here."),
    "rolled-back": mark("The last change was not finished when the program ended; it was undone."),
}


def recovered_words(what: Sequence[str]) -> tuple[str, str]:
    """Return what was made good when a project was opened, and what that means."""
    told = " ".join(tr(_RECOVERED[each]) for each in what if each in _RECOVERED)
    return told, tr("Nothing else is missing.")


def nothing_usable(path: Path) -> ImportFailed:
    """Return the error for files of which no task can learn."""
    return ImportFailed(
        f"There is nothing in {path.name} that the studio can learn from.",
        "Drop photos, recordings (CSV, WAV, JSON) or a table (CSV, Excel, Parquet).",
        code="import.nothing_usable",
    )

"""Where the program keeps its own files about projects."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

__all__ = ["backup_folder", "sync_folder"]


def backup_folder(project_id: str) -> Path:
    """Return the folder for the backups of a project; it may not be there yet.

    ``AUTOML_STUDIO_DATA`` in the environment takes the place of the user's data folder.
    A project id comes from the file, so only its letters, digits and dashes are used.
    """
    chosen = os.environ.get("AUTOML_STUDIO_DATA")
    base = Path(chosen) if chosen else platformdirs.user_data_path("automl-studio", False)
    safe = "".join(c for c in project_id if c.isascii() and (c.isalnum() or c == "-"))[:64]
    return base / "backups" / (safe or "unnamed")


def sync_folder(folder: Path) -> None:
    """Make a rename in a folder durable, where the system can."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

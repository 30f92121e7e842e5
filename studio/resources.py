"""Where the data files are that travel with the program.

From a checkout they lie in ``assets/`` and ``projects/`` beside the package; an installed
program carries them inside the package as ``_assets`` and ``_projects``.
"""

from __future__ import annotations

from pathlib import Path

__all__ = ["assets", "projects"]

_PACKAGE = Path(__file__).resolve().parent


def _folder(name: str) -> Path:
    inside = _PACKAGE / f"_{name}"
    return inside if inside.is_dir() else _PACKAGE.parent / name


def assets() -> Path:
    """Return the folder with device files, icons, templates and translations."""
    return _folder("assets")


def projects() -> Path:
    """Return the folder with the recipes of the sample projects."""
    return _folder("projects")

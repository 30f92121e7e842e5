"""Sample projects: data written as a person's files, from recipes under ``projects/``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from studio.domain.errors import ImportFailed
from studio.recipes import SampleProject, find_recipe, sample_projects

__all__ = ["SampleProject", "build_sample", "sample_projects", "sample_titles"]


def sample_titles() -> Mapping[str, str]:
    """Return the title of every sample project by name."""
    return {sample.id: sample.titles["en"] for sample in sample_projects()}


def build_sample(name: str, folder: Path) -> Path:
    """Write the files of a sample project.

    Args:
        name: Of a recipe, for example ``"digits"``.
        folder: Where to; it is made.

    Returns:
        The folder to import.

    Raises:
        ImportFailed: ``import.unknown_sample``.
    """
    recipe = find_recipe(name)
    if recipe is None:
        raise ImportFailed(
            f"There is no sample project called {name!r}.",
            f"Choose one of: {', '.join(sample_titles())}.",
            code="import.unknown_sample",
        )
    # The makers need numpy and Pillow; a list of the samples does not.
    from studio.app.sample_makers import MAKERS

    root = folder / name
    root.mkdir(parents=True, exist_ok=True)
    MAKERS[recipe["maker"]](recipe, root)
    _write_origin(root, recipe)
    return root


def _write_origin(root: Path, recipe: Mapping[str, Any]) -> None:
    text = f"{recipe['title']}\n{recipe['source']}\nLicence: {recipe['licence']}\n"
    (root / ".origin.txt").write_text(text, encoding="utf-8")

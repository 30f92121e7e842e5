"""Sample projects: data written as a person's files, from recipes under ``projects/``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from studio.domain.errors import ImportFailed
from studio.resources import projects

__all__ = ["SampleProject", "build_sample", "sample_projects", "sample_titles"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleProject:
    """A sample project as it is offered.

    Attributes:
        id: Name of the recipe.
        task: What is learned from it.
        titles: Its title by language; ``en`` is always there.
        abouts: One sentence about it by language; ``en`` is always there.
        licence: Under which the data may be used.
    """

    id: str
    task: str
    titles: Mapping[str, str]
    abouts: Mapping[str, str]
    licence: str


def sample_projects() -> tuple[SampleProject, ...]:
    """Return the sample projects in the order they are offered."""
    recipes = {path.stem: _recipe(path) for path in sorted(projects().glob("*.toml"))}
    ordered = sorted(recipes.items(), key=lambda pair: pair[1]["order"])
    return tuple(
        SampleProject(
            id=name,
            task=recipe["task"],
            titles=_languages(recipe, "title"),
            abouts=_languages(recipe, "about"),
            licence=recipe["licence"],
        )
        for name, recipe in ordered
    )


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
    path = projects() / f"{Path(name).name}.toml"
    if not path.is_file():
        raise ImportFailed(
            f"There is no sample project called {name!r}.",
            f"Choose one of: {', '.join(sample_titles())}.",
            code="import.unknown_sample",
        )
    # The makers need numpy and Pillow; a list of the samples does not.
    from studio.app.sample_makers import MAKERS

    recipe = _recipe(path)
    root = folder / name
    root.mkdir(parents=True, exist_ok=True)
    MAKERS[recipe["maker"]](recipe, root)
    _write_origin(root, recipe)
    return root


def _recipe(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _languages(recipe: Mapping[str, Any], key: str) -> dict[str, str]:
    found = {"en": str(recipe[key])}
    for name, text in recipe.items():
        if name.startswith(f"{key}_"):
            found[name.removeprefix(f"{key}_")] = str(text)
    return found


def _write_origin(root: Path, recipe: Mapping[str, Any]) -> None:
    text = f"{recipe['title']}\n{recipe['source']}\nLicence: {recipe['licence']}\n"
    (root / ".origin.txt").write_text(text, encoding="utf-8")

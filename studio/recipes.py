"""The recipes of the sample projects: what they are called, what they teach, and their numbers.

A recipe is ``projects/<name>.toml``. Reading them needs the standard library alone, so that a
window can offer them before anything heavy is loaded; `studio.app.samples` makes the files.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from studio.resources import projects

__all__ = ["SampleProject", "find_recipe", "sample_projects"]


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


def find_recipe(name: str) -> Mapping[str, Any] | None:
    """Return everything a recipe says, or None if there is none of this name."""
    path = projects() / f"{Path(name).name}.toml"
    return _recipe(path) if path.is_file() else None


def _recipe(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _languages(recipe: Mapping[str, Any], key: str) -> dict[str, str]:
    found = {"en": str(recipe[key])}
    for name, text in recipe.items():
        if name.startswith(f"{key}_"):
            found[name.removeprefix(f"{key}_")] = str(text)
    return found

"""Sample projects: real data written as a person's files, from recipes under ``projects/``."""

from __future__ import annotations

import importlib
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from studio.domain.errors import ImportFailed
from studio.resources import projects

__all__ = ["build_sample", "sample_titles"]


def sample_titles() -> Mapping[str, str]:
    """Return the title of every sample project by name."""
    return {path.stem: _recipe(path)["title"] for path in sorted(projects().glob("*.toml"))}


def build_sample(name: str, folder: Path) -> Path:
    """Write the photos of a sample project, a folder per class.

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
    recipe = _recipe(path)
    # Imported by name so that plain commands do not pay for scikit-learn.
    loader = getattr(importlib.import_module("sklearn.datasets"), recipe["loader"])
    data = loader()
    root = folder / name
    for number, (image, label) in enumerate(zip(data.images, data.target, strict=True)):
        target = root / str(label) / f"{number:04d}.png"
        target.parent.mkdir(parents=True, exist_ok=True)
        _enlarged(image, recipe).save(target)
    _write_origin(root, recipe)
    return root


def _recipe(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _enlarged(image: np.ndarray, recipe: Mapping[str, Any]) -> Image.Image:
    grey = np.round(image / recipe["largest"] * 255).astype(np.uint8)
    size = (recipe["side"], recipe["side"])
    return Image.fromarray(grey).resize(size, Image.Resampling.BILINEAR)


def _write_origin(root: Path, recipe: Mapping[str, Any]) -> None:
    text = f"{recipe['title']}\n{recipe['source']}\nLicence: {recipe['licence']}\n"
    (root / ".origin.txt").write_text(text, encoding="utf-8")

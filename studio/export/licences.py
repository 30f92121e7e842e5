"""Licences of the libraries a bundle names, from ``assets/templates/licences.toml``."""

from __future__ import annotations

import re
import tomllib
from functools import cache

from studio.resources import assets

__all__ = ["licence_of"]


@cache
def _table() -> dict[str, str]:
    with open(assets() / "templates" / "licences.toml", "rb") as stream:
        table: dict[str, str] = tomllib.load(stream)["libraries"]
    return table


def licence_of(library: str) -> str:
    """Return the SPDX expression of a library's licence, or that it is not recorded."""
    return _table().get(re.sub(r"[-_. ]+", "-", library).lower(), "not recorded")

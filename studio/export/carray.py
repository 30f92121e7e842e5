"""Bytes and names as C source that any C99 or C++11 compiler takes."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from string import Template

import numpy as np

from studio.resources import assets

__all__ = ["array_lines", "floats", "signed", "template", "unsigned_hex"]

_A_LINE = 12


@cache
def template(name: str) -> Template:
    """Return a text template of the assets; ``$name`` marks what is filled in."""
    return Template((assets() / "templates" / name).read_text(encoding="utf-8"))


def array_lines(values: Iterable[str]) -> str:
    """Return initializers, twelve a line, without the braces."""
    items = list(values)
    lines = (", ".join(items[i : i + _A_LINE]) for i in range(0, len(items), _A_LINE))
    return ",\n".join(f"  {line}" for line in lines)


def unsigned_hex(content: bytes) -> str:
    """Return bytes as hexadecimal initializers."""
    return array_lines(f"0x{byte:02x}" for byte in content)


def floats(values: Iterable[float]) -> list[str]:
    """Return float32 constants: the shortest decimals that read back as the same number."""
    with np.errstate(over="ignore"):
        nearest = [np.float32(value) for value in values]
    largest = np.finfo(np.float32).max
    return [f"{np.clip(value, -largest, largest)!s}f" for value in nearest]


def signed(values: np.ndarray) -> str:
    """Return int8 values as decimal initializers."""
    return array_lines(str(value) for value in values.ravel().tolist())

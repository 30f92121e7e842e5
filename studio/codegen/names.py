"""Names and texts of a person made safe for C."""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["comment", "constants", "identifier", "literal"]

_SIMPLE = re.compile(r"[^A-Za-z0-9]+")


def identifier(text: str, default: str = "model") -> str:
    """Return a lower-case C identifier made of a text: letters, digits and single underscores.

    It never begins with a digit or an underscore; `default` stands for a text without any
    usable letter. It may be a keyword: use it as a prefix or behind one.
    """
    name = _SIMPLE.sub("_", text).strip("_").lower()[:40]
    if not name:
        return default
    return f"{default}_{name}" if name[0].isdigit() else name


def constants(texts: Sequence[str]) -> list[str]:
    """Return a different upper-case name for each text, for use behind a prefix."""
    taken: set[str] = set()
    names = []
    for place, text in enumerate(texts):
        name = _SIMPLE.sub("_", text).strip("_").upper()[:40]
        if not name or name in taken:
            name = f"{name}_{place}".strip("_")
        while name in taken:
            name += "_"
        taken.add(name)
        names.append(name)
    return names


def literal(text: str) -> str:
    """Return a C string literal of the text's UTF-8 bytes."""
    shown = []
    for byte in text.encode("utf-8", "replace"):
        plain = 32 <= byte < 127 and byte not in b'"\\?'
        shown.append(chr(byte) if plain else f"\\{byte:03o}")
    return '"' + "".join(shown) + '"'


def comment(text: str) -> str:
    """Return a text that cannot end a C comment or begin another line."""
    shown = "".join(c if c.isprintable() and c.isascii() else "?" for c in text)
    return re.sub(r"[*/\\?]{2,}|\\", "?", shown)

"""Small checks for JSON from strangers: what must be there and of what type."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Mapping

from studio.domain.errors import BundleError

__all__ = [
    "Check",
    "check",
    "is_count",
    "is_digest",
    "is_number",
    "is_text",
    "mapping",
    "record",
    "sequence",
]

#: Returns what is wrong with a value, or an empty text.
Check = Callable[[object], str]

_DIGEST = re.compile(r"[0-9a-f]{64}")
_LONGEST_TEXT = 10_000


def is_text(value: object) -> str:
    """A text of at most 10,000 characters."""
    good = isinstance(value, str) and len(value) <= _LONGEST_TEXT
    return "" if good else "is not a text"


def is_count(value: object) -> str:
    """A whole number from 0 on."""
    good = isinstance(value, int) and not isinstance(value, bool) and value >= 0
    return "" if good else "is not a count"


def is_number(value: object) -> str:
    """A finite number."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return "is not a number"
    return "" if abs(value) <= sys.float_info.max else "is not a number"


def is_digest(value: object) -> str:
    """A SHA-256 in hexadecimal."""
    return "" if isinstance(value, str) and _DIGEST.fullmatch(value) else "is not a SHA-256"


def record(fields: Mapping[str, Check], *, more: bool = False) -> Check:
    """An object with these fields; with ``more`` it may have others."""

    def wrong(value: object) -> str:
        if not isinstance(value, dict):
            return "is not an object"
        if not more and (extra := sorted(set(value) - set(fields))):
            return f".{extra[0]} is not known"
        return _first(
            (f".{name}", fields[name](value[name]) if name in value else "is missing")
            for name in fields
        )

    return wrong


def mapping(each: Check) -> Check:
    """An object whose values all pass."""

    def wrong(value: object) -> str:
        if not isinstance(value, dict):
            return "is not an object"
        return _first((f"[{name!r}]", each(item)) for name, item in value.items())

    return wrong


def sequence(each: Check, *, longest: int) -> Check:
    """A list whose items all pass."""

    def wrong(value: object) -> str:
        if not isinstance(value, list) or len(value) > longest:
            return f"is not a list of at most {longest}"
        return _first((f"[{i}]", each(item)) for i, item in enumerate(value))

    return wrong


def check(value: object, schema: Check, name: str) -> None:
    """Raise `BundleError` ``bundle.damaged`` with the first thing that is wrong."""
    if said := schema(value):
        raise BundleError(
            f"The bundle is damaged: in {name}, the value {said}.",
            "Ask for the bundle again.",
            code="bundle.damaged",
        )


def _first(answers: Iterable[tuple[str, str]]) -> str:
    for where, said in answers:
        if said:
            return f"{where}{said}" if said[0] in ".[" else f"{where} {said}"
    return ""

"""Numbers as people write them, and words for "there is no value"."""

from __future__ import annotations

import re
from datetime import date, datetime

__all__ = ["MISSING", "MISSING_NUMBER", "as_date", "as_number", "is_number"]

MISSING = frozenset({"", "na", "n/a", "#n/a", "nan", "null"})
"""What stands for no value in any column, in lower case."""

MISSING_NUMBER = MISSING | {"-", "--", ".", "?", "none", "tr", "trace", "n.d.", "nd", "#value!"}
"""What stands for no value where the column holds numbers otherwise. ``tr`` is a trace: there
is some, but nobody knows how much."""

_LONGEST = 40
_POINT = re.compile(
    r"[+-]?(\d+|\d{1,3}(?:[,'\u00a0\u202f ]\d{3})+)?(\.\d*)?([eE][+-]?\d{1,3})?", re.A
)
_COMMA = re.compile(
    r"[+-]?(\d+|\d{1,3}(?:[.'\u00a0\u202f ]\d{3})+)?(,\d*)?([eE][+-]?\d{1,3})?", re.A
)
_USUAL = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d+)?", re.ASCII)
"""What nearly all numbers look like; told first because it is told fast."""

_FIRST_SIGNS = frozenset("0123456789+-.,")
_BY_DECIMAL = {".": _POINT, ",": _COMMA}
_GROUPS = {
    ".": str.maketrans("", "", ",'\u00a0\u202f "),
    ",": str.maketrans(",", ".", ".'\u00a0\u202f "),
}
_MOST_DIGITS = 15
"""A double keeps 15 decimal digits; longer whole numbers are names (IBAN, IMEI), not amounts."""

_DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})[./-](\d{1,2})[./-](\d{1,2})")


def as_number(text: str, decimal: str = ".") -> float | None:
    """Return the number a cell holds, or None if it is no plain number.

    A leading zero (``007``) or more than 15 digits make a name of it, not an amount.
    """
    if text[:1] not in _FIRST_SIGNS or len(text) > _LONGEST:
        return None
    if decimal == "." and _USUAL.fullmatch(text):
        return float(text)
    if not _BY_DECIMAL[decimal].fullmatch(text):
        return None
    plain = text.translate(_GROUPS[decimal])
    digits = plain.lstrip("+-")
    if len(digits) > 1 and digits[0] == "0" and digits[1].isdigit():
        return None
    if digits.isdigit() and len(digits) > _MOST_DIGITS:
        return None
    try:
        return float(plain)
    except ValueError:
        return None  # nothing but a sign, a point or an exponent


def is_number(text: str, decimal: str = ".") -> bool:
    """Whether a cell holds a plain number."""
    return as_number(text, decimal) is not None


def as_date(text: str, order: str = "dmy") -> str | None:
    """Return a date or time in ISO 8601, or None.

    Args:
        text: ISO 8601, or three numbers with points, dashes or slashes.
        order: ``dmy`` or ``mdy``, for dates whose year comes last.
    """
    if not 8 <= len(text) <= _LONGEST or not text[0].isdigit():
        return None
    try:
        if found := _YEAR_FIRST.fullmatch(text):
            return date(*map(int, found.groups())).isoformat()
        if found := _DAY_FIRST.fullmatch(text):
            first, second, year = map(int, found.groups())
            day, month = (first, second) if order == "dmy" else (second, first)
            return date(year, month, day).isoformat()
        return _iso(text)
    except ValueError:
        return None


def _iso(text: str) -> str | None:
    # fromisoformat takes 20240131 as well; eight digits are a number here.
    return None if text.isdigit() else datetime.fromisoformat(text.replace("/", "-")).isoformat()

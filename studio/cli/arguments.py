"""Arguments that several sub-commands share, and what they accept."""

from __future__ import annotations

import math
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable, Sequence
from pathlib import Path

__all__ = [
    "add_candidate",
    "add_minutes",
    "add_project",
    "add_sessions",
    "minutes",
    "path",
    "positive",
    "sample_ids",
    "seed",
    "size",
    "weights",
]

# A year. Longer is a slip of the finger, and would overflow a clock somewhere.
_MOST_MINUTES = 366 * 24 * 60
_MOST_IDS = 1_000_000
# KerasTuner multiplies a seed by 1000 and NumPy takes 32 bits.
_MOST_SEED = 4_000_000
_MOST_WEIGHT = 1e9
_SHIFTS = {"K": 10, "M": 20, "G": 30}
_LARGEST_BYTES = 1 << 50


def path(text: str) -> Path:
    """Return a path whose name is text; SQLite, zip files and JSON take no other."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise ArgumentTypeError("the name of the file is not valid UTF-8; rename it") from None
    return Path(text)


def minutes(text: str) -> float:
    """Return a time in minutes, above zero."""
    try:
        value = float(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is no number of minutes") from None
    if not (math.isfinite(value) and 0 < value <= _MOST_MINUTES):
        raise ArgumentTypeError(f"{text} is not between 0 and {_MOST_MINUTES} minutes")
    return value


def positive(text: str) -> int:
    """Return a whole number from 1 on."""
    return _whole(text, least=1, most=2**31)


def seed(text: str) -> int:
    """Return a seed; 0 would mean a random one to the search."""
    return _whole(text, least=1, most=_MOST_SEED)


def _whole(text: str, *, least: int, most: int) -> int:
    try:
        value = int(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is no whole number") from None
    if not least <= value <= most:
        raise ArgumentTypeError(f"{text} is not between {least} and {most}")
    return value


def size(text: str) -> int:
    """Return bytes from ``64K``, ``1.5M`` or a plain number; K is 1,024."""
    shift = _SHIFTS.get(text[-1:].upper())
    try:
        value = float(text if shift is None else text[:-1]) * (1 << (shift or 0))
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is no size; write 64K or 1M") from None
    if not 1 <= value <= _LARGEST_BYTES:
        raise ArgumentTypeError(f"{text} is not the size of a memory")
    return int(value)


def weights(names: Sequence[str]) -> Callable[[str], dict[str, float]]:
    """Return what takes ``name=number,...`` with these names, numbers from 0 up, not all 0."""

    def _weights(text: str) -> dict[str, float]:
        found: dict[str, float] = {}
        for part in text.split(","):
            name, _, number = (piece.strip() for piece in part.partition("="))
            try:
                value = float(number)
            except ValueError:
                value = math.nan
            if name not in names or not 0 <= value <= _MOST_WEIGHT:
                raise ArgumentTypeError(f"{part!r} is no NAME=NUMBER with {', '.join(names)}")
            found[name] = value
        if not any(found.values()):
            raise ArgumentTypeError("something must weigh more than 0")
        return found

    return _weights


def add_project(parser: ArgumentParser) -> None:
    """Add ``PROJECT``."""
    parser.add_argument("project", metavar="PROJECT", type=path, help="an .automl file")


def add_candidate(parser: ArgumentParser) -> None:
    """Add ``--candidate``."""
    parser.add_argument(
        "--candidate",
        metavar="ID",
        type=positive,
        help="number of the candidate, as `candidates` shows it (default: the best)",
    )


def add_minutes(parser: ArgumentParser, *, help: str) -> None:
    """Add ``--minutes``; None where it is not given."""
    parser.add_argument("--minutes", metavar="M", type=minutes, help=help)


def add_sessions(parser: ArgumentParser) -> None:
    """Add what names the session of a sample."""
    parser.add_argument(
        "--session-pattern",
        metavar="REGEX",
        help="what of a sample's name is its session, for example '^(.+)_[0-9]+'",
    )
    parser.add_argument(
        "--session-column", metavar="NAME", help="the column of a table that names the session"
    )


def sample_ids(text: str) -> tuple[int, ...]:
    """Return row numbers from ``7``, ``1-20`` and lists of these such as ``1-3,9``."""
    found: dict[int, None] = {}
    for part in text.split(","):
        first, dash, last = part.strip().partition("-")
        try:
            start, end = int(first), int(last if dash else first)
        except ValueError:
            raise ArgumentTypeError(f"{part!r} is no sample number, nor a range as 1-20") from None
        if not 1 <= start <= end or end - start >= _MOST_IDS:
            raise ArgumentTypeError(f"{part!r} is no range of sample numbers")
        found.update(dict.fromkeys(range(start, end + 1)))
    return tuple(found)

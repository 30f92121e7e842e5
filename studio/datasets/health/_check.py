"""The record every health check fills in, and words they share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from studio.datasets.material import Material
from studio.domain.health import HealthFinding
from studio.domain.sample import SampleKind

__all__ = ["ANY_KIND", "Check", "counted", "named"]

ANY_KIND = frozenset(SampleKind)

_NAMED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing to look for.

    Attributes:
        id: As the command line takes it.
        title: For the person.
        kinds: The kinds of samples it looks at.
        find: From the samples to what was found; what cannot be read is passed over.
    """

    id: str
    title: str
    kinds: frozenset[SampleKind]
    find: Callable[[Material], Iterable[HealthFinding]]


def counted(count: int, noun: str) -> str:
    """Return a number with its noun: ``1 sample``, ``1,200 samples``."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def named(names: Iterable[str]) -> str:
    """Return the first few names, quoted, and how many more there are."""
    every = list(names)
    shown = ", ".join(repr(name) for name in every[:_NAMED])
    return shown if len(every) <= _NAMED else f"{shown} and {len(every) - _NAMED} more"

"""What speaks for samples having been taken in one go: one module a kind of evidence."""

from __future__ import annotations

from studio.datasets.evidence._evidence import NO_CLUES, Clues, Evidence, Hint, Trace
from studio.registry import Registry

__all__ = ["NO_CLUES", "Clues", "Evidence", "Hint", "Trace", "evidence"]

_EVIDENCE: Registry[Evidence] = Registry("studio.datasets.evidence")


def evidence() -> tuple[Evidence, ...]:
    """Return every kind of evidence, the strongest first."""
    return tuple(sorted(_EVIDENCE.values(), key=lambda entry: entry.order))

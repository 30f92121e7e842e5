"""Choosing among candidates by what matters to a person: accuracy, flash and RAM."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from studio.domain.candidate import Artifact, ArtifactFormat, Candidate, Precision
from studio.domain.evaluation import RegressionEvaluation
from studio.domain.judgement import Weighed
from studio.evaluation import Better, Column, pareto_front, weighed_choice

__all__ = ["MATTERS", "by_weights", "front_of"]

MATTERS = ("accuracy", "flash", "ram")
"""What can be weighed. Latency comes once devices have measured it."""


def front_of(candidates: Sequence[Candidate]) -> frozenset[int]:
    """Return the numbers of the candidates no other beats in accuracy, flash and RAM at once."""
    known = _deployable(candidates)
    if not known:
        return frozenset()
    return frozenset(known[place].id for place in pareto_front(list(_columns(known).values())))


def by_weights(
    candidates: Sequence[Candidate], weights: Mapping[str, float]
) -> tuple[tuple[Candidate, Weighed], ...]:
    """Return the candidates that have an int8 file by a person's weights, the best first.

    Args:
        candidates: Of one project.
        weights: By name of `MATTERS`.

    Raises:
        EvaluationError: ``evaluation.columns`` for weights that are below 0 or all 0.
    """
    known = {f"#{candidate.id}": candidate for candidate in _deployable(candidates)}
    if not known:
        return ()
    ordered = weighed_choice(list(known), _columns(list(known.values())), weights)
    return tuple((known[weighed.name], weighed) for weighed in ordered)


def _deployable(candidates: Sequence[Candidate]) -> list[Candidate]:
    return [candidate for candidate in candidates if _int8(candidate) is not None]


def _int8(candidate: Candidate) -> Artifact | None:
    return candidate.artifact(Precision.INT8, ArtifactFormat.TFLITE)


def _columns(candidates: Sequence[Candidate]) -> dict[str, Column]:
    files = [file for candidate in candidates if (file := _int8(candidate)) is not None]
    arenas = [_arena(file) for file in files]
    largest = max((arena for arena in arenas if arena is not None), default=1.0)
    # An arena nobody could measure counts as the largest there is.
    ram = [largest if arena is None else arena for arena in arenas]
    return {
        "accuracy": _accuracy(candidates),
        "flash": Column(
            values=[float(file.size_bytes) for file in files], better=Better.LOWER, ratio=True
        ),
        "ram": Column(values=ram, better=Better.LOWER, ratio=True),
    }


def _accuracy(candidates: Sequence[Candidate]) -> Column:
    """Return the share that is right on the validation side, or of amounts the mean error."""
    found = [candidate.validation for candidate in candidates]
    errors = [e.mae.value for e in found if isinstance(e, RegressionEvaluation)]
    if errors:
        return Column(values=errors, better=Better.LOWER)
    right = [e.accuracy.value for e in found if not isinstance(e, RegressionEvaluation)]
    return Column(values=right, better=Better.HIGHER)


def _arena(file: Artifact) -> float | None:
    """Return the worst end of what is known of the arena, in bytes."""
    ends = (file.arena.value, file.arena.high)
    return max((float(end) for end in ends if end is not None), default=None)

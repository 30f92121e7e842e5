"""Who stands where among the candidates, as far as the validation side can tell them apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from studio.app.answered import Answered, Answering, on_same_samples
from studio.domain.candidate import ArtifactFormat, Candidate, Precision
from studio.domain.dataset import Split
from studio.domain.errors import EvaluationError, SearchError
from studio.domain.judgement import Comparison, SmallestGood
from studio.evaluation import Contender, compare_with_best
from studio.evaluation import best_within_noise as smallest_good

__all__ = ["Standing", "best_within_noise", "name_of", "standings"]

_FEWEST = 2
"""Samples, and candidates, that make a comparison."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One candidate beside the best.

    Attributes:
        candidate: Which.
        compared: The best (first) with it, after allowing for all the candidates looked at;
            None for the best itself and where the two were not validated on the same samples.
    """

    candidate: Candidate
    compared: Comparison | None = None

    @property
    def within_noise(self) -> bool:
        """Whether it was compared with the best and cannot be told from it."""
        return self.compared is not None and not self.compared.better


def name_of(candidate: Candidate) -> str:
    """Return what a person calls a candidate: ``#3``."""
    return f"#{candidate.id}"


def standings(answering: Answering, ranked: Sequence[Candidate]) -> tuple[Standing, ...]:
    """Return the candidates in the order given, each compared with the first.

    Args:
        answering: Reads their answers.
        ranked: The best first, as `studio.store.candidates.best_first` has them.
    """
    given = _comparable(answering, ranked)
    found: dict[str, Comparison] = {}
    if len(given) >= _FEWEST:
        sides = on_same_samples(given)
        if len(sides[0]) >= _FEWEST:
            named = {name_of(g.candidate): p for g, p in zip(given, sides, strict=True)}
            found = {c.second: c for c in compare_with_best(named)}
    return tuple(Standing(candidate=c, compared=found.get(name_of(c))) for c in ranked)


def best_within_noise(answering: Answering, ranked: Sequence[Candidate]) -> SmallestGood | None:
    """Return the smallest candidate that cannot be told from the first of those given.

    None where there is nobody to compare it with.
    """
    given = _comparable(answering, ranked)
    if len(given) < _FEWEST:
        return None
    sides = on_same_samples(given)
    if len(sides[0]) < _FEWEST:
        return None
    contenders = []
    for one, predictions in zip(given, sides, strict=True):
        int8 = one.candidate.artifact(Precision.INT8, ArtifactFormat.TFLITE)
        contenders.append(
            Contender(
                name=name_of(one.candidate),
                predictions=predictions,
                flash_bytes=int8.size_bytes if int8 else None,
                ram_bytes=int8.arena.value if int8 else None,
            )
        )
    return smallest_good(contenders)


def _comparable(answering: Answering, ranked: Sequence[Candidate]) -> list[Answered]:
    """Return the first candidate and those of its dataset version, where answers are kept."""
    found: list[Answered] = []
    for candidate in ranked:
        if candidate.dataset_digest != ranked[0].dataset_digest:
            continue
        try:
            found.append(answering.of(candidate, Split.VALIDATION))
        except (EvaluationError, SearchError):
            if candidate is ranked[0]:
                return []  # the others would be compared with one who is not the best
    return found

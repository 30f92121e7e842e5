"""Which training comes next: successive halving without waiting for a whole rung.

A new configuration is first trained on the lowest rung, for a small share of the usual steps.
The best third of a rung goes on to the next one, with the weights it has. Whenever a training
can begin, the highest rung that has somebody to promote goes first; else something new is
tried. Near the end the leader goes straight to the top.

Everything here follows from the trials so far: the same trials give the same choice.

Source:
    Li et al. 2020, A System for Massively Parallel Hyperparameter Tuning (ASHA),
    arXiv 1810.05934. That the weights are kept is ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["ONE_RUNG", "THREE_RUNGS", "Ladder", "Step"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One training as the schedule sees it.

    Attributes:
        trial: Its number.
        rung: How far it goes.
        continues: Trial it goes on from, or None.
        score: The higher the better; None while it is under way, or if it failed.
    """

    trial: int
    rung: int
    continues: int | None
    score: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """The rungs of a search.

    Attributes:
        shares: Share of the usual steps up to each rung, rising to 1.
        keep: One in so many of a rung goes on.
    """

    shares: tuple[float, ...]
    keep: int = 3

    def __post_init__(self) -> None:
        if self.keep < 2 or not self.shares or self.shares[-1] != 1:
            raise ValueError("a ladder ends at 1 and keeps fewer than it has")
        if list(self.shares) != sorted(set(self.shares)) or self.shares[0] <= 0:
            raise ValueError("rungs rise")

    @property
    def top(self) -> int:
        """The highest rung."""
        return len(self.shares) - 1

    def share(self, rung: int, begun: int | None) -> float:
        """Return the share of the usual steps a training takes.

        Args:
            rung: Where it ends.
            begun: Rung its weights come from, or None.
        """
        return self.shares[rung] - (0.0 if begun is None else self.shares[begun])

    def promote(self, steps: Sequence[Step]) -> Step | None:
        """Return the training to go on with, or None if something new should be tried."""
        gone_on = {step.continues for step in steps}
        for rung in reversed(range(self.top)):
            done = best_first([s for s in steps if s.rung == rung])
            for step in done[: len(done) // self.keep]:
                if step.trial not in gone_on:
                    return step
        return None

    def leader(self, steps: Sequence[Step]) -> Step | None:
        """Return the best training so far that is below the top and has not gone on, if it leads.

        None also if the best of all is at the top already, or on its way there.
        """
        ranked = best_first(steps)
        if not ranked or ranked[0].rung == self.top:
            return None
        return None if any(s.continues == ranked[0].trial for s in steps) else ranked[0]


def best_first(steps: Sequence[Step]) -> list[Step]:
    """Return the steps that have a score, the best first; of equals the earlier."""
    scored = [step for step in steps if step.score is not None]
    return sorted(scored, key=lambda step: (-(step.score or 0.0), step.trial))


ONE_RUNG = Ladder(shares=(1.0,))
"""For what trains in about the time it takes to set a training up: tables."""

THREE_RUNGS = Ladder(shares=(1 / 9, 1 / 3, 1.0))

"""The record every module of `studio.worker.executors` fills in, and what a crew promises.

A crew runs orders and says what becomes of them. It decides nothing: which order comes next,
what is written down and when the search ends is the asking side's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from studio.jobs import JobDirectory
from studio.registry import Registry
from studio.search import Order

__all__ = ["EXECUTORS", "Crew", "Executor", "News"]


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What a crew tells of an order.

    Attributes:
        trial: Whose.
        what: ``epoch`` (an `EpochReport`), ``made`` (``trial``: a `FinishedTrial`),
            ``finished`` (``files``: a `CandidateFiles`), ``baselines`` (``found``: name, score
            and seconds of each), ``failed`` (``why``; ``memory`` where it ran out of memory),
            ``lost`` (its process or machine is gone; it can be asked again).
        data: As above, plain.
        files: Content of the files named in it.
    """

    trial: int
    what: str
    data: Mapping[str, Any]
    files: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def is_last(self) -> bool:
        """Whether no more is to come of this order."""
        return self.what in ("made", "finished", "baselines", "failed", "lost")


class Crew(Protocol):
    """Somebody who runs orders, several at once."""

    size: int
    """How many."""

    def submit(self, order: Order, *, task: str, seconds: float) -> None:
        """Begin an order; there must be somebody free.

        Args:
            order: What to do.
            task: ``train``; ``finish``: convert its weights by every recipe and test them; or
                ``baselines``: learn what there is to compare with.
            seconds: Time there is for its training.
        """

    def news(self, wait_seconds: float) -> list[News]:
        """Return what happened since the last call, waiting for something as long as told."""

    @property
    def busy(self) -> int:
        """How many orders are under way."""

    def tell(self, word: str) -> None:
        """Tell everybody: ``stop`` (end the training with what there is), ``pause``, ``resume``."""

    def close(self) -> None:
        """Send everybody home; what is under way is lost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Executor:
    """A way to run trials.

    Attributes:
        id: As a person names it.
        crew: Makes a crew for a job: its directory, how many at most (0: as many as fit), and
            the address of the cluster (``""`` for none).
    """

    id: str
    crew: Callable[[JobDirectory, int, str], Crew]


EXECUTORS: Registry[Executor] = Registry("studio.worker.executors")

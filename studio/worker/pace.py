"""How long things take in this search, as far as it has come, and what there is time for."""

from __future__ import annotations

import statistics

from studio.jobs import JournalWriter
from studio.search import Ladder, Order
from studio.worker.ledger import Ledger

__all__ = ["Pace"]

_LEAST_USEFUL_SECONDS = 1.0
_SLACK = 0.025
"""Of the budget, kept for a last leader that takes longer to finish than those before it: better
two per cent early than late."""

_FIRST_GUESS_OF_FINISHING_SECONDS = 6.0
_CONVERTING_SECONDS = 1.0
_SETTING_UP_SECONDS = 2.0
"""Of a trial: building, tracing; subtracted before the time of steps is reckoned."""


class Pace:
    """Tells how long things take.

    Args:
        seconds: The search's budget.
        journal: Tells the time, over all processes of the job.
        ledger: What ended so far.
        ladder: The search's rungs.
    """

    def __init__(
        self, seconds: float, journal: JournalWriter, ledger: Ledger, ladder: Ladder
    ) -> None:
        self._seconds = seconds
        self._journal = journal
        self._ledger = ledger
        self._ladder = ladder
        self._finishing_seconds = _FIRST_GUESS_OF_FINISHING_SECONDS
        self._longest_finishing = 0.0

    def finished(self, took_seconds: float) -> None:
        """Learn how long it took to make a candidate exportable."""
        self._longest_finishing = max(self._longest_finishing, took_seconds)
        self._finishing_seconds = 1.1 * self._longest_finishing + 0.3

    @property
    def seconds_left(self) -> float:
        """Time until the best must be finished."""
        promised = (1 - _SLACK) * self._seconds
        return promised - self._journal.seconds - self._finishing_seconds

    @property
    def training_seconds(self) -> float:
        """Time a training that begins now may take, its conversion not counted."""
        return max(0.5, self.seconds_left - _CONVERTING_SECONDS)

    def usual(self, share: float) -> float:
        """Return how long a trial of a share of the usual steps takes, in seconds."""
        done = [
            (self._order(number).share, trial.seconds)
            for number, trial in self._ledger.finished.items()
            if self._order(number).share > 0
        ]
        if not done:
            return _SETTING_UP_SECONDS
        rates = [max(0.0, seconds - _SETTING_UP_SECONDS) / of for of, seconds in done]
        return _SETTING_UP_SECONDS + share * statistics.median(rates)

    def _order(self, number: int) -> Order:
        return self._ledger.orders[number]

    def has_time_for(self, share: float) -> bool:
        """Return whether enough of a trial could be done that it is worth beginning."""
        return self.seconds_left > max(self.least_useful_seconds, 0.6 * self.usual(share))

    @property
    def least_useful_seconds(self) -> float:
        """Less is not worth beginning a training: most of it would be setting up."""
        trained = [
            trial.seconds for n, trial in self._ledger.finished.items() if self._order(n).share > 0
        ]
        return max(_LEAST_USEFUL_SECONDS, 0.6 * min(trained, default=3.0))

    def is_finale(self, share: float) -> bool:
        """Return whether there is just the time for a trial of this share."""
        return self.seconds_left < 1.5 * self.usual(share)

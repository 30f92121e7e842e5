"""How long things take in this search, as far as it has come, and what there is time for.

Before the search's time is over its leader must be converted and tested. How long that takes
depends on how large its network is: most of it is running the test side on reference kernels.
So what is kept for it is reckoned for each network, from what converting others took.
"""

from __future__ import annotations

import statistics

from studio.jobs import JournalWriter
from studio.search import FinishedTrial, Ladder, Order
from studio.worker.ledger import Ledger

__all__ = ["Pace"]

_LEAST_USEFUL_SECONDS = 1.0
_SLACK = 0.015
"""Of the budget, kept for what was reckoned too short: better two per cent early than late."""

_FIRST_GUESS_OF_FINISHING_SECONDS = 6.0
_FIRST_GUESS_OF_CONVERTING_SECONDS = 2.0
_SETTING_UP_SECONDS = 2.0
"""Of a trial: building, tracing; subtracted before the time of steps is reckoned."""

_SECONDS_AN_OPERATION = 2e-9
"""Of converting and testing, for each input of the validation side: what it is believed to grow
by with a network's operations before larger ones were converted. Reference kernels took 0.3 to
1.1 ns for one on a PC's core."""

_TIMES_CONVERTING = 2.2
"""How many times as long as its trial's converting and testing a leader's finishing takes, before
it was measured: there are two more files; seen on networks of 0.03 to 12 million operations: 1.8 to
2.8 times."""


class Pace:
    """Tells how long things take.

    Args:
        seconds: The search's budget.
        journal: Tells the time, over all processes of the job.
        ledger: What ended so far.
        ladder: The search's rungs.

    Attributes:
        being_finished: When it was begun to make a candidate exportable, by its trial.
    """

    def __init__(
        self, seconds: float, journal: JournalWriter, ledger: Ledger, ladder: Ladder
    ) -> None:
        self._seconds = seconds
        self._journal = journal
        self._ledger = ledger
        self._ladder = ladder
        self._longest_finishing = 0.0
        self._times_converting = 0.0
        self.being_finished: dict[int, float] = {}

    def begin_finishing(self, trial: int) -> None:
        """Take in that a candidate is being made exportable from now on."""
        self.being_finished[trial] = self._journal.seconds

    def lose_finishing(self, trial: int) -> None:
        """Take in that this came to nothing."""
        del self.being_finished[trial]

    def end_finishing(self, trial: int) -> None:
        """Learn how long it took to make a candidate exportable."""
        took_seconds = self._journal.seconds - self.being_finished.pop(trial)
        self._longest_finishing = max(self._longest_finishing, took_seconds)
        converting = self._ledger.finished[trial].converting_seconds
        if converting:
            self._times_converting = max(self._times_converting, took_seconds / converting)

    # Converting, and making exportable

    def converting(self, operations: int) -> float:
        """Return how long converting and testing a trial's network takes, in seconds.

        A straight line over the operations: as steep as what was seen and what is believed
        beforehand say, each as much as it can tell, through the median of what was seen.
        """
        seen = self._converted()
        if not seen:
            return _FIRST_GUESS_OF_CONVERTING_SECONDS
        least = min(seconds for _, seconds in seen)
        smallest = min(size for size, _ in seen)
        steep = self._believed_steepness()
        weight = steep**-2  # of a network that is so much larger that it takes a second more
        pairs = [(size - smallest, seconds - least) for size, seconds in seen]
        steep = (steep * weight + sum(x * y for x, y in pairs)) / (
            weight + sum(x * x for x, _ in pairs)
        )
        base = statistics.median(seconds - steep * size for size, seconds in seen)
        return max(least, base + steep * operations)

    def _converted(self) -> list[tuple[int, float]]:
        """Return operations and seconds of what was converted so far."""
        return [
            (trial.operations, trial.converting_seconds)
            for trial in self._ledger.finished.values()
            if trial.converting_seconds
        ]

    def _believed_steepness(self) -> float:
        tested = (trial.validation for trial in self._ledger.finished.values())
        inputs = max((evaluation.samples for evaluation in tested if evaluation), default=1)
        return _SECONDS_AN_OPERATION * inputs

    def finishing(self, trial: FinishedTrial) -> float:
        """Return how long making a trial's network exportable takes, in seconds."""
        return self._finishing(trial.converting_seconds or self.converting(trial.operations))

    def _finishing(self, converting_seconds: float) -> float:
        if not self._longest_finishing:
            return max(_FIRST_GUESS_OF_FINISHING_SECONDS, _TIMES_CONVERTING * converting_seconds)
        times = self._times_converting or _TIMES_CONVERTING
        return 1.1 * times * converting_seconds + 0.3

    # What there is time for

    @property
    def promised_seconds(self) -> float:
        """Time until everything must be made."""
        return (1 - _SLACK) * self._seconds - self._journal.seconds

    def training_seconds(self, operations: int | None = None) -> float:
        """Return the time a training that begins now may take, in seconds; below 0 for none.

        What is left for it: if it should lead, its network is to be converted and made
        exportable before the time is over.

        Args:
            operations: Of its network; None for the smallest so far.
        """
        if operations is None:
            operations = min((size for size, _ in self._converted()), default=0)
        converting = self.converting(operations)
        kept = max(self._finishing(converting), self._kept_for_leader())
        return self.promised_seconds - converting - kept

    def _kept_for_leader(self) -> float:
        leader = self._ledger.leader()
        if leader is None or leader.trial in {*self._ledger.ready, *self.being_finished}:
            return 0.0
        return self.finishing(leader)

    def usual(self, share: float) -> float:
        """Return how long training a share of the usual steps takes, in seconds."""
        done = [
            (self._order(number).share, trial.seconds - trial.converting_seconds)
            for number, trial in self._ledger.finished.items()
            if self._order(number).share > 0
        ]
        if not done:
            return _SETTING_UP_SECONDS
        rates = [max(0.0, seconds - _SETTING_UP_SECONDS) / of for of, seconds in done]
        return _SETTING_UP_SECONDS + share * statistics.median(rates)

    def _order(self, number: int) -> Order:
        return self._ledger.orders[number]

    def has_time_for(self, share: float, operations: int | None = None) -> bool:
        """Return whether enough of a trial could be done that it is worth beginning."""
        least = max(self.least_useful_seconds, 0.6 * self.usual(share))
        return self.training_seconds(operations) > least

    @property
    def least_useful_seconds(self) -> float:
        """Less is not worth beginning a training: most of it would be setting up."""
        trained = [
            trial.seconds - trial.converting_seconds
            for n, trial in self._ledger.finished.items()
            if self._order(n).share > 0
        ]
        return max(_LEAST_USEFUL_SECONDS, 0.6 * min(trained, default=3.0))

    def is_last_chance(self, leader: FinishedTrial) -> bool:
        """Return whether there is no time for another network of the leader's size."""
        return self.training_seconds(leader.operations) <= self.least_useful_seconds

    def is_finale(self, share: float, operations: int) -> bool:
        """Return whether there is just the time for a training of this share."""
        return self.training_seconds(operations) < 1.5 * self.usual(share)

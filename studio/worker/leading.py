"""Which candidate is made exportable, and when: the leader, now and then and at the end.

In what is left of the time then, others worth comparing with it are as well.
"""

from __future__ import annotations

from studio.jobs import JournalWriter
from studio.search import FinishedTrial, Order
from studio.worker.ledger import Ledger
from studio.worker.pace import Pace

__all__ = ["Leading"]

_COMPARED = 5
"""Candidates that are made exportable while the time lasts: the best of each space first."""

_TIME_BETWEEN = 0.2
"""Share of the budget after which a new leader is made exportable while the search goes on."""


class Leading:
    """Sees to it that the best candidate can be exported.

    Args:
        seconds: The search's budget.
        journal: Tells the time, over all processes of the job.
        ledger: What ended so far.
        pace: Is told how long it took.
    """

    def __init__(self, seconds: float, journal: JournalWriter, ledger: Ledger, pace: Pace) -> None:
        self._between = _TIME_BETWEEN * seconds
        self._journal = journal
        self._ledger = ledger
        self._pace = pace
        self._last = 0.0
        self._given_up: set[int] = set()

    def is_under_way(self, trial: int) -> bool:
        """Return whether a candidate is being made exportable."""
        return trial in self._pace.being_finished

    def next(self, *, at_the_end: bool) -> Order | None:
        """Return the order to make the leader exportable, if that is due; it is under way then.

        Args:
            at_the_end: Whether it is due in any case: nothing else is to come.
        """
        leader = self._ledger.leader()
        if leader is None or not self._lacks_files(leader):
            return None
        return self._begun(leader) if at_the_end or self._is_due(leader) else None

    def next_to_compare(self) -> Order | None:
        """Return the order to make a candidate beside the leader exportable, if there is time."""
        ranked = self._ledger.ranked()
        of_each = {done.space: done for done in reversed(ranked)}.values()
        others = [done for done in ranked if done not in of_each]
        for done in [*sorted(of_each, key=ranked.index), *others][:_COMPARED]:
            if self._lacks_files(done) and self._pace.finishing(done) < self._pace.promised_seconds:
                return self._begun(done)
        return None

    def _begun(self, candidate: FinishedTrial) -> Order:
        self._pace.begin_finishing(candidate.trial)
        return self._order(candidate)

    def _lacks_files(self, leader: FinishedTrial) -> bool:
        done = {*self._ledger.ready, *self._given_up, *self._pace.being_finished}
        return leader.trial not in done

    def _is_due(self, leader: FinishedTrial) -> bool:
        """Return whether it is the first, it is time again, or time runs short for any other."""
        if self._pace.is_last_chance(leader):
            return True
        if self._pace.being_finished:
            return False
        waited = self._journal.seconds - self._last > self._between
        return waited or not self._ledger.ready

    def _order(self, leader: FinishedTrial) -> Order:
        return Order(
            trial=leader.trial,
            space=leader.space,
            hyperparameters=leader.hyperparameters,
            seed=self._ledger.orders[leader.trial].seed,
            rung=leader.rung,
            share=0.0,
            weights=leader.weights,
            int8=leader.int8.as_json() if leader.int8 else None,
        )

    def end(self, trial: int, *, failed: bool) -> None:
        """Take in that making a candidate exportable has ended."""
        if failed:
            self._given_up.add(trial)
            self._pace.lose_finishing(trial)
        else:
            self._pace.end_finishing(trial)
        self._last = self._journal.seconds

    def lose(self, trial: int) -> None:
        """Take in that it is lost with its process; it is due again."""
        self._pace.lose_finishing(trial)

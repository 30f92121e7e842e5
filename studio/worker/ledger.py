"""What a search has ordered and got so far: kept in the journal, rebuilt from it.

An order is written down before it is begun, a result before anything follows from it. So a
search that was killed has the same ledger as one that was not, but for the orders that were
under way; these are begun again.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from studio.domain.event import JobEvent
from studio.jobs import JobDirectory, JournalWriter
from studio.search import CandidateFiles, FinishedTrial, Order, Step
from studio.search.results import finished_trials
from studio.worker.executor import News

__all__ = ["BASELINES", "Ledger"]

BASELINES = -1
"""Number of the order that is no trial: to learn what there is to compare with."""

_NOISE = 0.005
"""How much better a baseline must be for a person to be told; less is chance."""


class Ledger:
    """Orders and results of one job.

    Attributes:
        orders: Every order, by number, in the order they were given.
        finished: Results by number.
        failed: Why the others ended, by number.
        rejected: Configurations that were too large, with their sizes.
        ready: Numbers of the candidates all of whose files are made and tested.
        too_large: Those of the failed that turned out too large once converted; they are among
            the rejected as well.
        baselines: Scores of models that cannot be put on a device, by name.
    """

    def __init__(self, directory: JobDirectory, journal: JournalWriter) -> None:
        self._directory = directory
        self._journal = journal
        past = journal.past
        self.orders = {order.trial: order for order in _orders(past)}
        self.finished = {t.trial: t for t in finished_trials(past) if t.trial in self.orders}
        self.failed = {e.data["trial"]: e.data["why"] for e in past if e.name == "trial_failed"}
        self.rejected: list[dict[str, Any]] = [e.data for e in past if e.name == "rejected"]
        self.baselines = {e.data["name"]: e.data["score"] for e in past if e.name == "baseline"}
        self.too_large: set[int] = set()
        self.ready = {e.data["trial"] for e in past if e.name == "candidate_ready"}

    @property
    def unfinished(self) -> list[Order]:
        """Orders an earlier process began and did not end."""
        return [order for order in self.orders.values() if not self.has_ended(order.trial)]

    def has_ended(self, trial: int) -> bool:
        """Return whether there is a result of an order, good or bad."""
        return trial in self.finished or trial in self.failed

    def knows_up_to(self, trial: int) -> bool:
        """Return whether every order up to this one, included, has ended."""
        return all(self.has_ended(number) for number in self.orders if number <= trial)

    def begin(self, order: Order) -> None:
        """Write an order down."""
        self.orders[order.trial] = order
        self._journal.write("trial_started", durable=True, **order.as_json())

    def reject(self, values: dict[str, Any], **sizes: Any) -> None:
        """Write down that a configuration is too large; it costs no trial."""
        event = {"hyperparameters": values, **sizes}
        self._journal.write("rejected", **event)
        self.rejected.append(event)

    def take(self, news: News) -> None:
        """Keep what a crew tells; the files first."""
        for name, content in news.files.items():
            self._directory.add_artifact(name, content)
        _TAKE[news.what](self, news)

    def _take_epoch(self, news: News) -> None:
        self._journal.write("epoch", trial=news.trial, **news.data)

    def _take_made(self, news: News) -> None:
        self._journal.write("trial_finished", durable=True, **news.data["trial"])
        self.finished[news.trial] = FinishedTrial.from_json(dict(news.data["trial"]))

    def _take_finished(self, news: News) -> None:
        files = CandidateFiles.from_json(dict(news.data["files"]))
        self._journal.write("candidate_ready", durable=True, **files.as_json())
        self.ready.add(files.trial)

    def _take_baselines(self, news: News) -> None:
        for found in news.data["found"]:
            self._journal.write("baseline", **found)
            self.baselines[found["name"]] = found["score"]

    def baseline_better_than(self, reached: float) -> str | None:
        """Return the name of the best baseline, if it is clearly better than this score."""
        best = max(self.baselines, key=lambda name: self.baselines[name], default=None)
        clearly = best is not None and self.baselines[best] > reached + _NOISE
        return best if clearly else None

    def _take_failed(self, news: News) -> None:
        if news.trial == BASELINES:
            self._journal.write("baselines_failed", why=news.data["why"])
            return
        if self.has_ended(news.trial):  # it was its finishing that failed
            self._journal.write("finishing_failed", trial=news.trial, why=news.data["why"])
            return
        values = self.orders[news.trial].hyperparameters
        why = news.data["why"]
        if sizes := news.data.get("too_large"):
            self.reject(values, **sizes)
            self.too_large.add(news.trial)
        self._journal.write(
            "trial_failed", durable=True, trial=news.trial, hyperparameters=values, why=why
        )
        self.failed[news.trial] = why

    def steps(self, space: str, known: int) -> list[Step]:
        """Return the trainings of a space as the schedule sees them.

        Args:
            space: Which.
            known: Results of later orders than this are not told.
        """
        return [
            Step(
                trial=order.trial,
                rung=order.rung,
                continues=order.continues,
                score=self.score_of(order.trial) if order.trial <= known else None,
            )
            for order in self.orders.values()
            if order.space == space
        ]

    def score_of(self, trial: int) -> float | None:
        """Return the score of an order, or None."""
        done = self.finished.get(trial)
        return None if done is None else done.score

    def ranked(self, known: int | None = None) -> list[FinishedTrial]:
        """Return the best converted result of each network, the best network first.

        By score, then the smaller file, then the earlier. Trainings that go on from one another
        are one network.

        Args:
            known: Only of orders up to this one; None for all.
        """
        best: dict[int, tuple[float, int, int]] = {}
        for done in self.finished.values():
            if done.int8 is not None and (known is None or done.trial <= known):
                first, rank = self._first(done.trial), _rank(done)
                best[first] = max(rank, best.get(first, rank))
        return [self.finished[-trial] for *_, trial in sorted(best.values(), reverse=True)]

    def _first(self, trial: int) -> int:
        """Return the trial a network began as."""
        before = self.orders[trial].continues
        return trial if before is None else self._first(before)

    def leader(self, known: int | None = None) -> FinishedTrial | None:
        """Return the best converted result, or None; see `ranked`."""
        return next(iter(self.ranked(known)), None)

    def bar(
        self, space: str, count: int, *, known: int, continues: int | None = None
    ) -> float | None:
        """Return the score a result must be above to be among the best converted networks.

        Args:
            space: Only of networks of this space.
            count: How many are the best.
            known: Only of orders up to this one.
            continues: The trial the result goes on from: it must be above what this network
                has reached as well.

        Returns:
            None if there are fewer.
        """
        first = None if continues is None else self._first(continues)
        mine = [done for done in self.ranked(known) if done.space == space]
        others = [done.score for done in mine if self._first(done.trial) != first]
        own = [done.score for done in mine if self._first(done.trial) == first]
        return max([*others[count - 1 : count], *own], default=None)


def _rank(done: FinishedTrial) -> tuple[float, int, int]:
    assert done.int8 is not None  # only what was converted is ranked
    return done.score, -done.int8.file["size_bytes"], -done.trial


_TAKE = {
    "epoch": Ledger._take_epoch,
    "made": Ledger._take_made,
    "finished": Ledger._take_finished,
    "baselines": Ledger._take_baselines,
    "failed": Ledger._take_failed,
}


def _orders(events: Iterable[JobEvent]) -> list[Order]:
    return [Order(**event.data) for event in events if event.name == "trial_started"]

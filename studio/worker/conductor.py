"""Deciding what a crew does next, until the time is over.

What order *n* is follows from the seed and the results of the orders up to *n* less the size
of the crew, in this order, whoever was faster: so two runs of a search on machines of one kind
give the same trials, and so does one that was killed and goes on. Only the clock interferes,
near the end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from studio.jobs import JournalWriter
from studio.search import Ladder, Order, SearchSpec, Step
from studio.worker.background import Background
from studio.worker.control import Control
from studio.worker.executor import Crew
from studio.worker.instants import baseline_seconds, baselines_order
from studio.worker.leading import Leading
from studio.worker.ledger import BASELINES, Ledger
from studio.worker.pace import Pace

if TYPE_CHECKING:  # both import TensorFlow, which comes while the conductor is at work already
    from studio.worker.judge import Judge
    from studio.worker.oracle import BudgetOracle

__all__ = ["Conductor", "Engine"]

_COMPARED = 2
"""Networks of the search's own space that are kept exportable beside the instant models."""

_HOPELESS_AFTER = 60
"""Rejections in a row, from the start, after which nothing is expected to fit."""

_LISTENING_SECONDS = 0.1
_LEAST_TRAINING_SECONDS = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """What proposes configurations, and what says whether they fit."""

    oracle: BudgetOracle
    judge: Judge


class Conductor:
    """Asks AutoKeras' oracle, orders from the crew, keeps the ledger.

    Args:
        spec: Of the search.
        ladder: Its rungs.
        journal: Tells the time, over all processes of the job.
        control: What the person wants meanwhile.
        crew: Who works.
        ledger: What is done so far.
        lag: How many orders may be under way without their results being waited for.

    Attributes:
        judge: Whether a configuration fits; there once AutoKeras is.
    """

    def __init__(
        self,
        spec: SearchSpec,
        ladder: Ladder,
        *,
        journal: JournalWriter,
        control: Control,
        crew: Crew,
        ledger: Ledger,
        lag: int,
    ) -> None:
        self._spec = spec
        self._ladder = ladder
        self._journal = journal
        self._control = control
        self._crew = crew
        self._lag = lag
        self._oracle: BudgetOracle | None = None
        self._ids: dict[int, str] = {}
        self._told = -1
        self._again = ledger.unfinished
        self._pace = Pace(spec.seconds, journal, ledger, ladder)
        self._leading = Leading(spec.seconds, journal, ledger, self._pace)
        self._operations: dict[int, int] = {}
        self._accepted_operations = 0
        self._is_late = False
        self._compare = False
        self._learning = True
        self._largest_bytes = float("inf")
        self.ledger = ledger
        self.judge: Judge | None = None

    # What the oracle asks

    def accepts(self, values: dict[str, Any]) -> bool:
        """Judge a configuration; a rejection is told, and costs no trial."""
        self.listen(0.0)
        if self._lacks_memory_for(values):
            self.ledger.reject(values, flash_bytes=-1, ram_bytes=-1, bound=True, why="memory")
            return False
        assert self.judge is not None  # there before the oracle, which asks
        verdict = self.judge.judge(values)
        if not verdict.fits:
            self.ledger.reject(
                values,
                flash_bytes=verdict.flash_bytes,
                ram_bytes=verdict.ram_bytes,
                bound=verdict.bound,
                why=verdict.why,
            )
            return False
        self._accepted_operations = self.judge.operations(values)
        if self._pace.has_time_for(self._ladder.shares[0], self._accepted_operations):
            return True
        self._is_late = True  # too large to be made exportable in time; a smaller one may not be
        return False

    def wants_more(self) -> bool:
        """Return whether there is time for something new, and nobody wants an end.

        Asked between proposals, which may be many: so a pause begins here, and lasts.
        """
        self._obey()
        while self._journal.held:
            self.listen(_LISTENING_SECONDS)
            self._obey()
        if self._control.stopping.is_set() or self._is_hopeless():
            return False
        return self._pace.has_time_for(self._ladder.shares[0])

    def _lacks_memory_for(self, values: dict[str, Any]) -> bool:
        """Return whether something no larger has run out of this computer's memory."""
        limit, judge = self._largest_bytes, self.judge
        return limit < float("inf") and judge is not None and judge.training_bytes(values) >= limit

    def _is_hopeless(self) -> bool:
        own = [order for order in self.ledger.orders.values() if order.space == self._spec.space]
        return len(self.ledger.rejected) >= _HOPELESS_AFTER and not own

    # The loop

    def work(
        self, first: Sequence[Order], instants: Background[list[Order]], engine: Background[Engine]
    ) -> bool:
        """Order until nothing more is to be ordered and everything under way has ended.

        Args:
            first: A model to convert and test at once.
            instants: More of these, still being learned; numbered before the networks.
            engine: AutoKeras' part, which may still be on its way.

        Returns:
            Whether there was nothing new to propose.
        """
        self._begin(first)
        self._compare = bool(first)
        while True:
            self._obey()
            if self._learning and (learned := instants.take()) is not None:
                self._learning = False
                self._begin(learned)
            if self._oracle is None and (made := engine.take()) is not None:
                self._start(made)
            self.fill()
            if self._is_over() and not self._finish_at_the_end():
                exhausted = self._oracle is not None and self._oracle.exhausted
                return exhausted and not self._is_late
            self.listen(_LISTENING_SECONDS)

    def _begin(self, orders: Sequence[Order]) -> None:
        for order in orders:
            self.ledger.begin(order)
        self._again += orders

    def _is_over(self) -> bool:
        if self._crew.busy or self._journal.held or self._learning:
            return False
        waits = self._oracle is None and self._has_time_for_more() and not self._is_full()
        return not waits

    def _start(self, engine: Engine) -> None:
        self.judge = engine.judge
        self._oracle = engine.oracle
        self._take_over(engine.oracle)

    def fill(self) -> None:
        """Give everybody who is free something to do."""
        while self._crew.busy < self._crew.size and self._order_next():
            pass

    def listen(self, wait_seconds: float) -> None:
        """Take in what the crew tells."""
        for news in self._crew.news(wait_seconds):
            if news.what == "lost":
                self._give_again(news.trial)
                continue
            self.ledger.take(news)
            if news.is_last and self._leading.is_under_way(news.trial):
                self._leading.end(news.trial, failed=news.what == "failed")
            elif news.what == "failed" and news.data.get("memory") and news.trial != BASELINES:
                self._go_on_smaller(self.ledger.orders[news.trial])

    def _give_again(self, trial: int) -> None:
        """Ask again for what was lost with its process or machine; not if the end is wanted."""
        if self._leading.is_under_way(trial):
            self._leading.lose(trial)  # the loop sees that the leader is not finished
        elif trial == BASELINES:
            self._compare = True
        elif not self._control.stopping.is_set():
            self._again.append(self.ledger.orders[trial])

    def _obey(self) -> None:
        self._control.check()
        for word in self._control.words():
            self._crew.tell(word)
            if word == "pause" or (self._journal.held and word in ("resume", "stop")):
                self._journal.hold(word == "pause")
                self._journal.write("paused" if word == "pause" else "resumed")

    def _go_on_smaller(self, order: Order) -> None:
        if self.judge is not None:
            took = self.judge.training_bytes(order.hyperparameters)
            self._largest_bytes = min(self._largest_bytes, 0.9 * took)

    # What comes next

    def _order_next(self) -> bool:
        if self._journal.held:
            return False
        if self._again:
            self._submit(self._again.pop(0))
            return True
        if self._finish_leader() or self._order_baselines():
            return True
        order = self._next_training()
        if order is None:
            return False
        self.ledger.begin(order)
        self._submit(order)
        return True

    def _order_baselines(self) -> bool:
        """Have the baselines learned, once, after the first model can be used."""
        if not self._compare or (self._crew.busy and not self.ledger.ready):
            return False
        self._compare = False
        order, seconds = baselines_order(self._spec), baseline_seconds(self._spec)
        self._crew.submit(order, task="baselines", seconds=seconds)
        return True

    def _submit(self, order: Order) -> None:
        seconds = self._pace.training_seconds(self._operations.get(order.trial))
        self._crew.submit(order, task="train", seconds=max(_LEAST_TRAINING_SECONDS, seconds))

    def _next_training(self) -> Order | None:
        number = len(self.ledger.orders)
        known = number - self._lag
        if self._oracle is None or self._learning:
            return None
        if not self.ledger.knows_up_to(known) or self._is_full():
            return None
        self._tell_up_to(known)
        steps = self.ledger.steps(self._spec.space, known)
        last = self._orders_left() == 1 or self._is_finale(steps)
        going_on = self._ladder.leader(steps) if last else self._ladder.promote(steps)
        if going_on is not None and self._has_time_for_more(going_on.trial):
            rung = self._ladder.top if last else going_on.rung + 1
            return self._continued(number, going_on, rung, known)
        found = self._oracle.ask() if self.wants_more() else None
        if found is None:
            return self._polished(number, steps, known)
        self._ids[number] = found[0]
        self._operations[number] = self._accepted_operations
        return Order(
            trial=number,
            space=self._spec.space,
            hyperparameters=found[1],
            seed=self._seed(number),
            rung=0,
            share=self._ladder.share(0, None),
            convert_above=self._bar(known, 0),
        )

    def _continued(self, number: int, step: Step, rung: int, known: int) -> Order:
        before = self.ledger.finished[step.trial]
        self._ids[number] = self._ids[step.trial]
        self._operations[number] = before.operations
        return Order(
            trial=number,
            space=self._spec.space,
            hyperparameters=before.hyperparameters,
            seed=self._seed(number),
            rung=rung,
            share=self._ladder.share(rung, step.rung),
            continues=step.trial,
            weights=before.weights,
            convert_above=self._bar(known, rung, step.trial),
        )

    def _polished(self, number: int, steps: list[Step], known: int) -> Order | None:
        """Return what fills the last seconds: the leader trained further, if it is at the top."""
        best = max((s for s in steps if s.score is not None), key=_score, default=None)
        if best is None or any(step.continues == best.trial for step in steps):
            return None
        if self._spec.trials or not self._has_time_for_more(best.trial):
            return None
        order = self._continued(number, best, self._ladder.top, known)
        return order if order.share else _with_share(order, self._ladder.shares[0])

    def _has_time_for_more(self, trial: int | None = None) -> bool:
        """Return whether there is time for a training: to go on with a trial, or any."""
        self._control.check()
        operations = None if trial is None else self.ledger.finished[trial].operations
        late = self._pace.training_seconds(operations) <= self._pace.least_useful_seconds
        return not late and not self._control.stopping.is_set()

    def _is_full(self) -> bool:
        return self._orders_left() == 0

    def _orders_left(self) -> int | None:
        """Return how many more trials there may be, or None for any number."""
        if self._spec.trials is None:
            return None
        own = sum(order.space == self._spec.space for order in self.ledger.orders.values())
        return max(0, self._spec.trials - own)

    def _is_finale(self, steps: list[Step]) -> bool:
        """Return whether there is just the time to take the leader to the top."""
        leader = self._ladder.leader(steps)
        if leader is None or self._spec.trials:
            return False
        operations = self.ledger.finished[leader.trial].operations
        return self._pace.is_finale(self._ladder.share(self._ladder.top, leader.rung), operations)

    def _bar(self, known: int, rung: int, continues: int | None = None) -> float | None:
        """Return the score from which a result is worth converting; the top always is.

        What is converted can be exported. So whoever leads, an instant model perhaps, there are
        a few different networks of the space for a person to compare.
        """
        if rung == self._ladder.top:
            return None
        return self.ledger.bar(self._spec.space, _COMPARED, known=known, continues=continues)

    def _seed(self, number: int) -> int:
        return self._spec.seed * 1000 + number

    # The oracle's memory

    def _take_over(self, oracle: BudgetOracle) -> None:
        """Tell a new oracle what earlier processes of this job proposed and rejected."""
        for order in self.ledger.orders.values():
            if order.space != self._spec.space:
                continue
            if order.continues is None:
                self._ids[order.trial] = oracle.resume(order.hyperparameters)
            else:
                self._ids[order.trial] = self._ids[order.continues]
        for rejected in self.ledger.rejected:
            oracle.refuse(rejected["hyperparameters"])

    def _tell_up_to(self, known: int) -> None:
        assert self._oracle is not None
        while self._told < known:
            self._told += 1
            if self._told in self._ids:
                self._oracle.tell(self._ids[self._told], self.ledger.score_of(self._told))

    # The best

    def _finish_leader(self) -> bool:
        """Have every file of the leader made and tested, if that is due."""
        return self._finish(self._leading.next(at_the_end=False), "the best model")

    def _finish_at_the_end(self) -> bool:
        """Have the leader finished in any case, and others in the time that is left."""
        if self._finish(self._leading.next(at_the_end=True), "the best model"):
            return True
        if self._spec.trials or self._control.stopping.is_set():
            return False  # the person waits for the end, not for the time
        return self._finish(self._leading.next_to_compare(), "another model to compare")

    def _finish(self, order: Order | None, what: str) -> bool:
        if order is None:
            return False
        self._journal.write("stage", text=f"Converting and testing {what}")
        self._crew.submit(order, task="finish", seconds=0.0)
        return True


def _score(step: Step) -> float:
    return step.score if step.score is not None else float("-inf")


def _with_share(order: Order, share: float) -> Order:
    return Order(**{**order.as_json(), "share": share})

"""A search keeps its time whatever the sizes of its networks: a pretended crew on its own clock."""

from __future__ import annotations

import math
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from studio.domain.dataset import Split
from studio.domain.evaluation import Evaluation
from studio.jobs import JobDirectory, JournalWriter
from studio.search import FinishedTrial, Order
from studio.search.schedule import THREE_RUNGS
from studio.worker.conductor import Conductor, Engine
from studio.worker.control import Control
from studio.worker.executor import News
from studio.worker.ledger import Ledger

from .test_conductor import SPEC, Judge, Oracle, finished, made

SECONDS = 60.0
VALIDATION = Evaluation(split=Split.VALIDATION, classes=("a", "b"), confusion=((180, 0), (0, 180)))


class Clock(JournalWriter):
    """A journal whose clock goes on when the crew says so."""

    now = 0.0

    @property
    def seconds(self) -> float:
        return self.now


class Sized(Judge):
    def judge(self, values: dict[str, Any]) -> Any:
        class Fits:
            fits = True

        return Fits()

    def operations(self, values: dict[str, Any]) -> int:
        return int(values["operations"])


class Proposing(Oracle):
    """Proposes networks of all sizes, and what it is told to be too much not again."""

    def __init__(self, seed: int, conductor: Conductor, most: int) -> None:
        super().__init__()
        self._most = most
        self._rng = random.Random(seed)
        self._conductor = conductor

    def ask(self) -> Any:
        for _ in range(20):
            self.exhausted = self.asked >= self._most
            if self.exhausted or not self._conductor.wants_more():
                return None
            operations = int(10 ** self._rng.uniform(4, 7.2))
            values = {"input": "8-grey", "width": self._rng.random(), "operations": operations}
            if self._conductor.accepts(values):
                self.asked += 1
                return f"{self.asked:06d}", values
        return None


class Working:
    """Takes as long as the size says, on a machine of some speed; the larger score better."""

    def __init__(self, size: int, clock: Clock, slowness: float) -> None:
        self.size = size
        self._clock = clock
        self._slowness = slowness
        self._under_way: list[tuple[float, Order, News]] = []

    @property
    def busy(self) -> int:
        return len(self._under_way)

    def submit(self, order: Order, *, task: str, seconds: float) -> None:
        if task == "baselines":
            return  # it takes no part of anybody's time here
        done = finished(order) if task == "finish" else self._made(order, seconds)
        took = 0.3 + self._test(order, 2.5) if task == "finish" else done.data["trial"]["seconds"]
        self._under_way.append((self._clock.now + took, order, done))

    def _test(self, order: Order, times: float) -> float:
        """Return how long converting and testing takes, or so many times that."""
        operations = int(order.hyperparameters["operations"])
        return times * self._slowness * (1.0 + 4e-7 * operations)

    def _made(self, order: Order, seconds: float) -> News:
        news = made(order)
        operations = order.hyperparameters["operations"]
        trial = FinishedTrial.from_json(dict(news.data["trial"]))
        wanted = order.share * self._slowness * (4 + 1e-6 * operations)
        training = min(wanted, seconds)
        converting = self._test(order, 1.0) if trial.int8 else 0.0
        trial = replace(
            trial,
            score=math.log10(operations) + order.rung,
            seconds=training + converting,
            converting_seconds=converting,
            operations=operations,
            validation=VALIDATION if trial.int8 else None,
        )
        return News(trial=order.trial, what="made", data={"trial": trial.as_json()})

    def news(self, wait_seconds: float) -> list[News]:
        first = min(self._under_way, key=lambda one: one[0], default=None)
        if first is None or first[0] > self._clock.now + wait_seconds:
            self._clock.now += wait_seconds
            return []
        self._under_way.remove(first)
        self._clock.now = max(self._clock.now, first[0])
        return [first[2]]

    def tell(self, word: str) -> None:
        pass


def searched(
    folder: Path, *, hands: int, slowness: float, seed: int, most: int = 1000
) -> tuple[float, Ledger]:
    """Return when a search of a minute ended, and what it found; it begins with an instant model.

    Args:
        folder: Of the job.
        hands: Of the crew.
        slowness: How many times as long as usual everything takes.
        seed: Of what is proposed.
        most: Configurations there are to propose.
    """
    directory = JobDirectory(folder)
    directory.artifacts.mkdir()
    clock = Clock(directory.journal)
    ledger = Ledger(directory, clock)
    conductor = Conductor(
        replace(SPEC, seconds=SECONDS, trials=None),
        THREE_RUNGS,
        journal=clock,
        control=Control(),
        crew=Working(hands, clock, slowness),  # type: ignore[arg-type]
        ledger=ledger,
        lag=hands,
    )

    class Ready:
        def take(self) -> Engine:
            oracle = Proposing(seed, conductor, most)
            return Engine(oracle=oracle, judge=Sized())  # type: ignore[arg-type]

    class Learned:
        def take(self) -> list[Order]:
            return []

    values = {"input": "8-grey", "operations": 20_000}
    instant = Order(
        trial=0, space="instant-image", hyperparameters=values, seed=1, rung=0, share=0.0
    )
    conductor.work([instant], Learned(), Ready())  # type: ignore[arg-type]
    clock.close()
    return clock.now, ledger


@pytest.mark.parametrize("slowness", [0.5, 1.0, 2.0])
@pytest.mark.parametrize("hands", [1, 2])
@pytest.mark.parametrize("seed", range(3))
def test_a_search_ends_in_time_though_a_network_is_far_larger_than_those_before(
    tmp_path: Path, hands: int, slowness: float, seed: int
) -> None:
    ended, ledger = searched(tmp_path, hands=hands, slowness=slowness, seed=seed)
    leader = ledger.leader()
    assert leader is not None
    assert leader.trial in ledger.ready
    assert ended < 1.02 * SECONDS


def test_what_is_worth_comparing_with_the_leader_is_exportable_in_time_that_is_left(
    tmp_path: Path,
) -> None:
    ended, ledger = searched(tmp_path, hands=1, slowness=0.2, seed=1, most=4)
    ready = [ledger.finished[trial] for trial in ledger.ready]
    assert {trial.space for trial in ready} == {"instant-image", SPEC.space}
    assert len(ready) >= 3
    assert ended < SECONDS

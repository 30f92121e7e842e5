"""What the conductor orders, with a crew that only pretends: no TensorFlow, no waiting."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from studio.domain.candidate import ArtifactFormat, Precision
from studio.domain.dataset import Split
from studio.domain.evaluation import Evaluation
from studio.domain.figure import Figure
from studio.domain.preprocessing import ImagePreprocessing
from studio.jobs import JobDirectory, JournalWriter
from studio.search import CandidateFiles, FinishedTrial, MadeFile, Order, SearchSpec
from studio.search.schedule import THREE_RUNGS
from studio.worker.conductor import Conductor, Engine
from studio.worker.control import Control
from studio.worker.executor import News
from studio.worker.ledger import Ledger

SPEC = SearchSpec(
    space="mcu-image-cnn",
    classes=("a", "b"),
    variants={"8-grey": ImagePreprocessing(width=8, height=8, channels=1)},
    dataset_digest="d",
    seconds=10_000,
    trials=20,
    seed=1,
    flash_bytes=None,
    ram_bytes=None,
)


class Oracle:
    """Proposes numbers that follow from how often it was asked and what it was told."""

    exhausted = False

    def __init__(self) -> None:
        self.asked = 0
        self.told: dict[str, float | None] = {}

    def ask(self) -> tuple[str, dict[str, Any]]:
        self.asked += 1
        best = max((score for score in self.told.values() if score is not None), default=0.0)
        return f"{self.asked:06d}", {"input": "8-grey", "width": self.asked, "best": best}

    def tell(self, id: str, score: float | None) -> None:
        self.told[id] = score

    def resume(self, values: dict[str, Any]) -> str:
        self.asked += 1
        return f"{self.asked:06d}"

    def refuse(self, values: dict[str, Any]) -> None:
        pass


class Judge:
    def training_bytes(self, values: dict[str, Any]) -> float:
        return float(values["width"])

    def operations(self, values: dict[str, Any]) -> int:
        return 0


class Ready:
    def take(self) -> Engine:
        return Engine(oracle=Oracle(), judge=Judge())  # type: ignore[arg-type]


class Learned:
    """Instant models that come after having been asked for a few times."""

    def __init__(self, *orders: Order, after: int = 3) -> None:
        self._orders, self._left = list(orders), after

    def take(self) -> list[Order] | None:
        self._left -= 1
        return None if self._left > 0 else self._orders


class Stopped(Exception):
    """The process was killed, as far as the test is concerned."""


class Crew:
    """Ends orders in an order of its own; scores follow from the configuration."""

    def __init__(self, size: int, seed: int, *, dies_after: int = 10**9) -> None:
        self.size = size
        self.orders: list[Order] = []
        self.under_way: list[tuple[Order, str]] = []
        self._rng = random.Random(seed)
        self._left = dies_after

    @property
    def busy(self) -> int:
        return len(self.under_way)

    def submit(self, order: Order, *, task: str, seconds: float) -> None:
        assert self.busy < self.size
        self.under_way.append((order, task))
        if task == "train":
            self.orders.append(order)

    def news(self, wait_seconds: float) -> list[News]:
        if not self.under_way:
            return []
        self._left -= 1
        if self._left < 0:
            raise Stopped
        order, task = self.under_way.pop(self._rng.randrange(len(self.under_way)))
        return [made(order) if task == "train" else finished(order)]

    def tell(self, word: str) -> None:
        pass

    def close(self) -> None:
        pass


def file(name: str, size: int = 1000) -> dict[str, Any]:
    return {"file": name, "sha256": "0" * 64, "size_bytes": size}


def int8(order: Order, tested: bool) -> MadeFile:
    right = Evaluation(split=Split.TEST, classes=("a", "b"), confusion=((5, 0), (0, 5)))
    return MadeFile(
        precision=Precision.INT8,
        format=ArtifactFormat.TFLITE,
        file=file(f"trial-{order.trial}.int8.tflite"),
        arena=Figure.measured(1000, "B", "pretended"),
        evaluation=right if tested else None,
    )


def made(order: Order) -> News:
    width = order.hyperparameters.get("width", 0)
    usual = random.Random(width).random() + 0.1 * order.rung
    score = order.hyperparameters.get("score", usual)
    converted = order.convert_above is None or score > order.convert_above
    trial = FinishedTrial(
        trial=order.trial,
        space=order.space,
        hyperparameters=order.hyperparameters,
        rung=order.rung,
        continues=order.continues,
        parameters=10,
        epochs=1,
        seconds=1.0,
        score=score,
        weights=file(f"trial-{order.trial}.npz"),
        validation=int8(order, True).evaluation if converted else None,
        int8=int8(order, False) if converted else None,
    )
    return News(trial=order.trial, what="made", data={"trial": trial.as_json()})


def finished(order: Order) -> News:
    files = CandidateFiles(trial=order.trial, files=(int8(order, True),))
    return News(trial=order.trial, what="finished", data={"files": files.as_json()})


Start = Callable[..., tuple[Conductor, Crew]]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    numbers, journals = itertools.count(), []

    def begin(crew: Crew, job: str = "", spec: SearchSpec = SPEC) -> tuple[Conductor, Crew]:
        directory = JobDirectory(tmp_path / (job or f"job-{next(numbers)}"))
        directory.artifacts.mkdir(parents=True, exist_ok=True)
        journal = JournalWriter(directory.journal)
        journals.append(journal)
        conductor = Conductor(
            spec,
            THREE_RUNGS,
            journal=journal,
            control=Control(),
            crew=crew,
            ledger=Ledger(directory, journal),
            lag=crew.size,
        )
        return conductor, crew

    yield begin
    for journal in journals:
        journal.close()


def ordered(crew: Crew) -> list[Order]:
    return sorted(crew.orders, key=lambda order: order.trial)


@pytest.mark.parametrize("size", [1, 2, 5])
def test_the_same_trials_whoever_is_faster(start: Start, size: int) -> None:
    crews = [start(Crew(size, seed)) for seed in (1, 2)]
    for conductor, _ in crews:
        conductor.work([], Learned(), Ready())  # type: ignore[arg-type]
    first, second = (ordered(crew) for _, crew in crews)
    assert len(first) == 20
    assert first == second


@pytest.mark.parametrize("dies_after", [0, 1, 4, 11, 17])
@pytest.mark.parametrize("size", [1, 2])
def test_a_killed_search_goes_on_as_if_it_had_not_been(
    start: Start, size: int, dies_after: int
) -> None:
    whole, crew = start(Crew(size, 1))
    whole.work([], Learned(), Ready())  # type: ignore[arg-type]
    killed, before = start(Crew(size, 7, dies_after=dies_after), "killed")
    with pytest.raises(Stopped):
        killed.work([], Learned(), Ready())  # type: ignore[arg-type]
    resumed, after = start(Crew(size, 3), "killed")
    done = set(resumed.ledger.finished)
    resumed.work([], Learned(), Ready())  # type: ignore[arg-type]
    assert not done & {order.trial for order in after.orders}  # none is repeated
    again = {order.trial: order for order in [*before.orders, *after.orders]}
    assert [again[n] for n in sorted(again)] == ordered(crew)
    best, other = whole.ledger.leader(), resumed.ledger.leader()
    assert best == other


def test_the_leader_is_exportable_at_the_end_and_early(start: Start) -> None:
    conductor, _ = start(Crew(2, 1))
    conductor.work([], Learned(), Ready())  # type: ignore[arg-type]
    leader = conductor.ledger.leader()
    assert leader is not None
    assert leader.trial in conductor.ledger.ready
    assert leader.rung == THREE_RUNGS.top  # the last order took it there
    assert min(conductor.ledger.ready) < 5


def instant(trial: int, score: float) -> Order:
    return Order(
        trial=trial,
        space="instant-image",
        hyperparameters={"input": "8-grey", "score": score},
        seed=1,
        rung=0,
        share=0.0,
    )


@pytest.mark.parametrize("after", [1, 2, 30])
def test_instant_models_are_numbered_before_networks_however_late_they_come(
    start: Start, after: int
) -> None:
    conductor, _ = start(Crew(2, 1))
    learned = Learned(instant(1, 0.5), instant(2, 0.4), after=after)
    conductor.work([instant(0, 0.3)], learned, Ready())  # type: ignore[arg-type]
    spaces = [order.space for _, order in sorted(conductor.ledger.orders.items())]
    assert spaces[:3] == ["instant-image"] * 3
    assert set(spaces[3:]) == {SPEC.space}


def test_where_an_instant_model_leads_there_are_networks_to_compare_it_with(start: Start) -> None:
    conductor, _ = start(Crew(2, 1))
    conductor.work([instant(0, 9.0)], Learned(), Ready())  # type: ignore[arg-type]
    ledger = conductor.ledger
    leader = ledger.leader()
    assert leader is not None
    assert leader.space == "instant-image"
    own = [done for done in ledger.finished.values() if done.space == SPEC.space]
    best = max(done.score for done in own)
    converted = [done for done in ledger.ranked() if done.space == SPEC.space]
    assert len(converted) >= 2
    assert converted[0].score == best
    assert sum(done.int8 is not None for done in own) < len(own)


def test_a_hand_that_is_lost_has_its_order_given_again(start: Start) -> None:
    class Losing(Crew):
        lost = 0

        def news(self, wait_seconds: float) -> list[News]:
            if self.under_way and self.under_way[0][1] == "train" and self.lost < 3:
                self.lost += 1
                order, _ = self.under_way.pop(0)
                return [News(trial=order.trial, what="lost", data={})]
            return super().news(wait_seconds)

    conductor, crew = start(Losing(2, 1))
    whole, calm = start(Crew(2, 1))
    for one in (conductor, whole):
        one.work([], Learned(), Ready())  # type: ignore[arg-type]
    assert {o.trial: o for o in crew.orders} == {o.trial: o for o in calm.orders}


def test_a_finishing_that_is_lost_is_asked_again_and_trains_nothing_twice(start: Start) -> None:
    class Losing(Crew):
        lost = 0

        def news(self, wait_seconds: float) -> list[News]:
            for place, (order, task) in enumerate(self.under_way):
                if task == "finish" and self.lost < 2:
                    self.lost += 1
                    self.under_way.pop(place)
                    return [News(trial=order.trial, what="lost", data={})]
            return super().news(wait_seconds)

    conductor, crew = start(Losing(2, 1))
    conductor.work([], Learned(), Ready())  # type: ignore[arg-type]
    trained = [order.trial for order in crew.orders]
    assert len(trained) == len(set(trained)) == 20
    leader = conductor.ledger.leader()
    assert leader is not None
    assert leader.trial in conductor.ledger.ready


def test_after_running_out_of_memory_nothing_as_large_is_proposed(start: Start) -> None:
    class Small(Crew):
        def news(self, wait_seconds: float) -> list[News]:
            for place, (order, task) in enumerate(self.under_way):
                if task == "train" and order.hyperparameters["width"] == 2:
                    self.under_way.pop(place)
                    data = {"why": "its process ended (status -9)", "memory": True}
                    return [News(trial=order.trial, what="failed", data=data)]
            return super().news(wait_seconds)

    conductor, _ = start(Small(1, 1), spec=replace(SPEC, trials=5))
    conductor.work([], Learned(), Ready())  # type: ignore[arg-type]
    assert list(conductor.ledger.failed) == [1]
    assert not conductor.accepts({"width": 2})
    assert conductor.ledger.rejected[-1]["why"] == "memory"
    assert len(conductor.ledger.finished) == 4

"""Forecasts against what then happened, in journals of searches on a pretended machine."""

from __future__ import annotations

import heapq
import random

from hypothesis import given, settings
from hypothesis import strategies as st

from studio.domain.event import JobEvent
from studio.domain.figure import FigureKind
from studio.search import FinishedTrial, Ladder, Order, Step
from studio.search.forecast import Forecast, forecast, habits_of, together
from studio.search.schedule import ONE_RUNG, THREE_RUNGS

SPACE = "mcu-image-cnn"


class Machine:
    """Searches by the real ladder, on hands whose trainings take a while, more or less."""

    def __init__(self, rng: random.Random, *, setting_up: float, full: float) -> None:
        self._rng, self._setting_up, self._full = rng, setting_up, full

    def search(self, ladder: Ladder, seconds: float, hands: int) -> list[JobEvent]:
        begin = 8.0 * self._rng.uniform(0.8, 1.25)
        events = [_event("job_started", 0.1, lag=hands), _event("candidate_ready", begin)]
        steps: list[Step] = []
        free = [begin] * hands
        while (now := heapq.heappop(free)) < seconds:
            order = self._order(ladder, steps)
            took = (self._setting_up + order.share * self._full) * self._rng.uniform(0.75, 1.33)
            if now + took > seconds:
                break
            events.append(_event("trial_started", now, **order.as_json()))
            events.append(_event("trial_finished", now + took, **_trial(order, took)))
            steps.append(self._step(order))
            heapq.heappush(free, now + took + 0.3)
        return sorted([*events, _event("job_finished", seconds)], key=lambda event: event.seconds)

    def _order(self, ladder: Ladder, steps: list[Step]) -> Order:
        before = ladder.promote(steps)
        rung = 0 if before is None else before.rung + 1
        return Order(
            trial=len(steps),
            space=SPACE,
            hyperparameters={"input": "8"},
            seed=1,
            rung=rung,
            share=ladder.share(rung, None if before is None else before.rung),
            continues=None if before is None else before.trial,
        )

    def _step(self, order: Order) -> Step:
        score = self._rng.random() + order.rung
        return Step(trial=order.trial, rung=order.rung, continues=order.continues, score=score)


def _event(name: str, at: float, /, **data: object) -> JobEvent:
    return JobEvent(name=name, seconds=at, data=data)


def _trial(order: Order, seconds: float) -> dict[str, object]:
    return FinishedTrial(
        trial=order.trial,
        space=SPACE,
        hyperparameters=order.hyperparameters,
        rung=order.rung,
        continues=order.continues,
        parameters=1,
        epochs=1,
        seconds=seconds,
        score=0.5,
        weights={"file": "w.npz", "sha256": "0" * 64, "size_bytes": 1},
    ).as_json()


def foretold(past: list[list[JobEvent]], ladder: Ladder, seconds: float, hands: int) -> Forecast:
    habits = together(found for events in past if (found := habits_of(events, SPACE)))
    assert habits is not None
    return forecast(
        habits, ladder, seconds=seconds, trials=None, at_once=hands, factor=1.7, source="earlier"
    )


def happened(events: list[JobEvent], ladder: Ladder) -> tuple[float, int, int]:
    done = [event.data["rung"] for event in events if event.name == "trial_finished"]
    first = next(event.seconds for event in events if event.name == "candidate_ready")
    return first, len(done), done.count(ladder.top)


@settings(max_examples=40)
@given(
    seed=st.integers(0, 10**6),
    ladder=st.sampled_from([ONE_RUNG, THREE_RUNGS]),
    hands=st.integers(1, 8),
    setting_up=st.floats(0.5, 5),
    full=st.floats(1, 30),
    longer=st.floats(1, 5),
)
def test_what_then_happens_is_within_the_forecast(
    seed: int, ladder: Ladder, hands: int, setting_up: float, full: float, longer: float
) -> None:
    machine = Machine(random.Random(seed), setting_up=setting_up, full=full)
    past = [machine.search(ladder, 300.0, hands) for _ in range(2)]
    said = foretold(past, ladder, 300.0 * longer, hands)
    came = happened(machine.search(ladder, 300.0 * longer, hands), ladder)
    figures = (said.first_seconds, said.trials, said.at_the_top)
    for figure, value in zip(figures, came, strict=True):
        assert figure.kind is FigureKind.ESTIMATED
        assert figure.low is not None
        assert figure.high is not None
        assert figure.low - 1 <= value <= figure.high + 1  # one that just ends, or just does not
    trials = said.trials
    assert trials.high <= 3.5 * max(3.0, trials.low)  # so wide that it says nothing is no forecast


def test_a_journal_without_a_beginning_tells_nothing() -> None:
    events = Machine(random.Random(1), setting_up=1, full=5).search(THREE_RUNGS, 60.0, 2)
    assert habits_of(events, "another-space") is None
    assert habits_of([*events, _event("job_started", 61.0)], SPACE) is None
    assert habits_of([], SPACE) is None


def test_a_limit_of_trials_limits_the_forecast() -> None:
    events = Machine(random.Random(1), setting_up=1, full=5).search(THREE_RUNGS, 300.0, 2)
    habits = habits_of(events, SPACE)
    assert habits is not None
    wishes = {"seconds": 300.0, "at_once": 2, "factor": 1.7, "source": "earlier"}
    said = forecast(habits, THREE_RUNGS, trials=4, **wishes)  # type: ignore[arg-type]
    assert said.trials.value == said.trials.high == 4
    assert said.at_the_top.value <= 4

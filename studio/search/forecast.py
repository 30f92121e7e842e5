"""What a search will come to in its time, reckoned before it starts; each figure a range.

A search spends its time on new configurations, of which one in three goes on a rung. So what
a configuration costs on average, and how many there is time for, follows from how long a
training takes to set up and how long its steps take. Both are read from journals of earlier
searches where there are some.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from studio.domain.event import JobEvent
from studio.domain.figure import Figure, FigureKind
from studio.search.results import Order, finished_trials
from studio.search.schedule import Ladder

__all__ = ["Forecast", "Habits", "forecast", "habits_of", "together"]

_SETTING_UP_SECONDS = 2.0
"""Of a training, where trainings of one length only are known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """How long things take in the searches of one space on one computer.

    Attributes:
        first_seconds: From the start to the first candidate that can be exported.
        begin_seconds: From the start to the first training.
        setting_up_seconds: Of a training, whatever its length; its conversion included.
        full_seconds: Of the usual number of steps, setting up left out.
        busy: Share of the time, times the trials at once, that trainings take.
        trials: How many trainings this is known from.
    """

    first_seconds: float
    begin_seconds: float
    setting_up_seconds: float
    full_seconds: float
    busy: float
    trials: int

    def training_seconds(self, share: float) -> float:
        """Return how long a training of a share of the usual steps takes."""
        return self.setting_up_seconds + share * self.full_seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What a search will come to.

    Attributes:
        first_seconds: Until the first candidate can be exported.
        trials: Trainings it will finish.
        at_the_top: Those of them that will be trained in full.
    """

    first_seconds: Figure
    trials: Figure
    at_the_top: Figure


def habits_of(events: Sequence[JobEvent], space: str) -> Habits | None:
    """Return how long things took in a search, or None if it trained nothing of the space.

    Args:
        events: Its journal. One that was resumed tells nothing of how it began, and is left out.
        space: Of which trainings to learn.
    """
    started = [event for event in events if event.name == "job_started"]
    orders = {
        event.data["trial"]: (event.seconds, Order(**event.data))
        for event in events
        if event.name == "trial_started" and event.data.get("space") == space
    }
    done = [
        (orders[trial.trial][1].share, trial.seconds)
        for trial in finished_trials(events)
        if trial.trial in orders
    ]
    first = next((event.seconds for event in events if event.name == "candidate_ready"), None)
    if len(started) != 1 or not done or first is None:
        return None
    begin = min(seconds for seconds, _ in orders.values())
    room = max(1e-9, (events[-1].seconds - begin) * int(started[0].data.get("lag", 1)))
    setting_up, full = _line(done)
    return Habits(
        first_seconds=first,
        begin_seconds=begin,
        setting_up_seconds=setting_up,
        full_seconds=full,
        busy=min(1.0, sum(seconds for _, seconds in done) / room),
        trials=len(done),
    )


def _line(done: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Return set-up and full time from shares and seconds: through two medians where it can."""
    least, most = min(share for share, _ in done), max(share for share, _ in done)
    low = statistics.median(seconds for share, seconds in done if share == least)
    if most == least:
        setting_up = min(_SETTING_UP_SECONDS, 0.5 * low)
        return setting_up, (low - setting_up) / max(least, 1e-9)
    high = statistics.median(seconds for share, seconds in done if share == most)
    full = max(0.0, (high - low) / (most - least))
    return max(0.1, low - least * full), full


def together(found: Iterable[Habits]) -> Habits | None:
    """Return the medians of several searches' habits, or None of none."""
    known = list(found)
    if not known:
        return None
    names = ("first_seconds", "begin_seconds", "setting_up_seconds", "full_seconds", "busy")
    medians = {name: statistics.median(getattr(one, name) for one in known) for name in names}
    return Habits(**medians, trials=sum(one.trials for one in known))


def forecast(
    habits: Habits,
    ladder: Ladder,
    *,
    seconds: float,
    trials: int | None,
    at_once: int,
    factor: float,
    source: str,
) -> Forecast:
    """Return what a search will come to.

    Args:
        habits: How long things take here.
        ladder: Its rungs.
        seconds: Its budget.
        trials: Most trainings it may do, or None.
        at_once: Trainings at once.
        factor: How much longer or shorter things may take; every range follows from it.
        source: How the habits are known.
    """
    worst, usual, best = (
        _counts(habits, ladder, seconds, trials, at_once, by) for by in (factor, 1, 1 / factor)
    )
    first = habits.first_seconds
    return Forecast(
        first_seconds=_estimate(first / factor, first, first * factor, "s", source),
        trials=_estimate(worst[0], usual[0], best[0], "", source),
        at_the_top=_estimate(worst[1], usual[1], best[1], "", source),
    )


def _counts(
    habits: Habits, ladder: Ladder, seconds: float, trials: int | None, at_once: int, by: float
) -> tuple[int, int]:
    """Return trainings, and those in full, if everything takes ``by`` times as long."""
    rungs = range(len(ladder.shares))
    each = [
        habits.training_seconds(ladder.share(rung, rung - 1 if rung else None)) for rung in rungs
    ]
    reaching = [ladder.keep**-rung for rung in rungs]
    cost = by * sum(one * reach for one, reach in zip(each, reaching, strict=True))
    left = max(0.0, seconds - by * habits.begin_seconds) * at_once * habits.busy
    configurations = left / cost
    count = math.floor(configurations * sum(reaching))
    if trials is not None and count > trials:
        configurations *= trials / count
        count = trials
    top = math.floor(configurations * reaching[-1])
    return count, min(count, top + (1 if len(rungs) > 1 and count > 1 else 0))  # the leader's, last


def _estimate(low: float, value: float, high: float, unit: str, source: str) -> Figure:
    return Figure(
        value=value, unit=unit, kind=FigureKind.ESTIMATED, low=low, high=high, source=source
    )

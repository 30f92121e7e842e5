"""What a search would come to on this computer, before it is started."""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from studio import jobs
from studio.app.devices import Devices
from studio.app.rooms import room_for
from studio.domain.errors import SearchError
from studio.domain.figure import Figure
from studio.domain.sample import SampleKind
from studio.domain.search import SearchRequest
from studio.jobs import JobDirectory, JournalReader
from studio.jobs.directory import write_whole
from studio.search import SearchSpec
from studio.search.forecast import Forecast, Habits, forecast, habits_of, together
from studio.search.schedule import ONE_RUNG, THREE_RUNGS
from studio.store.project_file import ProjectFile
from studio.tasks import find_task

__all__ = ["calibrate", "forecast_search", "habits_here"]

_OWN_FACTOR = 1.7
"""Between one search and the next of a project; seen: up to 1.5 on a machine that is busy."""

_OTHER_FACTOR = 2.5
_MOST_JOURNALS = 10
_CALIBRATION_SECONDS = 0.2
_REFERENCE_ROUNDS = 5000.0
"""What `calibrate` counted where `_REFERENCE` was measured; both while the machine was busy."""

_REFERENCE: dict[str, Habits] = {
    "mcu-image-cnn": Habits(
        first_seconds=10.0,
        begin_seconds=9.8,
        setting_up_seconds=1.8,
        full_seconds=7.3,
        busy=0.8,
        trials=22,
    ),
}
"""Digits of 32x32 and 16x16 for 60 s, two trials at once, on two virtual cores of a Xeon; the
speed is that of `calibrate` there. A space that is not here has not been measured."""


@dataclass(frozen=True, slots=True)
class _Known:
    habits: Habits
    factor: float
    source: str


def forecast_search(project: ProjectFile, request: SearchRequest) -> Forecast:
    """Return what a search would come to; nothing is started or written to the project.

    Raises:
        DeviceError: for a device that is unknown or too small.
        SearchError: ``search.not_for_this_task`` where the task cannot be searched.
    """
    task = find_task(project.property("task"))
    size = room_for(request, Devices(project).get).size
    if size not in task.spaces:
        raise SearchError(
            f"There is no search for {task.title} on devices of this size yet.",
            "Choose another device.",
            code="search.not_for_this_task",
        )
    known = _known(task.spaces[size], project.property("id")[:8])
    if known is None:
        why = "no search of this kind has run on this computer yet"
        return Forecast(
            first_seconds=Figure.unknown("s", why),
            trials=Figure.unknown("", why),
            at_the_top=Figure.unknown("", why),
        )
    return forecast(
        known.habits,
        ONE_RUNG if task.kind is SampleKind.ROW else THREE_RUNGS,
        seconds=request.minutes * 60,
        trials=request.trials,
        at_once=request.most_at_once or _processors(),
        factor=known.factor,
        source=known.source,
    )


def _known(space: str, owner: str) -> _Known | None:
    """Return the nearest experience there is: this project's, this computer's, or a reference."""
    own = together(habits_here(space, owner))
    if own is not None:
        return _Known(own, _OWN_FACTOR, f"from {own.trials} earlier trials of this project here")
    other = together(habits_here(space))
    if other is not None:
        source = f"from {other.trials} trials of other projects here; their data may differ"
        return _Known(other, _OTHER_FACTOR, source)
    if space not in _REFERENCE:
        return None
    slower = 1 / calibrate()
    times = ("first_seconds", "begin_seconds", "setting_up_seconds", "full_seconds")
    reference = _REFERENCE[space]
    scaled = replace(reference, **{name: getattr(reference, name) * slower for name in times})
    return _Known(scaled, _OTHER_FACTOR, "from a short calibration of this computer")


def habits_here(space: str, owner: str = "") -> Iterator[Habits]:
    """Yield what the latest searches of a space took on this computer, the newest first.

    Args:
        space: Search space id.
        owner: First characters of a project's id, or ``""`` for every project.
    """
    root = jobs.jobs_root()
    places = sorted(root.glob(f"{owner}*"), key=_changed, reverse=True) if root.is_dir() else []
    found = 0
    for place in places:
        directory = JobDirectory(place)
        habits = None
        with contextlib.suppress(SearchError, OSError, KeyError, TypeError, ValueError):
            if SearchSpec.from_json(directory.read_spec()).space == space:
                habits = habits_of(JournalReader(directory.journal).read_new(), space)
        if habits is not None:
            yield habits
            found += 1
        if found == _MOST_JOURNALS:
            return


def _changed(place: os.PathLike[str]) -> float:
    try:
        return os.stat(place).st_mtime
    except OSError:
        return 0.0


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def calibrate() -> float:
    """Return how fast this computer is, 1 for the one of `_REFERENCE`; measured once a day."""
    kept = jobs.jobs_root().with_name("calibration.json")
    today = date.today().isoformat()
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        found = json.loads(kept.read_text(encoding="utf-8"))
        if found["day"] == today and 0 < float(found["speed"]) < float("inf"):
            return float(found["speed"])
    speed = _measured_speed()
    with contextlib.suppress(OSError):
        kept.parent.mkdir(parents=True, exist_ok=True)
        write_whole(kept, json.dumps({"day": today, "speed": speed}).encode())
    return speed


def _measured_speed() -> float:
    """Return rounds of a matrix product and a Python loop a second of processor time."""
    matrix = np.random.default_rng(0).random((96, 96), np.float32)
    begun, rounds = time.thread_time(), 0
    deadline = time.monotonic() + 10 * _CALIBRATION_SECONDS
    while (used := time.thread_time() - begun) < _CALIBRATION_SECONDS:
        for _ in range(5):
            matrix = np.tanh(matrix @ matrix.T)
        sum(number * number for number in range(2000))
        rounds += 1
        if time.monotonic() > deadline:
            break
    return rounds / max(used, 1e-9) / _REFERENCE_ROUNDS

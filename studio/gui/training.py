"""The course of one search, told by its events; no Qt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from studio.domain.evaluation import evaluation_from_json
from studio.domain.event import JobEvent

__all__ = ["Curve", "TrainingRecord"]


@dataclass(slots=True)
class Curve:
    """Validation accuracy of one trial over time: seconds since the search began, share of one."""

    seconds: list[float] = field(default_factory=list)
    accuracy: list[float] = field(default_factory=list)

    @property
    def best(self) -> float:
        """The highest accuracy reached, 0 before the first epoch."""
        return max(self.accuracy, default=0.0)


@dataclass(slots=True)
class TrainingRecord:
    """What a person wants to know of a search while it runs.

    Attributes:
        minutes: The budget of this run of the search.
        resumes: Whether it goes on with an earlier run, whose time counts on.
        ends_s: When it is used up, on the clock of the events.
        curves: By trial number.
        stage: What is being done now.
        rejected: Configurations found too large before training.
        why: Reasons of rejections with how often each was given.
        finished: Trials that came to an end.
        failed: Trials that ended in an error.
        seconds: Time of the last event.
        paused: Whether it rests; its time stands still.
        instant: Trials that were learned at once, without training.
        baselines: Score of methods that no small device runs, by name.
        ended: Why the search ended, or None while it runs.
        sentence: What a person should know of how it failed.
        code: Which failure it was.
    """

    minutes: float
    resumes: bool = False
    ends_s: float = 0.0
    curves: dict[int, Curve] = field(default_factory=dict)
    stage: str = ""
    trial: int | None = None
    epoch: int = 0
    epochs: int = 0
    rejected: int = 0
    why: dict[str, int] = field(default_factory=dict)
    finished: int = 0
    failed: int = 0
    seconds: float = 0.0
    paused: bool = False
    instant: set[int] = field(default_factory=set)
    baselines: dict[str, float] = field(default_factory=dict)
    ended: str | None = None
    sentence: str = ""
    code: str = ""

    @classmethod
    def of_past(cls, minutes: float, events: Iterable[JobEvent]) -> TrainingRecord:
        """Return the course of a search that nobody follows any more."""
        record = cls(minutes=minutes)
        for event in events:
            record.take(event)
        return record

    def take(self, event: JobEvent) -> None:
        """Take in one event; a name this version does not know changes the clock only."""
        self.seconds = max(self.seconds, event.seconds)
        if event.name in _HANDLERS:
            _HANDLERS[event.name](self, event)

    @property
    def best_trial(self) -> int | None:
        """The trial with the highest validation accuracy so far."""
        return max(self.curves, key=lambda trial: self.curves[trial].best, default=None)

    @property
    def best(self) -> float | None:
        """The highest validation accuracy so far, as a share of one."""
        trial = self.best_trial
        return None if trial is None else self.curves[trial].best

    def __post_init__(self) -> None:
        self.ends_s = self.ends_s or self.minutes * 60

    def _job_started(self, event: JobEvent) -> None:
        if self.resumes:
            self.ends_s = event.seconds + self.minutes * 60
        self.finished = max(self.finished, int(event.data.get("resumed") or 0))

    def _stage(self, event: JobEvent) -> None:
        self.stage = str(event.data.get("text", ""))

    def _rejected(self, event: JobEvent) -> None:
        self.rejected += 1
        why = str(event.data.get("why", ""))
        self.why[why] = self.why.get(why, 0) + 1

    def _trial_started(self, event: JobEvent) -> None:
        self.trial, self.epoch = int(event.data["trial"]), 0
        self.epochs = int(event.data.get("epochs") or 0)
        if str(event.data.get("space", "")).startswith("instant"):
            self.instant.add(self.trial)

    def _epoch(self, event: JobEvent) -> None:
        data = event.data
        self.trial, self.epoch = int(data["trial"]), int(data["epoch"])
        self.epochs = int(data.get("epochs") or self.epochs)
        curve = self.curves.setdefault(self.trial, Curve())
        curve.seconds.append(event.seconds)
        curve.accuracy.append(float(data["val_accuracy"]))

    def _trial_finished(self, event: JobEvent) -> None:
        self.finished += 1
        trial, score = event.data.get("trial"), _share_right(event.data.get("validation"))
        if trial in self.instant and score is not None:
            # It has no passes to draw; its one point is where it came to.
            curve = self.curves.setdefault(int(trial), Curve())
            curve.seconds.append(event.seconds)
            curve.accuracy.append(score)

    def _baseline(self, event: JobEvent) -> None:
        self.baselines[str(event.data.get("name", ""))] = float(event.data.get("score") or 0.0)

    def _paused(self, event: JobEvent) -> None:
        self.paused = True

    def _resumed(self, event: JobEvent) -> None:
        self.paused = False

    def _trial_failed(self, event: JobEvent) -> None:
        self.failed += 1

    def _job_finished(self, event: JobEvent) -> None:
        self.ended = str(event.data.get("why", ""))

    def _job_failed(self, event: JobEvent) -> None:
        self.ended = "failed"
        self.sentence = str(event.data.get("sentence", ""))
        self.code = str(event.data.get("code", ""))


def _share_right(validation: Any) -> float | None:
    """Return the share of one that a finished trial has right; None where nobody counted."""
    try:
        return evaluation_from_json(validation).goodness if validation else None
    except (KeyError, TypeError, ValueError):
        return None


_HANDLERS = {
    "job_started": TrainingRecord._job_started,
    "stage": TrainingRecord._stage,
    "rejected": TrainingRecord._rejected,
    "trial_started": TrainingRecord._trial_started,
    "epoch": TrainingRecord._epoch,
    "trial_finished": TrainingRecord._trial_finished,
    "trial_failed": TrainingRecord._trial_failed,
    "baseline": TrainingRecord._baseline,
    "paused": TrainingRecord._paused,
    "resumed": TrainingRecord._resumed,
    "job_finished": TrainingRecord._job_finished,
    "job_failed": TrainingRecord._job_failed,
}

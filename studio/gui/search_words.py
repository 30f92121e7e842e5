"""A search in sentences: whether it can start, what it would come to, how it stands."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from studio.domain.figure import Figure
from studio.gui import words
from studio.gui.i18n import mark, tr
from studio.gui.nouns import nouns
from studio.gui.training import TrainingRecord
from studio.gui.widgets.shelf import search_sentence
from studio.gui.workspace import Workspace

__all__ = ["can_search", "forecast_sentence", "rejections_sentence", "state_sentence"]


class Forecast(Protocol):
    """What a search would come to, as `studio.app` reckons it."""

    @property
    def first_seconds(self) -> Figure: ...
    @property
    def trials(self) -> Figure: ...
    @property
    def at_the_top(self) -> Figure: ...


_FEWEST_ROWS = 20
_LONG_S = 90.0

_ENDED = {
    "time": mark("The time is used up."),
    "trials": mark("As many models were trained as were asked for."),
    "stopped": mark("Stopped; the best model was kept."),
    "cancelled": mark("Cancelled; finished models were kept."),
    "exhausted": mark("Every configuration that fits was tried."),
    "failed": mark("The search ended early; finished models were kept."),
}

_FAILED = {
    "job.worker_died": mark(
        "The search was interrupted: its worker ended unexpectedly. Every finished model is kept;"
        " go on with the search where it was."
    ),
    "job.system": mark(
        "The disk refused what the search wanted to write: is it full? Every finished model is"
        " kept; make room and go on."
    ),
    "search.no_candidate": mark(
        "The search ended before its first model was trained. Give it more time."
    ),
}
"""By code; other failures speak for themselves."""

_STAGES = {
    "Learning a first model": mark("Learning a first model"),
}


def can_search(workspace: Workspace) -> str:
    """Return why no search can start; empty where one can."""
    view = workspace.view
    if view is None:
        return tr("Reading the project…")
    if view.overview.running and not workspace.searching:
        return tr("A search of this project is running in another window or terminal.")
    task = view.overview.task
    if task.endswith("regression"):
        if view.labelled < _FEWEST_ROWS:
            return tr("A search needs {n} rows or more that say their amount.", n=_FEWEST_ROWS)
        return ""
    if len({each.name for each in view.classes if each.samples} | {*view.overview.stretched}) < 2:
        many = nouns(task).many
        return tr("A search needs labelled {samples} of at least two classes.", samples=many)
    return ""


def forecast_sentence(found: Forecast) -> str:
    """Return what a search would come to, each amount a range, or that nobody can know."""
    if found.first_seconds.value is None or found.trials.value is None:
        return tr("What it will come to is unknown until one search of this kind has run here.")
    return tr(
        "A first model in {first}; {trials} trainings, {full} of them in full. Estimated {why}.",
        first=_time(found.first_seconds),
        trials=_span(found.trials),
        full=_span(found.at_the_top),
        why=_source(found.trials.source),
    )


def _source(source: str) -> str:
    for start, said in _SOURCES:
        if start in source:
            return tr(said)
    return source


_SOURCES = (
    ("of this project here", mark("from earlier searches of this project")),
    ("of other projects here", mark("from searches of other projects on this computer")),
    ("calibration", mark("from a short calibration of this computer")),
)


def _span(figure: Figure, unit: str = "") -> str:
    low = figure.low if figure.low is not None else figure.value
    high = figure.high if figure.high is not None else figure.value
    if low is None or high is None:
        return "?"
    first, last = f"{low:,.0f}", f"{high:,.0f}"
    return f"{first if first == last else f'{first}–{last}'}{unit}"


def _time(figure: Figure) -> str:
    high = figure.high if figure.high is not None else figure.value
    if high is None or high < _LONG_S:
        return _span(figure, " " + tr("s"))
    ends = [None if e is None else e / 60 for e in (figure.value, figure.low, figure.high)]
    return _span(replace(figure, value=ends[0], low=ends[1], high=ends[2]), " " + tr("min"))


def state_sentence(workspace: Workspace, record: TrainingRecord | None, why_not: str) -> str:
    """Return how the search stands, in a few lines."""
    if record is None:
        return why_not
    elsewhere = not workspace.searching and record.ended is None
    if not workspace.searching and not elsewhere:
        return why_not or ended_sentence(record)
    lines = [why_not] if elsewhere else []
    if record.paused:
        lines.append(tr("Paused: its time stands still."))
    stage = _STAGES.get(record.stage)
    if stage is not None and not record.finished and not record.curves:
        lines.append(tr(stage))
    else:
        lines.append(search_sentence(record, workspace.stopping))
    if record.trial is not None and record.epochs:
        lines.append(
            tr(
                "Model {n}: pass {epoch} of {epochs}",
                n=record.trial + 1,
                epoch=record.epoch,
                epochs=record.epochs,
            )
        )
    used, budget = words.duration(record.seconds), words.duration(record.ends_s)
    lines.append(tr("{used} of {budget} used", used=used, budget=budget))
    return "\n".join(lines)


def ended_sentence(record: TrainingRecord) -> str:
    """Return how a search ended."""
    if record.code in _FAILED:
        return tr(_FAILED[record.code])
    why = record.ended or ""
    return record.sentence or (tr(_ENDED[why]) if why in _ENDED else "")


def rejections_sentence(record: TrainingRecord) -> str:
    """Return what was left out, how often and why."""
    large = sum(n for why, n in record.why.items() if why in ("ram", "flash"))
    starved = record.rejected - large
    parts = []
    if large:
        memory, file = record.why.get("ram", 0), record.why.get("flash", 0)
        parts.append(
            tr(
                "{n} left out before training, so no time was spent on them: {ram} need too much"
                " memory, {flash} have too large a file.",
                n=f"{large:,}",
                ram=f"{memory:,}",
                flash=f"{file:,}",
            )
        )
    if starved:
        parts.append(
            tr("{n} left out: this computer's memory is too small to train them.", n=f"{starved:,}")
        )
    if record.failed:
        parts.append(tr("{n} could not be trained.", n=f"{record.failed:,}"))
    if record.baselines:
        best = max(record.baselines, key=lambda name: record.baselines[name])
        parts.append(
            tr(
                "For comparison, {name}, which no small device runs, comes to a score of {score}.",
                name=best,
                score=f"{record.baselines[best]:.3f}",
            )
        )
    return " ".join(parts)

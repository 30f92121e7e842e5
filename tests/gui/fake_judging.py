"""What the stand-in session says of models: real figures, worked out from made-up answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from studio.app.certainty import Sureness, Unsure
from studio.app.explaining import Occlusion
from studio.app.judging import Confusion, Judgement
from studio.app.trying import Answer
from studio.app.wishes import by_weights, front_of
from studio.domain.candidate import Candidate
from studio.domain.dataset import Split
from studio.domain.errors import DatasetError, EvaluationError, SearchError
from studio.domain.event import JobEvent
from studio.domain.figure import Figure, FigureKind
from studio.domain.judgement import Comparison, Costs, LearningCurve
from studio.domain.sample import Sample, SampleKind
from studio.domain.search import Search, SearchRequest
from studio.evaluation import (
    ClassPredictions,
    calibration,
    calibration_phrase,
    choose_not_sure,
    classify,
    compare,
    fit_temperature,
    independence_phrase,
    learning_curve,
    learning_points,
    not_sure_phrase,
    share_phrase,
    top_confusions,
)
from studio.search.forecast import Forecast

if TYPE_CHECKING:
    from .fake_backend import FakeBackend, Stored


def predictions(candidate: Candidate, samples: Sequence[Sample], split: Split) -> ClassPredictions:
    """Return answers of a model to the labelled samples; a tenth of them wrong, each model other.

    Whatever is not known of a sample follows from its number.
    """
    known = [s for s in samples if s.class_name in candidate.classes]
    truth = np.array([candidate.classes.index(s.class_name or "") for s in known], np.int64)
    dice = np.random.default_rng(candidate.id)
    wide = len(candidate.classes)
    said = np.where(dice.random(len(known)) < 0.1, (truth + 1) % wide, truth)
    sure = 0.5 + 0.49 * dice.random(len(known))
    outputs = np.full((len(known), wide), 0.0)
    outputs[:] = ((1 - sure) / (wide - 1))[:, None]
    outputs[np.arange(len(known)), said] = sure
    return ClassPredictions(
        split=split,
        classes=candidate.classes,
        outputs=outputs,
        truth=truth,
        sample_ids=np.array([s.id for s in known], np.int64),
    )


class FakeAnswerer:
    """Says what the name of the file says, where that is a class; else "not sure"."""

    def __init__(self, candidate: Candidate, kind: SampleKind) -> None:
        self.candidate, self.how, self.kind = candidate, candidate.preprocessing, kind
        self.needed = 1

    def of_file(self, path: Path) -> Answer:
        if path.stat().st_size > 1 << 20:
            raise DatasetError(
                f"{path.name} is larger than 1 MB.", "Try a smaller one.", code="trying.too_large"
            )
        return self._answer(path.stem)

    def of_picture(self, content: bytes) -> Answer:
        return self._answer("leaf" if content[:2] == b"BM" else "")

    def _answer(self, name: str) -> Answer:
        classes = self.candidate.classes
        said = name if name in classes else ""
        shares = tuple(0.9 if c == said else (0.1 if said else 1.0) / len(classes) for c in classes)
        return Answer(
            classes=classes,
            shares=shares,
            said=said,
            amount=None,
            windows=1,
            agreeing=1,
            threshold=0.6,
            seen=np.arange(1024, dtype=np.uint8).reshape(32, 32, 1),
        )


class FakeJudging:
    """Stands where `studio.app.judging.Judging` stands."""

    def __init__(self, backend: FakeBackend, stored: Stored) -> None:
        self._backend, self._stored = backend, stored

    def _candidate(self, id: int | None) -> Candidate:
        return next(c for c in self._stored.candidates if id in (None, c.id))

    def _found(self, id: int | None, split: Split = Split.TEST) -> ClassPredictions:
        return predictions(self._candidate(id), self._stored.samples, split)

    def evaluate(self, candidate_id: int | None = None) -> Judgement:
        if self._backend.judging_error is not None:
            raise self._backend.judging_error
        found = self._found(candidate_id)
        evaluation = classify(found)
        assert evaluation.details is not None
        temperature = fit_temperature(self._found(candidate_id, Split.VALIDATION))
        measured = calibration(found)
        behind = {(c.truth, c.predicted): c.sample_ids for c in evaluation.details.cells}
        place = evaluation.classes.index
        confusions = tuple(
            Confusion(
                truth=true,
                predicted=said,
                sample_ids=behind[place(true), place(said)],
                phrase=phrase,
            )
            for phrase in top_confusions(evaluation)
            for true, said in [(str(phrase.values["truth"]), str(phrase.values["predicted"]))]
        )
        return Judgement(
            candidate=self._candidate(candidate_id),
            evaluation=evaluation,
            names={s.id: s.name for s in self._stored.samples},
            phrases=(share_phrase(evaluation.details.accuracy), independence_phrase(evaluation)),
            confusions=confusions,
            sureness=Sureness(
                measured=measured,
                temperature=temperature,
                phrase=calibration_phrase(measured, temperature),
            ),
            unsure=None,
        )

    def behind(self, ids: Sequence[int]) -> tuple[Sample, ...]:
        known = {s.id: s for s in self._stored.samples}
        return tuple(known[id] for id in ids if id in known)

    def unsure(self, candidate_id: int | None, costs: Costs) -> Unsure:
        validation = self._found(candidate_id, Split.VALIDATION)
        chosen = choose_not_sure(validation, self._found(candidate_id), costs)
        return Unsure(chosen=chosen, phrase=not_sure_phrase(chosen))

    def compare(self, first: int, second: int) -> tuple[Split, Comparison]:
        one, other = self._found(first), self._found(second)
        return Split.TEST, compare(one, other, names=(f"#{first}", f"#{second}"))

    def more_data(
        self, candidate_id: int, *, minutes: float, progress: Callable[[int, int], None]
    ) -> LearningCurve:
        found = self._found(candidate_id)
        for done in range(4):
            progress(done, 4)
        return learning_curve(learning_points([(n, [found]) for n in (25, 50, 100)]))

    @property
    def explaining(self) -> FakeJudging:
        return self

    def occlusion(self, candidate_id: int, sample_id: int) -> Occlusion:
        y, x = np.mgrid[0:32, 0:32]
        drops = 0.6 * np.exp(-((x - 16) ** 2 + (y - 12) ** 2) / 60)
        return Occlusion(
            sample=self.behind([sample_id])[0],
            said=self._candidate(candidate_id).classes[0],
            share=0.93,
            drops=drops.astype(np.float32),
            seen=((x * 6 + y * 2) % 255).astype(np.uint8)[..., None],
            questions=226,
            parts=8,
        )

    @property
    def trying(self) -> FakeJudging:
        return self

    def answerer(
        self, candidate_id: int | None = None, *, costs: Costs | None = None
    ) -> FakeAnswerer:
        self._backend.asked_costs = costs
        return FakeAnswerer(self._candidate(candidate_id), SampleKind.IMAGE)


class FakeOutlook:
    """Stands where `studio.app.outlook.Outlook` stands."""

    def __init__(self, backend: FakeBackend, stored: Stored) -> None:
        self._backend, self._stored = backend, stored

    def forecast(self, request: SearchRequest) -> Forecast:
        if not self._backend.forecast_known:
            unknown = Figure.unknown("", "no search of this kind has run on this computer yet")
            return Forecast(first_seconds=unknown, trials=unknown, at_the_top=unknown)

        def about(low: float, high: float, unit: str = "") -> Figure:
            return Figure(
                value=(low + high) / 2,
                unit=unit,
                kind=FigureKind.ESTIMATED,
                low=low,
                high=high,
                source="from 22 earlier trials of this project here",
            )

        trials = 4 * request.minutes
        return Forecast(
            first_seconds=about(6, 14, "s"),
            trials=about(trials, 2 * trials),
            at_the_top=about(trials / 5, trials / 2),
        )

    def prepare(self) -> None:
        self._backend.prepared += 1

    def past(self, search: Search) -> tuple[JobEvent, ...]:
        return tuple(self._backend.past)

    def follow(self) -> Any:
        if self._backend.elsewhere is None:
            raise SearchError("No search is running.", code="search.nothing_to_follow")
        return self._backend.elsewhere

    def front(self) -> frozenset[int]:
        return front_of(self._stored.candidates)

    def weighed(self, weights: Mapping[str, float]) -> Any:
        return by_weights(self._stored.candidates, weights)


class FakeView:
    """A search of another program: tells everything at the first look, then goes on or ends."""

    def __init__(self, search: Search, events: Sequence[JobEvent]) -> None:
        self.search, self._events, self.running = search, tuple(events), True

    def poll(self) -> tuple[JobEvent, ...]:
        events, self._events = self._events, ()
        self.running = not any(e.name in ("job_finished", "job_failed") for e in events)
        return events


NO_ANSWERS = EvaluationError(
    "The answers of candidate #1 on the test side are not kept.",
    "Search again.",
    code="evaluation.no_answers",
)


def of_instant(candidate: Candidate) -> Candidate:
    """Return the same model as one that was learned at once."""
    return replace(candidate, space="instant-image")

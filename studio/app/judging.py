"""How good candidates are, beyond one share: mistakes, sureness, costs, comparisons, choices.

Whatever is chosen (a threshold, a candidate) is chosen on the validation side; the test side is
only ever told about.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from studio.app.answered import Answered, Answering, on_same_samples
from studio.app.certainty import (
    Sureness,
    Unsure,
    no_costs_of_amounts,
    sureness_of,
    unsure_of,
)
from studio.app.explaining import Explaining
from studio.app.exporting import finished, one_of
from studio.app.more_data import measure_curve
from studio.app.standing import Standing, best_within_noise, standings
from studio.app.trying import Trying
from studio.domain.candidate import Candidate
from studio.domain.dataset import Split
from studio.domain.errors import EvaluationError
from studio.domain.evaluation import AnyEvaluation, Evaluation, Mistake, ValueMistake
from studio.domain.judgement import (
    Comparison,
    Costs,
    LearningCurve,
    SmallestGood,
)
from studio.domain.phrase import Phrase
from studio.domain.sample import Sample
from studio.evaluation import (
    ValuePredictions,
    amount_phrase,
    compare,
    independence_phrase,
    share_phrase,
    top_confusions,
)
from studio.store import candidates, samples
from studio.store.project_file import ProjectFile

__all__ = ["Amounts", "Confusion", "Judgement", "Judging"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Amounts:
    """Predicted and true amounts of one side, one of each a sample, in the table's unit."""

    split: Split
    truth: tuple[float, ...]
    predicted: tuple[float, ...]
    sample_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Confusion:
    """One class taken for another, the samples that were, in words."""

    truth: str
    predicted: str
    sample_ids: tuple[int, ...]
    phrase: Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """Everything about one candidate on one side.

    Attributes:
        candidate: Which.
        evaluation: With details; its samples are row numbers in the project. A recording of
            which several windows were called wrongly is named as often.
        names: Names of the samples behind the mistakes that are still in the project.
        phrases: What the figures say, in words: how good, and what the ranges stand on.
        confusions: The most frequent first.
        sureness: None for amounts, and where there is too little to tell.
        unsure: None where no costs were given.
    """

    candidate: Candidate
    evaluation: AnyEvaluation
    names: Mapping[int, str]
    phrases: tuple[Phrase, ...]
    confusions: tuple[Confusion, ...]
    sureness: Sureness | None
    unsure: Unsure | None


class Judging:
    """What `studio.app.Session.judging` gives. Every method is *slow*.

    Where a ``candidate_id`` is taken, None means the best. All may raise EvaluationError
    ``evaluation.no_answers`` for candidates of before answers were kept.
    """

    def __init__(self, project: ProjectFile) -> None:
        self._project = project
        self._answering = Answering(project)

    def predictions(self, candidate_id: int | None, split: Split) -> Answered:
        """Return what a candidate answered on a side, and the samples behind it."""
        return self._answering.of(one_of(self._ranked(), candidate_id), split)

    def evaluate(
        self,
        candidate_id: int | None = None,
        *,
        split: Split | None = None,
        costs: Costs | None = None,
    ) -> Judgement:
        """Return everything about a candidate on a side.

        Args:
            candidate_id: Which.
            split: Validation or test; None for test where it was tested already, else
                validation. A candidate asked about its test side is tested now, in a worker.
            costs: Of wrong answers, for a "not sure" threshold; chosen on validation.

        Raises:
            EvaluationError: ``evaluation.not_classes`` for costs where amounts are told, and
                what the figures themselves refuse.
        """
        candidate = one_of(self._ranked(), candidate_id)
        answered = self._answered(candidate, split)
        found = answered.predictions
        if isinstance(found, ValuePredictions):
            if costs is not None:
                raise no_costs_of_amounts()
            return self._judged(answered, self._answering.evaluate(answered))
        return self._judged(
            answered,
            self._answering.evaluate(answered),
            sureness=sureness_of(self._answering, candidate, found),
            unsure=None if costs is None else unsure_of(self._answering, candidate, found, costs),
        )

    def _answered(self, candidate: Candidate, split: Split | None) -> Answered:
        tested = self._answering.has(candidate, Split.TEST)
        if split is Split.TEST and not tested:
            finished(self._project, candidate, answers=True)
        side = split or (Split.TEST if tested else Split.VALIDATION)
        return self._answering.of(candidate, side)

    def _judged(
        self,
        answered: Answered,
        counted: AnyEvaluation,
        sureness: Sureness | None = None,
        unsure: Unsure | None = None,
    ) -> Judgement:
        evaluation = answered.of_samples(counted)
        confusions = _confusions(evaluation) if isinstance(evaluation, Evaluation) else ()
        return Judgement(
            candidate=answered.candidate,
            evaluation=evaluation,
            names=self._names(evaluation),
            phrases=_phrases(evaluation),
            confusions=confusions,
            sureness=sureness,
            unsure=unsure,
        )

    def _names(self, evaluation: AnyEvaluation) -> dict[int, str]:
        ids = {one.sample_id for one in _mistakes(evaluation)}
        if isinstance(evaluation, Evaluation) and evaluation.details is not None:
            wrong = (c for c in evaluation.details.cells if c.truth != c.predicted)
            ids |= {id for cell in wrong for id in cell.sample_ids}
        return self.names_of(sorted(ids))

    def names_of(self, ids: Sequence[int]) -> dict[int, str]:
        """Return the names of samples; those that are gone are left out."""
        return {sample.id: sample.name for sample in samples.get(self._project, ids)}

    def behind(self, ids: Sequence[int]) -> tuple[Sample, ...]:
        """Return samples in the order asked for; those that are gone are left out."""
        found = {sample.id: sample for sample in samples.get(self._project, ids)}
        return tuple(found[id] for id in ids if id in found)

    def amounts(self, candidate_id: int | None = None) -> Amounts:
        """Return what a candidate told of amounts on test, or on validation before its test."""
        answered = self._answered(one_of(self._ranked(), candidate_id), None)
        found = answered.predictions
        if not isinstance(found, ValuePredictions):
            raise EvaluationError(
                "This model tells classes, not amounts.",
                "See its confusion matrix.",
                code="evaluation.not_amounts",
            )
        return Amounts(
            split=found.split,
            truth=tuple(found.truth.tolist()),
            predicted=tuple(found.predicted.tolist()),
            sample_ids=tuple(answered.samples[number] for number in found.sample_ids.tolist()),
        )

    def unsure(self, candidate_id: int | None, costs: Costs) -> Unsure:
        """Return from when on to answer at these costs: the part of `evaluate` that they change.

        Raises:
            EvaluationError: as `evaluate` with costs.
        """
        candidate = one_of(self._ranked(), candidate_id)
        found = self._answered(candidate, None).predictions
        if isinstance(found, ValuePredictions):
            raise no_costs_of_amounts()
        return unsure_of(self._answering, candidate, found, costs)

    @property
    def explaining(self) -> Explaining:
        """Which parts of an input an answer depends on."""
        return Explaining(self._project)

    @property
    def trying(self) -> Trying:
        """Candidates ready to answer about what is in no project."""
        return Trying(self._project)

    # Among candidates

    def compare(
        self, first: int, second: int, *, split: Split | None = None
    ) -> tuple[Split, Comparison]:
        """Return which of two candidates is better on the same samples, or that nobody can tell.

        The side they were compared on comes with it.

        Args:
            first: Number of one; it is called ``#1`` and the like in the result.
            second: Number of the other.
            split: None for test where both were tested, else validation. Those asked about
                their test side are tested now, in a worker.

        Raises:
            EvaluationError: ``evaluation.different_samples``, ``evaluation.too_few``.
        """
        pair = [one_of(self._ranked(), id) for id in (first, second)]
        tested = all(self._answering.has(one, Split.TEST) for one in pair)
        side = split or (Split.TEST if tested else Split.VALIDATION)
        if len({one.dataset_digest for one in pair}) > 1:
            raise EvaluationError(
                "The two candidates are of different dataset versions.",
                "Search on one version with both wishes, and compare what comes of that.",
                code="evaluation.different_samples",
            )
        one, other = on_same_samples([self._answered(each, side) for each in pair])
        return side, compare(one, other, names=(f"#{first}", f"#{second}"))

    def more_data(
        self,
        candidate_id: int | None = None,
        *,
        minutes: float = 5.0,
        progress: Callable[[int, int], None] = lambda done, total: None,
    ) -> LearningCurve:
        """Return whether more data would help, having trained on parts of what there is.

        Args:
            candidate_id: Whose configuration is trained; None for the best.
            minutes: Time for it.
            progress: Called with trainings done and trainings planned.

        Raises:
            EvaluationError: ``evaluation.too_few_points`` if the time is too short for three
                amounts of data, ``evaluation.no_curve`` if the trainings fail.
        """
        candidate = one_of(self._ranked(), candidate_id)
        return measure_curve(self._project, self._answering, candidate, minutes * 60, progress)

    def leaderboard(self) -> tuple[Standing, ...]:
        """Return every candidate, the best first, and whether it can be told from the best."""
        return standings(self._answering, self._ranked())

    def best_within_noise(
        self, fits: Callable[[Candidate], bool] = lambda candidate: True
    ) -> SmallestGood | None:
        """Return the smallest candidate that validation cannot tell from the best, or None.

        Args:
            fits: Which of the candidates are asked about.
        """
        return best_within_noise(self._answering, [c for c in self._ranked() if fits(c)])

    def _ranked(self) -> tuple[Candidate, ...]:
        return candidates.best_first(self._project)


def _mistakes(evaluation: AnyEvaluation) -> Sequence[Mistake | ValueMistake]:
    if isinstance(evaluation, Evaluation):
        return evaluation.details.mistakes if evaluation.details else ()
    return evaluation.mistakes


def _confusions(evaluation: Evaluation) -> tuple[Confusion, ...]:
    behind = {
        (evaluation.classes[cell.truth], evaluation.classes[cell.predicted]): cell.sample_ids
        for cell in (evaluation.details.cells if evaluation.details else ())
    }
    pairs = [
        (str(phrase.values["truth"]), str(phrase.values["predicted"]), phrase)
        for phrase in top_confusions(evaluation)
    ]
    return tuple(
        Confusion(truth=true, predicted=called, sample_ids=behind[true, called], phrase=phrase)
        for true, called, phrase in pairs
    )


def _phrases(evaluation: AnyEvaluation) -> tuple[Phrase, ...]:
    if isinstance(evaluation, Evaluation):
        assert evaluation.details is not None
        return (share_phrase(evaluation.details.accuracy), independence_phrase(evaluation))
    return (amount_phrase(evaluation.mae, evaluation.unit), independence_phrase(evaluation))

"""Review queues, suggestions and conflicts: who is asked, and what a person answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from studio import labelling
from studio.app.describing import described
from studio.datasets import Material
from studio.domain.candidate import Candidate
from studio.domain.errors import ProjectError
from studio.domain.operation import Change
from studio.domain.sample import TimeRange
from studio.labelling import conflicts, neighbours, predicting, suggesting
from studio.labelling.conflicts import ConflictKind, ConflictPage
from studio.labelling.operations import ResolveConflicts
from studio.labelling.predicting import PredictSummary
from studio.labelling.review import Order, Ranking, ReviewPage, review
from studio.labelling.suggesting import Reliability, SuggestionPage
from studio.store import candidates, predictions, regions
from studio.store.predictions import Predictor
from studio.store.project_file import ProjectFile
from studio.store.regions import Region

__all__ = ["NEIGHBOURS", "Reviewing", "Standing"]

Progress = Callable[[str, int, int], None]

NEIGHBOURS = "neighbours"
"""Who suggests instead of a candidate, where a candidate's number could stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is known of one that can be asked.

    Attributes:
        candidate_id: The candidate, or None for the nearest neighbours.
        predicted: Samples it has spoken of.
        waiting: Samples it has not; of neighbours all of them when labels changed since.
        made_at: When it was asked last, UTC, ISO 8601.
    """

    candidate_id: int | None
    predicted: int
    waiting: int
    made_at: str


class _Stopped(Exception):
    """The person wants to stop."""


class Reviewing:
    """What `studio.app.Session.reviewing` gives. Methods marked *slow* can take minutes.

    The current model is the best candidate that was asked; where a ``candidate_id`` is taken,
    None means that one.
    """

    def __init__(self, project: ProjectFile) -> None:
        self._project = project

    # Asking

    def predict(
        self,
        *,
        candidate_id: int | None = None,
        progress: Progress = lambda what, done, total: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> tuple[PredictSummary, ...]:
        """Ask a candidate (the best) and the nearest neighbours what every sample is; *slow*.

        Only samples the candidate has not seen are shown to it. The neighbours are asked again
        when labels have changed. Whoever cannot be asked yet is passed over.

        Raises:
            ProjectError: ``label.unknown_candidate``; ``label.too_few_labels`` when there is
                neither a candidate nor enough labels.
            ModelError: of a model that cannot be run.
        """
        ranked = self._ranked(candidate_id)
        done = []
        if ranked:
            done.append(
                predicting.predict(
                    self._project,
                    ranked[0],
                    progress=lambda count, total: progress("asking the model", count, total),
                    cancelled=cancelled,
                )
            )
        try:
            if not cancelled():
                done.append(self._ask_neighbours(progress, cancelled))
        except ProjectError as error:
            if not done or error.code != "label.too_few_labels":
                raise
        return tuple(done)

    def _ask_neighbours(self, progress: Progress, cancelled: Callable[[], bool]) -> PredictSummary:
        before = predictions.find(self._project, None)
        if before is not None and before.stamp == neighbours.label_stamp(self._project):
            already = predictions.count(self._project, before.id)
            return PredictSummary(candidate_id=None, predicted=0, already=already)

        def told(what: str, done: int, total: int) -> None:
            progress(what, done, total)
            if cancelled():
                raise _Stopped

        try:
            found, features = described(Material(self._project, told))
        except _Stopped:
            return PredictSummary(candidate_id=None, predicted=0, already=0, cancelled=True)
        return neighbours.ask_neighbours(
            self._project,
            found,
            features,
            progress=lambda done, total: progress("comparing samples", done, total),
            cancelled=cancelled,
        )

    def standings(self) -> tuple[Standing, ...]:
        """Return who was asked, and about how much."""
        return tuple(map(self._standing, predictions.all_predictors(self._project)))

    def _standing(self, asked: Predictor) -> Standing:
        waiting = predictions.count_missing(self._project, asked.id)
        if asked.candidate_id is None and asked.stamp != neighbours.label_stamp(self._project):
            waiting = predictions.count_missing(self._project, None)
        return Standing(
            candidate_id=asked.candidate_id,
            predicted=predictions.count(self._project, asked.id),
            waiting=waiting,
            made_at=asked.made_at,
        )

    def _ranked(self, candidate_id: int | None) -> list[Candidate]:
        ranked = candidates.best_first(self._project)
        found = [one for one in ranked if candidate_id in (None, one.id)]
        if candidate_id is not None and not found:
            raise ProjectError(
                f"There is no candidate {candidate_id}.",
                "Choose one that `automl-studio candidates` shows.",
                code="label.unknown_candidate",
            )
        return found

    def _model(self, candidate_id: int | None) -> Predictor | None:
        """Return the current model, or the one named; None if none was asked yet."""
        asked = {one.candidate_id: one for one in predictions.all_predictors(self._project)}
        for candidate in self._ranked(candidate_id):
            found = asked.get(candidate.id)
            if found is not None and predictions.count(self._project, found.id):
                return found
        if candidate_id is not None:
            raise ProjectError(
                f"Candidate {candidate_id} has not said yet what the samples are.",
                f"Run `automl-studio predict` with --candidate {candidate_id} first.",
                code="label.not_predicted",
            )
        return None

    def current(self) -> Predictor | None:
        """Return the current model; None if none was asked yet."""
        return self._model(None)

    def _asked(self, by: str) -> Predictor:
        """Return who suggests: by number, the neighbours, or whom there is."""
        if by not in ("", NEIGHBOURS):
            found = self._model(int(by))
        else:
            found = self._model(None) if by == "" else None
            found = found or predictions.find(self._project, None)
        if found is None:
            raise ProjectError(
                "Nobody has said yet what the samples may be.",
                "Run `automl-studio predict` on the project first.",
                code="label.not_predicted",
            )
        return found

    # Queues

    def page(
        self,
        order: Order,
        *,
        candidate_id: int | None = None,
        other_id: int | None = None,
        seed: int = 1,
        offset: int = 0,
        limit: int = 50,
    ) -> ReviewPage:
        """Return a page of samples worth a look, the most useful first.

        Args:
            order: What comes first; see `studio.labelling.review.review`.
            candidate_id: The model whose doubts count.
            other_id: A second candidate: then ``disagreement`` is between the two.
            seed: Of the ``random`` order.
            offset: How many to pass over.
            limit: How many at most.

        Raises:
            ProjectError: ``label.no_model``, ``.no_neighbours``, ``.not_predicted`` or
                ``.unknown_candidate``.
        """
        ranking = Ranking(
            model=self._model(candidate_id),
            other=None if other_id is None else self._model(other_id),
            neighbours=predictions.find(self._project, None),
            seed=seed,
            offset=offset,
            limit=limit,
        )
        return review(self._project, order, ranking)

    # Suggestions

    def suggestions(
        self, *, by: str = "", above: float = 0.0, offset: int = 0, limit: int = 50
    ) -> SuggestionPage:
        """Return classes suggested for samples that have none, the surest first.

        Args:
            by: A candidate's number, ``neighbours``, or ``""`` for the current model, the
                neighbours where there is none.
            above: Only those at least so sure, 0 to 1.
            offset: How many to pass over.
            limit: How many at most.

        Raises:
            ProjectError: ``label.not_predicted`` or ``label.unknown_candidate``.
        """
        return suggesting.suggestions(
            self._project, self._asked(by), above=above, offset=offset, limit=limit
        )

    def reliability(self, *, by: str = "", above: float = 0.0) -> Reliability:
        """Return how often who suggests was right where it was so sure; *slow*."""
        return suggesting.reliability(self._project, self._asked(by), above)

    def accept(
        self, *, sample_ids: Sequence[int] | None = None, by: str = "", above: float = 0.0
    ) -> Change | None:
        """Label samples as suggested, all as one step; None if nothing was suggested.

        Raises:
            ProjectError: as `suggestions`, ``label.no_suggestion``, ``label.unknown_sample``.
        """
        asked = self._asked(by)
        return suggesting.accept(self._project, asked, sample_ids=sample_ids, above=above)

    def dismiss(
        self, *, sample_ids: Sequence[int] | None = None, by: str = "", above: float = 0.0
    ) -> Change | None:
        """Never suggest this again, all as one step; as `accept`."""
        asked = self._asked(by)
        return suggesting.dismiss(self._project, asked, sample_ids=sample_ids, above=above)

    # Conflicts

    def conflicts(
        self,
        kind: ConflictKind,
        *,
        candidate_id: int | None = None,
        offset: int = 0,
        limit: int = 50,
    ) -> ConflictPage:
        """Return labels of one kind that contradict each other; *slow* with many boxes."""
        model = self._model(candidate_id)
        return conflicts.conflicts(self._project, kind, model=model, offset=offset, limit=limit)

    def resolve(self, conflict_ids: Sequence[str], keep: str | None) -> Change | None:
        """Decide conflicts as one step: keep a class, or with None exclude the samples.

        Raises:
            ProjectError: ``label.unknown_conflict`` or ``label.not_a_side``.
        """
        action = ResolveConflicts(conflicts=tuple(conflict_ids), keep=keep)
        return labelling.perform(self._project, action)

    # Time ranges

    def ranges(
        self, sample_ids: Sequence[int] | None = None, *, offset: int = 0, limit: int = 200
    ) -> tuple[Region, ...]:
        """Return the time ranges of recordings, of all of them a page at a time."""
        if sample_ids is None:
            return regions.page(self._project, "range", offset=offset, limit=limit)
        found = regions.of_samples(self._project, sample_ids)
        return tuple(one for one in found if isinstance(one.shape, TimeRange))

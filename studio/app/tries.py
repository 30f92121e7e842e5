"""Changes that may make a candidate fit a device, each really made and judged."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from studio.app import exporting, searching
from studio.app.answered import Answering, on_same_samples
from studio.app.converting import Converting
from studio.app.matrix import matrix_rows
from studio.app.models import model_facts
from studio.app.standing import name_of
from studio.compatibility import check_model
from studio.conversion import CATALOGUE
from studio.domain.advice import Change, Outcome, Try
from studio.domain.candidate import Candidate
from studio.domain.conversion import Conversion
from studio.domain.dataset import Split
from studio.domain.device import Device
from studio.domain.errors import EvaluationError, SearchError, StudioError
from studio.domain.evaluation import AnyEvaluation, Evaluation
from studio.domain.judgement import Comparison
from studio.domain.matrix import MatrixRow
from studio.domain.phrase import Phrase
from studio.domain.report import CompatibilityReport, Verdict
from studio.domain.search import SearchRequest
from studio.evaluation import compare
from studio.store import candidates, datasets
from studio.store.project_file import ProjectFile

__all__ = ["OUTCOMES", "Trying"]

_POLL_SECONDS = 0.1
OUTCOMES = {
    Verdict.FITS: Outcome.FITS,
    Verdict.DOES_NOT_FIT: Outcome.DOES_NOT_FIT,
    Verdict.UNKNOWN: Outcome.UNKNOWN,
    Verdict.FITS_WITH_CHANGE: Outcome.UNKNOWN,  # no report says so
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Trying:
    """One candidate on one device; every method is *slow*.

    Attributes:
        candidate: Which does not fit as it is.
        ranked: All candidates, the best first.
        progress: Called with what is being done.
        cancelled: Asked between steps, and while a worker works.
    """

    project: ProjectFile
    candidate: Candidate
    ranked: Sequence[Candidate]
    device: Device
    progress: Callable[[str], None]
    cancelled: Callable[[], bool]

    def precision(self) -> Try:
        """Convert the candidate to a smaller int8 file, in a worker, and judge that."""
        recipe = CATALOGUE["int8-pruned-tflite"]
        folder = Path(tempfile.mkdtemp(prefix="studio-advice-"))
        try:
            found = _Converter(self.project).convert(
                [recipe],
                candidate_id=self.candidate.id,
                out=folder,
                progress=self.progress,
                cancelled=self.cancelled,
            )
            if not found.made:
                why = found.refused[0].sentence if found.refused else ""
                return self._refused(recipe.id, _why_not(why))
            made, path = found.made[0], found.written.get(recipe.id)
            if path is None:
                loses = Phrase.of("advice-pruned-loses")
                return self._refused(recipe.id, loses, *_gate_phrases(made), made=made)
            return self._converted(made, path.read_bytes())
        except StudioError as error:
            return self._refused(recipe.id, _why_not(str(error)))
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _converted(self, made: Conversion, content: bytes) -> Try:
        facts = model_facts(content, made.arena, self.candidate.preprocessing, measure=True)
        report = check_model(facts, self.device)
        outcome = OUTCOMES[report.verdict]
        key = "advice-pruned" if outcome is Outcome.FITS else "advice-pruned-not"
        return Try(
            change=Change.PRECISION,
            outcome=outcome,
            phrases=(Phrase.of(key, device=self.device.name), *_gate_phrases(made)),
            report=report,
            candidate_id=self.candidate.id,
            recipe=made.recipe,
            before=self.candidate.test or made.float_tested,
            after=made.tested,
        )

    def _refused(self, recipe: str, *phrases: Phrase, made: Conversion | None = None) -> Try:
        return Try(
            change=Change.PRECISION,
            outcome=Outcome.NOT_TRIED if self.cancelled() else Outcome.REFUSED,
            phrases=phrases,
            candidate_id=self.candidate.id,
            recipe=recipe,
            before=made.float_tested if made else None,
            after=made.tested if made else None,
        )

    def others(self) -> Try:
        """Judge every other candidate of the same dataset version; the best that fits is it."""
        others = [
            one
            for one in self.ranked
            if one.id != self.candidate.id and one.dataset_digest == self.candidate.dataset_digest
        ]
        for row in matrix_rows(self.project, others, {self.device.id: self.device}):
            if self.cancelled():
                break
            if tried := self._if_it_fits(row, Change.CANDIDATE):
                return tried
        return Try(
            change=Change.CANDIDATE,
            outcome=Outcome.DOES_NOT_FIT,
            phrases=(Phrase.of("advice-no-other", count=len(others), device=self.device.name),),
        )

    def _if_it_fits(self, row: MatrixRow, change: Change) -> Try | None:
        """Return the candidate of a row as a try, compiled for the device, if it fits."""
        cell = row.cells.get(self.device.id)
        if cell is None or cell.verdict is Verdict.DOES_NOT_FIT:
            return None
        [report] = exporting.check_candidate(
            self.project, row.candidate, [self.device.id], measure=True
        )
        return (
            self._other(row.candidate, change, report) if report.verdict is Verdict.FITS else None
        )

    def _other(self, other: Candidate, change: Change, report: CompatibilityReport) -> Try:
        compared = self._compared(other)
        told = _instead(self.candidate.validation, other.validation)
        named = Phrase.of("advice-other", name=name_of(other), device=self.device.name)
        return Try(
            change=change,
            outcome=OUTCOMES[report.verdict],
            phrases=(named, *told, *([compared.phrase] if compared else [])),
            report=report,
            candidate_id=other.id,
            before=self.candidate.validation,
            after=other.validation,
            compared=compared,
        )

    def _compared(self, other: Candidate) -> Comparison | None:
        answering = Answering(self.project)
        try:
            given = [answering.of(one, Split.VALIDATION) for one in (self.candidate, other)]
            first, second = on_same_samples(given)
            return compare(first, second, names=(name_of(self.candidate), name_of(other)))
        except (EvaluationError, SearchError):
            return None  # found by an earlier version, or too few samples: nothing is claimed

    def search(self, minutes: float) -> Try:
        """Search for the device on the same dataset version, and judge what was found.

        The candidates that are found stay in the project.
        """
        try:
            known = {one.id for one in self.ranked}
            self._searched(minutes)
        except StudioError as error:
            return self._search_found_nothing(minutes, _why_not(str(error)))
        found = [one for one in candidates.best_first(self.project) if one.id not in known]
        for row in matrix_rows(self.project, found, {self.device.id: self.device}):
            if tried := self._if_it_fits(row, Change.SEARCH):
                return tried
        return self._search_found_nothing(minutes)

    def _searched(self, minutes: float) -> None:
        version = datasets.get(self.project, self.candidate.dataset_digest)
        request = SearchRequest(device_id=self.device.id, minutes=minutes)
        run = searching.start(self.project, version, request)
        cancelling, done = False, 0
        try:
            while run.running:
                done += sum(event.name == "trial_finished" for event in run.poll())
                self.progress(f"Searching: {done} trials done")
                if self.cancelled() and not cancelling:
                    run.cancel()
                    cancelling = True
                time.sleep(_POLL_SECONDS)
        finally:
            run.close()

    def _search_found_nothing(self, minutes: float, *why: Phrase) -> Try:
        said = Phrase.of("advice-search-none", minutes=minutes, device=self.device.name)
        return Try(change=Change.SEARCH, outcome=Outcome.DOES_NOT_FIT, phrases=(said, *why))


class _Converter(Converting):
    """Converts without a session."""

    def __init__(self, project: ProjectFile) -> None:
        self._project = project


def _why_not(sentence: str) -> Phrase:
    return Phrase.of("advice-refused", why=sentence)


def _gate_phrases(made: Conversion) -> tuple[Phrase, ...]:
    return made.gate.phrases if made.gate else ()


def _instead(before: AnyEvaluation, after: AnyEvaluation) -> list[Phrase]:
    if isinstance(before, Evaluation) and isinstance(after, Evaluation):
        share = after.accuracy
        return [
            Phrase.of(
                "advice-instead",
                now=100 * share.value,
                low=100 * share.low,
                high=100 * share.high,
                before=100 * before.accuracy.value,
            )
        ]
    off = after.error
    return [
        Phrase.of(
            "advice-instead-amount",
            now=off.value,
            low=off.low,
            high=off.high,
            before=before.error.value,
            unit=getattr(after, "unit", ""),
        )
    ]

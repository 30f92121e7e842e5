"""Reports to keep, to print and to send: one candidate on a device, or several side by side."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from studio.app import exporting
from studio.app.advising import advise_candidate, advise_file
from studio.app.answered import Answering
from studio.app.certainty import certainty_of
from studio.app.devices import own_of
from studio.app.judging import Judging
from studio.app.models import check_model_file, read_model_file
from studio.app.origins import dataset_facts, search_facts, told, versions
from studio.devices import find_device
from studio.domain.advice import Advice
from studio.domain.candidate import Candidate
from studio.domain.errors import EvaluationError, ExportError
from studio.domain.judgement import Comparison
from studio.domain.report import CompatibilityReport, Verdict
from studio.export.report.kinds import KINDS, write_comparison, write_report
from studio.export.report.subject import Comparing, Learned, Subject
from studio.languages import LANGUAGES
from studio.store import candidates, datasets
from studio.store.project_file import ProjectFile

__all__ = ["Reporting", "Written", "check_report_path", "write_file_report"]

_MOST_CANDIDATES = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A report that was written.

    Attributes:
        path: Where.
        language: Code of its language; a JSON report has none and says the same in each.
        size_bytes: Its length.
        reports: The verdicts in it, those of one candidate following one another.
    """

    path: Path
    language: str
    size_bytes: int
    reports: tuple[CompatibilityReport, ...]


def check_report_path(out: Path, language: str) -> None:
    """Refuse what cannot be written before anything is worked out.

    Raises:
        ExportError: ``report.unknown_kind``, ``report.unknown_language``.
    """
    if out.suffix.lower() not in KINDS:
        raise ExportError(
            f"{out.name} is no report: its name ends in none of {', '.join(sorted(KINDS))}.",
            "Choose a name with one of these endings.",
            code="report.unknown_kind",
        )
    if language not in LANGUAGES:
        raise ExportError(
            f"There is no report in the language {language!r:.20}.",
            f"Choose one of: {', '.join(LANGUAGES)}.",
            code="report.unknown_language",
        )


class Reporting:
    """What `studio.app.Session.reporting` gives. Every method is *slow*; none trains."""

    def __init__(self, project: ProjectFile) -> None:
        self._project = project
        self._answering = Answering(project)

    def write(
        self,
        out: Path,
        device_ids: Sequence[str],
        candidate_ids: Sequence[int] = (),
        *,
        language: str = "en",
        measure: bool = False,
    ) -> Written:
        """Write a report: of one candidate on one device, or a comparison; whole or not at all.

        Args:
            out: ``.html``, ``.pdf`` or ``.json``.
            device_ids: On which devices; none for all of them.
            candidate_ids: Which candidates; none for the best.
            language: Code of `studio.languages.LANGUAGES`.
            measure: Whether to compile the generated C for each core.

        Raises:
            ExportError: as `check_report_path`, ``export.no_candidate``,
                ``export.unknown_candidate``, ``report.too_many``, and what the disk says.
            DeviceError: ``device.unknown``.
        """
        check_report_path(out, language)
        chosen = self._chosen(candidate_ids)
        single = len(device_ids) == len(chosen) == 1
        subjects = tuple(
            subject
            for candidate in chosen
            for subject in self._subjects(candidate, device_ids, measure=measure, advise=single)
        )
        if single:
            size = write_report(subjects[0], out, language)
        else:
            title = self._project.property("title")
            comparing = Comparing(title=title, subjects=subjects, pairs=self._pairs(chosen))
            size = write_comparison(comparing, out, language)
        return _written(out, language, size, subjects)

    def _chosen(self, ids: Sequence[int]) -> list[Candidate]:
        ranked = candidates.best_first(self._project)
        wanted = list(dict.fromkeys(ids))
        if len(wanted) > _MOST_CANDIDATES:
            raise ExportError(
                f"A report compares {_MOST_CANDIDATES} candidates at most.",
                "Name fewer.",
                code="report.too_many",
            )
        return [exporting.one_of(ranked, id) for id in wanted] or [exporting.one_of(ranked, None)]

    def _subjects(
        self, candidate: Candidate, device_ids: Sequence[str], *, measure: bool, advise: bool
    ) -> list[Subject]:
        own = own_of(self._project)
        found = exporting.check_candidate(self._project, candidate, device_ids, measure=measure)
        learned = self._learned(candidate)
        made = []
        for report in found:
            device = find_device(report.device_id, own)
            advice = None
            if advise and report.verdict is not Verdict.FITS:
                ranked = candidates.best_first(self._project)
                advice = advise_candidate(
                    self._project, candidate, ranked, device, converting=False
                )
            subject = Subject(
                title=self._project.property("title"),
                device=device,
                report=report,
                learned=learned,
                versions=versions(),
            )
            made.append(_advised(subject, advice))
        return made

    def _learned(self, candidate: Candidate) -> Learned:
        version = datasets.get(self._project, candidate.dataset_digest)
        return Learned(
            candidate=told(self._answering, candidate),
            dataset=dataset_facts(version, self._answering),
            search=search_facts(self._project, candidate),
            certainty=certainty_of(self._answering, candidate, None),
        )

    def _pairs(self, chosen: Sequence[Candidate]) -> tuple[Comparison, ...]:
        """Compare each with the first, where both answered the same samples."""
        judging, found = Judging(self._project), []
        for other in chosen[1:]:
            with suppress(EvaluationError):  # of other versions, or too few: no pair to tell of
                found.append(judging.compare(chosen[0].id, other.id)[1])
        return tuple(found)


def write_file_report(
    path: Path,
    out: Path,
    device_ids: Sequence[str],
    *,
    language: str = "en",
    measure: bool = False,
) -> Written:
    """Write a report of anybody's model file, in which what only its maker knows is unknown.

    Arguments and errors are those of `Reporting.write`; and ModelError as of
    `studio.app.models.check_model_file`.
    """
    check_report_path(out, language)
    content = read_model_file(path)
    reports = check_model_file(path, device_ids, measure=measure)
    single = len(reports) == 1
    subjects = [
        Subject(
            title=path.name,
            device=find_device(report.device_id),
            report=report,
            size_bytes=len(content),
            digest=hashlib.sha256(content).hexdigest(),
        )
        for report in reports
    ]
    if single:
        subjects[0] = _advised(subjects[0], _advice_for_file(path, reports[0]))
        size = write_report(subjects[0], out, language)
    else:
        size = write_comparison(Comparing(title=path.name, subjects=tuple(subjects)), out, language)
    return _written(out, language, size, subjects)


def _advice_for_file(path: Path, report: CompatibilityReport) -> Advice | None:
    return None if report.verdict is Verdict.FITS else advise_file(path, report.device_id)


def _advised(subject: Subject, advice: Advice | None) -> Subject:
    """Return the subject with what advice there is."""
    if advice is None:
        return subject
    lines = (advice.grower, *([advice.spare] if advice.spare else []))
    return replace(subject, advice=lines, with_change=advice.change is not None)


def _written(out: Path, language: str, size: int, subjects: Sequence[Subject]) -> Written:
    return Written(
        path=out,
        language=language,
        size_bytes=size,
        reports=tuple(subject.report for subject in subjects),
    )

"""Copying what a job finished from its directory into the project.

Everything here can be done twice without harm: the project is the same afterwards.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from studio.domain.dataset import Split
from studio.domain.errors import SearchError
from studio.domain.event import JobEvent
from studio.domain.search import Search, SearchState
from studio.jobs import JobDirectory, JournalReader
from studio.search import CandidateFiles, FinishedTrial, MadeFile, SearchSpec
from studio.search.answers import unpack
from studio.store import answers, candidates, searches
from studio.store.project_file import ProjectFile

__all__ = ["put_ready", "take_in", "take_in_all"]

_STATES = {"stopped": SearchState.STOPPED, "cancelled": SearchState.STOPPED}
"""How a search stands by why its job finished; for every other reason it is finished."""

_BELOW_BASELINE = (
    "A usual method that no microcontroller runs ({}) does better on the validation split than"
    " the best candidate: more time, or a larger device, may close the gap."
)


def take_in(
    project: ProjectFile, search: Search, directory: JobDirectory, events: Iterable[JobEvent]
) -> None:
    """Copy what the events say was finished; one transaction a trial.

    A result whose file or line is damaged is left out; the others are not held up by it.
    """
    for event in events:
        take = _TAKERS.get(event.name)
        if take is not None:
            with contextlib.suppress(SearchError):
                take(project, search, directory, event)


def _take_end(
    project: ProjectFile, search: Search, directory: JobDirectory, event: JobEvent
) -> None:
    state = _STATES.get(event.data.get("why", ""), SearchState.FINISHED)
    better = event.data.get("better_baseline")
    note = "" if not better else _BELOW_BASELINE.format(better)
    searches.set_state(project, search.id, state, note)


def _take_failure(
    project: ProjectFile, search: Search, directory: JobDirectory, event: JobEvent
) -> None:
    note = f"{event.data.get('code')}: {event.data.get('sentence')}"
    searches.set_state(project, search.id, SearchState.FAILED, note)


def take_in_all(project: ProjectFile, search: Search, directory: JobDirectory) -> None:
    """Copy everything a job's journal says was finished, and its counts."""
    events = JournalReader(directory.journal).read_new()
    take_in(project, search, directory, events)
    names = [event.name for event in events]
    searches.set_counts(
        project,
        search.id,
        rejected=names.count("rejected"),
        failed=names.count("trial_failed"),
    )


def _take_trial(
    project: ProjectFile, search: Search, directory: JobDirectory, event: JobEvent
) -> None:
    trial = FinishedTrial.from_json(event.data)
    if trial.int8 is None or trial.validation is None:
        return  # a step of the way to something better, or something worse than what there is
    spec = SearchSpec.from_json(directory.read_spec())
    weights = directory.read_artifact(trial.weights)
    with project.transaction():
        row = candidates.add(
            project,
            search_id=search.id,
            trial=trial.trial,
            space=trial.space,
            hyperparameters=trial.hyperparameters,
            parameters=trial.parameters,
            validation=trial.validation,
            preprocessing=spec.variants[trial.hyperparameters["input"]],
            weights=weights,
            score=trial.score,
        )
        if not candidates.has_artifacts(project, row):
            _put_files(project, row, directory, [trial.int8])
        _put_answers(project, row, Split.VALIDATION, directory, trial.outputs)


def _take_files(
    project: ProjectFile, search: Search, directory: JobDirectory, event: JobEvent
) -> None:
    ready = CandidateFiles.from_json(event.data)
    row = candidates.find(project, search_id=search.id, trial=ready.trial)
    if row is not None:
        with project.transaction():
            put_ready(project, row, directory, ready)


_TAKERS: Mapping[str, Callable[[ProjectFile, Search, JobDirectory, JobEvent], None]] = {
    "trial_finished": _take_trial,
    "candidate_ready": _take_files,
    "job_finished": _take_end,
    "job_failed": _take_failure,
}


def put_ready(
    project: ProjectFile, row: int, directory: JobDirectory, ready: CandidateFiles
) -> None:
    """Keep all that makes a candidate exportable, inside the caller's transaction."""
    _put_files(project, row, directory, ready.files)
    _put_answers(project, row, Split.TEST, directory, ready.answers)


def _put_answers(
    project: ProjectFile,
    row: int,
    split: Split,
    directory: JobDirectory,
    named: dict[str, Any] | None,
) -> None:
    """Keep what a candidate answered; a candidate is none the worse for damaged ones."""
    if named is None:
        return
    with contextlib.suppress(SearchError):
        content = directory.read_artifact(named)
        unpack(content)
        if answers.get(project, row, split) != content:
            answers.put(project, row, split, content)


def _put_files(
    project: ProjectFile, row: int, directory: JobDirectory, files: Iterable[MadeFile]
) -> None:
    for file in files:
        candidates.put_artifact(
            project,
            row,
            precision=file.precision,
            format=file.format,
            content=directory.read_artifact(file.file),
            arena=file.arena,
            evaluation=file.evaluation,
        )

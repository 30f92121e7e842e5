"""Starting and resuming searches, and taking in what an interrupted one had finished."""

from __future__ import annotations

import shutil
import time
import uuid
from collections.abc import Mapping
from dataclasses import replace

from studio import jobs
from studio.app.devices import Devices
from studio.app.rooms import Room, room_for
from studio.app.search_run import SearchRun
from studio.app.taking_in import take_in_all
from studio.datasets import snapshot_for, variants_for
from studio.domain.dataset import DatasetVersion
from studio.domain.errors import SearchError
from studio.domain.preprocessing import Preprocessing
from studio.domain.sample import SampleKind
from studio.domain.search import Search, SearchRequest, SearchState
from studio.jobs import JobDirectory, JournalReader
from studio.search import SearchSpec
from studio.store import datasets, samples, searches
from studio.store.project_file import ProjectFile
from studio.tasks import find_task

__all__ = [
    "directory_of",
    "is_running",
    "latest_version",
    "not_in_latest",
    "recover",
    "resume",
    "start",
]

_STARTING_AND_ENDING_SECONDS = 1.0
"""Of a program that searches, beside its worker."""


def directory_of(search: Search) -> JobDirectory:
    """Return the job directory of a search; it may be gone."""
    return JobDirectory(jobs.jobs_root() / search.job)


def start(project: ProjectFile, version: DatasetVersion, request: SearchRequest) -> SearchRun:
    """Write the job of a new search, record it, and start a worker on it.

    Raises:
        DeviceError: for a device that is unknown or too small.
        SearchError: ``search.already_running``, ``search.not_for_this_task`` or one about what
            there is to learn from.
        ProjectError: ``project.read_only`` while another program has the project open.
    """
    begun = time.monotonic()
    project.claim_writing()
    _refuse_second(project)
    room = room_for(request, Devices(project).get)
    name = f"{project.property('id')[:8]}-{uuid.uuid4().hex[:12]}"
    directory = JobDirectory(jobs.jobs_root() / name)
    try:
        given = snapshot_for(project, version, variants_for(project, version), directory.data)
        spec = _spec(version, request, room, given.variants, time.monotonic() - begun)
        directory.write_spec(spec.as_json())
        claimed = jobs.claim(directory)
        search = searches.add(project, dataset=version.digest, request=request, job=name)
    except BaseException:
        shutil.rmtree(directory.root, ignore_errors=True)
        raise
    return SearchRun(project, search, jobs.start(directory, claimed))


def _spec(
    version: DatasetVersion,
    request: SearchRequest,
    room: Room,
    variants: Mapping[str, Preprocessing],
    used_seconds: float,
) -> SearchSpec:
    task = find_task(version.task)
    fitting = room.fitting(variants)
    return SearchSpec(
        space=task.spaces[room.size],
        instant=task.instant,
        classes=version.classes,
        variants=fitting,
        dataset_digest=version.digest,
        # What was used to prepare is part of what the person gave, and so is our own end.
        seconds=max(1.0, request.minutes * 60 - used_seconds - _STARTING_AND_ENDING_SECONDS),
        trials=request.trials,
        seed=request.seed,
        flash_bytes=room.flash_bytes,
        ram_bytes=room.ram_beside(fitting),
        rungs=1 if task.kind is SampleKind.ROW else 3,
        executor=request.executor,
        most_at_once=request.most_at_once,
        address=request.address,
    )


def resume(project: ProjectFile, *, more_minutes: float | None = None) -> SearchRun:
    """Go on with the newest search where it was interrupted or stopped.

    Args:
        project: The project.
        more_minutes: Time from now on; by default what is left of the search's own.

    Raises:
        SearchError: ``search.nothing_to_resume``, ``search.already_running``, or
            ``search.cannot_resume`` if its working files are not on this computer.
    """
    project.claim_writing()
    _refuse_second(project)
    newest = next(iter(searches.all_searches(project)), None)
    if newest is None or newest.state is SearchState.FINISHED:
        raise SearchError(
            "No search was interrupted.", "Start a new one.", code="search.nothing_to_resume"
        )
    directory = directory_of(newest)
    if not directory.data.is_dir():
        raise SearchError(
            "The working files of the interrupted search are not on this computer.",
            "Start a new one; the candidates found so far are kept.",
            code="search.cannot_resume",
        )
    claimed = jobs.claim(directory)
    if more_minutes is not None:
        _extend(directory, more_minutes)
    searches.set_state(project, newest.id, SearchState.RUNNING)
    return SearchRun(project, newest, jobs.start(directory, claimed))


def _extend(directory: JobDirectory, more_minutes: float) -> None:
    past = JournalReader(directory.journal).read_new()
    used = past[-1].seconds if past else 0.0
    spec = SearchSpec.from_json(directory.read_spec())
    directory.write_spec(replace(spec, seconds=used + more_minutes * 60).as_json())


def recover(project: ProjectFile) -> int:
    """Take in what searches finished that nobody followed to their end.

    A search whose worker is gone is marked as stopped: it can be resumed.

    Returns:
        How many searches there were of that kind.
    """
    found = 0
    for search in searches.all_searches(project):
        directory = directory_of(search)
        if search.state is not SearchState.RUNNING or jobs.is_running(directory):
            continue
        searches.set_state(project, search.id, SearchState.STOPPED, "It was interrupted.")
        take_in_all(project, search, directory)
        found += 1
    return found


def is_running(project: ProjectFile) -> bool:
    """Return whether a search of the project is at work, started by whomever."""
    return any(
        search.state is SearchState.RUNNING and jobs.is_running(directory_of(search))
        for search in searches.all_searches(project)
    )


def _refuse_second(project: ProjectFile) -> None:
    if is_running(project):
        raise SearchError(
            "A search of this project is running already.",
            "Wait until it ends, or stop it where it was started.",
            code="search.already_running",
        )


def not_in_latest(project: ProjectFile) -> int:
    """Return how many labelled samples the version frozen last lacks, or has otherwise."""
    version = latest_version(project)
    if version is None:
        return 0
    if not version.classes:
        return 0  # amounts come with their rows and are never relabelled
    frozen = {(row.sample_digest, row.class_name) for row in version.rows}
    return sum(
        (sample.digest, sample.class_name) not in frozen
        for sample in samples.page(project)
        if sample.class_name is not None and not sample.excluded
    )


def latest_version(project: ProjectFile) -> DatasetVersion | None:
    """Return the dataset version frozen last, or None."""
    digest = datasets.latest_digest(project)
    return None if digest is None else datasets.get(project, digest)

"""Starting and resuming searches, and taking in what an interrupted one had finished."""

from __future__ import annotations

import shutil
import uuid
from dataclasses import replace

from studio import jobs
from studio.app.search_run import SearchRun
from studio.app.taking_in import take_in_all
from studio.compatibility import SearchLimits, search_limits
from studio.datasets import snapshot_for
from studio.devices import find_device
from studio.domain.dataset import DatasetVersion
from studio.domain.errors import SearchError
from studio.domain.preprocessing import ImagePreprocessing
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


def directory_of(search: Search) -> JobDirectory:
    """Return the job directory of a search; it may be gone."""
    return JobDirectory(jobs.jobs_root() / search.job)


def start(project: ProjectFile, version: DatasetVersion, request: SearchRequest) -> SearchRun:
    """Write the job of a new search, record it, and start a worker on it.

    Raises:
        DeviceError: for a device that is unknown or cannot be searched for.
        SearchError: ``search.already_running``.
        ProjectError: ``project.read_only`` while another program has the project open.
    """
    project.claim_writing()
    _refuse_second(project)
    device = find_device(request.device_id)
    task = find_task(version.task)
    how = task.choose_preprocessing(samples.page(project))
    spec = _spec(version, request, task.space, how, search_limits(device, _bytes(how)))
    name = f"{project.property('id')[:8]}-{uuid.uuid4().hex[:12]}"
    directory = JobDirectory(jobs.jobs_root() / name)
    try:
        directory.write_spec(spec.as_json())
        snapshot_for(project, version, how, directory.data)
        claimed = jobs.claim(directory)
        search = searches.add(project, dataset=version.digest, request=request, job=name)
    except BaseException:
        shutil.rmtree(directory.root, ignore_errors=True)
        raise
    return SearchRun(project, search, jobs.start(directory, claimed))


def _bytes(how: ImagePreprocessing) -> int:
    return how.width * how.height * how.channels


def _spec(
    version: DatasetVersion,
    request: SearchRequest,
    space: str,
    how: ImagePreprocessing,
    limits: SearchLimits,
) -> SearchSpec:
    return SearchSpec(
        space=space,
        classes=version.classes,
        preprocessing=how,
        dataset_digest=version.digest,
        seconds=request.minutes * 60,
        trials=request.trials,
        seed=request.seed,
        flash_bytes=limits.flash_bytes,
        ram_bytes=limits.ram_bytes,
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


def recover(project: ProjectFile) -> None:
    """Take in what searches finished that nobody followed to their end.

    A search whose worker is gone is marked as stopped: it can be resumed.
    """
    for search in searches.all_searches(project):
        directory = directory_of(search)
        if search.state is not SearchState.RUNNING or jobs.is_running(directory):
            continue
        searches.set_state(project, search.id, SearchState.STOPPED, "It was interrupted.")
        take_in_all(project, search, directory)


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

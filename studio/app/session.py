"""One open project: everything the window and the command line may ask for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from studio import datasets as freezing
from studio import labelling
from studio.app import importing, linking, searching, sessions
from studio.app.arranging import Arranging
from studio.app.browsing import Browsing
from studio.app.converting import Converting
from studio.app.devices import Devices
from studio.app.fitting import Fitting
from studio.app.judging import Judging
from studio.app.originals import Originals
from studio.app.outgoing import Outgoing
from studio.app.outlook import Outlook
from studio.app.overviews import overview_of
from studio.app.records import ImportSummary, Overview
from studio.app.reviewing import Reviewing
from studio.app.search_run import SearchRun
from studio.app.tidying import Tidying
from studio.domain.candidate import Candidate
from studio.domain.dataset import DatasetVersion
from studio.domain.health import HealthFinding
from studio.domain.operation import Change, Operation
from studio.domain.report import CompatibilityReport
from studio.domain.sample import Sample, SampleClass
from studio.domain.search import Search, SearchRequest
from studio.importers import ImportPreview, Options
from studio.store import backup, blobs, candidates, datasets, samples, saving, searches
from studio.store.backup import Backup
from studio.store.project_file import ProjectFile
from studio.store.samples import SampleFilter
from studio.tasks import find_task

__all__ = ["Session"]


class Session(Converting, Originals, Outgoing):
    """One open project. It belongs to the thread that opened it; each thread opens its own.

    Every method may raise StudioError. Those marked *slow* can take more than 50 ms: a window
    calls them in another thread, with a session of its own.
    """

    def __init__(self, project: ProjectFile) -> None:
        self._project = project
        self.recovered: tuple[str, ...] = ()
        """What opening made good: ``search`` taken in, a change ``rolled-back``."""

    @classmethod
    def create(cls, path: Path, *, task: str = "image-classification") -> Session:
        """Make a new project and open it."""
        return cls(ProjectFile.create(path, task=find_task(task).id))

    @classmethod
    def open(cls, path: Path) -> Session:
        """Open a project, and take in what an interrupted search had finished."""
        unfinished = path.with_name(f"{path.name}-journal").exists()
        session = cls(ProjectFile.open(path))
        try:
            if not session._project.read_only:
                found = searching.recover(session._project)
                good = {"search": found > 0, "rolled-back": unfinished}
                session.recovered = tuple(what for what, so in good.items() if so)
        except BaseException:
            session.close()
            raise
        return session

    def close(self) -> None:
        """Close the project; nothing stays beside the file."""
        self._project.close()

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """Where the project is."""
        return self._project.path

    @property
    def read_only(self) -> bool:
        """Whether another program is writing to the project, so that this one may only look."""
        return self._project.read_only

    def overview(self) -> Overview:
        """Return how the project stands, in numbers."""
        return overview_of(self._project)

    # Samples

    def classes(self) -> tuple[SampleClass, ...]:
        """Return the classes, each with its number of samples."""
        return samples.classes(self._project)

    def samples(
        self,
        *,
        offset: int = 0,
        limit: int = 200,
        class_name: str | None = None,
        unlabelled: bool = False,
    ) -> tuple[Sample, ...]:
        """Return a page of samples in the order they were imported."""
        which = SampleFilter(class_name=class_name, unlabelled=unlabelled)
        return samples.page(self._project, which, offset=offset, limit=limit)

    def sample_names(self, ids: Sequence[int]) -> dict[int, str]:
        """Return the names of samples by row number; those that are gone are left out."""
        return {sample.id: sample.name for sample in samples.get(self._project, ids)}

    def sample_count(self, *, class_name: str | None = None, unlabelled: bool = False) -> int:
        """Return how many samples there are of a kind."""
        which = SampleFilter(class_name=class_name, unlabelled=unlabelled)
        return samples.count(self._project, which)

    def thumbnail(self, digest: str) -> bytes:
        """Return the small PNG of a sample, made at import."""
        return samples.thumbnail(self._project, digest)

    def blob(self, digest: str) -> bytes:
        """Return an original, a model or weights by digest, verified."""
        return blobs.get(self._project, digest)

    def preview_import(
        self, paths: Sequence[Path], *, options: Options | None = None
    ) -> ImportPreview:
        """Return what importing would bring, and what the person may correct; *slow*."""
        return importing.preview(self._project, paths, options)

    def import_paths(
        self,
        paths: Sequence[Path],
        *,
        options: Options | None = None,
        link: bool = False,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> ImportSummary:
        """Import what is new among files and folders, or link to it; *slow*."""
        return importing.import_paths(
            self._project,
            paths,
            options=options,
            link=link,
            progress=progress,
            cancelled=cancelled,
        )

    def assign(self, sample_ids: Sequence[int], class_name: str | None) -> None:
        """Label samples with a class, or with None take their labels away."""
        if class_name is None:
            labelling.clear(self._project, sample_ids)
        else:
            labelling.assign(self._project, sample_ids, class_name)

    @property
    def reviewing(self) -> Reviewing:
        """Review queues, suggestions, conflicts and time ranges."""
        return Reviewing(self._project)

    @property
    def tidying(self) -> Tidying:
        """Keeping samples out, and putting classes together."""
        return Tidying(self._project)

    @property
    def browsing(self) -> Browsing:
        """Lists of samples by conditions and order, and all that is known of one."""
        return Browsing(self._project)

    @property
    def arranging(self) -> Arranging:
        """Classes, boxes and time ranges: each call one step of the history."""
        return Arranging(self._project)

    # Changes, and taking them back

    def perform(self, action: labelling.Action) -> Change | None:
        """Do one of `studio.labelling.operations` as one step; None if it changed nothing."""
        return labelling.perform(self._project, action)

    def undo(self) -> Change | None:
        """Take back the latest step; None when there is none."""
        return labelling.undo(self._project)

    def redo(self) -> Change | None:
        """Do the step again that was undone last; None when there is none."""
        return labelling.redo(self._project)

    def history(self, limit: int = 100) -> tuple[Operation, ...]:
        """Return the latest steps, the newest first; those undone are among them."""
        return labelling.history_of(self._project, limit)

    # The file

    def backup(self) -> Path:
        """Keep a backup now and return where it is; *slow*."""
        return backup.make(self._project)

    def backup_if_due(self) -> Path | None:
        """Keep a backup if the project changed and the last is ten minutes old; *slow*."""
        if self.read_only or not backup.due(self._project):
            return None
        return self.backup()

    def backups(self) -> tuple[Backup, ...]:
        """Return the backups of this project on this computer, the newest first."""
        return tuple(backup.list_backups(self._project))

    def save_as(self, target: Path, *, overwrite: bool = False) -> Path:
        """Write the project under another name, whole or not at all; *slow*."""
        return saving.save_as(self._project, target, overwrite=overwrite)

    def compact(self) -> int:
        """Drop what nothing needs and return how many bytes smaller the file is; *slow*."""
        return saving.compact(self._project)

    # Datasets and searches

    def health(
        self, *, progress: freezing.Progress = freezing.no_progress
    ) -> tuple[HealthFinding, ...]:
        """Return what a person should know about the data, the worst first; *slow*.

        What ``progress`` raises ends it: so it is cancelled.
        """
        return freezing.health(self._project, progress=progress)

    # Sessions

    def sessions(self) -> tuple[freezing.SessionGuess, ...]:
        """Return the sessions the project keeps, each with its samples and the reason."""
        return sessions.kept(self._project)

    def keep_sessions(
        self,
        *,
        pattern: str | None = None,
        column: str | None = None,
        progress: freezing.Progress = freezing.no_progress,
    ) -> Change | None:
        """Keep the sessions that are found now, as one step; *slow*.

        None when nothing was found that is not kept already. What is kept is never guessed over.
        """
        return sessions.keep_found(self._project, pattern=pattern, column=column, progress=progress)

    def move_to_session(self, sample_ids: Sequence[int], name: str) -> Change | None:
        """Put samples into a session, which is made if it is new."""
        return sessions.move(self._project, sample_ids, name)

    def join_sessions(self, names: Sequence[str]) -> Change | None:
        """Put the samples of sessions together into the first of them."""
        return sessions.join(self._project, names)

    def separate_session(self, name: str) -> Change | None:
        """Say that the samples of a session were not taken in one go."""
        return sessions.separate(self._project, name)

    def leak_report(
        self, *, progress: freezing.Progress = freezing.no_progress
    ) -> freezing.LeakReport | None:
        """Return what a split by chance would show beside the honest figure; *slow*.

        None where no sessions or copies are known, so that there is nothing to compare.
        """
        return freezing.leak_report(
            self._project, material=freezing.Material(self._project, progress)
        )

    def split_report(
        self,
        *,
        seed: int = 1,
        pattern: str | None = None,
        column: str | None = None,
        progress: freezing.Progress = freezing.no_progress,
    ) -> freezing.SplitReport:
        """Return the split that freezing would make now, and why; *slow*."""
        material = freezing.Material(self._project, progress)
        return freezing.split_report(
            self._project, seed, pattern=pattern, column=column, material=material
        )

    def freeze(
        self,
        *,
        seed: int = 1,
        pattern: str | None = None,
        column: str | None = None,
        progress: freezing.Progress = freezing.no_progress,
    ) -> DatasetVersion:
        """Freeze the labelled samples into a dataset version; *slow*.

        Refused while linked originals of them are missing: no model could learn from them.
        """
        linking.check_originals(self._project)
        return freezing.freeze(
            self._project, seed=seed, pattern=pattern, column=column, progress=progress
        )

    def kept_sides(self, version: DatasetVersion) -> int:
        """Return how many samples of a version stand where an earlier version put them."""
        return freezing.kept_sides(self._project, version)

    def dataset_versions(self) -> tuple[datasets.DatasetSummary, ...]:
        """Return the dataset versions, the latest first."""
        return datasets.summaries(self._project)

    def searches(self) -> tuple[Search, ...]:
        """Return the searches, the newest first."""
        return searches.all_searches(self._project)

    def unfrozen_count(self) -> int:
        """Return how many labelled samples the dataset version frozen last does not hold.

        They were labelled or changed since, or the split had to leave them out.
        """
        return searching.not_in_latest(self._project)

    def start_search(self, request: SearchRequest) -> SearchRun:
        """Search on the dataset version frozen last, freezing one if there is none; *slow*."""
        version = searching.latest_version(self._project) or self.freeze()
        return searching.start(self._project, version, request)

    def resume_search(self, *, more_minutes: float | None = None) -> SearchRun:
        """Go on with the newest search that was interrupted or stopped; *slow*."""
        return searching.resume(self._project, more_minutes=more_minutes)

    @property
    def outlook(self) -> Outlook:
        """Forecasts, following what is at work, rejections explained, choosing by weights."""
        return Outlook(self._project)

    # Candidates

    def candidates(self) -> tuple[Candidate, ...]:
        """Return the candidates, the best first."""
        return candidates.best_first(self._project)

    @property
    def judging(self) -> Judging:
        """Evaluations, comparisons and "not sure" thresholds of candidates."""
        return Judging(self._project)

    @property
    def devices(self) -> Devices:
        """The devices: the catalogue's, and those a person added."""
        return Devices(self._project)

    @property
    def fitting(self) -> Fitting:
        """What fits which device, and what would."""
        return Fitting(self._project)

    def check(
        self, candidate_id: int | None = None, device_ids: Sequence[str] = ()
    ) -> tuple[CompatibilityReport, ...]:
        """Return the report of a candidate (the best) on devices (all of them)."""
        return self.fitting.check(candidate_id, device_ids)

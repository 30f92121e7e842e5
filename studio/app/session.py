"""One open project: everything the window and the command line may ask for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from studio import datasets as freezing
from studio import labelling
from studio.app import exporting, importing, searching
from studio.app.records import ExportSummary, ImportSummary, Overview
from studio.app.search_run import SearchRun
from studio.domain.candidate import Candidate
from studio.domain.dataset import DatasetVersion
from studio.domain.errors import ExportError
from studio.domain.report import CompatibilityReport
from studio.domain.sample import Sample, SampleClass
from studio.domain.search import Search, SearchRequest
from studio.store import blobs, candidates, datasets, samples, searches
from studio.store.project_file import ProjectFile
from studio.store.samples import SampleFilter
from studio.tasks import find_task

__all__ = ["Session"]


class Session:
    """One open project. It belongs to the thread that opened it; each thread opens its own.

    Every method may raise StudioError. Those marked *slow* can take more than 50 ms: a window
    calls them in another thread, with a session of its own.
    """

    def __init__(self, project: ProjectFile) -> None:
        self._project = project

    @classmethod
    def create(cls, path: Path, *, task: str = "image-classification") -> Session:
        """Make a new project and open it."""
        return cls(ProjectFile.create(path, task=find_task(task).id))

    @classmethod
    def open(cls, path: Path) -> Session:
        """Open a project, and take in what an interrupted search had finished."""
        session = cls(ProjectFile.open(path))
        try:
            if not session._project.read_only:
                searching.recover(session._project)
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

    def overview(self) -> Overview:
        """Return how the project stands, in numbers."""
        ranked = self.candidates()
        return Overview(
            title=self._project.property("title"),
            task=self._project.property("task"),
            samples=self.sample_count(),
            unlabelled=self.sample_count(unlabelled=True),
            classes=len(self.classes()),
            dataset_versions=len(self.dataset_versions()),
            searches=len(self.searches()),
            candidates=len(ranked),
            best=ranked[0] if ranked else None,
            size_bytes=self.path.stat().st_size,
            running=searching.is_running(self._project),
        )

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

    def import_paths(
        self,
        paths: Sequence[Path],
        *,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> ImportSummary:
        """Import what is new among files and folders; *slow*."""
        return importing.import_paths(self._project, paths, progress=progress, cancelled=cancelled)

    def assign(self, sample_ids: Sequence[int], class_name: str | None) -> None:
        """Label samples with a class, or with None take their labels away."""
        if class_name is None:
            labelling.clear(self._project, sample_ids)
        else:
            labelling.assign(self._project, sample_ids, class_name)

    # Datasets and searches

    def freeze(self, *, seed: int = 1) -> DatasetVersion:
        """Freeze the labelled samples into a dataset version; *slow*."""
        return freezing.freeze(self._project, seed=seed)

    def dataset_versions(self) -> tuple[datasets.DatasetSummary, ...]:
        """Return the dataset versions, the latest first."""
        return datasets.summaries(self._project)

    def searches(self) -> tuple[Search, ...]:
        """Return the searches, the newest first."""
        return searches.all_searches(self._project)

    def start_search(self, request: SearchRequest) -> SearchRun:
        """Search on the dataset version frozen last, freezing one if there is none; *slow*."""
        version = searching.latest_version(self._project) or self.freeze()
        return searching.start(self._project, version, request)

    def resume_search(self, *, more_minutes: float | None = None) -> SearchRun:
        """Go on with the newest search that was interrupted or stopped; *slow*."""
        return searching.resume(self._project, more_minutes=more_minutes)

    # Candidates

    def candidates(self) -> tuple[Candidate, ...]:
        """Return the candidates, the best first."""
        return candidates.best_first(self._project)

    def check(
        self, candidate_id: int | None = None, device_ids: Sequence[str] = ()
    ) -> tuple[CompatibilityReport, ...]:
        """Return the report of a candidate (the best) on devices (all of them)."""
        ranked = [c for c in self.candidates() if candidate_id in (None, c.id)]
        if not ranked:
            raise ExportError(
                "There is no candidate to check."
                if candidate_id is None
                else f"There is no candidate {candidate_id}.",
                "Run a search first, or choose one of those listed.",
                code="export.no_candidate" if candidate_id is None else "export.unknown_candidate",
            )
        return exporting.check_candidate(self._project, ranked[0], device_ids)

    def export(
        self, device_id: str, out: Path, *, candidate_id: int | None = None
    ) -> ExportSummary:
        """Write the bundle of a candidate (the best that fits) for a device; *slow*."""
        return exporting.export(self._project, device_id, out, candidate_id)

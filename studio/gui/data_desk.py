"""What the Data page knows beyond the samples: findings, sessions, the split, files outside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from studio.domain.errors import StudioError
from studio.domain.sample import SampleKind
from studio.gui.background import Task
from studio.gui.i18n import mark, tr
from studio.gui.nouns import nouns
from studio.gui.workspace import Workspace

if TYPE_CHECKING:
    from studio.app import DatasetSummary, DataSummary, MissingLink, RelinkSummary
    from studio.app.session import Session
    from studio.datasets import LeakReport, SessionGuess, SplitReport
    from studio.domain.health import HealthFinding

__all__ = ["DataDesk", "Files"]

Work = Callable[["Session", Task], Any]


class _Stopped(Exception):
    """The person cancelled; raised inside the work by its own progress."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """What lies outside of the project, and what was frozen.

    Attributes:
        linked: Originals that stay outside.
        missing: Those that cannot be used, and why.
        versions: Dataset versions, the latest first.
        formats: Title of every form labelled data goes out in, by id.
    """

    linked: int
    missing: tuple[MissingLink, ...]
    versions: tuple[DatasetSummary, ...]
    formats: dict[str, str]


def _files(session: Session, task: Task) -> Files:
    from studio.app import data_formats

    linked = session.links()
    kind = nouns(session.overview().task).kind
    return Files(
        linked=len(linked),
        missing=session.broken_links() if linked else (),
        versions=session.dataset_versions(),
        formats=dict(data_formats(SampleKind(kind) if kind in set(SampleKind) else None)),
    )


def _telling(task: Task) -> Callable[[str, int, int], None]:
    def progress(what: str, done: int, total: int) -> None:
        if task.cancelled():
            raise _Stopped
        task.progress(done, total)

    return progress


def _split(session: Session, task: Task) -> tuple[SplitReport, LeakReport | None]:
    progress = _telling(task)
    return session.split_report(progress=progress), session.leak_report(progress=progress)


class DataDesk(QObject):
    """Asks the session for what the sections of the Data page show.

    Signals:
        changed: Something below is different now.
        said: A sentence for the person about what was done.
    """

    changed = Signal()
    said = Signal(str)

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.findings: tuple[HealthFinding, ...] | None = None
        self.sessions: tuple[SessionGuess, ...] | None = None
        self.split: SplitReport | None = None
        self.leak: LeakReport | None = None
        self.files: Files | None = None
        workspace.samples_changed.connect(self._on_samples_changed)

    def _on_samples_changed(self) -> None:
        """Forget what was found about other samples than these."""
        self.findings = self.split = self.leak = self.sessions = self.files = None
        self.changed.emit()

    # -- asking --------------------------------------------------------------------------

    def look_over(self) -> None:
        """Find what a person should know about the data."""
        self._job(
            mark("Looking the data over"),
            lambda session, task: session.health(progress=_telling(task)),
            lambda found: self._keep(findings=found),
        )

    def read_sessions(self) -> None:
        """Read which sessions the project keeps."""
        self._read(
            lambda session, task: session.sessions(), lambda found: self._keep(sessions=found)
        )

    def read_files(self) -> None:
        """Read what lies outside of the project, and what was frozen."""
        self._read(_files, lambda found: self._keep(files=found))

    def divide(self) -> None:
        """Find the split that freezing would make now, and what a split by chance would show."""
        self._job(
            mark("Dividing into training and test"),
            _split,
            lambda found: self._keep(split=found[0], leak=found[1]),
        )

    # -- sessions ------------------------------------------------------------------------

    def keep_sessions(self) -> None:
        """Keep the sessions that are found now."""
        self._job(
            mark("Finding what was taken in one go"),
            lambda session, task: session.keep_sessions(progress=_telling(task)),
            self._on_sessions_found,
        )

    def _on_sessions_found(self, change: object) -> None:
        if change is None:
            self.said.emit(tr("No sessions were found that are not kept already."))
        self._changed()

    def join(self, names: Sequence[str]) -> None:
        """Put sessions together into the first of them."""
        self._write(lambda session, task: session.join_sessions(list(names)))

    def separate(self, name: str) -> None:
        """Say that the samples of a session were not taken in one go."""
        self._write(lambda session, task: session.separate_session(name))

    def move(self, sample_ids: Sequence[int], name: str) -> None:
        """Put samples into a session, which is made if it is new; so one is renamed too."""
        self._write(lambda session, task: session.move_to_session(list(sample_ids), name))

    # -- findings ------------------------------------------------------------------------

    def exclude(self, sample_ids: Sequence[int]) -> None:
        """Keep samples out of what is learned and tested."""
        self._write(lambda session, task: session.tidying.exclude(sample_ids))

    def put_together(self, sample_ids: Sequence[int], into: str) -> None:
        """Put the classes of these samples together."""
        self._write(lambda session, task: session.tidying.put_together(sample_ids, into))

    # -- files ---------------------------------------------------------------------------

    def relink(self, folder: Path) -> None:
        """Look for originals that are not where they were."""
        self._job(
            mark("Looking for the originals"),
            lambda session, task: session.relink(
                folder, progress=task.progress, cancelled=task.cancelled
            ),
            self._on_relinked,
        )

    def _on_relinked(self, summary: RelinkSummary) -> None:
        self.said.emit(
            tr(
                "{found} of {missing} originals found.",
                found=f"{summary.looked_for - len(summary.missing):,}",
                missing=f"{summary.looked_for:,}",
            )
        )
        self._changed()

    def collect(self) -> None:
        """Copy linked originals into the project."""
        self._job(
            mark("Copying the originals into the project"),
            lambda session, task: session.collect(progress=task.progress, cancelled=task.cancelled),
            lambda report: self._changed(),
        )

    def freeze(self) -> None:
        """Freeze the labelled samples into a dataset version."""
        self._job(
            mark("Freezing a dataset version"),
            lambda session, task: session.freeze(progress=_telling(task)),
            lambda version: self._changed(),
        )

    def export_data(self, out: Path, form: str, *, unlabelled: bool) -> None:
        """Write the labelled samples for other programs."""

        def work(session: Session, task: Task) -> DataSummary | None:
            from studio.app import DataChoice

            choice = DataChoice(unlabelled=unlabelled)
            return session.export_data(
                out, form, choice=choice, progress=task.progress, cancelled=task.cancelled
            )

        self._job(mark("Writing the data"), work, self._on_written)

    def _on_written(self, summary: DataSummary | None) -> None:
        if summary is not None:
            text = tr("{n} files written to {path}.", n=f"{summary.files:,}", path=summary.path)
            self.said.emit(" ".join([text, *summary.notes]))

    # -- how -----------------------------------------------------------------------------

    def _keep(self, **found: object) -> None:
        for name, value in found.items():
            setattr(self, name, value)
        self.changed.emit()

    def _changed(self) -> None:
        self.workspace.tell_samples_changed()

    def _read(self, work: Work, done: Callable[[Any], None]) -> None:
        self.workspace.lanes["look"].submit(work, done, self.workspace.failed.emit)

    def _write(self, work: Work) -> None:
        # What cannot be done leaves the lists as the person changed them: they are read again.
        def failed(error: Exception) -> None:
            self.workspace.failed.emit(error)
            self._changed()

        self.workspace.lanes["read"].submit(work, lambda change: self._changed(), failed)

    def _job(self, title: str, work: Work, done: Callable[[Any], None]) -> None:
        def failed(error: Exception) -> None:
            if not isinstance(error, _Stopped):
                self.workspace.failed.emit(error)

        if not self.workspace.run_job(title, work, done, failed):
            self.workspace.failed.emit(
                StudioError(
                    "Something else is being done.",
                    "Wait until it is finished, or cancel it at the foot of the window.",
                    code="window.busy",
                )
            )

"""Data: take in what a person has, and know what it is worth before anything learns from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from studio.gui.arrivals import Done, Failed, ImportCheck
from studio.gui.background import Task
from studio.gui.data_desk import DataDesk
from studio.gui.i18n import mark, tr
from studio.gui.import_words import summary_text
from studio.gui.models.samples import SampleListModel
from studio.gui.nouns import nouns
from studio.gui.place import Place
from studio.gui.settings import Settings
from studio.gui.theme import SPACING
from studio.gui.widgets.balance import BalanceBars
from studio.gui.widgets.basics import Card, label, page_layout, scrolled
from studio.gui.widgets.data_files import DataFiles
from studio.gui.widgets.drop_zone import DropZone
from studio.gui.widgets.health_list import HealthList
from studio.gui.widgets.import_panel import ImportPanel
from studio.gui.widgets.sample_grid import SampleGrid
from studio.gui.widgets.session_tree import SessionsView
from studio.gui.widgets.skipped import SkippedTable
from studio.gui.widgets.split_view import SplitView
from studio.gui.workspace import Workspace

if TYPE_CHECKING:
    from studio.app import ImportSummary

__all__ = ["ENTRY", "DataPage"]

_SIDE_PX = 330
_EMPTY_DROP_PX = 320
_UNLIMITED_PX = (1 << 24) - 1

_INVITATIONS = {
    "image": mark("Drop a folder with one folder of photos per class, or single photos."),
    "row": mark("Drop a table: CSV, Excel or Parquet, one row per case."),
    "recording": mark("Drop a folder with one folder of recordings per class."),
    "sample": mark("Drop files or folders here."),
}

_SECTIONS: tuple[tuple[str, str], ...] = (
    ("samples", mark("Samples")),
    ("health", mark("Health")),
    ("sessions", mark("Sessions")),
    ("split", mark("Split")),
    ("files", mark("Files")),
)


class DataPage(QWidget):
    """Drop zone and balance at the left, a section at the right; a check takes all of it."""

    def __init__(self, workspace: Workspace, settings: Settings) -> None:
        super().__init__()
        self._workspace, self._settings = workspace, settings
        self.desk = DataDesk(workspace, self)
        self.desk.said.connect(self._on_said)
        self.check = ImportCheck(self._look, workspace.lanes["look"], workspace.backend, self)
        self.check.changed.connect(self._show_what_fits)
        self.check.accepted.connect(self._on_accepted)
        self.panel = ImportPanel(self.check)
        self.drop = DropZone(tr(_INVITATIONS["sample"]), settings)
        self.drop.paths_chosen.connect(self.check_paths)
        self.summary = label()
        self.skipped = SkippedTable()
        self.balance = BalanceBars()
        self.grid = SampleGrid(SampleListModel(workspace, self))
        self.sections: dict[str, QPushButton] = {}
        self._stack = QStackedWidget()
        self._imported: ImportSummary | None = None
        self._built: dict[str, QWidget] = {}
        self._builders: Mapping[str, Callable[[], QWidget]] = {
            "samples": lambda: self.grid,
            "health": lambda: HealthList(self.desk),
            "sessions": lambda: SessionsView(self.desk),
            "split": lambda: SplitView(self.desk),
            "files": lambda: DataFiles(self.desk, settings),
        }
        self._lay_out()
        workspace.view_changed.connect(self._on_view_changed)
        workspace.job_started.connect(self._on_jobs_changed)
        workspace.job_ended.connect(self._on_jobs_changed)
        self.grid.samples.reload()
        self.show_section("samples")
        self._on_view_changed()
        self._on_jobs_changed()

    # -- building ------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._aside, self._main = self._side(), self._sections()
        row = QHBoxLayout()
        page_layout(self, row)
        row.addWidget(self.panel, 1)
        row.addWidget(self._aside)
        row.addWidget(self._main, 1)

    def _side(self) -> QWidget:
        self._result = Card()
        self._result.add(self.summary)
        self._result.add(self.skipped)
        self._result.hide()
        self._balance_title = label("", "section")
        holder = QWidget()
        inner = QVBoxLayout(holder)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self.balance)
        inner.addStretch()
        self._bars = scrolled(holder)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING[2])
        for widget in (self.drop, self._result, self._balance_title):
            column.addWidget(widget)
        column.addWidget(self._bars, 1)
        column.addStretch()
        return side

    def _sections(self) -> QWidget:
        group = QButtonGroup(self)
        row = QHBoxLayout()
        row.setSpacing(SPACING[0])
        for id, title in _SECTIONS:
            choice = QPushButton(tr(title))
            choice.setAccessibleName(tr(title))
            choice.setCheckable(True)
            choice.clicked.connect(lambda checked=False, id=id: self.show_section(id))
            group.addButton(choice)
            self.sections[id] = choice
            row.addWidget(choice)
        row.addStretch()
        main = QWidget()
        column = QVBoxLayout(main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING[2])
        column.addLayout(row)
        column.addWidget(self._stack, 1)
        return main

    def section(self, id: str) -> QWidget:
        """Return a section, built when it is first asked for."""
        if id not in self._built:
            self._built[id] = self._builders[id]()
            self._stack.addWidget(self._built[id])
        return self._built[id]

    def show_section(self, id: str) -> None:
        """Show one of the sections."""
        self.sections[id].setChecked(True)
        self._stack.setCurrentWidget(self.section(id))

    # -- importing -----------------------------------------------------------------------

    @property
    def task(self) -> str:
        """What is learned in this project; empty before it was read."""
        view = self._workspace.view
        return view.overview.task if view else ""

    def check_paths(self, paths: Sequence[Path]) -> None:
        """Show what importing would bring, before anything is written."""
        if paths and self._workspace.job is None:
            self.check.begin(list(paths), [self.task])

    def _look(
        self,
        paths: Sequence[Path],
        task: str,
        options: Mapping[str, str],
        done: Done,
        failed: Failed,
    ) -> Task:
        return self._workspace.lanes["look"].submit(
            lambda session, work: session.preview_import(paths, options=options), done, failed
        )

    def _on_accepted(self) -> None:
        self.import_paths(self.check.paths, dict(self.check.options))

    def import_paths(self, paths: Sequence[Path], options: Mapping[str, str] | None = None) -> None:
        """Take in files and folders; what came of it is shown here."""
        if paths:
            self._workspace.import_paths(list(paths), self._on_imported, options)

    def import_sample(self, name: str) -> None:
        """Take in a sample project's files, in the background."""
        self._workspace.import_sample(name, self._on_imported)

    def _on_imported(self, summary: ImportSummary) -> None:
        self._imported = summary
        self.summary.setText(summary_text(summary, self.task))
        self.skipped.show_files(summary.skipped)
        self._result.show()

    def _on_said(self, sentence: str) -> None:
        self._imported = None
        self.summary.setText(sentence)
        self.skipped.show_files(())
        self._result.show()

    # -- showing -------------------------------------------------------------------------

    def _on_view_changed(self) -> None:
        view = self._workspace.view
        if view is None:
            return
        named = nouns(view.overview.task)
        if self._imported is not None:  # it may have ended before the task was known
            self.summary.setText(summary_text(self._imported, view.overview.task))
        self.drop.sentence.setText(tr(_INVITATIONS[named.kind]))
        title = tr("{samples} in each class", samples=named.many)
        self._balance_title.setText(title[:1].upper() + title[1:])
        self.sections["samples"].setText(named.many[:1].upper() + named.many[1:])
        self._balance_title.setVisible(bool(view.classes))
        self.balance.show_classes(view.classes, view.overview.task)
        self.grid.set_classes([c.name for c in view.classes])
        self._show_what_fits()

    def _show_what_fits(self) -> None:
        view = self._workspace.view
        some = bool(view and view.overview.samples)
        asking = self.check.active
        self._aside.setVisible(not asking)
        self._main.setVisible(some and not asking)
        self._bars.setVisible(some)
        self._aside.setMaximumWidth(_SIDE_PX if some else _UNLIMITED_PX)
        self.drop.setMinimumHeight(0 if some else _EMPTY_DROP_PX)

    def _on_jobs_changed(self, title: str = "") -> None:
        self.drop.setEnabled(self._workspace.job is None)


def _state(workspace: Workspace) -> tuple[str, str]:
    if workspace.view is None:
        return "", ""
    overview = workspace.view.overview
    return f"{overview.samples:,}", nouns(overview.task).count(overview.samples)


ENTRY = Place(id="data", order=1, title=mark("Data"), icon="data", build=DataPage, state=_state)

"""Data: take in photos and see what there is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QScrollArea,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from studio.gui.i18n import mark, plural, tr
from studio.gui.models.samples import SampleListModel
from studio.gui.place import Place
from studio.gui.settings import Settings
from studio.gui.theme import SPACING
from studio.gui.widgets.balance import BalanceBars
from studio.gui.widgets.basics import Card, button, label, page_layout
from studio.gui.widgets.drop_zone import DropZone
from studio.gui.widgets.sample_grid import SampleGrid
from studio.gui.workspace import Workspace

if TYPE_CHECKING:
    from studio.app import ImportSummary

__all__ = ["ENTRY", "DataPage"]

_SIDE_PX = 330
_EMPTY_DROP_PX = 320
_UNLIMITED_PX = (1 << 24) - 1
_SKIPPED_SHOWN = 1000


class DataPage(QWidget):
    """Drop zone, balance of the classes, and every photo."""

    def __init__(self, workspace: Workspace, settings: Settings) -> None:
        super().__init__()
        self._workspace = workspace
        sentence = tr("Drop a folder with one folder of photos per class, or single photos.")
        self.drop = DropZone(sentence, settings)
        self.drop.paths_chosen.connect(self.import_paths)
        self.sample = button(
            tr("Try it with sample photos: handwritten digits"), self.import_sample, role="link"
        )
        self.summary = label()
        self.skipped = self._skipped_table()
        self.balance = BalanceBars()
        self.grid = SampleGrid(SampleListModel(workspace, self))
        self._result = Card()
        self._result.add(self.summary)
        self._result.add(self.skipped)
        self._result.hide()
        row = QHBoxLayout()
        page_layout(self, row)
        self._aside = self._side()
        row.addWidget(self._aside)
        row.addWidget(self.grid, 1)
        workspace.view_changed.connect(self._on_view_changed)
        workspace.job_started.connect(self._on_jobs_changed)
        workspace.job_ended.connect(self._on_jobs_changed)
        self.grid.samples.reload()
        self._on_view_changed()
        self._on_jobs_changed()

    def _side(self) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING[2])
        column.addWidget(self.drop)
        column.addWidget(self.sample)
        column.addWidget(self._result)
        self._balance_title = label(tr("Photos in each class"), "section")
        column.addWidget(self._balance_title)
        scroll = QScrollArea(widgetResizable=True)
        holder = QWidget()
        inner = QVBoxLayout(holder)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self.balance)
        inner.addStretch()
        scroll.setWidget(holder)
        column.addWidget(scroll, 1)
        column.addStretch()
        self._bars = scroll
        return side

    def _skipped_table(self) -> QTableWidget:
        table = QTableWidget(0, 2)
        table.setHorizontalHeaderLabels([tr("File"), tr("Why it was skipped")])
        table.setAccessibleName(tr("Skipped files"))
        table.verticalHeader().hide()
        table.setObjectName("rows")
        table.setShowGrid(False)
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        table.setMaximumHeight(150)
        table.hide()
        return table

    def import_paths(self, paths: Sequence[Path]) -> None:
        """Take in files and folders; what came of it is shown here."""
        if paths:
            self._workspace.import_paths(list(paths), self._on_imported)

    def import_sample(self) -> None:
        """Take in the sample photos, in the background."""
        self._workspace.import_sample("digits", self._on_imported)

    def _on_imported(self, summary: ImportSummary) -> None:
        lines = [plural("{n} photo added.", "{n} photos added.", summary.added)]
        if summary.already_there:
            lines.append(
                plural("{n} was there already.", "{n} were there already.", summary.already_there)
            )
        if summary.skipped:
            lines.append(plural("{n} file skipped:", "{n} files skipped:", len(summary.skipped)))
        self.summary.setText(" ".join(lines))
        shown = summary.skipped[:_SKIPPED_SHOWN]
        self.skipped.setRowCount(len(shown))
        for row, skipped in enumerate(shown):
            for column, text in enumerate((skipped.name, skipped.why)):
                self.skipped.setItem(row, column, QTableWidgetItem(text))
        self.skipped.setVisible(bool(shown))
        self._result.show()

    def _on_view_changed(self) -> None:
        view = self._workspace.view
        if view is None:
            return
        some = bool(view.overview.samples)
        self.grid.setVisible(some)
        self._bars.setVisible(some)
        self._aside.setMaximumWidth(_SIDE_PX if some else _UNLIMITED_PX)
        self.drop.setMinimumHeight(0 if some else _EMPTY_DROP_PX)
        self.sample.setVisible(not some)
        self._balance_title.setVisible(bool(view.classes))
        self.balance.show_classes(view.classes)
        self.grid.set_classes([c.name for c in view.classes])

    def _on_jobs_changed(self, title: str = "") -> None:
        quiet = self._workspace.job is None
        self.drop.setEnabled(quiet)
        self.sample.setEnabled(quiet)


def _state(workspace: Workspace) -> tuple[str, str]:
    samples = workspace.view.overview.samples if workspace.view else 0
    return f"{samples:,}", plural("{n} photo", "{n} photos", samples)


ENTRY = Place(id="data", order=1, title=mark("Data"), icon="data", build=DataPage, state=_state)

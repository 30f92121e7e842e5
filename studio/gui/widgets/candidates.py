"""The leaderboard, and what the chosen model gets wrong."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from studio.domain.candidate import Candidate
from studio.domain.evaluation import Evaluation
from studio.gui import words
from studio.gui.i18n import plural, tr
from studio.gui.models.candidates import CandidateTableModel
from studio.gui.theme import SPACING
from studio.gui.widgets.basics import Card, label
from studio.gui.widgets.confusion import ConfusionTable
from studio.gui.workspace import Workspace

__all__ = ["CandidatesPanel", "MistakesPanel"]


class CandidatesPanel(QWidget):
    """Table of candidates; choosing a row chooses the candidate everywhere."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self.model = CandidateTableModel(workspace, self)
        self.table = self._table()
        self._lay_out()
        self.table.selectionModel().currentRowChanged.connect(self._on_row_changed)
        self.model.modelReset.connect(self._show_chosen)
        workspace.choice_changed.connect(self._show_chosen)
        workspace.view_changed.connect(self._show_chosen)
        self._show_chosen()

    def _table(self) -> QTableView:
        table = QTableView()
        table.setModel(self.model)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setObjectName("rows")
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.horizontalHeader().setStretchLastSection(True)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        table.setAccessibleName(tr("Models, best first"))
        return table

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING[1])
        column.addWidget(label(tr("Models, best first"), "section", wrap=False))
        column.addWidget(self.table, 1)

    def _on_row_changed(self, now: QModelIndex, before: QModelIndex) -> None:
        candidate = self.model.candidate(now.row())
        if candidate is not None:
            self._workspace.choose_candidate(candidate.id)

    def _show_chosen(self) -> None:
        chosen = self._workspace.candidate
        self.setVisible(chosen is not None)
        if chosen is None:
            return
        row = self.model.row_of(chosen.id)
        if row >= 0 and self.table.currentIndex().row() != row:
            flags = QItemSelectionModel.SelectionFlag
            self.table.selectionModel().setCurrentIndex(
                self.model.index(row, 0), flags.ClearAndSelect | flags.Rows
            )


class MistakesPanel(QWidget):
    """The chosen candidate's confusion matrix; hidden while there is none."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self.confusion = ConfusionTable()
        self.title = label("", "section", wrap=False)
        self.measured_on = label("", "small")
        frame = Card()
        frame.add(self.title)
        frame.add(self.confusion, 1)
        frame.add(self.measured_on)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(frame)
        workspace.choice_changed.connect(self._refresh)
        workspace.view_changed.connect(self._refresh)
        self._refresh()

    def _refresh(self) -> None:
        chosen = self._workspace.candidate
        counted = chosen is not None and isinstance(chosen.validation, Evaluation)
        self.setVisible(counted)  # of amounts there are no classes to confuse
        if chosen is not None and counted:
            self._show(chosen)

    def _show(self, chosen: Candidate) -> None:
        evaluation = words.best_evaluation(chosen)
        self.title.setText(tr("Mistakes of model #{id}", id=chosen.id))
        if isinstance(evaluation, Evaluation):
            self.confusion.show_evaluation(evaluation)
        photos = plural("{n} photo", "{n} photos", evaluation.samples)
        if chosen.test is not None:
            text = tr(
                "Rows: what it is; columns: what the model says. {photos} kept aside for the "
                "test, int8.",
                photos=photos,
            )
        else:
            text = tr(
                "Rows: what it is; columns: what the model says. {photos} used for choosing "
                "(validation), int8; the test comes when it is the best.",
                photos=photos,
            )
        self.measured_on.setText(text)

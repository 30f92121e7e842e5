"""The leaderboard: choose, compare, drag onto a board."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from studio.domain.report import Verdict
from studio.gui.i18n import tr
from studio.gui.models.candidates import CandidateTableModel
from studio.gui.theme import SPACING
from studio.gui.train_desk import TrainDesk
from studio.gui.widgets.basics import button, label
from studio.gui.workspace import Workspace

__all__ = ["CandidatesPanel"]


_ROWS_MEASURED = 20
"""Rows that a column's width is measured by; all of them would take long in a long search."""


class CandidatesPanel(QWidget):
    """Table of candidates; choosing a row chooses the candidate everywhere."""

    def __init__(self, workspace: Workspace, desk: TrainDesk) -> None:
        super().__init__()
        self._workspace, self._desk = workspace, desk
        self.model = CandidateTableModel(workspace, self)
        self.table = self._table()
        self.use = button(tr("Use on a board…"), self.show_menu, picture="device")
        self.use.setToolTip(tr("Or drag the model onto a board under Device."))
        self._lay_out()
        self.table.selectionModel().currentRowChanged.connect(self._on_row_changed)
        self.model.modelReset.connect(self._show_chosen)
        desk.ranked.connect(self._on_ranked)
        workspace.choice_changed.connect(self._show_chosen)
        workspace.view_changed.connect(self._show_chosen)
        self._on_ranked()
        self._show_chosen()

    def _table(self) -> QTableView:
        table = QTableView()
        table.setModel(self.model)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setDragEnabled(True)
        table.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        table.setObjectName("rows")
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setResizeContentsPrecision(_ROWS_MEASURED)
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.sortIndicatorChanged.connect(self.model.sort)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(self._on_menu)
        table.setAccessibleName(tr("Models, best first"))
        return table

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(label(tr("Models, best first"), "section", wrap=False), 1)
        head.addWidget(self.use)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING[1])
        column.addLayout(head)
        column.addWidget(self.table, 1)

    # -- onto a board --------------------------------------------------------------------

    def menu(self) -> QMenu:
        """Return the boards the chosen model can go to; those that it fits, once they are known."""
        workspace = self._workspace
        menu = QMenu(tr("Use on a board…"), self)
        known = workspace.candidate is not None and not workspace.checking
        for device in sorted(workspace.devices.values(), key=lambda d: d.name.casefold()):
            report = workspace.reports.get(device.id)
            if known and (report is None or report.verdict is not Verdict.FITS):
                continue
            action = menu.addAction(device.name.replace("&", "&&"))
            action.triggered.connect(lambda checked=False, id=device.id: self._use_on(id))
        if menu.isEmpty():
            menu.addAction(tr("It fits none of the boards; see Device for why.")).setEnabled(False)
        return menu

    def show_menu(self) -> None:
        """Open the menu under its button."""
        self.menu().popup(self.use.mapToGlobal(QPoint(0, self.use.height())))

    def _on_menu(self, place: QPoint) -> None:
        self.menu().popup(self.table.viewport().mapToGlobal(place))

    def _use_on(self, device_id: str) -> None:
        self._workspace.choose_device(device_id)
        go = getattr(self.window(), "go", None)
        if go is not None:
            go("device")

    # -- rows ----------------------------------------------------------------------------

    def _on_ranked(self) -> None:
        self.model.show_ranking(self._desk.order, self._desk.front)

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

"""Device: which boards run the chosen model, and what it needs on each."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from studio.domain.report import Verdict
from studio.domain.wording import KIND_MARKS
from studio.gui import words
from studio.gui.i18n import mark, tr
from studio.gui.models.devices import DeviceFilterModel, DeviceTableModel
from studio.gui.place import Place
from studio.gui.settings import Settings
from studio.gui.theme import SPACING
from studio.gui.widgets.basics import label, page_layout
from studio.gui.widgets.device_panel import DevicePanel
from studio.gui.workspace import Workspace

__all__ = ["ENTRY", "DevicePage"]

_FILTERS = (
    (None, mark("All verdicts")),
    (Verdict.FITS, mark("Fits")),
    (Verdict.DOES_NOT_FIT, mark("Does not fit")),
    (Verdict.UNKNOWN, mark("Unknown")),
)


class DevicePage(QWidget):
    """A table of every device with a search field; the chosen one in full beside it."""

    def __init__(self, workspace: Workspace, settings: Settings) -> None:
        super().__init__()
        self._workspace = workspace
        self.search = QLineEdit(clearButtonEnabled=True)
        self.search.setPlaceholderText(tr("Search by name, maker or core"))
        self.search.setAccessibleName(tr("Search devices"))
        self.verdict = QComboBox()
        self.verdict.setAccessibleName(tr("Filter by verdict"))
        for verdict, title in _FILTERS:
            self.verdict.addItem(tr(title), verdict)
        self.about = label("", "muted")
        self.model = DeviceTableModel(workspace, self)
        self.filter = DeviceFilterModel(self)
        self.filter.setSourceModel(self.model)
        self.table = self._table()
        self.panel = DevicePanel(workspace)
        self._lay_out()
        self.search.textChanged.connect(self._on_search)
        self.verdict.currentIndexChanged.connect(self._on_verdict)
        self.table.selectionModel().currentRowChanged.connect(self._on_row_changed)
        for signal in (workspace.choice_changed, workspace.reports_changed, workspace.view_changed):
            signal.connect(self._refresh)
        self._refresh()

    def _table(self) -> QTableView:
        table = QTableView()
        table.setModel(self.filter)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setSortingEnabled(True)
        table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
        table.setObjectName("rows")
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setIconSize(QSize(16, 16))
        table.verticalHeader().hide()
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        # Wide enough for the longest text in both languages.
        for column, width in enumerate((190, 116, 164, 164, 100)):
            table.setColumnWidth(column, width)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        table.setAccessibleName(tr("Devices"))
        return table

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(SPACING[1])
        head.addWidget(self.search, 1)
        head.addWidget(self.verdict)
        left = QVBoxLayout()
        left.setSpacing(SPACING[1])
        left.addWidget(self.about)
        left.addLayout(head)
        left.addWidget(self.table, 1)
        left.addWidget(_legend())
        row = QHBoxLayout()
        page_layout(self, row)
        row.addLayout(left, 1)
        row.addWidget(self.panel)

    def _on_search(self, text: str) -> None:
        self.filter.set_words(text)

    def _on_verdict(self, index: int) -> None:
        self.filter.set_verdict(self.verdict.itemData(index))

    def _on_row_changed(self, now: QModelIndex, before: QModelIndex) -> None:
        device = now.data(DeviceTableModel.DeviceRole)
        if device is not None:
            self._workspace.choose_device(device.id)

    def _refresh(self) -> None:
        self.about.setText(self._sentence())
        device = self._workspace.device
        if device is None:
            return
        for row in range(self.filter.rowCount()):
            index = self.filter.index(row, 0)
            if index.data(DeviceTableModel.DeviceRole).id == device.id:
                if self.table.currentIndex().row() != row:
                    flags = QItemSelectionModel.SelectionFlag
                    self.table.selectionModel().setCurrentIndex(
                        index, flags.ClearAndSelect | flags.Rows
                    )
                return

    def _sentence(self) -> str:
        candidate = self._workspace.candidate
        if candidate is None:
            return tr("No model yet. Train one to see which of these boards run it.")
        if self._workspace.checking:
            return tr("Checking model #{id} on every board…", id=candidate.id)
        fits, all_ = _fitting(self._workspace)
        return tr("Model #{id} fits {fits} of {all} boards.", id=candidate.id, fits=fits, all=all_)


def _legend() -> QWidget:
    kinds = ", ".join(f"{sign} {words.kind_word(kind)}" for kind, sign in KIND_MARKS.items())
    return label(tr("How a number is known: {kinds}", kinds=kinds), "small")


def _fitting(workspace: Workspace) -> tuple[int, int]:
    reports = workspace.reports.values()
    return sum(r.verdict is Verdict.FITS for r in reports), len(reports)


def _state(workspace: Workspace) -> tuple[str, str]:
    if workspace.candidate is None:
        return "–", tr("no model to check yet")
    if workspace.checking:
        return "…", tr("checking every board")
    fits, all_ = _fitting(workspace)
    return f"{fits}/{all_}", tr("fits {fits} of {all} boards", fits=fits, all=all_)


ENTRY = Place(
    id="device", order=4, title=mark("Device"), icon="device", build=DevicePage, state=_state
)

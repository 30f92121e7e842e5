"""The page: models on the left, boards in the middle, the chosen board on the right."""

from __future__ import annotations

from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from studio.domain.device import Device
from studio.domain.report import Verdict
from studio.gui.fitting.cards import DeviceCards
from studio.gui.fitting.chips import FilterBar
from studio.gui.fitting.desk import FittingDesk
from studio.gui.fitting.models_list import ModelsList
from studio.gui.fitting.remedy import RemedyPanel
from studio.gui.i18n import mark, tr
from studio.gui.models.devices import DeviceSieve
from studio.gui.settings import Settings
from studio.gui.theme import SPACING
from studio.gui.widgets.basics import button, clear, label, page_layout
from studio.gui.widgets.device_panel import DevicePanel
from studio.gui.widgets.drop_zone import dropped_paths
from studio.gui.widgets.empty import EmptyFace
from studio.gui.widgets.notice import NoticeBar
from studio.gui.workspace import Workspace

if TYPE_CHECKING:
    from studio.app.session import Session
    from studio.gui.fitting.matrix import MatrixTable
    from studio.gui.fitting.own import OwnDeviceForm
    from studio.gui.fitting.shop import ShopPanel

__all__ = ["DevicePage"]

_MODELS_PX, _RIGHT_PX = 152, 344
_NARROW_PX, _NARROW_RIGHT_PX, _LEAST_PX = 1000, 300, 832
"""Below the first the models give way: they are in the menus and in the matrix as well."""
_VIEWS = (
    ("boards", mark("Boards")),
    ("matrix", mark("All models")),
    ("shop", mark("What to buy")),
)
_MOST_LISTED = 30


class DevicePage(QWidget):
    """Every device, every model, and how they go together."""

    def __init__(self, workspace: Workspace, settings: Settings) -> None:
        super().__init__()
        self._workspace, self._settings = workspace, settings
        self.desk = FittingDesk(workspace, settings, self)
        self.filters = FilterBar(workspace)
        self.sieve = DeviceSieve(self.desk, self)
        self.about = label("", "muted")
        self.notice = NoticeBar()
        self.models = ModelsList(self.desk)
        self.cards = DeviceCards(self.sieve)
        self.remedy = RemedyPanel(self.desk, settings)
        self.panel = DevicePanel(workspace, self.remedy)
        self.add = button(tr("Add your own board"), self.begin_own, picture="new")
        self.recent = QHBoxLayout()
        self.recent.setSpacing(SPACING[0])
        self._tabs()
        self._removed()
        self._lay_out()
        self.setAcceptDrops(True)
        self.setMinimumWidth(_LEAST_PX)
        self._connect()
        self._show_recent()
        self._on_filter()

    # -- building ------------------------------------------------------------------------

    def _tabs(self) -> None:
        self.tabs = {
            name: button(tr(title), partial(self.show_view, name)) for name, title in _VIEWS
        }
        group = QButtonGroup(self)
        for tab in self.tabs.values():
            tab.setCheckable(True)
            group.addButton(tab)
        nothing = button(tr("Show all boards"), self.filters.clear_all)
        self.nothing = EmptyFace(
            "search",
            tr("No board is like that."),
            tr("Leave out a filter, or add a board of your own."),
            nothing,
        )
        self.views = QStackedWidget()
        self.boards = QStackedWidget()
        self.boards.addWidget(self.cards)
        self.boards.addWidget(self.nothing)
        self.views.addWidget(self.boards)
        self.tabs["boards"].setChecked(True)

    def _removed(self) -> None:
        """Make the line that says what was removed, and takes it back."""
        self._gone = QWidget()
        self.gone = label("")
        row = QHBoxLayout(self._gone)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.gone, 1)
        self.undo = button(tr("Undo"), self._on_undo)
        row.addWidget(self.undo)
        self._gone.hide()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        for tab in self.tabs.values():
            head.addWidget(tab)
        head.addStretch()
        head.addWidget(self.add)
        middle = QVBoxLayout()
        middle.setSpacing(SPACING[1])
        middle.addLayout(head)
        for widget in (self.notice, self._gone, self.filters):
            middle.addWidget(widget)
        middle.addLayout(self.recent)
        middle.addWidget(self.views, 1)
        left = QVBoxLayout()
        left.addWidget(label(tr("Models"), "strong"))
        left.addWidget(self.models, 1)
        left.addWidget(label(tr("Drag one onto a board, or a board onto one."), "small"))
        self._left = QWidget()
        self._left.setFixedWidth(_MODELS_PX)
        left.setContentsMargins(0, 0, 0, 0)
        self._left.setLayout(left)
        self.right = QStackedWidget()
        self.right.setFixedWidth(_RIGHT_PX)
        self.right.addWidget(self.panel)
        row = QHBoxLayout()
        row.setSpacing(SPACING[2])
        row.addWidget(self._left)
        row.addLayout(middle, 1)
        row.addWidget(self.right)
        column = QVBoxLayout()
        page_layout(self, column)
        column.setSpacing(SPACING[1])
        column.addWidget(self.about)
        column.addLayout(row, 1)

    def _connect(self) -> None:
        workspace, desk = self._workspace, self.desk
        for signal in (workspace.choice_changed, workspace.reports_changed, workspace.view_changed):
            signal.connect(self._refresh)
        desk.rows_changed.connect(self._refresh)
        desk.devices_changed.connect(self._refresh)
        desk.recent_changed.connect(self._show_recent)
        desk.devices_changed.connect(self._show_recent)
        desk.failed.connect(self.notice.show_error)
        self.filters.changed.connect(self._on_filter)
        self.cards.chosen.connect(self.choose)
        self.cards.candidate_dropped.connect(self._on_pair)
        self.cards.menu_wanted.connect(self._on_board_menu)
        self.models.chosen.connect(workspace.choose_candidate)
        self.models.device_dropped.connect(self._on_pair)
        self.models.menu_wanted.connect(self._on_model_menu)
        self.remedy.go.connect(self._go)

    # -- what is built when it is first asked for ----------------------------------------

    @cached_property
    def matrix(self) -> MatrixTable:
        """Every model on every board."""
        from studio.gui.fitting.matrix import MatrixTable

        found = MatrixTable(self.desk, self.sieve)
        found.chosen.connect(self._on_pair)
        self._workspace.choice_changed.connect(found.show_chosen)
        self.views.addWidget(found)
        found.show_chosen()
        return found

    @cached_property
    def shop(self) -> ShopPanel:
        """Reverse shopping."""
        from studio.gui.fitting.shop import ShopPanel

        found = ShopPanel(self.desk, lambda: self.filters.filter.wanted)
        found.chosen.connect(lambda device, candidate: self._on_pair(candidate, device))
        self.views.addWidget(found)
        return found

    @cached_property
    def form(self) -> OwnDeviceForm:
        """The form for a board of the person's own."""
        from studio.gui.fitting.own import OwnDeviceForm

        found = OwnDeviceForm(self.desk, self._settings)
        found.saved.connect(self._on_saved)
        found.closed.connect(self._close_form)
        self.right.addWidget(found)
        return found

    # -- faces ---------------------------------------------------------------------------

    @property
    def _narrow(self) -> bool:
        return self.width() < _NARROW_PX

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the boards what room there is."""
        super().resizeEvent(event)
        self.right.setFixedWidth(_NARROW_RIGHT_PX if self._narrow else _RIGHT_PX)
        self._left.setVisible(self._workspace.candidate is not None and not self._narrow)

    def show_view(self, name: str) -> None:
        """Show ``boards``, ``matrix`` or ``shop``."""
        view = {"boards": lambda: self.boards, "matrix": lambda: self.matrix}
        self.views.setCurrentWidget(view.get(name, lambda: self.shop)())
        self.tabs[name].setChecked(True)

    def _on_filter(self) -> None:
        chosen = self.filters.filter
        self.sieve.set(chosen.wanted, chosen.verdict, self.filters.by_name)
        self._refresh()

    def _refresh(self) -> None:
        workspace = self._workspace
        self.about.setText(self._sentence())
        self._left.setVisible(workspace.candidate is not None and not self._narrow)
        for name in ("matrix", "shop"):
            self.tabs[name].setEnabled(workspace.candidate is not None)
        empty = self.sieve.rowCount() == 0 and bool(workspace.devices)
        self.boards.setCurrentWidget(self.nothing if empty else self.cards)
        device = workspace.device
        self.cards.show_chosen(device.id if device else "", checking=workspace.checking)

    def _sentence(self) -> str:
        workspace, candidate = self._workspace, self._workspace.candidate
        if candidate is None:
            return tr("No model yet. Train one to see which of these boards run it.")
        if workspace.checking:
            return tr("Checking model #{id} on every board…", id=candidate.id)
        reports = workspace.reports.values()
        fits = sum(report.verdict is Verdict.FITS for report in reports)
        return tr(
            "Model #{id} fits {fits} of {all} boards.",
            id=candidate.id,
            fits=fits,
            all=len(reports),
        )

    def _show_recent(self) -> None:
        clear(self.recent)
        found = self.desk.recent
        if found:
            self.recent.addWidget(label(tr("Recent:"), "muted", wrap=False))
        for device in found[:3]:
            name = device.name.replace("&", "&&")
            self.recent.addWidget(button(name, partial(self.choose, device.id), role="link"))
        self.recent.addStretch(1)

    # -- choosing ------------------------------------------------------------------------

    def choose(self, device_id: str) -> None:
        """Choose a board; the form gives way."""
        self._close_form()
        self.desk.choose(device_id)

    def _on_pair(self, candidate_id: int, device_id: str) -> None:
        view = self._workspace.view
        if view is None or candidate_id not in {each.id for each in view.candidates}:
            return  # dragged from a window of another project
        self._close_form()
        self.desk.choose(device_id, candidate_id)

    def _go(self, place: str) -> None:
        go = getattr(self.window(), "go", None)
        if go is not None:
            go(place)

    # -- menus ---------------------------------------------------------------------------

    def board_menu(self, device: Device) -> QMenu:
        """Return what can be done with a board, as by mouse and drag."""
        menu = QMenu(self)
        menu.addAction(tr("Choose this board"), partial(self.choose, device.id))
        view = self._workspace.view
        if view is not None and view.candidates:
            models = menu.addMenu(tr("Check a model on it"))
            for each in view.candidates[:_MOST_LISTED]:
                models.addAction(f"#{each.id}", partial(self._on_pair, each.id, device.id))
            menu.addAction(tr("Measure for its core"), partial(self._measure, [device.id]))
            shown = [self.sieve.device(row).id for row in range(self.sieve.rowCount())]
            menu.addAction(tr("Measure for all cores shown"), partial(self._measure, shown))
        if device.own:
            menu.addAction(tr("Change…"), partial(self.change_own, device))
            menu.addAction(tr("Remove"), partial(self.remove_own, device))
        return menu

    def _measure(self, device_ids: list[str]) -> None:
        self.desk.measure(device_ids)

    def _on_board_menu(self, device_id: str, where: QPoint) -> None:
        self.board_menu(self._workspace.devices[device_id]).popup(where)

    def model_menu(self, candidate_id: int) -> QMenu:
        """Return the boards a model can be checked on: those that are shown."""
        menu = QMenu(self)
        boards = menu.addMenu(tr("Check it on a board"))
        for row in range(min(_MOST_LISTED, self.sieve.rowCount())):
            device = self.sieve.device(row)
            name = device.name.replace("&", "&&")
            boards.addAction(name, partial(self._on_pair, candidate_id, device.id))
        return menu

    def _on_model_menu(self, candidate_id: int, where: QPoint) -> None:
        self.model_menu(candidate_id).popup(where)

    # -- a board of the person's own -----------------------------------------------------

    def begin_own(self) -> None:
        """Show the empty form."""
        self.right.setCurrentWidget(self.form)
        self.form.begin()

    def change_own(self, device: Device) -> None:
        """Show the form with what was given."""

        def done(fields: Any) -> None:
            self.right.setCurrentWidget(self.form)
            self.form.begin(device, fields)

        def read(session: Session) -> Any:
            return session.devices.fields(device.id)

        self.desk.lane.submit(lambda session, task: read(session), done, self.notice.show_error)

    def remove_own(self, device: Device) -> None:
        """Remove it, and offer to take that back."""

        def done(change: object) -> None:
            self.gone.setText(tr("{device} was removed.", device=device.name))
            self._gone.show()

        self.desk.keep(
            lambda session: session.devices.remove(device.id), done, self.notice.show_error
        )

    def _on_undo(self) -> None:
        self._gone.hide()
        self.desk.keep(lambda session: session.undo(), lambda found: None, self.notice.show_error)

    def _on_saved(self, device: Device) -> None:
        self._close_form()
        self._gone.hide()
        self.desk.choose(device.id)

    def _close_form(self) -> None:
        self.right.setCurrentWidget(self.panel)

    # -- device files --------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a device file; everything else is for the window."""
        if _device_file(event.mimeData()) is not None:
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add the device of a file."""
        path = _device_file(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.begin_own()
            self.form.take_file(path)


def _device_file(data: Any) -> Path | None:
    paths = dropped_paths(data)
    found = [path for path in paths if path.suffix.lower() == ".toml"]
    return found[0] if len(paths) == len(found) == 1 else None

"""The window: a rail, a header, the pages of the registry, and the shelf. It decides nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from studio.domain.wording import bytes_text
from studio.gui import menus
from studio.gui.file_desk import FileDesk
from studio.gui.i18n import mark, tr
from studio.gui.icons import icon
from studio.gui.pages.bundle import BundlePage, Verify
from studio.gui.pages.keys import KeysPage
from studio.gui.pages.settings import SettingsPage
from studio.gui.place import Place
from studio.gui.settings import Settings
from studio.gui.theme import SPACING, tokens
from studio.gui.tour import Tour
from studio.gui.widgets.basics import label
from studio.gui.widgets.coach import CoachStrip
from studio.gui.widgets.drop_zone import dropped_paths
from studio.gui.widgets.notice import NoticeBar
from studio.gui.widgets.rail import StateRail
from studio.gui.widgets.shelf import JobsShelf
from studio.gui.widgets.side_panels import PANELS, SidePanel
from studio.gui.words import samples_text
from studio.gui.workspace import Workspace
from studio.registry import Registry

__all__ = ["MainWindow", "places"]

_PIPELINE = "pipeline"
_FEET = (
    (_PIPELINE, mark("Pipeline"), "pipeline"),
    ("settings", mark("Settings"), "settings"),
    ("keys", mark("Keys"), "help"),
)
_ALWAYS = ("settings", "keys")
_WITH_PROJECT = ("close", "undo", "redo", "save_as", "backups", "history")


def places() -> list[Place]:
    """Return the places of the rail, from the top."""
    registry: Registry[Place] = Registry("studio.gui.pages")
    return sorted(registry.values(), key=lambda place: place.order)


class MainWindow(QMainWindow):
    """One project, or the start page.

    Args:
        workspace: The open project, or None.
        settings: What the person chose.
        commands: What each entry of the menus does.
        start: Builds the start page.
        tour: The guided tour.

    Signals:
        closed: The window is hidden and will not come back.
        paths_dropped: Files or folders fell on the window (a list of paths).
        restore_requested: A `Backup` that is to take the project's place.
    """

    closed = Signal()
    paths_dropped = Signal(object)
    restore_requested = Signal(object)

    def __init__(
        self,
        workspace: Workspace | None,
        settings: Settings,
        commands: Mapping[str, Callable[[], object]],
        start: Callable[[], QWidget],
        tour: Tour,
    ) -> None:
        super().__init__()
        self.workspace = workspace
        self.settings = settings
        self.tour = tour
        self._start = start
        self.files = FileDesk(workspace) if workspace is not None else None
        self.side = SidePanel(self.files) if self.files is not None else None
        self.setWindowIcon(icon("app", tokens().accent, 64))
        self.setAcceptDrops(True)
        self.resize(1280, 800)
        self._places = places()
        titles = [(place.id, tr(place.title), place.icon) for place in self._places]
        self.rail = StateRail(titles, [(id, tr(title), picture) for id, title, picture in _FEET])
        self.rail.place_requested.connect(self.go)
        self.notice = NoticeBar()
        self.coach = CoachStrip(tour)
        self.coach.place_requested.connect(self.go)
        self.read_only = label(
            tr("Another program is writing to this project: here it can only be looked at."), "bad"
        )
        self.read_only.hide()
        self.stack = QStackedWidget()
        self._builders: dict[str, Callable[[], QWidget]] = {}
        self._pages: dict[str, QWidget] = {}
        self._title = label("", "section", wrap=False)
        self._status = label("", "muted", wrap=False)
        self._lay_out()
        self.menu_actions = self._menus(commands)
        self._add_pages()
        self._show_states()

    # -- building ------------------------------------------------------------------------

    def _lay_out(self) -> None:
        header = QFrame()
        header.setObjectName("header")
        head = QHBoxLayout(header)
        head.setContentsMargins(SPACING[3], SPACING[2], SPACING[3], SPACING[2])
        head.addWidget(self._title, 1)
        head.addWidget(self._status)
        notice = QHBoxLayout()
        notice.setContentsMargins(SPACING[3], 0, SPACING[3], 0)
        told = QVBoxLayout()
        told.addWidget(self.notice)
        told.addWidget(self.read_only)
        notice.addLayout(told)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(header)
        column.addWidget(self.coach)
        column.addLayout(notice)
        column.addWidget(self.stack, 1)
        if self.workspace is not None:
            column.addWidget(JobsShelf(self.workspace))
        centre = QWidget()
        row = QHBoxLayout(centre)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(column, 1)
        if self.side is not None:
            self.side.restore_requested.connect(self.restore_requested)
            row.addWidget(self.side)
        self.setCentralWidget(centre)
        # Takes the first focus, so that no control looks chosen before a key is pressed.
        centre.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        centre.setFocus()

    def _menus(self, commands: Mapping[str, Callable[[], object]]) -> dict[str, QAction]:
        ids = (*(place.id for place in self._places), _PIPELINE)
        goes = {f"go:{id}": self._goer(id) for id in ids}
        feet = {f"go:{place}": self._goer(place) for place in _ALWAYS}
        panels = {panel: partial(self._toggle, panel) for panel in PANELS}
        actions = menus.fill(self, {**goes, **feet, **panels, **commands}, self.settings.keys)
        for command in (*goes, *_WITH_PROJECT):
            actions[command].setEnabled(self.workspace is not None)
        return actions

    def rebuild_menus(self, commands: Mapping[str, Callable[[], object]]) -> None:
        """Make the menus anew, after the person chose other keys."""
        self.menu_actions = self._menus(commands)

    def show_bundle(self, path: Path, verify: Verify) -> None:
        """Show what a bundle is and whether it proves itself."""
        page = BundlePage(path, verify)
        before = self._pages.pop("bundle", None)
        self._builders["bundle"] = lambda: page
        page.dismissed.connect(self._leave_bundle)
        self.go("bundle")
        if before is not None:
            self.stack.removeWidget(before)
            before.deleteLater()

    def _leave_bundle(self) -> None:
        self.go("start" if self.workspace is None else self._places[0].id)

    def _toggle(self, panel: str) -> None:
        if self.side is not None:
            self.side.toggle(panel)

    def _goer(self, place: str) -> Callable[[], None]:
        return lambda: self.go(place)

    def _add_pages(self) -> None:
        workspace = self.workspace
        if workspace is None:
            self._builders["start"] = self._start
        else:
            for place in self._places:
                self._builders[place.id] = partial(place.build, workspace, self.settings)
            self._builders[_PIPELINE] = self._pipeline
            workspace.failed.connect(self.notice.show_error)
            for signal in (
                workspace.view_changed,
                workspace.reports_changed,
                workspace.training_changed,
                workspace.choice_changed,
            ):
                signal.connect(self._show_states)
            workspace.samples_wanted.connect(self._on_samples_wanted)
        if self.files is not None:
            self.files.changed.connect(self._show_read_only)
            self.files.read_state()
        self._builders["keys"] = lambda: KeysPage(self.settings)
        self._builders["settings"] = lambda: SettingsPage(self.settings)
        self.rail.set_open(
            [*(place.id for place in self._places), _PIPELINE], workspace is not None
        )
        self.go("start" if workspace is None else self._places[0].id)

    def _pipeline(self) -> QWidget:
        from studio.gui.pipeline.page import PipelinePage  # few look at it, so not at the start

        assert self.workspace is not None
        page = PipelinePage(self.workspace, self.settings)
        page.place_requested.connect(self.go)
        return page

    def page(self, place: str) -> QWidget:
        """Return a page; it is built when it is first asked for, so that none waits for all."""
        if place not in self._pages:
            self._pages[place] = self._builders[place]()
            self.stack.addWidget(self._pages[place])
        return self._pages[place]

    # -- doing ---------------------------------------------------------------------------

    def go(self, place: str) -> None:
        """Show a page; asking for the settings again leads back."""
        if place == self.current and place in _ALWAYS:
            place = next(iter(self._builders))
        if place in self._builders:
            self.stack.setCurrentWidget(self.page(place))
        self.rail.show_current(self.current)
        self.tour.visit(self.current)

    def _on_samples_wanted(self, ids: tuple[int, ...], title: str) -> None:
        self.go("label")
        show = getattr(self.page("label"), "show_samples", None)
        if show is not None:
            show(ids, title)

    def _show_read_only(self) -> None:
        self.read_only.setVisible(self.files is not None and self.files.read_only)

    @property
    def current(self) -> str:
        """The id of the page that is shown."""
        shown = self.stack.currentWidget()
        return next((id for id, page in self._pages.items() if page is shown), "")

    def _show_states(self) -> None:
        workspace = self.workspace
        if workspace is None:
            self._title.setText("Edge AutoML Studio")
            self.setWindowTitle("Edge AutoML Studio")
            return
        for place in self._places:
            self.rail.show_state(place.id, *place.state(workspace))
        overview = workspace.view.overview if workspace.view else None
        title = overview.title if overview else workspace.path.stem
        self._title.setText(title)
        self.setWindowTitle(f"{title} – Edge AutoML Studio")
        self._status.setText(
            tr("Reading the project…")
            if overview is None
            else samples_text(overview.task, overview.samples)
            + f" · {bytes_text(overview.size_bytes)} · "
            + tr("saved")
        )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and folders anywhere on the window."""
        if dropped_paths(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Pass on what was dropped."""
        event.acceptProposedAction()
        self.paths_dropped.emit(dropped_paths(event.mimeData()))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Hide first, so that ending the threads is not seen."""
        self.hide()
        event.accept()
        self.closed.emit()

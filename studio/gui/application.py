"""The program around the window: opens projects, keeps settings, ends everything at the close."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QFileDialog

from studio import __version__
from studio.gui import i18n, theme
from studio.gui.arrivals import Done, Failed, ImportCheck
from studio.gui.backend import AppBackend, Backend
from studio.gui.background import Lane, Task
from studio.gui.foresight import Foresight
from studio.gui.happenings import nothing_usable, recovered_words
from studio.gui.i18n import tr
from studio.gui.import_words import OFFERED
from studio.gui.keeper import Keeper
from studio.gui.main_window import MainWindow
from studio.gui.notifier import Notifier
from studio.gui.pages.data import DataPage
from studio.gui.pages.start import StartPage
from studio.gui.recents import RecentWatch
from studio.gui.screen import check_screen
from studio.gui.settings import Settings
from studio.gui.signals import SignalWatch
from studio.gui.tour import SAMPLE, Tour
from studio.gui.workspace import Workspace

if TYPE_CHECKING:
    from studio.app import Arrival
    from studio.app.session import Session
    from studio.store.backup import Backup

__all__ = ["Program", "run"]

SUFFIX = ".automl"


def free_path(folder: Path, name: str) -> Path:
    """Return a project path in `folder` that is not taken: ``name``, ``name 2``..."""
    path, number = folder / f"{name}{SUFFIX}", 1
    while path.exists():
        number += 1
        path = folder / f"{name} {number}{SUFFIX}"
    return path


class Program(QObject):
    """Holds the one window and the one open project."""

    def __init__(self, app: QApplication, backend: Backend, settings: Settings) -> None:
        super().__init__()
        self._app, self._backend, self.settings = app, backend, settings
        self.workspace: Workspace | None = None
        self._keeper: Keeper | None = None
        self.window: MainWindow | None = None
        self.tour = Tour(settings, self)
        # Makes and opens projects; its session is never used, so none is opened.
        self._opener = Lane("opener", _no_session, self)
        self._dress()
        settings.changed.connect(self._on_setting_changed)
        app.styleHints().colorSchemeChanged.connect(self._on_scheme_changed)

    def _dress(self) -> None:
        i18n.install(self.settings["language"])
        theme.apply(self._app, self.settings["theme"])

    # -- the window ----------------------------------------------------------------------

    def show(self) -> MainWindow:
        """Build the window for what is open now, in the place of the one before."""
        before = self.window
        window = self.window = MainWindow(
            self.workspace, self.settings, self._commands(), self._start_page, self.tour
        )
        window.closed.connect(self._on_closed)
        window.paths_dropped.connect(self.take_paths)
        window.restore_requested.connect(self.restore)
        if window.files is not None:
            window.files.written.connect(self.open)
        if before is not None:
            window.setGeometry(before.geometry())
            before.closed.disconnect(self._on_closed)
            before.hide()
            before.deleteLater()
        window.show()
        return window

    def _start_page(self) -> StartPage:
        check = ImportCheck(self._look, self._opener, self._backend)
        page = StartPage(self.settings, check, self._backend.samples())
        page.new_requested.connect(self.ask_for_new)
        page.open_requested.connect(self.ask_for_open)
        page.sample_requested.connect(self.start_sample)
        page.tour_requested.connect(self.start_tour)
        page.project_chosen.connect(self.open)
        page.paths_dropped.connect(self.take_paths)
        page.import_accepted.connect(lambda: self._on_import_accepted(page))
        return page

    def _commands(self) -> dict[str, Callable[[], object]]:
        return {
            "new": self.ask_for_new,
            "open": self.ask_for_open,
            "save_as": self.ask_for_save_as,
            "close": self.close_project,
            "quit": self.quit,
            "undo": self._on_undo,
            "redo": self._on_redo,
            "tour": self.start_tour,
        }

    def _on_undo(self) -> None:
        if self._keeper is not None:
            self._keeper.undo()

    def _on_redo(self) -> None:
        if self._keeper is not None:
            self._keeper.redo()

    def quit(self) -> None:
        """Close the window, which ends the program."""
        if self.window is not None:
            self.window.close()

    def _on_setting_changed(self, key: str) -> None:
        if key in ("language", "theme"):
            self._dress()
            self._show_again()
        elif key == "keys" and self.window is not None:
            self.window.rebuild_menus(self._commands())

    def _show_again(self) -> None:
        """Build the window anew where the person is."""
        place = self.window.current if self.window else ""
        self.show().go(place)

    def _on_scheme_changed(self, *scheme: object) -> None:
        before = theme.tokens()
        theme.apply(self._app, self.settings["theme"])
        if self.window is not None and theme.tokens() is not before:
            self._show_again()

    def _on_closed(self) -> None:
        self.end()
        self._app.quit()

    def end(self) -> None:
        """End every thread of the open project and of the program."""
        if self.workspace is not None:
            self.workspace.close()
            self.workspace.deleteLater()
            self.workspace = self._keeper = None
        self._opener.close()

    # -- projects ------------------------------------------------------------------------

    def ask_for_new(self, task: str = OFFERED[0]) -> None:
        """Ask where a new project goes, then make it."""
        folder = self.settings.projects_folder
        start = str(free_path(folder, tr("My project")))
        path, _ = QFileDialog.getSaveFileName(
            self.window, tr("New project"), start, tr("Projects (*.automl)")
        )
        if path:
            self.create(Path(path).with_suffix(SUFFIX), task)

    def ask_for_save_as(self) -> None:
        """Ask for another name, then write the project there and go on in it."""
        if self.workspace is None or self.window is None or self.window.files is None:
            return
        before = self.workspace.path
        start = str(free_path(before.parent, before.stem))
        path, _ = QFileDialog.getSaveFileName(
            self.window, tr("Save as"), start, tr("Projects (*.automl)")
        )
        if path:
            self.window.files.save_as(Path(path).with_suffix(SUFFIX))

    def ask_for_open(self) -> None:
        """Ask which project to open, then open it."""
        path, _ = QFileDialog.getOpenFileName(
            self.window,
            tr("Open a project"),
            self.settings.last_folder,
            tr("Projects (*.automl)"),
        )
        if path:
            self.settings["last_folder"] = str(Path(path).parent)
            self.open(Path(path))

    def create(self, path: Path, task: str, then: Callable[[], None] | None = None) -> None:
        """Make a new project and show it, then go on."""
        self._begin(lambda: self._backend.create(path, task), path, then)

    def open(self, path: Path, then: Callable[[], None] | None = None) -> None:
        """Open a project and show it; if it cannot be opened, say why and keep this one."""
        self._begin(lambda: self._backend.open(path), path, then)

    def _begin(
        self, opens: Callable[[], Session], path: Path, then: Callable[[], None] | None
    ) -> None:
        def work(session: object, task: object) -> tuple[str, ...]:
            opened = opens()
            try:
                return tuple(getattr(opened, "recovered", ()))
            finally:
                opened.close()

        def done(recovered: tuple[str, ...]) -> None:
            self._show_project(path)
            if recovered and self.window is not None:
                self.window.notice.show_words(*recovered_words(recovered))
            if then is not None:
                then()

        self._opener.submit(work, done, self._on_failed)

    def _show_project(self, path: Path) -> None:
        self._leave()
        self.workspace = Workspace(path, self._backend, self)
        self._keeper = Keeper(self.workspace)
        RecentWatch(self.workspace, self.settings)
        Foresight(self.workspace)
        self.settings.remember(path)
        self.tour.follow(self.workspace)
        window = self.show()
        Notifier(self.workspace, self.settings, window)
        self.workspace.begin()

    def restore(self, backup: Backup) -> None:
        """Put a backup in the place of the open project, and open it again."""
        if self.workspace is None:
            return
        path = self.workspace.path
        self.close_project()

        def work(session: object, task: object) -> None:
            self._backend.restore(path, backup.path)

        self._opener.submit(work, lambda nothing: self.open(path), self._on_failed)

    def _leave(self) -> None:
        if self.workspace is not None:
            self.workspace.close()
            self.workspace.deleteLater()
            self.workspace = self._keeper = None
        self.tour.follow(None)

    def close_project(self) -> None:
        """Go back to the start page."""
        self._leave()
        self.show()

    def _on_failed(self, error: Exception) -> None:
        if self.window is not None:
            self.window.notice.show_error(error)

    # -- what falls on the window --------------------------------------------------------

    def take_paths(self, paths: Sequence[Path]) -> None:
        """Open a project, look into a bundle, or show what importing anything else would bring."""
        given = list(paths)
        self._opener.submit(
            lambda session, task: self._backend.arrival(given), self._on_arrival, self._on_failed
        )

    def _on_arrival(self, arrival: Arrival) -> None:
        if self.window is None:
            return
        if arrival.kind == "project":
            self.open(arrival.path)
        elif arrival.kind == "bundle":
            self.window.show_bundle(arrival.path, self._verify)
        elif self.workspace is not None:
            self._data_page().check_paths(arrival.paths)
        elif not arrival.tasks:
            self._on_failed(nothing_usable(arrival.path))
        else:
            self._start().check_paths(arrival.paths, arrival.tasks)

    def _verify(self, bundle: Path, done: Callable[[object], None], failed: Failed) -> None:
        self._opener.submit(lambda session, task: self._backend.verify(bundle), done, failed)

    def _look(
        self,
        paths: Sequence[Path],
        task: str,
        options: Mapping[str, str],
        done: Done,
        failed: Failed,
    ) -> Task:
        return self._opener.submit(
            lambda session, work: self._backend.preview(paths, task, options), done, failed
        )

    def _start(self) -> StartPage:
        assert self.window is not None
        self.window.go("start")
        page = self.window.page("start")
        assert isinstance(page, StartPage)
        return page

    def _on_import_accepted(self, page: StartPage) -> None:
        paths, task, options = page.chosen
        path = free_path(self.settings.projects_folder, paths[0].stem)
        self.create(path, task, lambda: self._data_page().import_paths(paths, options))

    def _data_page(self) -> DataPage:
        assert self.window is not None
        self.window.go("data")
        page = self.window.page("data")
        assert isinstance(page, DataPage)
        return page

    def start_sample(self, name: str) -> None:
        """Make a project of a sample."""
        sample = next(each for each in self._backend.samples() if each.id == name)
        title = sample.titles.get(i18n.language(), sample.titles["en"])
        path = free_path(self.settings.projects_folder, title)
        self.create(path, sample.task, lambda: self._data_page().import_sample(name))

    def start_tour(self) -> None:
        """Begin the tour, or take it up again; without a project it makes one of a sample."""
        self.tour.begin()
        if self.workspace is None:
            self.start_sample(SAMPLE)


def _no_session() -> None:
    return None


def run(project: Path | None = None) -> int:
    """Show the window, on a project if one is given; return the exit status.

    Args:
        project: A project file to open.

    Raises:
        StudioError: if no window can open here, as `check_screen` says.
    """
    found = QApplication.instance()
    if not isinstance(found, QApplication):
        check_screen()
    app = found if isinstance(found, QApplication) else QApplication(sys.argv[:1])
    # Short turns for the other threads, so that the window answers while they compute.
    sys.setswitchinterval(0.001)
    app.setApplicationName("edge-automl-studio")
    app.setApplicationDisplayName("Edge AutoML Studio")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("edge-automl-studio")
    app.setQuitOnLastWindowClosed(False)
    program = Program(app, AppBackend(), Settings())
    program.show()
    if project is not None:
        program.open(project)
    watch = SignalWatch(program.quit)
    try:
        return int(app.exec())
    finally:
        watch.close()

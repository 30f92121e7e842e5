"""Tells the person that long work has ended, while another window is in front."""

from __future__ import annotations

from time import monotonic

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QMainWindow, QSystemTrayIcon

from studio.gui.i18n import tr
from studio.gui.settings import Settings
from studio.gui.workspace import Workspace

__all__ = ["Notifier"]

_LONG_S = 10.0


class Notifier(QObject):
    """Shows a notification of the desktop; without a tray the window's entry is marked."""

    def __init__(self, workspace: Workspace, settings: Settings, window: QMainWindow) -> None:
        super().__init__(workspace)
        self._workspace, self._settings = workspace, settings
        self.told: list[str] = []
        self._began: float | None = None
        self._title = ""
        self._searching = False
        self._tray: QSystemTrayIcon | None = None
        workspace.job_started.connect(self._on_started)
        workspace.job_ended.connect(self._on_ended)
        workspace.training_changed.connect(self._on_training)

    def _on_started(self, title: str) -> None:
        self._began, self._title = monotonic(), title

    def _on_ended(self) -> None:
        if self._began is not None and monotonic() - self._began >= _LONG_S:
            self.tell(tr("{work}: done", work=tr(self._title)))
        self._began = None

    def _on_training(self) -> None:
        before, self._searching = self._searching, self._workspace.searching
        if before and not self._searching:
            self.tell(tr("The search has ended."))

    def tell(self, text: str) -> None:
        """Say it, unless the person is looking or does not want to be told."""
        if self._settings["notify"] != "yes" or QApplication.activeWindow() is not None:
            return
        self.told.append(text)
        window = next(
            (w for w in QApplication.topLevelWidgets() if isinstance(w, QMainWindow)), None
        )
        if QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages():
            if self._tray is None and window is not None:
                self._tray = QSystemTrayIcon(window.windowIcon(), self)
            if self._tray is not None:
                self._tray.show()
                self._tray.showMessage("Edge AutoML Studio", text)
        if window is not None:
            QApplication.alert(window)

"""A place to drop files or a folder on."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from studio.gui.i18n import tr
from studio.gui.icons import pixmap
from studio.gui.settings import Settings
from studio.gui.theme import SPACING, tokens
from studio.gui.widgets.basics import button, label

__all__ = ["DropZone", "dropped_paths"]


def dropped_paths(data: QMimeData) -> list[Path]:
    """Return the local files and folders of a drag."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


class DropZone(QFrame):
    """A dashed frame with one sentence and two buttons for those who do not drag.

    Signals:
        paths_chosen: A list of files and folders, dropped or picked.
    """

    paths_chosen = Signal(object)

    def __init__(self, sentence: str, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("dropzone")
        self.setAcceptDrops(True)
        self._settings = settings
        self._picture = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._picture.setPixmap(pixmap("data", tokens().muted, 32, self.devicePixelRatioF()))
        self.sentence = label(sentence, "muted")
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.folder = button(tr("Choose a folder…"), self._on_folder, picture="folder")
        self.files = button(tr("Choose files…"), self._on_files)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self.folder)
        buttons.addWidget(self.files)
        buttons.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(*[SPACING[2]] * 4)
        column.setSpacing(SPACING[1])
        column.addStretch()
        column.addWidget(self._picture)
        column.addWidget(self.sentence)
        column.addLayout(buttons)
        column.addStretch()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Light up for files and folders."""
        if dropped_paths(event.mimeData()):
            self._light(True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Go dark again."""
        self._light(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what was dropped."""
        self._light(False)
        event.acceptProposedAction()
        self.paths_chosen.emit(dropped_paths(event.mimeData()))

    def _light(self, over: bool) -> None:
        self.setProperty("over", over)
        self.style().unpolish(self)
        self.style().polish(self)

    def _on_folder(self) -> None:
        start = self._settings.last_folder
        folder = QFileDialog.getExistingDirectory(self, tr("Choose a folder"), start)
        if folder:
            self._settings["last_folder"] = str(Path(folder).parent)
            self.paths_chosen.emit([Path(folder)])

    def _on_files(self) -> None:
        start = self._settings.last_folder
        files, _ = QFileDialog.getOpenFileNames(self, tr("Choose files"), start)
        if files:
            self._settings["last_folder"] = str(Path(files[0]).parent)
            self.paths_chosen.emit([Path(file) for file in files])

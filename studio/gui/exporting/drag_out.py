"""A file that can be dragged out of the window, or copied by menu and keyboard."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QContextMenuEvent, QDrag, QGuiApplication, QMouseEvent
from PySide6.QtWidgets import QApplication, QMenu, QPushButton

from studio.gui.i18n import tr
from studio.gui.icons import icon, pixmap
from studio.gui.theme import tokens

__all__ = ["DragOut", "file_data"]


def file_data(path: Path) -> QMimeData:
    """Return a file as file managers and mail programs take it."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    data.setText(str(path))
    return data


class DragOut(QPushButton):
    """Drag it out; pressed, it opens a menu that does the same by copying."""

    def __init__(self) -> None:
        super().__init__(tr("Drag me out"))
        self.path: Path | None = None
        self._pressed: QPoint | None = None
        self.setIcon(icon("export"))
        self.setAccessibleName(tr("The bundle: drag it out, or press for a menu"))
        self.setToolTip(tr("Drag it to a folder or a mail, or press for a menu."))
        self.menu_ = QMenu(self)
        self.menu_.addAction(tr("Copy file"), self.copy_file)
        self.menu_.addAction(tr("Copy path"), self.copy_path)
        self.clicked.connect(self._on_clicked)

    def copy_file(self) -> None:
        """Put the file on the clipboard, to be pasted in a file manager or a mail."""
        if self.path is not None:
            QGuiApplication.clipboard().setMimeData(file_data(self.path))

    def copy_path(self) -> None:
        """Put where the file is on the clipboard."""
        if self.path is not None:
            QGuiApplication.clipboard().setText(str(self.path))

    def _on_clicked(self) -> None:
        self.menu_.popup(self.mapToGlobal(QPoint(0, self.height())))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the menu where it was asked for."""
        self.menu_.popup(event.globalPos())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Note where a drag may begin."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Begin a drag once it has gone far enough."""
        far = QApplication.startDragDistance()
        start = self._pressed
        if start is None or self.path is None:
            return
        if (event.position().toPoint() - start).manhattanLength() >= far:
            self._pressed = None
            self.setDown(False)
            self._drag(self.path)

    def _drag(self, path: Path) -> None:
        drag = QDrag(self)
        drag.setMimeData(file_data(path))
        drag.setPixmap(pixmap("export", tokens().accent, 32))
        drag.exec(Qt.DropAction.CopyAction)

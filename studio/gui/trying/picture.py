"""What the model saw, as large as there is room."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.gui.i18n import tr
from studio.gui.theme import base_font, tokens

__all__ = ["SeenPicture"]

_TEXT_PX = 18
_LARGEST_PX = 220


class SeenPicture(QWidget):
    """A small picture with its pixels visible, as the model gets it."""

    def __init__(self) -> None:
        super().__init__()
        self._image: QImage | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(QSize(80, 80))

    def show_input(self, image: QImage | None) -> None:
        """Show another one."""
        self._image = image
        if image is not None:
            size = f"{image.width()} × {image.height()}"
            self.setAccessibleName(tr("What the model sees: {size}", size=size))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint."""
        if self._image is None:
            return
        painter = QPainter(self)
        painter.setFont(base_font(11))
        painter.setPen(QColor(tokens().muted))
        painter.drawText(0, _TEXT_PX - 6, self.accessibleName())
        side = min(self.width(), self.height() - _TEXT_PX, _LARGEST_PX)
        scale = side / max(self._image.width(), self._image.height())
        wide, high = self._image.width() * scale, self._image.height() * scale
        painter.drawImage(QRectF(0, _TEXT_PX, wide, high), self._image)
        painter.end()

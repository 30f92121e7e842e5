"""How much of a memory a model needs."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.domain.figure import Figure
from studio.domain.wording import bytes_text
from studio.gui import words
from studio.gui.i18n import tr
from studio.gui.theme import tokens

__all__ = ["MemoryBar"]

_HEIGHT_PX = 12


class MemoryBar(QWidget):
    """A bar from nothing to the device's limit; the uncertain part is paler."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._low = self._high = 0.0
        self._known = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return a thin, wide bar."""
        return QSize(160, _HEIGHT_PX)

    def show_use(self, name: str, used: Figure, limit_bytes: int | None) -> None:
        """Show how much is used of how much, both in bytes."""
        self._known = used.value is not None and bool(limit_bytes)
        if used.value is not None and limit_bytes:
            self._high = (used.high if used.high is not None else used.value) / limit_bytes
            self._low = (used.low if used.low is not None else used.value) / limit_bytes
        limit = bytes_text(limit_bytes) if limit_bytes else "?"
        spoken = tr(
            "{name}: {used} of {limit}", name=name, used=words.figure_text(used), limit=limit
        )
        self.setAccessibleName(spoken)
        self.setToolTip(spoken)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground, the sure part and the uncertain part."""
        t = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(t.line))
        painter.setBrush(QColor(t.background))
        whole = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(whole, 4, 4)
        if self._known:
            colour = QColor(t.no if self._low > 1 else t.change if self._high > 1 else t.fits)
            painter.setPen(QColor(0, 0, 0, 0))
            for share, alpha in ((self._high, 110), (self._low, 255)):
                colour.setAlpha(alpha)
                painter.setBrush(colour)
                part = QRectF(whole)
                part.setWidth(max(3.0, whole.width() * min(1.0, share)))
                painter.drawRoundedRect(part, 4, 4)
        painter.end()

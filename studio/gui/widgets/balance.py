"""How many samples each class has, as bars."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.domain.sample import SampleClass
from studio.gui.i18n import tr
from studio.gui.nouns import nouns
from studio.gui.theme import CLASS_COLOURS, base_font, tokens
from studio.gui.widgets.basics import paint_class_mark

__all__ = ["BalanceBars"]

_ROW_PX = 26
_NAME_PX = 104
_MOST_NAME_SHARE = 0.5
_NUMBER_PX = 52


class BalanceBars(QWidget):
    """One bar a class: mark, name, bar, number."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._classes: tuple[SampleClass, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_classes(self, classes: Sequence[SampleClass], task: str) -> None:
        """Show other classes, their samples called as those of a task."""
        self._classes = tuple(classes)
        named = nouns(task)
        spoken = "; ".join(f"{c.name}: {named.count(c.samples)}" for c in classes)
        self.setAccessibleName(tr("{samples} in each class", samples=named.many))
        self.setAccessibleDescription(spoken)
        self.setFixedHeight(self.sizeHint().height())
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for every class."""
        return QSize(240, max(1, len(self._classes)) * _ROW_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bars, the longest as wide as there is room."""
        painter = QPainter(self)
        painter.setFont(base_font(13))
        longest = max((c.samples for c in self._classes), default=0) or 1
        widest = max((painter.fontMetrics().horizontalAdvance(c.name) for c in self._classes),
                     default=0)  # fmt: skip
        names = max(_NAME_PX, min(widest + 30, round(self.width() * _MOST_NAME_SHARE)))
        for row, each in enumerate(self._classes):
            self._paint_row(painter, row, each, each.samples / longest, names)
        painter.end()

    def _paint_row(
        self, painter: QPainter, row: int, each: SampleClass, share: float, names: int
    ) -> None:
        top, t = row * _ROW_PX, tokens()
        paint_class_mark(painter, row, QRectF(1, top + _ROW_PX / 2 - 5, 10, 10))
        painter.setPen(QColor(t.text))
        name = painter.fontMetrics().elidedText(each.name, Qt.TextElideMode.ElideMiddle, names - 24)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(18, top, names - 20, _ROW_PX), middle, name)
        room = max(0, self.width() - names - _NUMBER_PX)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(CLASS_COLOURS[row % len(CLASS_COLOURS)]))
        bar = QRectF(names, top + _ROW_PX / 2 - 4, max(2.0, room * share), 8)
        painter.drawRoundedRect(bar, 3, 3)
        painter.setPen(QColor(t.muted))
        right = middle | Qt.AlignmentFlag.AlignRight
        number = QRectF(self.width() - _NUMBER_PX, top, _NUMBER_PX - 2, _ROW_PX)
        painter.drawText(number, right, f"{each.samples:,}")

"""How sure a model is of each class, as bars, with the line below which it says "not sure"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.gui.i18n import tr
from studio.gui.theme import base_font, mixed, tokens

if TYPE_CHECKING:
    from studio.app.trying import Answer

__all__ = ["AnswerBars"]

_ROW_PX = 26
_NAME_PX = 150
_NUMBER_PX = 56
_MOST = 8


class AnswerBars(QWidget):
    """The likeliest classes, from the top."""

    def __init__(self) -> None:
        super().__init__()
        self._answer: Answer | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def sizeHint(self) -> QSize:
        """Return room for as many bars as there are."""
        rows = min(_MOST, len(self._answer.classes)) if self._answer else 0
        return QSize(_NAME_PX + _NUMBER_PX + 160, rows * _ROW_PX + 4)

    minimumSizeHint = sizeHint

    def show_answer(self, answer: Answer | None) -> None:
        """Paint another answer."""
        self._answer = answer
        if answer is not None and answer.classes:
            said = ", ".join(f"{name} {100 * share:.0f} %" for name, share in self._ranked())
            self.setAccessibleName(tr("How sure: {bars}", bars=said))
        self.updateGeometry()
        self.update()

    def _ranked(self) -> list[tuple[str, float]]:
        answer = self._answer
        if answer is None:
            return []
        pairs = zip(answer.classes, answer.shares, strict=True)
        return sorted(pairs, key=lambda pair: -pair[1])[:_MOST]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint."""
        answer = self._answer
        if answer is None or not answer.classes:
            return
        t = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(base_font())
        metrics = QFontMetricsF(painter.font())
        wide = self.width() - _NAME_PX - _NUMBER_PX
        for place, (name, share) in enumerate(self._ranked()):
            top = place * _ROW_PX
            painter.setPen(QColor(t.text))
            short = metrics.elidedText(name, Qt.TextElideMode.ElideRight, _NAME_PX - 8)
            middle = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRectF(0, top, _NAME_PX - 8, _ROW_PX), middle, short)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(t.line))
            painter.drawRoundedRect(QRectF(_NAME_PX, top + 7, wide, 12), 3, 3)
            said = name == answer.said
            painter.setBrush(QColor(t.accent if said else mixed(t.muted, t.surface, 0.6)))
            length = wide * min(1.0, max(0.0, share))
            painter.drawRoundedRect(QRectF(_NAME_PX, top + 7, length, 12), 3, 3)
            painter.setPen(QColor(t.muted))
            right = Qt.AlignmentFlag.AlignRight | middle
            number = QRectF(self.width() - _NUMBER_PX, top, _NUMBER_PX, _ROW_PX)
            painter.drawText(number, right, f"{100 * share:.0f} %")
        if 0 < answer.threshold <= 1:
            painter.setPen(QPen(QColor(t.change), 1.5, Qt.PenStyle.DashLine))
            x = round(_NAME_PX + wide * answer.threshold)
            painter.drawLine(x, 0, x, _ROW_PX * len(self._ranked()))
        painter.end()

"""Which parts of a picture or a signal an answer depends on: the darker, the more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from studio.gui import words
from studio.gui.asking import Asker
from studio.gui.i18n import tr
from studio.gui.results.refusals import refusal
from studio.gui.theme import CLASS_COLOURS, SPACING, base_font, tokens
from studio.gui.widgets.basics import label
from studio.gui.workspace import Workspace

if TYPE_CHECKING:
    from studio.app.explaining import Occlusion

__all__ = ["WhyPanel"]

_DARK = (0, 48, 58)
_FADED = 0.55
_LITTLE = 0.02
"""A fall of sureness below this is what rounding does."""

_LEGEND_PX = 22


def picture_of(seen: NDArray[np.uint8]) -> QImage:
    """Return what a model sees, ``(height, width, 1 or 3)``, as a picture."""
    rgb = np.repeat(seen, 3, axis=2) if seen.shape[2] == 1 else seen[..., :3]
    packed = np.ascontiguousarray(rgb)
    high, wide = packed.shape[:2]
    return QImage(packed.tobytes(), wide, high, 3 * wide, QImage.Format.Format_RGB888).copy()


def shaded(seen: NDArray[np.uint8], drops: NDArray[np.float32]) -> QImage:
    """Return the picture, faded, with what the answer depends on in dark."""
    rgb = np.repeat(seen, 3, axis=2) if seen.shape[2] == 1 else seen[..., :3]
    faded = 255 - (255 - rgb.astype(np.float32)) * (1 - _FADED)
    share = (drops / max(float(drops.max()), 1e-6))[..., None] * 0.9
    mixed = faded * (1 - share) + np.array(_DARK, np.float32) * share
    return picture_of(np.asarray(mixed.round(), np.uint8))


class _View(QWidget):
    """Paints the input as it is, and as it matters, with a legend."""

    def __init__(self) -> None:
        super().__init__()
        self._found: Occlusion | None = None
        self._pictures: tuple[QImage, ...] = ()
        self.setMinimumSize(QSize(200, 130))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_occlusion(self, found: Occlusion | None) -> None:
        """Paint another one."""
        self._found, self._pictures = found, ()
        if found is not None and found.seen.shape[1] > 1:
            self._pictures = (picture_of(found.seen), shaded(found.seen, found.drops))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint."""
        if self._found is None:
            return
        painter = QPainter(self)
        painter.setFont(base_font(11))
        room = QRectF(0, 0, self.width(), self.height() - _LEGEND_PX)
        if self._pictures:
            bottom = self._paint_pictures(painter, room)
        else:
            bottom = self._paint_signal(painter, room, self._found)
        most = float(self._found.drops.max())
        if most >= _LITTLE:  # else every shade would stand for nothing
            self._paint_legend(painter, bottom, most)
        painter.end()

    def _paint_pictures(self, painter: QPainter, room: QRectF) -> float:
        gap = SPACING[1]
        side = min((room.width() - gap) / 2, room.height())
        for place, picture in enumerate(self._pictures):
            scale = side / max(picture.width(), picture.height())
            size = QSize(round(picture.width() * scale), round(picture.height() * scale))
            painter.drawImage(QRectF(place * (side + gap), 0, size.width(), size.height()), picture)
        return side

    def _paint_signal(self, painter: QPainter, room: QRectF, found: Occlusion) -> float:
        t, drops = tokens(), found.drops[:, 0]
        painter.fillRect(room, QColor("#FFFFFF"))
        wide = room.width() / len(drops)
        most = max(float(drops.max()), 1e-6)
        for place, drop in enumerate(drops):
            colour = QColor(*_DARK)
            colour.setAlphaF(0.75 * float(drop) / most)
            left, right = round(place * wide), round((place + 1) * wide)
            painter.fillRect(QRectF(left, 0, right - left, room.height()), colour)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for channel in range(found.seen.shape[2]):
            values = found.seen[:, 0, channel].astype(float) / 255
            line = [
                QPointF((i + 0.5) * wide, room.height() * (1 - value))
                for i, value in enumerate(values)
            ]
            painter.setPen(QPen(QColor(CLASS_COLOURS[channel % len(CLASS_COLOURS)]), 1.4))
            painter.drawPolyline(QPolygonF(line))
        painter.setPen(QColor(t.line))
        painter.drawRect(room)
        return room.bottom()

    def _paint_legend(self, painter: QPainter, bottom: float, most: float) -> None:
        t = tokens()
        top = bottom + 6
        bar = QRectF(0, top + 3, 90, 8)
        ramp = QLinearGradient(bar.topLeft(), bar.topRight())
        ramp.setColorAt(0, QColor("#FFFFFF"))
        ramp.setColorAt(1, QColor(*_DARK))
        painter.fillRect(bar, ramp)
        painter.setPen(QColor(t.line))
        painter.drawRect(bar)
        painter.setPen(QColor(t.muted))
        text = tr("−{points} points", points=f"{100 * most:.0f}")
        painter.drawText(QPointF(bar.right() + 8, top + 11), text)


class WhyPanel(QWidget):
    """Asks for one sample; says what the picture means."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._asker = Asker(workspace, self)
        self.view = _View()
        self.says = label(tr("Choose one of the samples to see what its answer depends on."))
        self.meaning = label("", "small")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING[1])
        column.addWidget(label(tr("Why this answer?"), "section"))
        column.addWidget(self.says)
        column.addWidget(self.view, 1)
        column.addWidget(self.meaning)

    def clear(self) -> None:
        """Show nothing, until a sample is chosen."""
        self._asker.forget("why")
        self.view.show_occlusion(None)
        self.says.setText(tr("Choose one of the samples to see what its answer depends on."))
        self.meaning.setText("")

    def show_sample(self, candidate_id: int, sample_id: int) -> None:
        """Ask about another sample."""
        self.says.setText(tr("Asking the model again and again, with a part hidden each time…"))
        self.meaning.setText("")

        def question(session: Any) -> Any:
            return session.judging.explaining.occlusion(candidate_id, sample_id)

        self._asker.ask("why", question, self._on_found, self._on_refused)

    def _on_found(self, found: Occlusion) -> None:
        self.view.show_occlusion(found)
        name = found.sample.name
        self.view.setAccessibleName(tr("What the answer depends on: {name}", name=name))
        share = words.percent(found.share)
        self.says.setText(
            tr(
                "{name}: the model says {said}, {share} sure.",
                name=found.sample.name,
                said=found.said,
                share=share,
            )
        )
        little = float(found.drops.max()) < _LITTLE
        self.meaning.setText(
            tr("No single part matters: the answer stays as sure whatever is hidden.")
            if little
            else tr(
                "The darker, the more the answer depends on it: hidden, the model is up to {points}"
                " points less sure. Asked {n} times, int8 model.",
                points=f"{100 * float(found.drops.max()):.0f}",
                n=found.questions,
            )
        )

    def _on_refused(self, error: Exception) -> None:
        self.view.show_occlusion(None)
        self.says.setText(refusal(error))

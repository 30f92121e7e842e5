"""A photo at any zoom, with its boxes: drawn, moved, resized and deleted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QGraphicsPixmapItem, QGraphicsScene, QGraphicsView

from studio.domain.sample import Box, Sample
from studio.gui.i18n import tr
from studio.gui.labelling.controller import LabelController
from studio.gui.theme import CLASS_COLOURS, base_font, tokens

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from studio.app.browsing import Region

__all__ = ["PhotoView"]

_HANDLE_PX = 7
_LEAST = 0.005
"""A smaller box, as a share of the picture, is a click."""

_STEP, _MOST_ZOOM = 1.25, 24.0
_NUDGE = 0.005

#: The edges a handle moves: left, top, right, bottom.
_HANDLES = (
    (1, 1, 0, 0), (0, 1, 0, 0), (0, 1, 1, 0), (0, 0, 1, 0),
    (0, 0, 1, 1), (0, 0, 0, 1), (1, 0, 0, 1), (1, 0, 0, 0),
)  # fmt: skip
_WHOLE = (1, 1, 1, 1)


class PhotoView(QGraphicsView):
    """Shows a photo and its boxes; without `editing` the boxes are only looked at.

    Signals:
        drawn: A box was drawn: x, y, width and height as shares of the picture.
        changed: Row number of a box that was moved or resized, and what it is now.
        picked: Row number of the box that keys act on, -1 for none.
        ready: The photo is shown.
    """

    drawn = Signal(QRectF)
    changed = Signal(int, object)
    picked = Signal(int)
    ready = Signal()

    def __init__(self, controller: LabelController, side: int) -> None:
        super().__init__()
        self._controller = controller
        self._side = side
        self.sample: Sample | None = None
        self.editing = False
        self.drawing = False
        self.picked_id = -1
        self._asked = 0
        self._boxes: dict[int, Box] = {}
        self._numbers: Mapping[str, int] = {}
        self._fit = True
        self._grip: tuple[tuple[int, ...], QPointF, QRectF] | None = None
        self._live: QRectF | None = None
        self._picture = QGraphicsPixmapItem()
        self._picture.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        scene = QGraphicsScene(self)
        scene.addItem(self._picture)
        self.setScene(scene)
        self.setFrameShape(QGraphicsView.Shape.NoFrame)
        self.setBackgroundBrush(QColor(tokens().background))
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("Photo"))

    # -- the photo -----------------------------------------------------------------------

    def show_sample(self, sample: Sample | None) -> None:
        """Read a photo in the background and show it."""
        if sample == self.sample:
            return
        same = sample is not None and self.sample is not None and sample.id == self.sample.id
        self.sample = sample
        if same:
            return
        self._asked += 1
        asked, side = self._asked, self._side
        self._boxes, self._live, self.picked_id = {}, None, -1
        if sample is None:
            self._picture.setPixmap(QPixmap())
            return
        self._controller.workspace.lanes["thumbnails"].submit(
            lambda session, task: _image(session.browsing.picture(sample, side)),
            lambda image: self._on_image(asked, image),
            self._on_failed,
        )

    def _on_failed(self, error: Exception) -> None:
        self._picture.setPixmap(QPixmap())
        self._controller.workspace.failed.emit(error)

    def _on_image(self, asked: int, image: QImage) -> None:
        if asked != self._asked:
            return
        self._picture.setPixmap(QPixmap.fromImage(image))
        self.scene().setSceneRect(self._picture.boundingRect())
        self.fit()
        self.ready.emit()

    def show_boxes(self, regions: Sequence[Region], numbers: Mapping[str, int]) -> None:
        """Draw the boxes of this photo; `numbers` says which mark a class has."""
        self._numbers = numbers
        self._boxes = {one.id: one.shape for one in regions if isinstance(one.shape, Box)}
        self._live = None
        if self.picked_id not in self._boxes:
            self.pick(-1)
        self.viewport().update()

    @property
    def boxes(self) -> dict[int, Box]:
        """The boxes that are shown, by row number."""
        return dict(self._boxes)

    # -- zoom ----------------------------------------------------------------------------

    def fit(self) -> None:
        """Show the whole photo, small ones larger than they are."""
        self._fit = True
        self.fitInView(self._picture, Qt.AspectRatioMode.KeepAspectRatio)

    def full_size(self) -> None:
        """Show a pixel of the photo as one of the screen."""
        self._fit = False
        self.resetTransform()

    def zoom_by(self, factor: float) -> None:
        """Show the photo larger or smaller."""
        scale = self.transform().m11() * factor
        if 0.02 < scale < _MOST_ZOOM:
            self._fit = False
            self.scale(factor, factor)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, scroll without."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(_STEP if event.angleDelta().y() > 0 else 1 / _STEP)
            event.accept()
        else:
            super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep showing the whole photo."""
        super().resizeEvent(event)
        if self._fit:
            self.fit()

    # -- places --------------------------------------------------------------------------

    def _rect(self, box: Box) -> QRectF:
        size = self._picture.boundingRect().size()
        w, h = size.width(), size.height()
        return QRectF(box.x * w, box.y * h, box.width * w, box.height * h)

    def _share(self, rect: QRectF) -> QRectF:
        whole = self._picture.boundingRect()
        inside = rect.normalized().intersected(whole)
        w, h = whole.width() or 1, whole.height() or 1
        return QRectF(inside.x() / w, inside.y() / h, inside.width() / w, inside.height() / h)

    def view_rect(self, region_id: int) -> QRectF:
        """Return where a box stands on the widget, in its pixels."""
        shape = self._rect(self._boxes[region_id])
        return QRectF(self.mapFromScene(shape.topLeft()), self.mapFromScene(shape.bottomRight()))

    def _handles(self, region_id: int) -> list[tuple[tuple[int, ...], QPointF]]:
        r = self.view_rect(region_id)
        xs, ys = (r.left(), r.center().x(), r.right()), (r.top(), r.center().y(), r.bottom())
        places = [(0, 0), (1, 0), (2, 0), (2, 1), (2, 2), (1, 2), (0, 2), (0, 1)]
        return [
            (edges, QPointF(xs[x], ys[y])) for edges, (x, y) in zip(_HANDLES, places, strict=True)
        ]

    # -- mouse ---------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of a handle or a box, or begin a new box."""
        if not self.editing or event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        self.setFocus()
        at = event.position()
        scene = self.mapToScene(at.toPoint())
        if self.picked_id >= 0:
            for edges, place in self._handles(self.picked_id):
                if (place - at).manhattanLength() <= 2 * _HANDLE_PX:
                    self._grip = (edges, scene, self._rect(self._boxes[self.picked_id]))
                    return
        under = [id for id in self._boxes if self.view_rect(id).contains(at)]
        if under and not self.drawing:
            smallest = min(under, key=lambda id: self._boxes[id].width * self._boxes[id].height)
            self.pick(smallest)
            self._grip = (_WHOLE, scene, self._rect(self._boxes[smallest]))
            return
        self.pick(-1)
        if self.drawing:
            self._grip = ((0, 0, 1, 1), scene, QRectF(scene, QSizeF(0, 0)))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the hand."""
        if self._grip is None:
            super().mouseMoveEvent(event)
            return
        (left, top, right, bottom), start, rect = self._grip
        by = self.mapToScene(event.position().toPoint()) - start
        moved = rect.adjusted(left * by.x(), top * by.y(), right * by.x(), bottom * by.y())
        whole = self._picture.boundingRect()
        if (left, top, right, bottom) == _WHOLE:
            moved.moveLeft(max(0.0, min(moved.left(), whole.width() - moved.width())))
            moved.moveTop(max(0.0, min(moved.top(), whole.height() - moved.height())))
        self._live = moved.normalized().intersected(whole)
        self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Keep what was drawn or moved."""
        live, self._live, grip, self._grip = self._live, None, self._grip, None
        if grip is None or live is None:
            super().mouseReleaseEvent(event)
            return
        share = self._share(live)
        if min(share.width(), share.height()) >= _LEAST:
            if self.picked_id in self._boxes:
                self._change(self.picked_id, share)
            else:
                self.drawn.emit(share)
        self.viewport().update()

    def _change(self, id: int, share: QRectF) -> None:
        box = replace(
            self._boxes[id],
            x=share.x(),
            y=share.y(),
            width=min(share.width(), 1 - share.x()),
            height=min(share.height(), 1 - share.y()),
        )
        if box != self._boxes[id]:
            self._boxes[id] = box
            self.changed.emit(id, box)

    # -- keys ----------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the picked box, with Shift its lower right corner; Tab goes to the next."""
        moves = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, -1),
            Qt.Key.Key_Down: (0, 1),
        }
        step = moves.get(Qt.Key(event.key()))
        if step is None or self.picked_id not in self._boxes or not self.editing:
            super().keyPressEvent(event)
            return
        box = self._boxes[self.picked_id]
        dx, dy = step[0] * _NUDGE, step[1] * _NUDGE
        share = QRectF(box.x, box.y, box.width, box.height)
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            share.setRight(max(box.x + _LEAST, min(1.0, share.right() + dx)))
            share.setBottom(max(box.y + _LEAST, min(1.0, share.bottom() + dy)))
        else:
            share.moveLeft(max(0.0, min(1 - box.width, box.x + dx)))
            share.moveTop(max(0.0, min(1 - box.height, box.y + dy)))
        self._change(self.picked_id, share)
        self.viewport().update()

    def pick(self, region_id: int) -> None:
        """Make a box the one that keys act on."""
        if region_id != self.picked_id:
            self.picked_id = region_id
            self.picked.emit(region_id)
            self.viewport().update()

    def pick_next(self) -> None:
        """Pick the next box, in the order they were made."""
        ids = list(self._boxes)
        if ids:
            place = ids.index(self.picked_id) + 1 if self.picked_id in ids else 0
            self.pick(ids[place % len(ids)])

    # -- drawing -------------------------------------------------------------------------

    def drawForeground(self, painter: QPainter, rect: QRectF | object) -> None:
        """Draw the boxes in the widget's own pixels, so that lines stay thin at any zoom."""
        painter.save()
        painter.resetTransform()
        painter.setFont(base_font(11, bold=True))
        for id, box in self._boxes.items():
            if not (id == self.picked_id and self._live is not None):
                self._paint_box(painter, self.view_rect(id), box.class_name, id == self.picked_id)
        if self._live is not None:
            corners = (
                self.mapFromScene(self._live.topLeft()),
                self.mapFromScene(self._live.bottomRight()),
            )
            self._paint_box(painter, QRectF(*corners), "", True)
        elif self.editing and self.picked_id in self._boxes:
            painter.setBrush(QColor(tokens().surface))
            painter.setPen(QPen(QColor(tokens().accent), 2))
            for _, place in self._handles(self.picked_id):
                painter.drawRect(QRectF(place.x() - 4, place.y() - 4, 8, 8))
        painter.restore()

    def _paint_box(self, painter: QPainter, r: QRectF, name: str, picked: bool) -> None:
        number = self._numbers.get(name, 0)
        colour = QColor(CLASS_COLOURS[number % len(CLASS_COLOURS)] if name else tokens().accent)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(tokens().surface), 4 if picked else 3))
        painter.drawRect(r)
        painter.setPen(QPen(colour, 3 if picked else 2))
        painter.drawRect(r)
        if not name:
            return
        text = f"{number + 1} {name}" if number < 9 else name
        width = min(painter.fontMetrics().horizontalAdvance(text) + 8, max(40.0, r.width()))
        flag = QRectF(r.left(), r.top() - 17 if r.top() > 17 else r.top(), width, 17)
        painter.fillRect(flag, QColor(tokens().surface))
        painter.setPen(QColor(tokens().text))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(width) - 6)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.drawText(flag.adjusted(4, 0, 0, 0), flags, shown)


def _image(pixels: NDArray[np.uint8]) -> QImage:
    height, width, _ = pixels.shape
    image = QImage(pixels.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888)
    return image.copy()

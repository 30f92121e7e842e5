"""The graph drawn: boxes and edges, walked by arrows, zoomed, and dragged from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QDrag,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QGraphicsItem,
    QGraphicsScene,
    QGraphicsView,
    QStyleOptionGraphicsItem,
    QWidget,
)

from studio.gui.i18n import tr
from studio.gui.icons import pixmap
from studio.gui.mime import candidate_data, dragged_candidate
from studio.gui.pipeline.layout import COLUMNS, GAP_X, HIGH, WIDE, Box, Spot
from studio.gui.pipeline.walking import next_box
from studio.gui.pipeline.words import COLUMN_TITLES, NEW_BUNDLE, Says
from studio.gui.theme import base_font, mixed, tokens

__all__ = ["PipelineCanvas"]

_HEAD = 36.0
_PAD = 10.0
_SMALLEST, _LARGEST, _STEP = 0.3, 2.0, 1.2
_ARROWS = {
    Qt.Key.Key_Left: "left",
    Qt.Key.Key_Right: "right",
    Qt.Key.Key_Up: "up",
    Qt.Key.Key_Down: "down",
}


class _Drawn(QGraphicsItem):
    """One box."""

    def __init__(self, box: Box, says: Says) -> None:
        super().__init__()
        self.box, self.says = box, says
        self.chosen = self.over = False
        self.setToolTip(says.spoken)

    def boundingRect(self) -> QRectF:
        """Return the box and its line."""
        return QRectF(-4, -4, WIDE + 12, HIGH + 12)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Draw the box; stale ones with a sign and a word, not with colour alone."""
        t = tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lit = self.chosen or self.over
        pen = QPen(QColor(t.accent if lit else t.change if self.says.stale else t.line))
        pen.setWidthF(2.0 if lit else 1.0)
        if self.box.id == NEW_BUNDLE:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(QColor(mixed(t.accent, t.surface, 0.16) if lit else t.surface))
        body = QRectF(0, 0, WIDE, HIGH)
        if self.box.members:
            painter.drawRoundedRect(body.translated(4, 4), 6, 6)
        painter.drawRoundedRect(body, 6, 6)
        self._letter(painter)

    def _letter(self, painter: QPainter) -> None:
        t = tokens()
        lines = [
            (self.says.title, base_font(13, bold=True), t.text, _PAD),
            (self.says.about, base_font(11), t.muted, _PAD),
        ]
        if self.says.stale:
            lines.append((self.says.stale, base_font(11), t.change, _PAD + 16))
            painter.drawPixmap(QPointF(_PAD, 45), pixmap("change", t.change, 12, 2.0))
        for number, (text, font, colour, left) in enumerate(lines):
            painter.setFont(font)
            painter.setPen(QColor(colour))
            line = QRectF(left, 6 + 19 * number, WIDE - left - _PAD, 18)
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, _cut(text, font, line.width()))


def _cut(text: str, font: QFont, wide: float) -> str:
    return QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, wide)


class PipelineCanvas(QGraphicsView):
    """Boxes over edges; one box is current, and the keys go from it.

    Signals:
        current_changed: The id of another box.
        opened: The id of a box that was entered or pressed twice.
        menu_wanted: The id of a box, and where on the screen.
        compared: The ids of two models, as one was dropped on the other.
        export_wanted: The id of a model that was dropped on the box for a new bundle.
    """

    current_changed = Signal(str)
    opened = Signal(str)
    menu_wanted = Signal(str, QPoint)
    compared = Signal(int, int)
    export_wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setScene(QGraphicsScene(self))
        self.setFrameShape(QGraphicsView.Shape.NoFrame)
        self.setDragMode(QGraphicsView.DragMode.NoDrag)
        self.setAcceptDrops(True)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.SmartViewportUpdate)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setAccessibleName(tr("The project as a graph"))
        self.current = ""
        self.boxes: dict[str, Box] = {}
        self.spots: Mapping[str, Spot] = {}
        self.drawn: dict[str, _Drawn] = {}
        self._edges: list[QPainterPath] = []
        self._pressed: tuple[str, QPoint] | None = None

    def show_graph(
        self, boxes: Sequence[Box], spots: Mapping[str, Spot], says: Mapping[str, Says]
    ) -> None:
        """Draw another graph; the current box stays where it still is."""
        self.scene().clear()
        self.boxes = {box.id: box for box in boxes}
        self.spots, self.drawn = spots, {}
        for box in boxes:
            item = self.drawn[box.id] = _Drawn(box, says[box.id])
            item.setPos(spots[box.id].x, spots[box.id].y + _HEAD)
            self.scene().addItem(item)
        self._edges = [
            _edge(spots[parent], spots[box.id]) for box in boxes for parent in box.parents
        ]
        self.scene().setSceneRect(self.scene().itemsBoundingRect().adjusted(-16, -_HEAD, 24, 24))
        self.viewport().update()
        self.choose(self.current if self.current in self.boxes else next(iter(self.boxes), ""))

    def drawBackground(self, painter: QPainter, area: QRectF | QRect) -> None:
        """Draw the names of the columns and the edges, all at once."""
        t, area = tokens(), QRectF(area)
        painter.fillRect(area, QColor(t.background))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(mixed(t.muted, t.background, 0.6)), 1.5))
        for edge in self._edges:
            if edge.controlPointRect().adjusted(-1, -1, 1, 1).intersects(area):
                painter.drawPath(edge)
        painter.setPen(QColor(t.muted))
        painter.setFont(base_font(13, bold=True))
        for number, kind in enumerate(COLUMNS):
            painter.drawText(QPointF(number * (WIDE + GAP_X), 16), tr(COLUMN_TITLES[kind]))

    # -- choosing ------------------------------------------------------------------------

    def choose(self, id: str) -> None:
        """Make a box the current one and bring it into sight."""
        if (before := self.drawn.get(self.current)) is not None:
            before.chosen = False
            before.update()
        self.current = id
        if (now := self.drawn.get(id)) is not None:
            now.chosen = True
            now.update()
            self.ensureVisible(now, 24, 24)
            self.setAccessibleDescription(now.says.spoken)
        self.current_changed.emit(id)

    def box_at(self, place: QPoint) -> str:
        """Return the id of the box at a place of the viewport; empty where there is none."""
        item = self.itemAt(place)
        return item.box.id if isinstance(item, _Drawn) else ""

    def centre_of(self, id: str) -> QPoint:
        """Return the middle of a box on the viewport."""
        spot = self.spots[id]
        return self.mapFromScene(QPointF(spot.x + WIDE / 2, spot.y + _HEAD + HIGH / 2))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk along the edges, open, and zoom."""
        key = Qt.Key(event.key())
        if key in _ARROWS:
            where = next_box(_ARROWS[key], self.current, self.boxes, self.spots)
            self.choose(where or self.current)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.current)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(_STEP)
        elif key is Qt.Key.Key_Minus:
            self.zoom(1 / _STEP)
        elif key is Qt.Key.Key_0:
            self.fit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the box under the mouse, or of the current one."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        id = self.current if by_key else self.box_at(event.pos())
        if id:
            self.choose(id)
            place = self.centre_of(id) if by_key else event.pos()
            self.menu_wanted.emit(id, self.viewport().mapToGlobal(place))

    # -- zooming -------------------------------------------------------------------------

    def zoom(self, factor: float) -> None:
        """Come nearer, or go farther."""
        now = self.transform().m11()
        wanted = min(_LARGEST, max(_SMALLEST, now * factor))
        self.scale(wanted / now, wanted / now)

    def fit(self) -> None:
        """Show all of it, never larger than it is."""
        self.resetTransform()
        whole, room = self.sceneRect(), self.viewport().rect()
        if whole.width() > 0 and whole.height() > 0:
            share = min(room.width() / whole.width(), room.height() / whole.height())
            self.zoom(min(1.0, share))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, scroll without."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(_STEP if event.angleDelta().y() > 0 else 1 / _STEP)
        else:
            super().wheelEvent(event)

    # -- dragging ------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a box."""
        place = event.position().toPoint()
        if id := self.box_at(place):
            self.choose(id)
            if event.button() is Qt.MouseButton.LeftButton:
                self._pressed = (id, place)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open a box."""
        if id := self.box_at(event.position().toPoint()):
            self.opened.emit(id)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Forget where a drag could have begun."""
        self._pressed = None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Begin to drag a model."""
        if self._pressed is None:
            return
        id, start = self._pressed
        far = (event.position().toPoint() - start).manhattanLength()
        number = _model_in(id)
        if number is not None and far >= QApplication.startDragDistance():
            self._pressed = None
            drag = QDrag(self)
            drag.setMimeData(candidate_data(number))
            drag.setPixmap(pixmap("train", tokens().accent, 32))
            drag.exec(Qt.DropAction.CopyAction)
            self._light("")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take models."""
        if dragged_candidate(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Light up what a model can fall on."""
        id = self._taker(event)
        self._light(id)
        event.setAccepted(bool(id))

    def dropEvent(self, event: QDropEvent) -> None:
        """Compare with the model below, or export."""
        number, id = dragged_candidate(event.mimeData()), self._taker(event)
        self._light("")
        if number is None or not id:
            return
        event.acceptProposedAction()
        other = _model_in(id)
        if id == NEW_BUNDLE:
            self.export_wanted.emit(number)
        elif other is not None:
            self.compared.emit(number, other)

    def _taker(self, event: QDropEvent) -> str:
        number, id = dragged_candidate(event.mimeData()), self.box_at(event.position().toPoint())
        taken = id == NEW_BUNDLE or _model_in(id) not in (None, number)
        return id if number is not None and taken else ""

    def _light(self, id: str) -> None:
        for item in self.drawn.values():
            if item.over != (item.box.id == id):
                item.over = item.box.id == id
                item.update()


def _model_in(id: str) -> int | None:
    kind, _, number = id.partition(":")
    return int(number) if kind in ("candidate", "artifact") and number.isdigit() else None


def _edge(above: Spot, below: Spot) -> QPainterPath:
    start = QPointF(above.x + WIDE, above.y + _HEAD + HIGH / 2)
    end = QPointF(below.x, below.y + _HEAD + HIGH / 2)
    bend = QPointF(GAP_X / 2, 0)
    path = QPainterPath(start)
    path.cubicTo(start + bend, end - bend, end)
    return path

"""Thumbnails in a grid that scrolls through any number of them."""

from __future__ import annotations

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPainter, QPen, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from studio.domain.sample import Sample, SampleKind
from studio.gui.i18n import tr
from studio.gui.models.samples import THUMBNAIL_PX, SampleListModel
from studio.gui.theme import base_font, mixed, tokens
from studio.gui.widgets.basics import paint_class_mark

__all__ = ["ZOOMS", "SampleGrid"]

_CAPTION_PX = 18
_MARGIN_PX = 6
#: Sides of a thumbnail that the zoom steps through, in pixels.
ZOOMS = (48, 64, 96, 128, 176, 240)


#: The cell of what has no picture: its name, its class below.
_NAME_CELL = QSize(190, 48)


def _cell(side: int) -> QSize:
    return QSize(side + 2 * _MARGIN_PX + 4, side + _CAPTION_PX + 2 * _MARGIN_PX + 4)


class _SampleDelegate(QStyledItemDelegate):
    """Draws a photo with the mark and name of its class below."""

    class_numbers: dict[str, int]

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.class_numbers = {}
        self.side = THUMBNAIL_PX
        self.names_only = False

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return _NAME_CELL if self.names_only else _cell(self.side)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = option.rect.adjusted(2, 2, -2, -2)
        self._paint_ground(painter, box, option.state)
        if self.names_only:
            self._paint_names(painter, box, index.data(SampleListModel.SampleRole))
            painter.restore()
            return
        photo = QRect(box.left() + _MARGIN_PX, box.top() + _MARGIN_PX, self.side, self.side)
        pixmap = index.data(Qt.ItemDataRole.DecorationRole)
        if pixmap is not None and not pixmap.isNull():
            size = pixmap.size()
            if max(size.width(), size.height()) > self.side:
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                size = size.scaled(photo.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRect(QPoint(0, 0), size)
            place.moveCenter(photo.center())
            painter.drawPixmap(place, pixmap)
        elif pixmap is None:
            painter.fillRect(photo, QColor(tokens().background))
            self._paint_name(painter, photo, index.data(SampleListModel.SampleRole))
        caption = QRect(photo.left(), photo.bottom() + 3, photo.width(), _CAPTION_PX)
        self._paint_caption(painter, caption, index.data(SampleListModel.SampleRole))
        painter.restore()

    def _paint_ground(self, painter: QPainter, box: QRect, state: QStyle.StateFlag) -> None:
        t = tokens()
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        focus = bool(state & QStyle.StateFlag.State_HasFocus)
        if chosen or focus:
            painter.setPen(QPen(QColor(t.accent), 2 if chosen else 1))
            painter.setBrush(QColor(mixed(t.accent, t.surface, 0.14) if chosen else t.surface))
            painter.drawRoundedRect(QRectF(box), 5, 5)

    def _paint_names(self, painter: QPainter, box: QRect, sample: Sample | None) -> None:
        """Write the name of a recording with its class below."""
        if sample is None:
            return
        inside = box.adjusted(_MARGIN_PX, 3, -_MARGIN_PX, -3)
        above = QRect(inside.left(), inside.top(), inside.width(), inside.height() // 2)
        painter.setFont(base_font(12))
        painter.setPen(QColor(tokens().text))
        text = painter.fontMetrics().elidedText(
            sample.name, Qt.TextElideMode.ElideMiddle, above.width()
        )
        painter.drawText(above, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)
        self._paint_caption(painter, above.translated(0, above.height()), sample)

    def _paint_name(self, painter: QPainter, box: QRect, sample: Sample | None) -> None:
        """Write the name of what has no picture: a table's row or a recording."""
        if sample is None or sample.kind is SampleKind.IMAGE:
            return
        painter.setFont(base_font(11))
        painter.setPen(QColor(tokens().muted))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWrapAnywhere
        painter.drawText(box.adjusted(4, 4, -4, -4), flags, sample.name)

    def _paint_caption(self, painter: QPainter, box: QRect, sample: Sample | None) -> None:
        if sample is None:
            return
        name = sample.class_name
        if name is not None and name in self.class_numbers:
            mark_box = QRectF(box.left() + 1, box.center().y() - 4, 8, 8)
            paint_class_mark(painter, self.class_numbers[name], mark_box)
            box = box.adjusted(14, 0, 0, 0)
        painter.setFont(base_font(11))
        painter.setPen(QColor(tokens().text if name else tokens().muted))
        text = tr("no class") if name is None else name
        text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, flags | Qt.TextFlag.TextSingleLine, text)


class SampleGrid(QListView):
    """A grid of samples.

    A wrapping list rather than icon mode: Qt then keeps one position a row, not one geometry
    an item, and 100,000 items lay out in batches between events.

    Signals:
        zoomed: The side of the thumbnails in pixels.
    """

    zoomed = Signal(int)

    def __init__(self, model: SampleListModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.samples = model
        self._delegate = _SampleDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setUniformItemSizes(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(2000)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionRectVisible(True)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setAccessibleName(tr("Photos"))
        self.setModel(model)
        self._ask_for_sharp(self.side)

    def set_classes(self, names: list[str]) -> None:
        """Say which mark belongs to which class."""
        self._delegate.class_numbers = {name: i for i, name in enumerate(names)}
        self.viewport().update()

    @property
    def side(self) -> int:
        """How large thumbnails are shown, in pixels."""
        return self._delegate.side

    def _ask_for_sharp(self, side: int) -> None:
        self.samples.set_thumbnail_px(round(side * self.devicePixelRatioF()))

    def zoom(self, side: int) -> None:
        """Show thumbnails in one of the sizes of `ZOOMS`; what was on top stays on top."""
        side = min(ZOOMS, key=lambda each: abs(each - side))
        if side == self.side:
            return
        top = self.indexAt(self.viewport().rect().topLeft())
        self._delegate.side = side
        self._ask_for_sharp(side)
        self.setUniformItemSizes(True)
        self.scheduleDelayedItemsLayout()
        if top.isValid():
            self.scrollTo(top, QAbstractItemView.ScrollHint.PositionAtTop)
        self.zoomed.emit(side)

    def shrink(self, side: int) -> None:
        """Show the pictures that another grid asked for smaller than there."""
        self._delegate.side = side
        self.scheduleDelayedItemsLayout()

    def show_names(self) -> None:
        """Show names and classes of what has no picture."""
        self._delegate.names_only = True
        self.scheduleDelayedItemsLayout()

    def zoom_by(self, steps: int) -> None:
        """Go so many sizes up, or down."""
        place = ZOOMS.index(self.side) + steps
        self.zoom(ZOOMS[max(0, min(len(ZOOMS) - 1, place))])

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, scroll without."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def chosen_ids(self) -> list[int]:
        """Return the row numbers of the selected samples in the order of the grid."""
        return self.samples.ids_at(sorted(index.row() for index in self.selectedIndexes()))

    def chosen_samples(self) -> list[Sample]:
        """Return the selected samples in the order of the grid."""
        rows = sorted(index.row() for index in self.selectedIndexes())
        found = (self.samples.sample(row) for row in rows)
        return [sample for sample in found if sample is not None]

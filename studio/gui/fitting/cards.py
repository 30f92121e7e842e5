"""Devices as cards: look, choose, drag one onto a model, drop a model on one."""

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
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from studio.domain.device import Device
from studio.domain.matrix import Cell
from studio.gui import words
from studio.gui.fitting.words import FEATURE_WORDS, facts_text, share_text, trust_text
from studio.gui.i18n import tr
from studio.gui.icons import pixmap
from studio.gui.mime import dragged_candidate
from studio.gui.models.devices import DeviceListModel, DeviceSieve
from studio.gui.theme import base_font, mixed, tokens

__all__ = ["DeviceCards"]

_LEAST_PX, _CARD_PX = 272, 118
_BAR_PX = 12
_GAP_PX, _INSET_PX, _LINE_PX = 4, 10, 19
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
Index = QModelIndex | QPersistentModelIndex


class _CardDelegate(QStyledItemDelegate):
    """Draws a device: name, processor, memory, verdict, what is on it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.chosen = ""
        self.over = -1
        self.checking = False
        self.width = _LEAST_PX

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self.width, _CARD_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        device: Device = index.data(DeviceListModel.DeviceRole)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = option.rect.adjusted(_GAP_PX, _GAP_PX, -_GAP_PX, -_GAP_PX)
        focus = bool(option.state & QStyle.StateFlag.State_HasFocus)
        self._ground(painter, box, device, focus, index.row() == self.over)
        line = QRect(box.left() + _INSET_PX, box.top() + 7, box.width() - 2 * _INSET_PX, _LINE_PX)
        self._name(painter, line, device)
        self._small(painter, line.translated(0, _LINE_PX), _origin(device))
        self._memory(painter, line.translated(0, 2 * _LINE_PX), device)
        self._verdict(painter, line.translated(0, 3 * _LINE_PX), index)
        self._features(painter, line.translated(0, 4 * _LINE_PX + 1), device)
        painter.restore()

    def _ground(
        self, painter: QPainter, box: QRect, device: Device, focus: bool, over: bool
    ) -> None:
        t = tokens()
        chosen = device.id == self.chosen
        painter.setPen(QPen(QColor(t.accent if chosen or focus or over else t.line), 1 + focus))
        painter.setBrush(QColor(mixed(t.accent, t.surface, 0.14) if chosen or over else t.surface))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)

    def _name(self, painter: QPainter, line: QRect, device: Device) -> None:
        right = 0
        if device.own:
            painter.setFont(base_font(11))
            painter.setPen(QColor(tokens().accent))
            text = tr("yours")
            right = painter.fontMetrics().horizontalAdvance(text) + 6
            painter.drawText(line, _RIGHT, text)
        painter.setFont(base_font(13, bold=True))
        painter.setPen(QColor(tokens().text))
        self._elided(painter, line.adjusted(0, 0, -right, 0), device.name)

    def _small(self, painter: QPainter, line: QRect, text: str) -> None:
        painter.setFont(base_font(11))
        painter.setPen(QColor(tokens().muted))
        self._elided(painter, line, text)

    def _memory(self, painter: QPainter, line: QRect, device: Device) -> None:
        painter.setFont(base_font(11))
        painter.setPen(QColor(tokens().muted))
        trust = trust_text(device.ram_bytes, device.flash_bytes)
        painter.drawText(line, _RIGHT, trust)
        room = painter.fontMetrics().horizontalAdvance(trust) + 8
        painter.setPen(QColor(tokens().text))
        painter.setFont(base_font(12))
        self._elided(painter, line.adjusted(0, 0, -room, 0), facts_text(device))

    def _verdict(self, painter: QPainter, line: QRect, index: Index) -> None:
        cell: Cell | None = index.data(DeviceListModel.CellRole)
        if cell is None:
            self._small(painter, line, tr("Checking…") if self.checking else "")
            return
        colour = tokens().verdict(cell.verdict)
        ratio = painter.device().devicePixelRatioF()
        picture = pixmap(words.VERDICT_ICONS[cell.verdict], colour, 15, max(2.0, ratio))
        painter.drawPixmap(QPoint(line.left(), line.top() + 2), picture)
        painter.setFont(base_font(12, bold=True))
        painter.setPen(QColor(colour))
        word = words.verdict_word(cell.verdict)
        beside = line.adjusted(20, 0, 0, 0)
        painter.drawText(beside, _LEFT, word)
        room = painter.fontMetrics().horizontalAdvance(word) + 10
        self._small(painter, beside.adjusted(room, 0, 0, 0), share_text(cell))

    def _features(self, painter: QPainter, line: QRect, device: Device) -> None:
        painter.setFont(base_font(11))
        painter.setPen(QColor(tokens().muted))
        left = line.left()
        ratio = max(2.0, painter.device().devicePixelRatioF())
        for name in device.features:
            picture = pixmap(name, tokens().muted, 14, ratio)
            painter.drawPixmap(QPoint(left, line.top() + 3), picture)
            text = tr(FEATURE_WORDS[name])
            painter.drawText(QRect(left + 18, line.top(), 200, line.height()), _LEFT, text)
            left += 18 + painter.fontMetrics().horizontalAdvance(text) + 14

    def _elided(self, painter: QPainter, line: QRect, text: str) -> None:
        cut = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, _LEFT | Qt.TextFlag.TextSingleLine, cut)


def _origin(device: Device) -> str:
    named = device.accelerator.name if device.accelerator else ""
    return " · ".join(part for part in (device.core, device.vendor, named) if part)


class DeviceCards(QListView):
    """A grid of devices; arrows move, Enter or a click chooses.

    Signals:
        chosen: Id of a device.
        candidate_dropped: A candidate's number, and the id of the device it fell on.
        menu_wanted: Id of a device, and where on the screen.
    """

    chosen = Signal(str)
    candidate_dropped = Signal(int, str)
    menu_wanted = Signal(str, QPoint)

    def __init__(self, sieve: DeviceSieve) -> None:
        super().__init__()
        self._sieve = sieve
        self._delegate = _CardDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setUniformItemSizes(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setAccessibleName(tr("Devices"))
        self.setStyleSheet("QListView { background: transparent; border: none; }")
        self.setModel(sieve)
        self.clicked.connect(self._choose)

    def show_chosen(self, device_id: str, *, checking: bool) -> None:
        """Mark the chosen device, and stand on it before a key was pressed."""
        self._delegate.checking = checking
        if device_id != self._delegate.chosen or not self.currentIndex().isValid():
            row = self._sieve.row_of(device_id)
            if row >= 0:
                self.setCurrentIndex(self._sieve.index(row, 0))
        self._delegate.chosen = device_id
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the cards share the width among as many columns as there is room for."""
        room = self.width() - _BAR_PX
        width = room // max(1, room // _LEAST_PX)
        if width != self._delegate.width:
            self._delegate.width = width
            self.setUniformItemSizes(True)  # forgets the size it knows
            self.scheduleDelayedItemsLayout()
        super().resizeEvent(event)

    def _choose(self, index: QModelIndex) -> None:
        self.chosen.emit(self._sieve.device(index.row()).id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by Enter; arrows move."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._choose(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the device under the pointer, or of the current one."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if index.isValid():
            place = self.visualRect(index).center() if by_key else event.pos()
            where = self.viewport().mapToGlobal(place)
            self.menu_wanted.emit(self._sieve.device(index.row()).id, where)

    # -- a model falls on a card ---------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take models; files go on to the page."""
        if dragged_candidate(event.mimeData()) is not None:
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show the card the model would fall on."""
        index = self.indexAt(event.position().toPoint())
        self._light(index.row())
        if index.isValid() and dragged_candidate(event.mimeData()) is not None:
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Show no card any more."""
        self._light(-1)

    def dropEvent(self, event: QDropEvent) -> None:
        """Choose the pair of the model and the card."""
        index = self.indexAt(event.position().toPoint())
        candidate = dragged_candidate(event.mimeData())
        self._light(-1)
        if index.isValid() and candidate is not None:
            event.acceptProposedAction()
            self.candidate_dropped.emit(candidate, self._sieve.device(index.row()).id)

    def _light(self, row: int) -> None:
        if row != self._delegate.over:
            self._delegate.over = row
            self.viewport().update()

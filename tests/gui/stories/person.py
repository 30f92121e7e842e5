"""A person at the window: a hand on the mouse, another on the keys, files held over widgets."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QModelIndex, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QWidget

from studio.gui.application import Program

from ..conftest import Blocks, settled

LONG_MS = 240_000
_LEFT, _PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
_COPY = Qt.DropAction.CopyAction


class Person:
    """Acts only through events of the window and reads only what is shown or in the file.

    Args:
        program: The real program.
        robot: pytest-qt's robot.
        blocks: Notes how long the GUI thread was held, by stage of the story.
        pictures: Where a picture of each page goes; None for none.
        story: Part of the names of the pictures.
    """

    def __init__(
        self, program: Program, robot: Any, blocks: Blocks, pictures: Path | None, story: str
    ) -> None:
        self.program, self.robot, self.blocks = program, robot, blocks
        self._pictures, self._story = pictures, story
        self.problems: list[Exception] = []

    # -- what is seen --------------------------------------------------------------------

    @property
    def window(self) -> Any:
        """The window as it stands now; opening a project makes another."""
        return self.program.window

    def page(self, place: str) -> Any:
        """A page of the window."""
        return self.window.page(place)

    def wait(self, until: Callable[[], object]) -> None:
        """Wait until something is so; an error the window shows ends the story."""

        def look() -> bool:
            notice = self.window.notice
            assert not notice.isVisibleTo(self.window), notice.happened.text()
            return bool(until())

        self.robot.waitUntil(look, timeout=LONG_MS)

    def rest(self) -> None:
        """Wait until nothing is being done."""
        self.wait(lambda: self.program.workspace is not None and settled(self.program))

    def picture(self, name: str) -> None:
        """Keep a picture of the window, where pictures are asked for."""
        if self._pictures is not None:
            for _ in range(20):
                QApplication.processEvents()
            path = self._pictures / f"story-{self._story}-{name}.png"
            screen = self.window.screen()
            seen = screen.grabWindow(self.window.winId())
            assert (seen if not seen.isNull() else self.window.grab()).save(str(path))

    # -- mouse and keys ------------------------------------------------------------------

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Click in the middle of a widget that is on the screen and takes clicks."""
        assert widget.isVisible(), f"{widget.accessibleName()} is not to be seen"
        assert widget.isEnabled(), f"{widget.accessibleName()} takes no clicks"
        self.robot.mouseClick(widget, _LEFT, _PLAIN, at or widget.rect().center())

    def click_row(self, view: QAbstractItemView, index: QModelIndex) -> None:
        """Bring a row of a list or cell of a table into view and click it."""
        view.scrollTo(index)
        self.click(view.viewport(), view.visualRect(index).center())

    def key(self, widget: QWidget, key: Qt.Key, held: Qt.KeyboardModifier = _PLAIN) -> None:
        """Press a key; a list that has dropped down takes it first."""
        self.robot.keyClick(QApplication.activePopupWidget() or widget, key, held)

    def write(self, line: QLineEdit, text: str) -> None:
        """Write over what stands in a line."""
        line.setFocus()
        self.key(line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self.robot.keyClicks(line, text)

    def choose(self, box: Any, text: str) -> None:
        """Choose an entry of a box with the arrow keys."""
        wanted = box.findText(text)
        assert wanted >= 0, [box.itemText(n) for n in range(box.count())]
        box.setFocus()
        while box.currentIndex() != wanted:
            before = box.currentIndex()
            self.key(box, Qt.Key.Key_Down if before < wanted else Qt.Key.Key_Up)
            assert box.currentIndex() != before

    def go(self, place: str) -> None:
        """Click one of the five places."""
        self.click(self.window.rail.buttons[place])
        assert self.window.current == place

    # -- dragging ------------------------------------------------------------------------

    def drop_files(self, over: QWidget, paths: Iterable[Path]) -> None:
        """Let files fall on a widget, as the desktop's file manager does."""
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        self.drop(over, over.rect().center(), mime)

    def drop(self, over: QWidget, at: QPoint, mime: QMimeData) -> None:
        """Enter, move over and drop; like Qt, go up to the first widget that takes it."""
        widget: QWidget | None = over
        while widget is not None:
            place = widget.mapFrom(over.window(), over.mapTo(over.window(), at))
            if widget.acceptDrops() and self._enter(widget, place, mime):
                event = QDropEvent(QPointF(place), _COPY, mime, _LEFT, _PLAIN)
                QApplication.sendEvent(widget, event)
                assert event.isAccepted()
                return
            widget = widget.parentWidget()
        raise AssertionError("nothing under the pointer takes what is dragged")

    def _enter(self, widget: QWidget, place: QPoint, mime: QMimeData) -> bool:
        enter = QDragEnterEvent(place, _COPY, mime, _LEFT, _PLAIN)
        QApplication.sendEvent(widget, enter)
        move = QDragMoveEvent(place, _COPY, mime, _LEFT, _PLAIN)
        if enter.isAccepted():
            move.accept()  # as Qt does: what was taken on entering is, until somebody says no
            QApplication.sendEvent(widget, move)
        return enter.isAccepted() and move.isAccepted()

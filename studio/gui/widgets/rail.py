"""The rail: five places, each with its state in a word or a number."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from studio.gui.i18n import tr
from studio.gui.icons import icon
from studio.gui.theme import SPACING

__all__ = ["StateRail"]

_WIDTH_PX = 104


class StateRail(QFrame):
    """One button a place, settings and help at the foot.

    Signals:
        place_requested: The id of a place.
    """

    place_requested = Signal(str)

    def __init__(
        self, places: Sequence[tuple[str, str, str]], feet: Sequence[tuple[str, str, str]]
    ) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setFixedWidth(_WIDTH_PX)
        self._titles = {place: title for place, title, _ in (*places, *feet)}
        self.buttons: dict[str, QToolButton] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACING[1], 0, SPACING[1])
        column.setSpacing(SPACING[0])
        for place, title, picture in places:
            column.addWidget(self._button(place, title, picture))
        column.addStretch()
        for place, title, picture in feet:
            column.addWidget(self._button(place, title, picture))

    def _button(self, place: str, title: str, picture: str) -> QWidget:
        widget = QToolButton()
        widget.setObjectName("place")
        widget.setCheckable(True)
        widget.setIcon(icon(picture, size=22))
        widget.setIconSize(QSize(22, 22))
        widget.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        widget.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        widget.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        widget.setText(title)
        widget.setAccessibleName(title)
        widget.clicked.connect(lambda checked=False: self.place_requested.emit(place))
        self.buttons[place] = widget
        return widget

    def show_state(self, place: str, state: str, in_words: str = "") -> None:
        """Write a place's state under its name; `in_words` is read aloud and shown on hover."""
        title = self._titles[place]
        widget = self.buttons[place]
        widget.setText(f"{title}\n{state}" if state else title)
        widget.setToolTip(in_words)
        widget.setAccessibleName(tr("{place}: {state}", place=title, state=in_words or state))

    def show_current(self, place: str) -> None:
        """Mark the place that is open; an unknown one marks none."""
        for each, widget in self.buttons.items():
            widget.setChecked(each == place)

    def set_open(self, places: Sequence[str], open_: bool) -> None:
        """Let these places be chosen, or not."""
        for place in places:
            self.buttons[place].setEnabled(open_)

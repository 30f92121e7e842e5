"""A line that says what went wrong, where it happened."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from studio.gui import words
from studio.gui.i18n import tr
from studio.gui.icons import pixmap
from studio.gui.theme import SPACING, tokens
from studio.gui.widgets.basics import button, label

__all__ = ["NoticeBar"]


class NoticeBar(QFrame):
    """Hidden until there is something to say; never modal, stays until it is closed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.details = ""
        self._picture = QLabel()
        self.happened = label()
        self.remedy = label(role="muted")
        self.copy = button(tr("Copy details"), self._on_copy)
        self.dismiss = button("", self.hide, picture="close")
        self.dismiss.setAccessibleName(tr("Close this notice"))
        words_column = QVBoxLayout()
        words_column.setSpacing(2)
        words_column.addWidget(self.happened)
        words_column.addWidget(self.remedy)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACING[2], SPACING[1], SPACING[1], SPACING[1])
        row.addWidget(self._picture)
        row.addLayout(words_column, 1)
        row.addWidget(self.copy)
        row.addWidget(self.dismiss)
        self.hide()

    def show_error(self, error: Exception) -> None:
        """Say what happened and what to do; the details can be copied."""
        happened, remedy, self.details = words.explain(error)
        self._show(happened, remedy, "warning", tokens().no)

    def show_words(self, happened: str, remedy: str = "") -> None:
        """Say something that is no failure."""
        self.details = ""
        self._show(happened, remedy, "help", tokens().accent)

    def _show(self, happened: str, remedy: str, picture: str, colour: str) -> None:
        self.setProperty("tone", "info" if picture == "help" else "error")
        self.style().unpolish(self)
        self.style().polish(self)
        self.happened.setText(happened)
        self.remedy.setText(remedy)
        self.remedy.setVisible(bool(remedy))
        self.copy.setVisible(bool(self.details))
        self._picture.setPixmap(pixmap(picture, colour, 20, self.devicePixelRatioF()))
        self.setAccessibleName(f"{happened} {remedy}")
        self.show()

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.details)

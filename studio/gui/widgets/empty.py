"""What a page shows while it has nothing: one picture, one sentence, one button."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from studio.gui.icons import pixmap
from studio.gui.theme import SPACING, tokens
from studio.gui.widgets.basics import label

__all__ = ["EmptyFace"]


class EmptyFace(QWidget):
    """Centred in what room there is."""

    def __init__(
        self, picture: str, title: str, advice: str = "", act: QPushButton | None = None
    ) -> None:
        super().__init__()
        drawing = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        drawing.setPixmap(pixmap(picture, tokens().muted, 40, 2.0))
        self.title = label(title, "section")
        self.advice = label(advice, "muted")
        column = QVBoxLayout(self)
        column.setSpacing(SPACING[1])
        column.addStretch()
        for widget in (drawing, self.title, self.advice):
            column.addWidget(widget)
        for text in (self.title, self.advice):
            text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        if act is not None:
            row = QHBoxLayout()
            row.addStretch()
            row.addWidget(act)
            row.addStretch()
            column.addLayout(row)
        column.addStretch()

"""A number with the mark of its kind."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from studio.domain.figure import Figure
from studio.gui import words

__all__ = ["FigureLabel"]


class FigureLabel(QLabel):
    """Shows a figure; how it is known stands in the tooltip and the accessible name."""

    def __init__(self, figure: Figure | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        if figure is not None:
            self.show_figure(figure)

    def show_figure(self, figure: Figure) -> None:
        """Show another figure."""
        self.setText(words.figure_text(figure))
        self.setToolTip(words.figure_tooltip(figure))
        self.setAccessibleName(f"{self.text()} {words.kind_word(figure.kind)}")

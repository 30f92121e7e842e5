"""One row of a table, typed in: a field for each column the model looks at."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QScrollArea, QWidget

from studio.domain.preprocessing import CategoryFeature, TablePreprocessing
from studio.gui.i18n import tr
from studio.gui.widgets.basics import label

__all__ = ["RowForm"]


class RowForm(QScrollArea):
    """Fields for a row; an empty one is a missing value.

    Signals:
        changed: The person typed or chose something.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.fields: dict[str, QLineEdit | QComboBox] = {}

    def show_columns(self, how: TablePreprocessing) -> None:
        """Ask for other columns."""
        inside = QWidget()
        form = QFormLayout(inside)
        self.fields = {}
        for feature in how.features:
            if isinstance(feature, CategoryFeature):
                box = QComboBox()
                box.addItem(tr("missing"), None)
                for value in feature.values:
                    box.addItem(value, value)
                box.currentIndexChanged.connect(self.changed)
                self.fields[feature.column] = box
            else:
                line = QLineEdit()
                line.setPlaceholderText(f"{feature.knots[0]:g} – {feature.knots[-1]:g}")
                line.textChanged.connect(self.changed)
                self.fields[feature.column] = line
            field = self.fields[feature.column]
            field.setAccessibleName(feature.column)
            form.addRow(label(feature.column, wrap=False), field)
        self.setWidget(inside)

    @property
    def cells(self) -> dict[str, Any]:
        """The row by column; None for what is missing or no number."""
        return {name: _cell(field) for name, field in self.fields.items()}


def _cell(field: QLineEdit | QComboBox) -> Any:
    if isinstance(field, QComboBox):
        return field.currentData()
    text = field.text().strip().replace(",", ".")
    try:
        return float(text)
    except ValueError:
        return None

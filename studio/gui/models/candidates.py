"""The leaderboard as a table."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from studio.domain.candidate import ArtifactFormat, Candidate, Precision
from studio.domain.wording import bytes_text
from studio.gui import words
from studio.gui.i18n import mark, tr
from studio.gui.icons import icon
from studio.gui.theme import tokens
from studio.gui.workspace import Workspace

__all__ = ["CandidateTableModel"]

Index = QModelIndex | QPersistentModelIndex
_COLUMNS = (
    mark("Model"),
    mark("Validation"),
    mark("Test"),
    mark("Size"),
    mark("RAM arena"),
    mark("On its board"),
)
_TIPS = {
    1: mark(
        "int8 accuracy on the validation photos with its 95 % interval; models are ranked by it"
    ),
    2: mark("int8 accuracy on photos never used for training or choosing, with its 95 % interval"),
    3: mark("Size of the int8 TensorFlow Lite file"),
    4: mark("Memory for the model's intermediate values under TensorFlow Lite Micro"),
}
_MODEL, _VALIDATION, _TEST, _SIZE, _ARENA, _FITS = range(6)


class CandidateTableModel(QAbstractTableModel):
    """Candidates, best first, with the verdict for the device each was searched for."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._rows: tuple[Candidate, ...] = ()
        workspace.view_changed.connect(self._on_view_changed)
        workspace.fit_changed.connect(self._on_fit_changed)
        self._on_view_changed()

    def _on_view_changed(self) -> None:
        rows = self._workspace.view.candidates if self._workspace.view else ()
        if rows != self._rows:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()

    def _on_fit_changed(self) -> None:
        if self._rows:
            last = self.index(len(self._rows) - 1, _FITS)
            self.dataChanged.emit(self.index(0, _FITS), last)

    def candidate(self, row: int) -> Candidate | None:
        """Return the candidate of a row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_of(self, candidate_id: int) -> int:
        """Return the row of a candidate, -1 if it is not there."""
        return next((i for i, c in enumerate(self._rows) if c.id == candidate_id), -1)

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many candidates there are."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return the number of columns."""
        return len(_COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a column's title, and what it means as a tooltip."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return tr(_COLUMNS[section])
        if role == Qt.ItemDataRole.ToolTipRole and section in _TIPS:
            return tr(_TIPS[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        candidate, column = self._rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(candidate, column)
        if column == _FITS:
            return self._fit(candidate, role)
        if role == Qt.ItemDataRole.ToolTipRole and column == _ARENA:
            int8 = candidate.artifact(Precision.INT8, ArtifactFormat.TFLITE)
            return words.figure_tooltip(int8.arena) if int8 else None
        return None

    def _text(self, candidate: Candidate, column: int) -> str:
        int8 = candidate.artifact(Precision.INT8, ArtifactFormat.TFLITE)
        report = self._workspace.fits.get(candidate.id)
        test = candidate.test
        if column == _MODEL:
            return f"#{candidate.id}"
        if column == _VALIDATION:
            return words.result(candidate.validation)
        if column == _TEST:
            return words.result(test) if test else "–"
        if column == _SIZE:
            return bytes_text(int8.size_bytes) if int8 else "–"
        if column == _ARENA:
            return words.figure_text(int8.arena) if int8 else "–"
        return words.verdict_word(report.verdict) if report else "…"

    def _fit(self, candidate: Candidate, role: int) -> Any:
        report = self._workspace.fits.get(candidate.id)
        if report is None:
            return None
        colour = tokens().verdict(report.verdict)
        if role == Qt.ItemDataRole.DecorationRole:
            return icon(words.VERDICT_ICONS[report.verdict], colour, 16)
        if role == Qt.ItemDataRole.ForegroundRole:
            return QColor(colour)
        if role == Qt.ItemDataRole.ToolTipRole:
            device = self._workspace.devices.get(candidate.device_id)
            return f"{device.name if device else candidate.device_id}: {report.summary}"
        return None

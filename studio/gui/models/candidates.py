"""The leaderboard as a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QColor

from studio.domain.candidate import Artifact, ArtifactFormat, Candidate, Precision
from studio.domain.figure import Figure
from studio.domain.wording import bytes_text
from studio.gui import words
from studio.gui.i18n import mark, tr
from studio.gui.icons import icon
from studio.gui.mime import CANDIDATE, candidate_data
from studio.gui.theme import tokens
from studio.gui.widgets.basics import plain
from studio.gui.workspace import Workspace

__all__ = ["CandidateTableModel"]

Index = QModelIndex | QPersistentModelIndex

_UNKNOWN = float("inf")


def _int8(candidate: Candidate) -> Artifact | None:
    return candidate.artifact(Precision.INT8, ArtifactFormat.TFLITE)


def _worst(figure: Figure) -> float:
    ends = [end for end in (figure.value, figure.high) if end is not None]
    return max(ends, default=_UNKNOWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Column:
    """One column: its title, what it means, what a cell shows, and what it is sorted by."""

    title: str
    tip: str = ""
    text: Callable[[CandidateTableModel, Candidate], str]
    key: Callable[[CandidateTableModel, Candidate], float]


class CandidateTableModel(QAbstractTableModel):
    """Candidates in the order of what matters to the person, or of a column that was clicked.

    Each is on the board it was searched for, unless the person chose limits only.
    """

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._rows: tuple[Candidate, ...] = ()
        self._order: Mapping[int, int] = {}
        self._front: frozenset[int] = frozenset()
        self._sorted: tuple[int, bool] | None = None
        workspace.view_changed.connect(self._on_view_changed)
        workspace.fit_changed.connect(self._on_fit_changed)
        self._on_view_changed()

    # -- what is shown in which order ----------------------------------------------------

    def _on_view_changed(self) -> None:
        candidates = self._workspace.view.candidates if self._workspace.view else ()
        rows = self._ordered(candidates)
        if rows != self._rows:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()

    def show_ranking(self, order: Sequence[int], front: frozenset[int]) -> None:
        """Sort by what matters: ids from the best, and those that no other beats."""
        self._order = {id: place for place, id in enumerate(order)}
        self._front = front
        self._on_view_changed()
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, 0))

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; by what matters for the first, or for none."""
        down = order is Qt.SortOrder.DescendingOrder
        self._sorted = (column, down) if column > 0 else None
        self._on_view_changed()

    def _ordered(self, candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
        if self._sorted is not None:
            column, down = self._sorted
            key = _COLUMNS[column].key
            return tuple(sorted(candidates, key=lambda c: key(self, c), reverse=down))
        last = len(self._order)
        return tuple(sorted(candidates, key=lambda c: self._order.get(c.id, last)))

    def _on_fit_changed(self) -> None:
        if self._rows:
            last = self.index(len(self._rows) - 1, len(_COLUMNS) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def candidate(self, row: int) -> Candidate | None:
        """Return the candidate of a row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_of(self, candidate_id: int) -> int:
        """Return the row of a candidate, -1 if it is not there."""
        return next((i for i, c in enumerate(self._rows) if c.id == candidate_id), -1)

    # -- Qt asks -------------------------------------------------------------------------

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
        column = _COLUMNS[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return tr(column.title)
        return tr(column.tip) if role == Qt.ItemDataRole.ToolTipRole and column.tip else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        candidate, column = self._rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return _COLUMNS[column].text(self, candidate)
        if column == _FITS:
            return self._fit(candidate, role)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(candidate, column)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let a model be dragged onto a board."""
        found = super().flags(index)
        return found | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else found

    def mimeTypes(self) -> list[str]:
        """Say what is dragged."""
        return [CANDIDATE]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Return the model that is dragged."""
        return candidate_data(self._rows[indexes[0].row()].id)

    # -- cells ---------------------------------------------------------------------------

    def _name(self, candidate: Candidate) -> str:
        instant = " " + tr("instant") if candidate.space.startswith("instant") else ""
        return f"#{candidate.id}{instant}{' ◆' if candidate.id in self._front else ''}"

    def _latency(self, candidate: Candidate) -> Figure | None:
        report = self._workspace.fits.get(candidate.id)
        return report.latency if report else None

    def _verdict(self, candidate: Candidate) -> str:
        report = self._workspace.fits.get(candidate.id)
        if report is not None:
            return words.verdict_word(report.verdict)
        return "…" if candidate.device_id else tr("own limits")

    def _tip(self, candidate: Candidate, column: int) -> str | None:
        int8, latency = _int8(candidate), self._latency(candidate)
        if column == _MODEL and candidate.id in self._front:
            return tr("◆: no other model is better in accuracy, size and memory at once.")
        if column == _ARENA and int8:
            return words.figure_tooltip(int8.arena)
        return words.figure_tooltip(latency) if column == _LATENCY and latency else None

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
            name = device.name if device else candidate.device_id
            return plain(f"{name}: {report.summary.text(tr)}")
        return None


def _fit_place(model: CandidateTableModel, candidate: Candidate) -> float:
    report = model._workspace.fits.get(candidate.id)
    return list(words.VERDICT_ICONS).index(report.verdict) if report else _UNKNOWN


def _worst_latency(model: CandidateTableModel, candidate: Candidate) -> float:
    latency = model._latency(candidate)
    return _worst(latency) if latency else _UNKNOWN


_COLUMNS = (
    _Column(
        title=mark("Model"),
        tip=mark("A click here sorts by what matters to you."),
        text=CandidateTableModel._name,
        key=lambda model, c: c.id,
    ),
    _Column(
        title=mark("Validation"),
        tip=mark("int8, on the samples used for choosing, with its 95 % interval"),
        text=lambda model, c: words.result(c.validation),
        key=lambda model, c: c.validation.error.value,
    ),
    _Column(
        title=mark("Test"),
        tip=mark("int8, on samples never used for training or choosing, with its 95 % interval"),
        text=lambda model, c: words.result(c.test) if c.test else "–",
        key=lambda model, c: c.test.error.value if c.test else _UNKNOWN,
    ),
    _Column(
        title=mark("Size"),
        tip=mark("Size of the int8 TensorFlow Lite file"),
        text=lambda model, c: bytes_text(found.size_bytes) if (found := _int8(c)) else "–",
        key=lambda model, c: found.size_bytes if (found := _int8(c)) else _UNKNOWN,
    ),
    _Column(
        title=mark("Memory"),
        tip=mark("Memory for the model's intermediate values under TensorFlow Lite Micro"),
        text=lambda model, c: words.figure_text(found.arena) if (found := _int8(c)) else "–",
        key=lambda model, c: _worst(found.arena) if (found := _int8(c)) else _UNKNOWN,
    ),
    _Column(
        title=mark("Speed"),
        tip=mark("Time for one answer on its board: ● measured, ○ estimated, ? unknown"),
        text=lambda model, c: words.figure_text(found) if (found := model._latency(c)) else "?",
        key=_worst_latency,
    ),
    _Column(title=mark("On its board"), text=CandidateTableModel._verdict, key=_fit_place),
)
_MODEL, _, _, _, _ARENA, _LATENCY, _FITS = range(len(_COLUMNS))

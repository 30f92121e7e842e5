"""Samples behind a figure: thumbnails with names, or names alone where there is no picture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QListView, QListWidget, QListWidgetItem

from studio.domain.sample import Sample, SampleKind
from studio.gui.asking import Asker
from studio.gui.i18n import tr
from studio.gui.workspace import Workspace

__all__ = ["SampleStrip", "Shown"]

_SIDE_PX = 72
_MOST = 120
"""Shown at once; a list of a thousand mistakes is better read under Label."""

Shown = tuple[int, str]
"""A sample and what is said of it under its picture."""


class SampleStrip(QListWidget):
    """A list of samples; choosing one asks why it was answered so.

    Signals:
        sample_chosen: The number of a sample.
    """

    sample_chosen = Signal(int)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._asker = Asker(workspace, self)
        self.setIconSize(QSize(_SIDE_PX, _SIDE_PX))
        self.setWordWrap(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setAccessibleName(tr("Samples behind the figures"))
        self.currentItemChanged.connect(self._on_current)
        self._said: dict[int, str] = {}

    def show_samples(self, shown: Sequence[Shown]) -> None:
        """Show other samples, in this order; the first of them only, where there are many."""
        few = list(shown[:_MOST])
        self._said = dict(few)
        ids = [id for id, _ in few]

        def question(session: Any) -> list[tuple[Sample, QImage | None]]:
            return [(each, _picture(session, each)) for each in session.judging.behind(ids)]

        self._asker.ask("samples", question, self._on_samples)

    def _on_samples(self, found: Sequence[tuple[Sample, QImage | None]]) -> None:
        pictures = any(image is not None for _, image in found)
        self.blockSignals(True)
        self.clear()
        self.setViewMode(QListView.ViewMode.IconMode if pictures else QListView.ViewMode.ListMode)
        self.setMovement(QListView.Movement.Static)
        self.setGridSize(QSize(_SIDE_PX + 36, _SIDE_PX + 44) if pictures else QSize())
        for sample, image in found:
            said = self._said.get(sample.id, "")
            item = QListWidgetItem(said if pictures else f"{sample.name}\n{said}")
            item.setData(Qt.ItemDataRole.UserRole, sample.id)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{sample.name}: {said}")
            if image is not None:
                item.setIcon(QIcon(QPixmap.fromImage(image)))
            self.addItem(item)
        self.blockSignals(False)

    def _on_current(self, now: QListWidgetItem | None, before: QListWidgetItem | None) -> None:
        if now is not None:
            self.sample_chosen.emit(now.data(Qt.ItemDataRole.UserRole))


def _picture(session: Any, sample: Sample) -> QImage | None:
    """Return the thumbnail; made on the session's thread, where decoding holds up nobody."""
    if sample.kind is not SampleKind.IMAGE:
        return None
    image = QImage.fromData(session.thumbnail(sample.digest))
    side = _SIDE_PX * 2
    keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    return image.scaled(side, side, keep, smooth)

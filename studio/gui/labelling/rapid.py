"""One photo at a time, large, one key each; boxes are drawn here."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QListView, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from studio.domain.sample import Box, Sample, SampleClass
from studio.gui.i18n import tr
from studio.gui.labelling.classes import KEYS
from studio.gui.labelling.controller import LabelController
from studio.gui.labelling.photo import PhotoView
from studio.gui.models.samples import SampleListModel
from studio.gui.theme import SPACING
from studio.gui.widgets.basics import button, class_icon, clear, label
from studio.gui.widgets.sample_grid import SampleGrid

if TYPE_CHECKING:
    from studio.app.browsing import Detail

__all__ = ["RapidView"]

_SIDE = 2048
_STRIP_PX = 118
_STRIP_SIDE = 64


class RapidView(QWidget):
    """A large photo, its progress, a button for every class, and a strip of its neighbours.

    Signals:
        class_wanted: The name of the class of a button; "" clears.
        skip_wanted: Go on without a class.
    """

    class_wanted = Signal(str)
    skip_wanted = Signal()

    def __init__(self, controller: LabelController, model: SampleListModel) -> None:
        super().__init__()
        self._controller = controller
        self._model = model
        self._last_class = ""
        self._names: tuple[str, ...] = ()
        self.photo = PhotoView(controller, _SIDE)
        self.photo.editing = True
        self.photo.drawn.connect(self._on_drawn)
        self.photo.changed.connect(controller.change_mark)
        self.progress = label("", "section", wrap=False)
        self.said = label("", "muted", wrap=False)
        self.said.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.skip = button(tr("Skip"), self.skip_wanted.emit)
        self.undo = button(tr("Undo"), controller.undo)
        self.boxes = button(tr("Draw boxes"), lambda: None)
        self.boxes.setCheckable(True)
        self.boxes.toggled.connect(self._on_drawing)
        self.delete_box = button(tr("Delete the box"), self.delete_picked)
        self.fit = button(tr("Fit"), self.photo.fit)
        self.hint = label("", "small")
        self.classes = QHBoxLayout()
        self.classes.setSpacing(SPACING[0])
        self.strip = SampleGrid(model)
        self.strip.setAccessibleName(tr("Before and after this one"))
        self.strip.shrink(_STRIP_SIDE)
        self.strip.setWrapping(False)
        self.strip.setFlow(QListView.Flow.LeftToRight)
        self.strip.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.strip.setFixedHeight(_STRIP_PX)
        self.photo.picked.connect(self._show_controls)
        delete = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.photo)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self.delete_picked)
        self._lay_out()
        self._show_controls()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(SPACING[1])
        top.addWidget(self.progress)
        top.addWidget(self.said, 1)
        for widget in (self.skip, self.undo, self.fit, self.boxes, self.delete_box):
            top.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING[1])
        column.addLayout(top)
        column.addWidget(self.photo, 1)
        column.addWidget(self.hint)
        column.addLayout(self.classes)
        column.addWidget(self.strip)

    # -- showing -------------------------------------------------------------------------

    def show_classes(self, classes: tuple[SampleClass, ...]) -> None:
        """Offer a button for each of the first nine classes."""
        names = tuple(each.name for each in classes[:KEYS])
        if names == self._names:
            return
        self._names = names
        clear(self.classes)
        for number, name in enumerate(names):
            self.classes.addWidget(self._class_button(number, name))
        self.classes.addWidget(button(tr("Clear class"), lambda: self.class_wanted.emit("")))
        self.classes.addStretch(1)

    def _class_button(self, number: int, name: str) -> QPushButton:
        shown = name if len(name) <= 18 else name[:17] + "…"
        made = button(
            f"{number + 1}  {shown}".replace("&", "&&"), partial(self.class_wanted.emit, name)
        )
        made.setAccessibleName(tr("Set class {n}: {name}", n=number + 1, name=name))
        made.setIcon(class_icon(number))
        return made

    def show_row(self, index: QModelIndex) -> None:
        """Show the photo of a row of the model."""
        sample = self._model.sample(index.row()) if index.isValid() else None
        self.progress.setText(
            tr("{n} of {all}", n=f"{index.row() + 1:,}", all=f"{self._model.rowCount():,}")
        )
        self.photo.show_sample(sample)
        self.said.setText(_said(sample))

    def show_detail(self, detail: Detail) -> None:
        """Draw the boxes of the photo that is shown."""
        if self.photo.sample is not None and self.photo.sample.id == detail.sample.id:
            view = self._controller.workspace.view
            numbers = {c.name: n for n, c in enumerate(view.classes)} if view else {}
            self.photo.show_boxes(detail.marks, numbers)
            self._show_controls()

    # -- boxes ---------------------------------------------------------------------------

    def _on_drawing(self, on: bool) -> None:
        self.photo.drawing = on
        shape = Qt.CursorShape.CrossCursor if on else Qt.CursorShape.ArrowCursor
        self.photo.viewport().setCursor(shape)
        self.photo.setFocus()
        self._show_controls()

    def _on_drawn(self, share: QRectF) -> None:
        sample, name = self.photo.sample, self._box_class()
        if sample is None or not name:
            return
        box = Box(
            class_name=name,
            x=share.x(),
            y=share.y(),
            width=min(share.width(), 1 - share.x()),
            height=min(share.height(), 1 - share.y()),
        )
        self._controller.mark(sample, box)

    def _box_class(self) -> str:
        """Return what the next box is: as the last one, as the photo, or the first class."""
        sample = self.photo.sample
        said = sample.class_name if sample is not None else None
        return self._last_class or said or next(iter(self._names), "")

    def label_box(self, class_name: str) -> bool:
        """Give the picked box a class; False where none is picked."""
        box = self.photo.boxes.get(self.photo.picked_id)
        if box is None:
            if self.photo.drawing:
                self._last_class = class_name
                self._show_controls()
            return self.photo.drawing
        self._last_class = class_name
        changed = Box(class_name=class_name, x=box.x, y=box.y, width=box.width, height=box.height)
        self._controller.change_mark(self.photo.picked_id, changed)
        return True

    def delete_picked(self) -> None:
        """Take the picked box away."""
        if self.photo.picked_id >= 0:
            self._controller.delete_marks([self.photo.picked_id])
            self.photo.pick(-1)

    def _show_controls(self, *picked: object) -> None:
        self.delete_box.setVisible(self.photo.picked_id >= 0)
        drawing = self.photo.drawing
        words = (
            tr("Drag to draw a box; a digit says its class, now {name}. Boxes are kept and"
               " exported; models learn from the class of the whole photo.",
               name=self._box_class())
            if drawing
            else tr("A digit sets the class and goes on to the next without one.")
        )  # fmt: skip
        self.hint.setText(words)


def _said(sample: Sample | None) -> str:
    if sample is None:
        return tr("Reading…")
    return f"{sample.name} · {sample.class_name or tr('no class')}"

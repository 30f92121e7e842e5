"""The parts of the page Label and where they stand; `studio.gui.pages.label` makes them act."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QSlider, QVBoxLayout, QWidget

from studio.gui.i18n import tr
from studio.gui.labelling.asking import AskLine
from studio.gui.labelling.chips import FilterBar
from studio.gui.labelling.classes import ClassList
from studio.gui.labelling.controller import LabelController
from studio.gui.labelling.inspector import Inspector
from studio.gui.labelling.middle import Middle
from studio.gui.models.samples import SampleListModel
from studio.gui.settings import Settings
from studio.gui.theme import SPACING
from studio.gui.widgets.basics import Card, button, label, page_layout
from studio.gui.widgets.sample_grid import ZOOMS
from studio.gui.workspace import Workspace

__all__ = ["LabelFrame"]

_SIDE_PX = 216


class LabelFrame(QWidget):
    """Classes on the left, samples in the middle, one of them on the right.

    Signals:
        set_wanted: The class in the field is for what is selected.
        clear_wanted: What is selected has no class.
        one_wanted: Show one at a time, or all again.
    """

    set_wanted = Signal()
    clear_wanted = Signal()
    one_wanted = Signal()

    def __init__(self, workspace: Workspace, settings: Settings) -> None:
        super().__init__()
        self.controller = LabelController(workspace, self)
        self.model = SampleListModel(workspace, self)
        self.bar = FilterBar(self.controller)
        self.ask = AskLine()
        acts = {"ask": self.controller.ask_model, "all": self.bar.clear_all}
        self.middle = Middle(self.controller, self.model, settings, acts)
        self.grid, self.nothing = self.middle.grid, self.middle.nothing
        self.rapid = self.middle.rapid
        self.inspector = Inspector(self.controller)
        self.filter = ClassList()
        self._build_controls()
        self._lay_out()

    def _build_controls(self) -> None:
        self.choice = self._class_box()
        self.set_class = button(tr("Set class"), self.set_wanted.emit, role="primary")
        self.clear_class = button(tr("Clear class"), self.clear_wanted.emit)
        self.chosen = label(wrap=False)
        self.new_class = QLineEdit()
        self.new_class.setPlaceholderText(tr("New class"))
        self.new_class.setAccessibleName(tr("New class"))
        self.zoom = QSlider(Qt.Orientation.Horizontal)
        self.zoom.setRange(0, len(ZOOMS) - 1)
        self.zoom.setPageStep(1)
        self.zoom.setFixedWidth(90)
        self.zoom.setValue(ZOOMS.index(self.grid.side))
        self.zoom.setAccessibleName(tr("Size of the pictures"))
        self.zoom.setToolTip(tr("Size of the pictures"))
        self.zoom.valueChanged.connect(lambda place: self.grid.zoom(ZOOMS[place]))
        self.one = button(tr("One at a time"), self.one_wanted.emit)
        self.useful = button(tr("Ask the model"), self.controller.ask_model)
        self.keys = button(tr("Keys"), self.middle.show_keys, role="link")

    def _class_box(self) -> QComboBox:
        box = QComboBox(editable=True, insertPolicy=QComboBox.InsertPolicy.NoInsert)
        box.setMinimumWidth(190)
        line = QLineEdit()
        line.setPlaceholderText(tr("Class, or a new name"))
        line.setAccessibleName(tr("Class for what is selected"))
        line.returnPressed.connect(self.set_wanted)
        box.setLineEdit(line)
        box.setAccessibleName(tr("Class for what is selected"))
        return box

    def _lay_out(self) -> None:
        side = QWidget()
        side.setFixedWidth(_SIDE_PX)
        left = QVBoxLayout(side)
        left.setSpacing(SPACING[1])
        left.setContentsMargins(0, 0, 0, 0)
        left.addWidget(label(tr("Classes"), "section"))
        left.addWidget(self.filter, 1)
        left.addWidget(self.new_class)
        bar = Card(across=True)
        for widget in (self.chosen, self.choice, self.set_class, self.clear_class):
            bar.add(widget)
        bar.box.insertStretch(1)
        self.hint = label("", "small")
        foot = QHBoxLayout()
        foot.addStretch(1)
        for tool in (self.keys, self.useful, self.zoom, self.one):
            foot.addWidget(tool)
        centre = QVBoxLayout()
        centre.setSpacing(SPACING[1])
        for part in (self.bar, self.ask):
            centre.addWidget(part)
        centre.addWidget(self.middle, 1)
        centre.addWidget(bar)
        centre.addLayout(foot)
        centre.addWidget(self.hint)
        self.selection_bar = bar
        row = QHBoxLayout()
        page_layout(self, row)
        row.addWidget(side)
        row.addLayout(centre, 1)
        row.addWidget(self.inspector)

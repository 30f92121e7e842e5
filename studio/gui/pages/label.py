"""Label: say what each photo shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QItemSelectionModel, QSignalBlocker, QSize, Qt
from PySide6.QtGui import QIcon, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from studio.domain.sample import SampleClass
from studio.gui.i18n import mark, plural, tr
from studio.gui.icons import icon
from studio.gui.models.samples import SampleListModel
from studio.gui.place import Place
from studio.gui.settings import Settings
from studio.gui.theme import SPACING
from studio.gui.widgets.basics import Card, button, class_icon, label, page_layout
from studio.gui.widgets.empty import EmptyFace
from studio.gui.widgets.sample_grid import SampleGrid
from studio.gui.workspace import Workspace

__all__ = ["ENTRY", "LabelPage"]

_SIDE_PX = 220
_KEYS = 9
_ROW_PX = 30
_ALL, _UNLABELLED, _FIRST_CLASS = 0, 1, 2


class LabelPage(QWidget):
    """Classes on the left, photos on the right, keys 1 to 9 between them."""

    def __init__(self, workspace: Workspace, settings: Settings) -> None:
        super().__init__()
        self._workspace = workspace
        self._row_after_reset: int | None = None
        self.filter = QListWidget()
        self.filter.setAccessibleName(tr("Which photos to show"))
        self.filter.setIconSize(QSize(16, 16))
        self.filter.currentRowChanged.connect(self._on_filter_changed)
        self.model = SampleListModel(workspace, self)
        self.grid = SampleGrid(self.model)
        self.grid.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self.model.modelReset.connect(self._on_reset)
        self.choice = self._class_box()
        self.set_class = button(tr("Set class"), self._on_set_class, role="primary")
        self.clear_class = button(tr("Clear class"), lambda: self.assign(None))
        self.chosen = label(wrap=False)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.grid)
        self.nothing = EmptyFace("label", "")
        self._stack.addWidget(self.nothing)
        self._lay_out()
        self._add_keys()
        workspace.view_changed.connect(self._on_view_changed)
        self._on_view_changed()
        self._on_selection_changed()

    def _class_box(self) -> QComboBox:
        box = QComboBox(editable=True, insertPolicy=QComboBox.InsertPolicy.NoInsert)
        box.setMinimumWidth(200)
        line = QLineEdit()
        line.setPlaceholderText(tr("Class, or a new name"))
        line.setAccessibleName(tr("Class for the selected photos"))
        line.returnPressed.connect(self._on_set_class)
        box.setLineEdit(line)
        box.setAccessibleName(tr("Class for the selected photos"))
        return box

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(SPACING[1])
        left.addWidget(label(tr("Show"), "section"))
        left.addWidget(self.filter, 1)
        side = QWidget()
        side.setFixedWidth(_SIDE_PX)
        left.setContentsMargins(0, 0, 0, 0)
        side.setLayout(left)
        bar = Card(across=True)
        for widget in (self.chosen, self.choice, self.set_class, self.clear_class):
            bar.add(widget)
        bar.box.insertStretch(1)
        right = QVBoxLayout()
        right.setSpacing(SPACING[1])
        right.addWidget(self._stack, 1)
        right.addWidget(bar)
        hint = tr("Keys: 1 to 9 set a class · Backspace clears it · D and A next and previous")
        right.addWidget(label(hint, "small"))
        row = QHBoxLayout()
        page_layout(self, row)
        row.addWidget(side)
        row.addLayout(right, 1)

    def _add_keys(self) -> None:
        for number in range(_KEYS):
            self._key(str(number + 1), partial(self._assign_number, number))
        self._key("Backspace", lambda: self.assign(None))
        self._key("D", lambda: self._step(1))
        self._key("A", lambda: self._step(-1))

    def _key(self, keys: str, act: Callable[[], None]) -> None:
        """Bind a key while the grid has the focus, so that typing a name stays typing."""
        shortcut = QShortcut(QKeySequence(keys), self.grid)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(act)

    # -- labelling -----------------------------------------------------------------------

    def assign(self, class_name: str | None) -> None:
        """Give the selected photos a class, or none."""
        chosen = self.grid.chosen_samples()
        if chosen:
            self._row_after_reset = min(index.row() for index in self.grid.selectedIndexes())
            self._workspace.assign([sample.id for sample in chosen], class_name)

    def _assign_number(self, number: int) -> None:
        view = self._workspace.view
        if view is not None and number < len(view.classes):
            self.assign(view.classes[number].name)

    def _on_set_class(self) -> None:
        name = self.choice.currentText().strip()
        if name:
            self.assign(name)
            self.grid.setFocus()

    def _step(self, by: int) -> None:
        row = self.grid.currentIndex().row() + by
        if 0 <= row < self.model.rowCount():
            self._select(row)

    def _select(self, row: int) -> None:
        index = self.model.index(row)
        self.grid.selectionModel().setCurrentIndex(
            index, QItemSelectionModel.SelectionFlag.ClearAndSelect
        )

    def _on_reset(self) -> None:
        """Go on where the person was: the next photo moved into the place of the labelled."""
        if self._row_after_reset is not None and self.model.rowCount():
            row = self._row_after_reset
            if self.filter.currentRow() == _ALL:
                row += 1
            self._select(min(row, self.model.rowCount() - 1))
        self._row_after_reset = None
        self._show_face()
        self._on_selection_changed()

    def _show_face(self) -> None:
        view = self._workspace.view
        empty = self.model.rowCount() == 0
        if view is not None and not view.overview.samples:
            self.nothing.title.setText(tr("No photos yet. Add some under Data."))
        elif self.filter.currentRow() == _UNLABELLED:
            self.nothing.title.setText(tr("Every photo has a class."))
        else:
            self.nothing.title.setText(tr("No photo here."))
        self._stack.setCurrentIndex(1 if empty else 0)

    def _on_selection_changed(self, *changes: object) -> None:
        n = len(self.grid.selectedIndexes())
        some = plural("{n} photo selected", "{n} photos selected", n)
        self.chosen.setText(some if n else tr("Select photos to label them"))
        self.set_class.setEnabled(n > 0)
        self.clear_class.setEnabled(n > 0)

    # -- which photos --------------------------------------------------------------------

    def _on_view_changed(self) -> None:
        view = self._workspace.view
        if view is None:
            return
        row = max(_ALL, self.filter.currentRow())
        with QSignalBlocker(self.filter):
            self._fill_filter(view.overview.samples, view.overview.unlabelled, view.classes)
            self.filter.setCurrentRow(min(row, self.filter.count() - 1))
        self._fill_choice([c.name for c in view.classes])
        self.grid.set_classes([c.name for c in view.classes])
        if not self.model.rowCount():
            self._on_filter_changed(self.filter.currentRow())
        self._show_face()

    def _fill_filter(self, samples: int, unlabelled: int, classes: Sequence[SampleClass]) -> None:
        self.filter.clear()
        self._add_row("data", tr("All photos: {n}", n=f"{samples:,}"))
        self._add_row("unknown", tr("Without a class: {n}", n=f"{unlabelled:,}"))
        for number, each in enumerate(classes):
            key = f"   [{number + 1}]" if number < _KEYS else ""
            text = f"{each.name}: {each.samples:,}{key}"
            self._add_row(class_icon(number), text, each.name)

    def _add_row(self, picture: str | QIcon, text: str, class_name: str | None = None) -> None:
        found = icon(picture, size=16) if isinstance(picture, str) else picture
        item = QListWidgetItem(found, text)
        item.setData(Qt.ItemDataRole.UserRole, class_name)
        item.setSizeHint(QSize(0, _ROW_PX))
        self.filter.addItem(item)

    def _fill_choice(self, names: list[str]) -> None:
        known = [self.choice.itemText(i) for i in range(self.choice.count())]
        if known == names:
            return
        typed = self.choice.currentText()
        self.choice.clear()
        for number, name in enumerate(names):
            self.choice.addItem(class_icon(number), name)
        self.choice.setCurrentIndex(-1)
        self.choice.setEditText(typed)

    def _on_filter_changed(self, row: int) -> None:
        item = self.filter.item(row)
        if item is not None:
            name = item.data(Qt.ItemDataRole.UserRole)
            self.model.set_filter(class_name=name, unlabelled=row == _UNLABELLED)


def _state(workspace: Workspace) -> tuple[str, str]:
    view = workspace.view
    if view is None or not view.overview.samples:
        return "–", tr("nothing to label yet")
    left = view.overview.unlabelled
    if not left:
        return "✓", tr("every photo has a class")
    return f"{left:,} ○", plural("{n} photo without a class", "{n} photos without a class", left)


ENTRY = Place(id="label", order=2, title=mark("Label"), icon="label", build=LabelPage, state=_state)

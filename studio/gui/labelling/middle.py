"""The middle of the page: grid, table, signal, one at a time, the keys, or why there is nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QSplitter, QStackedWidget, QWidget

from studio.domain.sieve import Sieve
from studio.gui.labelling.controller import LabelController
from studio.gui.labelling.faces import Face, Nothing
from studio.gui.labelling.keys import KeysPanel
from studio.gui.labelling.rapid import RapidView
from studio.gui.labelling.row_table import RowTable
from studio.gui.labelling.selection import chosen_rows, count_chosen, go_to_row
from studio.gui.models.rows import RowTableModel
from studio.gui.models.samples import SampleListModel
from studio.gui.settings import Settings
from studio.gui.widgets.sample_grid import SampleGrid

if TYPE_CHECKING:
    from studio.gui.labelling.signal_view import SignalView

__all__ = ["Middle"]


class Middle(QStackedWidget):
    """Shows the samples as their kind asks for.

    Signals:
        selection_changed: Other samples are selected, or another one is in hand.
        menu_wanted: Where on the screen.
        keys_changed: The person gave keys other meanings.
    """

    selection_changed = Signal()
    menu_wanted = Signal(object)
    keys_changed = Signal()

    def __init__(
        self,
        controller: LabelController,
        model: SampleListModel,
        settings: Settings,
        acts: Mapping[str, Callable[[], object]],
    ) -> None:
        super().__init__()
        self.kind = "image"
        self._controller, self._model = controller, model
        self.grid = SampleGrid(model)
        self.nothing = Nothing(acts)
        self.rapid = RapidView(controller, model)
        self.rapid.strip.setSelectionModel(self.grid.selectionModel())
        self.signal: SignalView | None = None
        self.table: RowTable | None = None
        self.both = QSplitter(Qt.Orientation.Vertical)
        self.both.addWidget(self.grid)
        self.both.setChildrenCollapsible(False)
        self._keys: KeysPanel | None = None
        self._settings = settings
        for widget in (self.both, self.nothing, self.rapid):
            self.addWidget(widget)
        self._watch(self.grid)

    def _watch(self, view: QAbstractItemView) -> None:
        view.selectionModel().selectionChanged.connect(lambda *_: self.selection_changed.emit())
        view.selectionModel().currentChanged.connect(lambda *_: self.selection_changed.emit())
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(
            lambda at: self.menu_wanted.emit(view.viewport().mapToGlobal(at))
        )

    def arrange(self, kind: str) -> bool:
        """Show samples as one of ``image``, ``row``, ``recording``; True if that is new."""
        if kind == self.kind:
            return False
        self.kind = kind
        if kind == "recording" and self.signal is None:
            # The plots take half of the time a window takes to start; only recordings need them.
            from studio.gui.labelling.signal_view import SignalView

            self.signal = SignalView(self._controller)
            self.both.addWidget(self.signal)
            self.both.setSizes([120, 480])
            self.grid.show_names()
        elif kind == "row" and self.table is None:
            rows = RowTableModel(self._model, self._controller.workspace, self)
            rows.named.connect(lambda id, name: self._controller.assign([id], name or None))
            self.table = RowTable(rows)
            self.addWidget(self.table)
            self._watch(self.table)
        return True

    # -- which samples -------------------------------------------------------------------

    @property
    def view(self) -> QAbstractItemView:
        """Where samples are selected."""
        return self.table if self.kind == "row" and self.table is not None else self.grid

    @property
    def one_at_a_time(self) -> bool:
        """Whether one sample is shown large."""
        return self.currentWidget() is self.rapid

    def chosen_ids(self) -> list[int]:
        """Return the selected samples."""
        return self._model.ids_at(chosen_rows(self.view))

    def count_chosen(self) -> int:
        """Return how many are selected."""
        return count_chosen(self.view)

    @property
    def row(self) -> int:
        """The row in hand, -1 for none."""
        return self.view.currentIndex().row()

    def go(self, row: int) -> None:
        """Take a row in hand."""
        if 0 <= row < self._model.rowCount():
            go_to_row(self.view, row)
            if self.one_at_a_time:
                self.rapid.strip.scrollTo(
                    self._model.index(row), QAbstractItemView.ScrollHint.PositionAtCenter
                )

    # -- what is shown -------------------------------------------------------------------

    def show_samples(self, face: Face) -> None:
        """Show the samples, or why there are none; the keys stay while they are edited."""
        if self._keys is not None and self.currentWidget() is self._keys:
            return
        if not self._model.rowCount():
            self.nothing.show_face(face)
            self.setCurrentWidget(self.nothing)
        elif not self.one_at_a_time:
            self.setCurrentWidget(
                self.table if self.kind == "row" and self.table is not None else self.both
            )

    def show_one(self, on: bool) -> None:
        """Show one sample at a time, or all again."""
        self.setCurrentWidget(self.rapid if on else self.both)
        if on:
            self.rapid.show_row(self.view.currentIndex())
            self.rapid.photo.setFocus()
        else:
            self.grid.setFocus()

    def show_order(self, sieve: Sieve) -> None:
        """Mark by what the rows are ordered."""
        if self.table is not None:
            self.table.show_order(sieve)

    def show_keys(self) -> None:
        """Show the keys, to be changed."""
        if self._keys is None:
            self._keys = KeysPanel(self._settings)
            self._keys.changed.connect(self.keys_changed)
            self._keys.closed.connect(self._on_keys_closed)
            self.addWidget(self._keys)
        self.setCurrentWidget(self._keys)

    def _on_keys_closed(self) -> None:
        self.setCurrentWidget(self.view if self.kind == "row" else self.both)
        self.view.setFocus()

    def key_widgets(self) -> tuple[QWidget, ...]:
        """Return the widgets on which the keys of the page work."""
        found: list[QWidget] = [self.grid, self.rapid.photo, self.rapid.strip]
        if self.signal is not None:
            found += [self.signal.plot, self.signal.ranges]
        if self.table is not None:
            found.append(self.table)
        return tuple(found)

    def current_index(self) -> QModelIndex:
        """Return the row in hand as an index of the list."""
        return self._model.index(self.row) if self.row >= 0 else QModelIndex()

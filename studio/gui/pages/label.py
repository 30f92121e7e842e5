"""Label: say what each photo, row or recording is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QModelIndex, QPoint, QSignalBlocker, Qt, QTimer
from PySide6.QtGui import QShortcut

from studio.domain.sample import Sample
from studio.domain.sieve import Sieve
from studio.gui.i18n import mark, tr
from studio.gui.labelling import keys
from studio.gui.labelling.faces import face_for
from studio.gui.labelling.frame import LabelFrame
from studio.gui.labelling.menu import sample_menu
from studio.gui.labelling.selection import chosen_rows
from studio.gui.nouns import nouns
from studio.gui.place import Place
from studio.gui.settings import Settings
from studio.gui.widgets.basics import class_icon
from studio.gui.widgets.sample_grid import ZOOMS
from studio.gui.workspace import Workspace

__all__ = ["ENTRY", "LabelPage"]

_ALL, _UNLABELLED, _FIRST_CLASS = 0, 1, 2


class LabelPage(LabelFrame):
    """What the parts do together: keys, drags and buttons, and what is in hand."""

    def __init__(self, workspace: Workspace, settings: Settings) -> None:
        super().__init__(workspace, settings)
        self._workspace, self._settings = workspace, settings
        self._row_after_reset: int | None = None
        self._scroll: int | None = None
        self._task = ""
        self._shortcuts: list[QShortcut] = []
        self._connect()
        self._bind_keys()
        self._on_view_changed()
        self.model.reload()
        self._on_selection_changed()

    def _connect(self) -> None:
        self.set_wanted.connect(self._on_set_class)
        self.clear_wanted.connect(lambda: self.assign(None))
        self.one_wanted.connect(self.toggle_one)
        self.new_class.returnPressed.connect(self._on_new_class)
        self.inspector.detailed.connect(self.rapid.show_detail)
        self.inspector.session_named.connect(
            lambda name: self.controller.move(self.middle.chosen_ids(), name)
        )
        self.filter.currentRowChanged.connect(self._on_class_row)
        self.filter.samples_dropped.connect(
            lambda ids, name: self.controller.assign(ids, name or None)
        )
        self.filter.renamed.connect(self.controller.rename)
        self.filter.merge_wanted.connect(self.ask_merge)
        self.filter.delete_wanted.connect(self.ask_delete)
        self.bar.changed.connect(self._on_sieve)
        self.middle.selection_changed.connect(self._on_selection_changed)
        self.middle.menu_wanted.connect(self._on_menu)
        self.middle.keys_changed.connect(self._bind_keys)
        self.grid.zoomed.connect(lambda side: self.zoom.setValue(ZOOMS.index(side)))
        self.grid.doubleClicked.connect(lambda index: self.toggle_one())
        self.rapid.class_wanted.connect(lambda name: self.say(name or None))
        self.rapid.skip_wanted.connect(self.skip)
        self.model.modelAboutToBeReset.connect(self._before_reset)
        self.model.counted.connect(self._on_counted)
        self.model.dataChanged.connect(self._on_data)
        self.controller.known_changed.connect(self._on_known)
        self._workspace.view_changed.connect(self._on_view_changed)

    # -- keys ----------------------------------------------------------------------------

    def _bind_keys(self) -> None:
        for shortcut in self._shortcuts:
            shortcut.setEnabled(False)
            shortcut.deleteLater()
        acts: dict[str, Callable[[], object]] = {
            **{f"class:{n + 1}": partial(self._say_number, n) for n in range(9)},
            "clear": lambda: self.say(None),
            "next": lambda: self.middle.go(self.middle.row + 1),
            "previous": lambda: self.middle.go(self.middle.row - 1),
            "skip": self.skip,
            "one": self.toggle_one,
            "larger": lambda: self._larger(1),
            "smaller": lambda: self._larger(-1),
            "box": lambda: self.rapid.boxes.toggle() if self.middle.one_at_a_time else None,
            "next_box": self.rapid.photo.pick_next,
        }
        self._shortcuts = [
            shortcut
            for widget in self.middle.key_widgets()
            for shortcut in keys.bind(widget, self._settings, acts)
        ]
        self.hint.setText(self._hint())

    def _hint(self) -> str:
        now = keys.keys_of(self._settings)
        return tr(
            "{first} to {last} set a class · {clear} clears it · {next} and {previous}: next and"
            " previous · {skip}: next without a class · drag onto a class",
            first=now["class:1"],
            last=now["class:9"],
            clear=now["clear"],
            next=now["next"],
            previous=now["previous"],
            skip=now["skip"],
        )

    def _larger(self, steps: int) -> None:
        if self.middle.one_at_a_time:
            self.rapid.photo.zoom_by(1.25 if steps > 0 else 0.8)
        else:
            self.grid.zoom_by(steps)

    # -- labelling -----------------------------------------------------------------------

    def assign(self, class_name: str | None) -> None:
        """Give the selected samples a class, or none."""
        ids = self.middle.chosen_ids()
        if not ids:
            return
        row = min(chosen_rows(self.middle.view))
        self.controller.assign(ids, class_name)
        self.model.say(ids, class_name)
        self._row_after_reset = row
        if len(ids) == 1 and not self._leaves_list():
            self.middle.go(row + 1)

    def _leaves_list(self) -> bool:
        """Whether a sample that is given a class may leave the list."""
        sieve = self.bar.sieve
        return not self.model.held and (
            sieve.unlabelled or sieve.class_name is not None or sieve.suspicious or sieve.wrong
        )

    def say(self, class_name: str | None) -> None:
        """Give a class to what is in hand: a box, seconds, a large photo, or what is selected."""
        signal = self.middle.signal
        if class_name is not None and signal is not None and signal.busy_with_range:
            signal.label_range(class_name)
        elif self.middle.one_at_a_time:
            self._say_one(class_name)
        else:
            self.assign(class_name)

    def _say_one(self, class_name: str | None) -> None:
        if class_name is not None and self.rapid.label_box(class_name):
            return
        ids = self.model.ids_at([self.middle.row])
        if ids:
            self.controller.assign(ids, class_name)
            self.model.say(ids, class_name)
            if class_name is not None:
                self.skip()

    def _say_number(self, number: int) -> None:
        view = self._workspace.view
        if view is not None and number < len(view.classes):
            self.say(view.classes[number].name)

    def skip(self) -> None:
        """Go to the next sample without a class, or to the next where none is known of."""
        row = self.model.next_unlabelled(self.middle.row)
        self.middle.go(row if row is not None else self.middle.row + 1)

    def _on_set_class(self) -> None:
        name = self.choice.currentText().strip()
        if name:
            self.assign(name)
            self.middle.view.setFocus()

    def toggle_one(self) -> None:
        """Show one sample at a time, or all again."""
        if self.middle.kind != "image" or not self.model.rowCount():
            return
        on = not self.middle.one_at_a_time
        self.model.held = on
        if on and self.middle.row < 0:
            self.middle.go(0)
        self.middle.show_one(on)
        self.one.setText(tr("Back to all") if on else tr("One at a time"))
        self.selection_bar.setVisible(not on)
        if not on:
            self.model.reload()
        self._on_selection_changed()

    # -- classes -------------------------------------------------------------------------

    def _on_new_class(self) -> None:
        name = self.new_class.text().strip()
        if name:
            self.controller.add_class(name)
            self.new_class.clear()

    def _size_of(self, name: str) -> str:
        view = self._workspace.view
        found = [c.samples for c in view.classes if c.name == name] if view else []
        return nouns(self._task).count(found[0] if found else 0)

    def ask_merge(self, name: str, into: str) -> None:
        """Ask before two classes become one."""
        words = tr("Make {name} ({samples}) a part of {into}? Undo brings it back.",
                   name=name, samples=self._size_of(name), into=into)  # fmt: skip
        self.ask.ask(words, tr("Merge"), lambda: self.controller.merge(name, into))

    def ask_delete(self, name: str) -> None:
        """Ask before a class goes."""
        words = tr("Delete the class {name}? {samples} lose it, marks of it go. Undo brings it"
                   " back.", name=name, samples=self._size_of(name))  # fmt: skip
        self.ask.ask(words, tr("Delete the class"), lambda: self.controller.delete_class(name))

    def ask_remove(self, ids: Sequence[int]) -> None:
        """Ask before samples leave the project."""
        words = tr("Remove {samples} from the project? Undo brings them back.",
                   samples=nouns(self._task).count(len(ids)))  # fmt: skip
        self.ask.ask(words, tr("Remove"), lambda: self.controller.remove(ids))

    def _on_menu(self, at: QPoint) -> None:
        ids = self.middle.chosen_ids()
        if ids:
            sample_menu(
                self,
                self.controller,
                ids,
                remove=lambda: self.ask_remove(ids),
                one_at_a_time=self.toggle_one if self.middle.kind == "image" else None,
                with_classes=self._with_classes(),
            ).popup(at)

    # -- which samples -------------------------------------------------------------------

    def show_samples(self, ids: Sequence[int], about: str) -> None:
        """Show these samples and no others, as another page asks."""
        self.bar.show_only(ids, about)

    def _on_class_row(self, row: int) -> None:
        item = self.filter.item(row)
        if item is None:
            return
        name = item.data(Qt.ItemDataRole.UserRole)
        base = self.bar.sieve if row else Sieve(sight=self.bar.sieve.sight)
        self.bar.set(replace(base, class_name=name, unlabelled=row == _UNLABELLED))

    def _on_sieve(self) -> None:
        self._scroll = 0
        self.model.set_sieve(self.bar.sieve)
        self.middle.show_order(self.bar.sieve)
        self._show_class_row()

    def _show_class_row(self) -> None:
        sieve, names = self.bar.sieve, self.filter.names()
        row = _UNLABELLED if sieve.unlabelled else _ALL
        if sieve.class_name in names:
            row = _FIRST_CLASS + names.index(sieve.class_name)
        with QSignalBlocker(self.filter):
            self.filter.setCurrentRow(row)

    def _before_reset(self) -> None:
        if self._scroll is None:
            self._scroll = self.grid.verticalScrollBar().value()

    def _on_counted(self) -> None:
        """Go on where the person was: the next one moved into the place of the labelled."""
        if self.model.rowCount() and self._row_after_reset is not None and self.middle.row < 0:
            self.middle.go(min(self._row_after_reset, self.model.rowCount() - 1))
        elif self.model.rowCount() and self.middle.kind != "image" and self.middle.row < 0:
            self.middle.go(0)
        elif self._scroll:
            bar = self.grid.verticalScrollBar()
            QTimer.singleShot(0, self.grid, partial(bar.setValue, self._scroll))
        self._row_after_reset = self._scroll = None
        self._show_face()
        self._on_selection_changed()

    def _show_face(self) -> None:
        view = self._workspace.view
        self.middle.show_samples(
            face_for(
                nouns(self._task),
                self.bar.sieve,
                loaded=self.model.loaded and view is not None,
                samples=view.overview.samples if view else 0,
                asked=self.controller.asked,
            )
        )

    # -- what is in hand -----------------------------------------------------------------

    def _on_selection_changed(self) -> None:
        n = self.middle.count_chosen()
        self.chosen.setText(
            tr("{samples} selected", samples=nouns(self._task).count(n))
            if n
            else tr("Select some to give them a class")
        )
        self.set_class.setEnabled(n > 0)
        self.clear_class.setEnabled(n > 0)
        self._show_current()

    def _on_data(self, first: QModelIndex, last: QModelIndex, roles: object = None) -> None:
        if first.row() <= self.middle.row <= last.row():
            self._show_current()

    def _current(self) -> Sample | None:
        row = self.middle.row
        return self.model.sample(row) if row >= 0 else None

    def _show_current(self) -> None:
        sample = self._current()
        self.inspector.show_sample(sample)
        if self.middle.signal is not None:
            self.middle.signal.show_sample(sample)
        if self.middle.one_at_a_time:
            self.rapid.show_row(self.middle.current_index())

    # -- the project ---------------------------------------------------------------------

    def _with_classes(self) -> bool:
        return not self._task.endswith("regression")

    def _on_known(self) -> None:
        self._show_columns()
        self._show_face()

    def _show_columns(self) -> None:
        table, view = self.middle.table, self._workspace.view
        if table is not None:
            table.rows.set_columns(self.controller.columns, with_class=self._with_classes())
            table.set_names([c.name for c in view.classes] if view else [])

    def _on_view_changed(self) -> None:
        view = self._workspace.view
        if view is None:
            self._show_face()
            return
        self._task = view.overview.task
        words = nouns(self._task)
        if self.middle.arrange(words.kind):
            self._on_kind()
        names = [c.name for c in view.classes]
        with QSignalBlocker(self.filter):
            self.filter.fill(
                words,
                view.overview.samples,
                view.overview.unlabelled,
                view.classes,
                with_classes=self._with_classes(),
            )
        self._show_class_row()
        self._fill_choice(names)
        self.grid.set_classes(names)
        self.rapid.strip.set_classes(names)
        self.rapid.show_classes(view.classes)
        self._show_columns()
        self._show_face()
        self._on_selection_changed()

    def _on_kind(self) -> None:
        photos = self.middle.kind == "image"
        for widget in (self.one, self.zoom):
            widget.setVisible(photos)
        self.grid.setAccessibleName(nouns(self._task).many)
        if self.middle.table is not None:
            self.middle.table.sieve_wanted.connect(self.bar.set)
            for control in (self.selection_bar, self.new_class, self.useful):
                control.setVisible(self._with_classes())
        self._bind_keys()

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


def _state(workspace: Workspace) -> tuple[str, str]:
    view = workspace.view
    if view is None or not view.overview.samples:
        return "–", tr("nothing to label yet")
    words, left = nouns(view.overview.task), view.overview.unlabelled
    if not left:
        return "✓", tr("every {sample} has a class", sample=words.one)
    return f"{left:,} ○", tr("{samples} without a class", samples=words.count(left))


ENTRY = Place(id="label", order=2, title=mark("Label"), icon="label", build=LabelPage, state=_state)

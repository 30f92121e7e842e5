"""Which samples are shown: chips that compose, a search field, and what comes first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QMenu, QVBoxLayout, QWidget

from studio.domain.sieve import Sieve, Sight
from studio.gui.i18n import mark, tr
from studio.gui.labelling.controller import LabelController
from studio.gui.theme import SPACING
from studio.gui.widgets.basics import button, clear

__all__ = ["FilterBar"]

_TYPING_MS = 250
_MOST_LISTED = 60

_SIGHTS = (
    (Sight.IMPORTED, mark("In the order of import")),
    (Sight.USEFUL, mark("Most useful first")),
    (Sight.UNCERTAIN, mark("Least certain first")),
    (Sight.SURE, mark("Surest first")),
    (Sight.RANDOM, mark("In random order")),
)


class FilterBar(QWidget):
    """Holds the sieve.

    Signals:
        changed: `sieve` is another.
    """

    changed = Signal()

    def __init__(self, controller: LabelController) -> None:
        super().__init__()
        self._controller = controller
        self.sieve = Sieve()
        self.about_only = ""
        self.text = QLineEdit()
        self.text.setPlaceholderText(tr("Search in names"))
        self.text.setAccessibleName(tr("Search in names"))
        self.text.setClearButtonEnabled(True)
        self._typing = QTimer(self, interval=_TYPING_MS, singleShot=True)
        self._typing.timeout.connect(self._on_typed)
        self.text.textChanged.connect(self._typing.start)
        self.text.returnPressed.connect(self._on_typed)
        self.add = button(tr("Add a filter"), self._on_add, picture="search")
        self.sight = QComboBox()
        self.sight.setAccessibleName(tr("What comes first"))
        for sight, words in _SIGHTS:
            self.sight.addItem(tr(words), sight)
        self.sight.activated.connect(self._on_sight)
        self.chips = QHBoxLayout()
        self.chips.setSpacing(SPACING[0])
        self._lay_out()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(SPACING[1])
        row.addWidget(self.text, 1)
        row.addWidget(self.add)
        row.addWidget(self.sight)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING[0])
        column.addLayout(row)
        column.addLayout(self.chips)

    # -- the sieve -----------------------------------------------------------------------

    def set(self, sieve: Sieve) -> None:
        """Show what passes a sieve."""
        if sieve == self.sieve:
            return
        self.sieve = sieve
        self.sight.setCurrentIndex(self.sight.findData(sieve.sight))
        if self.text.text() != sieve.text:
            self.text.setText(sieve.text)
            self._typing.stop()
        self._show_chips()
        self.changed.emit()

    def show_only(self, ids: Iterable[int], about: str) -> None:
        """Show these samples, from another page."""
        self.about_only = about
        self.set(Sieve(only=tuple(ids)))

    def clear_all(self) -> None:
        """Show everything again; the order stays."""
        self.set(Sieve(sight=self.sieve.sight))

    def _on_typed(self) -> None:
        self._typing.stop()
        self.set(replace(self.sieve, text=self.text.text()))

    def _on_sight(self, row: int) -> None:
        self.set(replace(self.sieve, sight=self.sight.itemData(row), column=""))

    # -- chips ---------------------------------------------------------------------------

    def texts(self) -> list[tuple[str, Sieve]]:
        """Return the conditions in words, each with the sieve without it."""
        sieve = self.sieve
        found: list[tuple[bool, str, Sieve]] = [
            (sieve.only is not None, self.about_only, replace(sieve, only=None)),
            (
                sieve.class_name is not None,
                tr("Class: {name}", name=sieve.class_name),
                replace(sieve, class_name=None),
            ),
            (sieve.unlabelled, tr("Without a class"), replace(sieve, unlabelled=False)),
            (sieve.suspicious, tr("Suspicious"), replace(sieve, suspicious=False)),
            (sieve.wrong, tr("Predicted otherwise"), replace(sieve, wrong=False)),
            (
                sieve.predicted_as is not None,
                tr("Predicted as: {name}", name=sieve.predicted_as),
                replace(sieve, predicted_as=None),
            ),
            (
                sieve.session is not None,
                tr("Session: {name}", name=sieve.session),
                replace(sieve, session=None),
            ),
            (bool(sieve.text), tr("Text: {words}", words=sieve.text), replace(sieve, text="")),
        ]
        return [(words, without) for holds, words, without in found if holds]

    def _show_chips(self) -> None:
        clear(self.chips)
        for words, without in self.texts():
            chip = button(
                words.replace("&", "&&"), partial(self.set, without), role="chip", picture="close"
            )
            chip.setAccessibleName(tr("Remove the filter {filter}", filter=words))
            chip.setToolTip(tr("Click to remove this filter"))
            self.chips.addWidget(chip)
        if len(self.texts()) > 1:
            self.chips.addWidget(button(tr("Show all"), self.clear_all, role="link"))
        self.chips.addStretch(1)

    # -- adding --------------------------------------------------------------------------

    def menu(self) -> QMenu:
        """Return what can be added to the sieve."""
        menu, sieve = QMenu(self), self.sieve
        for words, changed in (
            (tr("Without a class"), replace(sieve, unlabelled=True, class_name=None)),
            (tr("Suspicious"), replace(sieve, suspicious=True)),
            (tr("Predicted otherwise"), replace(sieve, wrong=True)),
        ):
            menu.addAction(words, partial(self.set, changed))
        view = self._controller.workspace.view
        names = [each.name for each in view.classes] if view else []
        held = [session.name for session in self._controller.sessions]
        self._sub(menu, tr("Class"), names, self._with_class)
        self._sub(menu, tr("Predicted as"), names, lambda n: replace(self.sieve, predicted_as=n))
        self._sub(menu, tr("Session"), held, lambda n: replace(self.sieve, session=n))
        return menu

    def _with_class(self, name: str) -> Sieve:
        return replace(self.sieve, class_name=name, unlabelled=False)

    def _sub(
        self, menu: QMenu, title: str, names: list[str], changed: Callable[[str], Sieve]
    ) -> None:
        sub = menu.addMenu(title)
        sub.setEnabled(bool(names))
        for name in names[:_MOST_LISTED]:
            sub.addAction(name.replace("&", "&&"), partial(self._set_named, changed, name))

    def _set_named(self, changed: Callable[[str], Sieve], name: str) -> None:
        self.set(changed(name))

    def _on_add(self) -> None:
        menu = self.menu()
        menu.popup(self.add.mapToGlobal(self.add.rect().bottomLeft()))

    def changeEvent(self, event: QEvent) -> None:
        """Draw the chips anew in another font or palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._show_chips()

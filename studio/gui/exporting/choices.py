"""What the person chooses before an export: the form, what errors cost, and where it goes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from studio.domain.candidate import Candidate
from studio.domain.evaluation import Evaluation
from studio.gui.exporting.forms import FORMS, USUAL, forms_with
from studio.gui.i18n import tr
from studio.gui.results.threshold import ThresholdPanel
from studio.gui.settings import Settings
from studio.gui.theme import SPACING
from studio.gui.widgets.basics import Card, button, label
from studio.gui.workspace import Workspace

if TYPE_CHECKING:
    from studio.domain.judgement import Costs

__all__ = ["FormList", "NotSure", "TargetRow"]


class FormList(Card):
    """The forms a bundle can have for a device; those that do not take it are only named.

    Signals:
        chosen: The id of a form.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.list = QListWidget()
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(tr("Form of the bundle"))
        self.unbuilt, self.others = label("", "small"), label("", "small")
        self.list.currentRowChanged.connect(self._on_row)
        self.add(label(tr("Form of the bundle"), "section"))
        self.add(self.list)
        self.add(self.unbuilt)
        self.add(self.others)
        self.show_taken({})

    def _grow(self) -> None:
        """Show every form at once; the page scrolls, the list does not."""
        self.list.ensurePolished()
        high = sum(self.list.sizeHintForRow(row) for row in range(self.list.count()))
        self.list.setFixedHeight(high + 2 * self.list.frameWidth() + 4)

    def showEvent(self, event: QShowEvent) -> None:
        """Measure again, now that the style is known."""
        super().showEvent(event)
        self._grow()

    @property
    def form(self) -> str:
        """The id of the chosen form."""
        item = self.list.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if item else USUAL

    def _on_row(self, row: int) -> None:
        found = next((form for form in FORMS if form.id == self.form), None)
        unbuilt = tr(found.unbuilt) if found is not None and found.unbuilt else ""
        self.unbuilt.setText(unbuilt)
        self.unbuilt.setVisible(bool(unbuilt))
        self.chosen.emit(self.form)

    def show_taken(self, titles: Mapping[str, str]) -> None:
        """Let those be chosen that take the device; the usual bundle always does.

        Args:
            titles: Of the forms that do, by id; empty while that is not known.
        """
        before = self.form
        forms = [form for form in forms_with(titles) if form.id == USUAL or form.id in titles]
        others = [tr(form.title) for form in FORMS if form not in forms] if titles else []
        self.list.blockSignals(True)
        self.list.clear()
        for form in forms:
            item = QListWidgetItem(f"{tr(form.title)}\n{tr(form.sentence)}".strip())
            item.setData(Qt.ItemDataRole.UserRole, form.id)
            self.list.addItem(item)
        self._grow()
        self.list.blockSignals(False)
        self.others.setText(tr("Not for this device: {forms}", forms=", ".join(others)))
        self.others.setVisible(bool(others))
        kept = next((i for i, form in enumerate(forms) if form.id == before), 0)
        self.list.setCurrentRow(kept)


class NotSure(Card):
    """Whether the person says what errors cost; else the session's own threshold is taken."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.own = QCheckBox(tr("Say what errors cost, so that it can answer “not sure”"))
        self.panel = ThresholdPanel(workspace)
        self._candidate: Candidate | None = None
        self.add(self.own)
        self.add(self.panel)
        self.panel.hide()
        self.own.toggled.connect(self._on_own)

    @property
    def costs(self) -> Costs | None:
        """What errors cost; None where the person does not say."""
        return self.panel.costs if self.own.isChecked() and not self.isHidden() else None

    def show_candidate(self, candidate: Candidate) -> None:
        """Ask about another model; amounts are never "not sure"."""
        self.setVisible(isinstance(candidate.validation, Evaluation))
        if self._candidate != candidate:
            self._candidate = candidate
            self._on_own(self.own.isChecked())

    def _on_own(self, own: bool) -> None:
        self.panel.setVisible(own)
        if own and self._candidate is not None:
            self.panel.show_candidate(self._candidate)


class TargetRow(QWidget):
    """Where the bundle goes; and, where something is there already, whether to replace it.

    Signals:
        changed: Another place.
        export_requested: The button, or Enter.
        replace_agreed: The person wants what is there replaced.
    """

    changed = Signal()
    export_requested = Signal()
    replace_agreed = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self._own: Path | None = None
        self._name = ""
        self.place = QLineEdit(readOnly=True)
        self.place.setAccessibleName(tr("Where the bundle goes"))
        self.other = button(tr("Another place…"), self._on_other)
        self.export = button(tr("Export"), self.export_requested.emit, role="primary")
        self.asks = label("")
        self.replace = button(tr("Replace it"), self._on_replace)
        self.keep = button(tr("Cancel"), self._on_keep)
        self._question = Card()
        self._lay_out()

    def _lay_out(self) -> None:
        place = QHBoxLayout()
        place.addWidget(self.place, 1)
        place.addWidget(self.other)
        answers = QHBoxLayout()
        answers.addWidget(self.replace)
        answers.addWidget(self.keep)
        answers.addStretch()
        self._question.add(self.asks)
        self._question.add_layout(answers)
        self._question.hide()
        row = QHBoxLayout()
        row.addWidget(self.export)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING[1])
        column.addLayout(place)
        column.addWidget(self._question)
        column.addLayout(row)

    @property
    def path(self) -> Path:
        """Where the bundle goes."""
        return self._own or Path(self._settings.last_folder) / self._name

    @property
    def asking(self) -> bool:
        """Whether it is being asked what to do with what is there."""
        return self._question.isVisibleTo(self)

    def suggest(self, name: str) -> None:
        """Name a file for what is chosen now; a place the person chose for another is left."""
        if name != self._name:
            self._name, self._own = name, None
            self._question.hide()
        self._show()

    def choose(self, path: Path) -> None:
        """Take another place."""
        self._own = path if path.suffix.lower() == ".zip" else path.with_name(f"{path.name}.zip")
        self._settings["last_folder"] = str(path.parent)
        self._question.hide()
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        self.place.setText(str(self.path))
        self.place.setToolTip(str(self.path))

    def _on_other(self) -> None:
        option = QFileDialog.Option.DontConfirmOverwrite  # it is asked here, and not modal
        path, _ = QFileDialog.getSaveFileName(
            self,
            tr("Export the bundle"),
            str(self.path),
            tr("Bundles (*.zip)"),
            options=option,
        )
        if path:
            self.choose(Path(path))

    def ask(self) -> None:
        """Ask whether to replace what is there; Cancel is where the keys go."""
        self.asks.setText(tr("{name} is there already.", name=self.path.name))
        self._question.show()
        self.keep.setFocus()

    def _on_replace(self) -> None:
        self._question.hide()
        self.replace_agreed.emit()

    def _on_keep(self) -> None:
        self._question.hide()
        self.export.setFocus()

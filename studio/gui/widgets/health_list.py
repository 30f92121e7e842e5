"""Findings about the data, the worst first, each with what may be done."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from studio.domain.health import ActionKind, HealthFinding, Severity
from studio.gui.data_desk import DataDesk
from studio.gui.finding_words import finding_sentence, finding_title
from studio.gui.i18n import mark, tr
from studio.gui.icons import pixmap
from studio.gui.nouns import nouns
from studio.gui.theme import SPACING, Tokens, tokens
from studio.gui.widgets.basics import Card, button, clear, label, scrolled

__all__ = ["HealthList"]

_SEVERITIES: dict[Severity, tuple[str, str, Callable[[Tokens], str]]] = {
    Severity.PROBLEM: ("no", mark("Problem"), lambda t: t.no),
    Severity.WARNING: ("warning", mark("Warning"), lambda t: t.change),
    Severity.HINT: ("help", mark("Hint"), lambda t: t.accent),
}


class HealthList(QWidget):
    """Asks for the findings and shows them as cards."""

    def __init__(self, desk: DataDesk) -> None:
        super().__init__()
        self._desk = desk
        self.look = button(tr("Look the data over"), desk.look_over, role="primary")
        self.state = label("", "muted")
        self._cards = QVBoxLayout()
        self._lay_out()
        desk.changed.connect(self.refresh)
        for signal in (desk.workspace.job_started, desk.workspace.job_ended):
            signal.connect(self._on_jobs)
        self.refresh()

    def _lay_out(self) -> None:
        inside = QWidget()
        inner = QVBoxLayout(inside)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addLayout(self._cards)
        inner.addStretch()
        scroll = scrolled(inside)
        row = QHBoxLayout()
        row.addWidget(self.look)
        row.addWidget(self.state, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(scroll, 1)

    def _on_jobs(self, *_: object) -> None:
        self.look.setEnabled(self._desk.workspace.job is None)

    def refresh(self) -> None:
        """Show the findings as they are known now."""
        found = self._desk.findings
        if found is None:
            self.state.setText(
                tr("Finds copies, odd ones, conflicting labels and classes that are too small.")
            )
        else:
            self.state.setText(tr("Nothing to worry about.") if not found else "")
        clear(self._cards)
        for finding in found or ():
            self._cards.addWidget(self._card(finding))

    def _card(self, finding: HealthFinding) -> Card:
        picture, word, colour = _SEVERITIES[finding.severity]
        drawing = QLabel()
        drawing.setPixmap(pixmap(picture, colour(tokens()), 18, 2.0))
        drawing.setAccessibleName(tr(word))
        head = QHBoxLayout()
        head.setSpacing(SPACING[1])
        head.addWidget(drawing)
        title = finding_title(finding)
        head.addWidget(label(f"{tr(word)}: {title}", "strong"), 1)
        card = Card()
        card.add_layout(head)
        sentence = label(finding_sentence(finding), "muted")
        sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        card.add(sentence)
        card.add_layout(self._actions(finding))
        return card

    def _actions(self, finding: HealthFinding) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACING[1])
        view = self._desk.workspace.view
        named = nouns(view.overview.task if view else "")
        if finding.sample_ids:
            text = tr("Show {samples}", samples=named.count(len(finding.sample_ids)))
            row.addWidget(button(text, lambda: self._show(finding)))
        action = finding.action
        if action is not None and action.kind is ActionKind.EXCLUDE:
            text = tr("Keep {samples} out", samples=named.count(len(action.sample_ids)))
            row.addWidget(button(text, lambda: self._desk.exclude(action.sample_ids)))
        if action is not None and action.kind is ActionKind.MERGE_CLASSES:
            text = tr("Make them one class: {name}", name=action.target)
            into, ids = action.target, action.sample_ids
            row.addWidget(button(text, lambda: self._desk.put_together(ids, into)))
        row.addStretch()
        return row

    def _show(self, finding: HealthFinding) -> None:
        title = finding_title(finding)
        self._desk.workspace.samples_wanted.emit(finding.sample_ids, title)

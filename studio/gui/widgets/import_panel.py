"""What would come in, before anything is written: counts, questions, what is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from studio.domain.sample import SampleClass
from studio.gui import words
from studio.gui.arrivals import ImportCheck
from studio.gui.i18n import plural, tr
from studio.gui.import_words import (
    choice_text,
    closer_text,
    preview_title,
    question_text,
    task_text,
)
from studio.gui.theme import SPACING
from studio.gui.widgets.balance import BalanceBars
from studio.gui.widgets.basics import Card, button, clear, label, scrolled
from studio.gui.widgets.skipped import SkippedTable

if TYPE_CHECKING:
    from studio.importers import ImportPreview, Question

__all__ = ["ImportPanel"]

_LINK = "link"
_SHOWN_AT_ONCE = ("class_from", "rate", "target", "target_is", "session", "label", "time")
_NAMED = 3


def _names(check: ImportCheck) -> str:
    named = ", ".join(path.name or str(path) for path in check.paths[:_NAMED])
    more = len(check.paths) - _NAMED
    return named if more <= 0 else plural("{names} and {n} more", "{names} and {n} more", more,
                                          names=named)  # fmt: skip


class ImportPanel(QWidget):
    """Shows an `ImportCheck`; hidden while nothing waits for a decision."""

    def __init__(self, check: ImportCheck) -> None:
        super().__init__()
        self._check = check
        self._asked: tuple[Question, ...] | None = None
        self._everything = False
        self.names = label("", "muted")
        self.task = QComboBox()
        self.task.setAccessibleName(tr("What is to be learned"))
        self.task.activated.connect(self._on_task)
        self.title = label("", "section")
        self.remedy = label("", "muted")
        self.busy = QProgressBar(textVisible=False)
        self.busy.setRange(0, 0)
        self.busy.setAccessibleName(tr("Looking at the files"))
        self.balance = BalanceBars()
        self.notes = label("", "muted")
        self.closer = label("", "muted")
        self.skipped = SkippedTable()
        self.link = QCheckBox(tr("Leave the files where they are; the project notes the way there"))
        self.link.setAccessibleName(self.link.text())
        self.link.clicked.connect(self._on_link)
        self.more = button(tr("More choices"), self._on_more, role="link")
        self.accept = button(tr("Import"), check.accept, role="primary")
        self.cancel = button(tr("Cancel"), check.dismiss)
        self.questions: dict[str, QWidget] = {}
        self._form = QFormLayout()
        self._lay_out()
        check.changed.connect(self.refresh)
        self.refresh()

    # -- building ------------------------------------------------------------------------

    def _lay_out(self) -> None:
        frame = Card()
        frame.add(label(tr("What would come in"), "section"))
        frame.add(self.names)
        self._task_row = QWidget()
        row = QHBoxLayout(self._task_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label(tr("What is to be learned"), wrap=False))
        row.addWidget(self.task, 1)
        frame.add(self._task_row)
        frame.add(self.busy)
        frame.add(self.title)
        frame.add(self.remedy)
        frame.add(self._middle(), 1)
        frame.add(self.link)
        buttons = QHBoxLayout()
        buttons.addWidget(self.accept)
        buttons.addWidget(self.cancel)
        buttons.addWidget(label(tr("Nothing is written before you choose Import."), "muted"), 1)
        frame.add_layout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(frame)

    def _middle(self) -> QWidget:
        inside = QWidget()
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACING[4])
        left, right = QVBoxLayout(), QVBoxLayout()
        for widget in (self.balance, self.closer, self.notes, self.skipped):
            left.addWidget(widget)
        left.addStretch()
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        right.addLayout(self._form)
        right.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        right.addStretch()
        row.addLayout(left, 1)
        row.addLayout(right, 1)
        scroll = scrolled(inside)
        return scroll

    # -- showing -------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show the check as it stands now."""
        check = self._check
        self.setVisible(check.active)
        if not check.active:
            return
        self.names.setText(_names(check))
        self._show_tasks()
        self.busy.setVisible(check.looking)
        self.accept.setEnabled(check.ready)
        if check.looking and check.preview is None:
            self.title.setText(tr("Looking at the files…"))
        if check.error is not None:
            self._show_error(check.error)
        elif check.preview is not None:
            self._show(check.preview)

    def _show_tasks(self) -> None:
        check = self._check
        self._task_row.setVisible(len(check.tasks) > 1)
        if [self.task.itemData(i) for i in range(self.task.count())] != list(check.tasks):
            self.task.clear()
            for task in check.tasks:
                self.task.addItem(task_text(task), task)
        self.task.setCurrentIndex(max(0, self.task.findData(check.task)))

    def _show_error(self, error: Exception) -> None:
        happened, remedy, _ = words.explain(error)
        self.title.setText(happened)
        self.remedy.setText(remedy)
        self.remedy.show()
        for widget in (self.balance, self.closer, self.notes, self.skipped, self.link):
            widget.hide()

    def _show(self, preview: ImportPreview) -> None:
        self.title.setText(preview_title(preview, self._check.task))
        self.remedy.hide()
        classes = [
            SampleClass(id=number, name=name, samples=count)
            for number, (name, count) in enumerate(preview.counts.items(), 1)
        ]
        self.balance.show_classes(classes, self._check.task)
        self.balance.setVisible(bool(classes))
        self.notes.setText("\n".join(preview.notes))
        self.notes.setVisible(bool(preview.notes))
        closer = self._check.closer
        unreadable = closer.unreadable if closer else ()
        self.skipped.show_files((*preview.skipped, *unreadable))
        self.closer.setText(closer_text(closer, self._check.opened))
        self.closer.setVisible(bool(self.closer.text()))
        self._ask(preview.questions)

    def _ask(self, questions: tuple[Question, ...]) -> None:
        link = next((question for question in questions if question.id == _LINK), None)
        self.link.setVisible(link is not None)
        # What the person chose counts before the look that follows it has ended.
        wanted = self._check.options.get(_LINK, link.value if link else "")
        self.link.setChecked(link is not None and wanted == "yes")
        if questions == self._asked:
            return
        focused = next((id for id, each in self.questions.items() if each.hasFocus()), None)
        self._asked = questions
        clear(self._form)
        self.questions = {}
        for question in questions:
            if question.id != _LINK and (self._everything or self._matters(question)):
                self._add(question)
        self.more.setVisible(not self._everything and len(self.questions) + 1 < len(questions))
        if focused in self.questions:
            self.questions[focused].setFocus()

    def _matters(self, question: Question) -> bool:
        answered = question.id in self._check.options
        return question.needed or answered or question.id in _SHOWN_AT_ONCE

    def _add(self, question: Question) -> None:
        text = question_text(question)
        widget = self._choices(question) if question.choices else self._line(question)
        widget.setAccessibleName(text)
        name = label(text, wrap=False)
        name.setBuddy(widget)
        self.questions[question.id] = widget
        self._form.addRow(name, widget)

    def _choices(self, question: Question) -> QComboBox:
        box = QComboBox()
        for choice in question.choices:
            box.addItem(choice_text(question, choice), choice)
        box.setCurrentIndex(box.findData(question.value))
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(12)
        box.activated.connect(lambda i: self._check.answer(question.id, str(box.itemData(i))))
        return box

    def _line(self, question: Question) -> QLineEdit:
        line = QLineEdit(question.value)
        line.editingFinished.connect(lambda: self._on_written(question, line))
        if question.needed and not question.value:
            line.setPlaceholderText(tr("needed"))
        return line

    # -- what the person does ------------------------------------------------------------

    def _on_written(self, question: Question, line: QLineEdit) -> None:
        if line.text().strip() != question.value:
            self._check.answer(question.id, line.text().strip())

    def _on_task(self, index: int) -> None:
        self._check.choose_task(str(self.task.itemData(index)))

    def _on_link(self, checked: bool) -> None:
        self._check.answer(_LINK, "yes" if checked else "no")

    def _on_more(self) -> None:
        self._everything, asked = True, self._asked or ()
        self._asked = None
        self._ask(asked)

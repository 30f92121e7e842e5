"""What an import's preview says, in the person's language: tasks, questions, reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.gui.i18n import mark, plural, tr
from studio.gui.nouns import nouns

if TYPE_CHECKING:
    from studio.app import Closer, ImportSummary
    from studio.importers import ImportPreview, Question

__all__ = [
    "OFFERED",
    "choice_text",
    "closer_text",
    "preview_title",
    "question_text",
    "reason_text",
    "summary_text",
    "task_text",
]

_TASKS = {
    "image-classification": mark("Sort photos into classes"),
    "sensor-classification": mark("Sort sensor recordings into classes"),
    "audio-classification": mark("Sort sounds into classes"),
    "tabular-classification": mark("Sort table rows into classes"),
    "tabular-regression": mark("Tell an amount from a table row"),
}

OFFERED = tuple(task for task in _TASKS if task != "audio-classification")
"""The tasks a new project can have; sounds cannot be searched for yet."""

_QUESTIONS = {
    "class_from": mark("Where the class of a file stands"),
    "link": mark("Leave the files where they are"),
    "rate": mark("Values a second (Hz)"),
    "time": mark("Column with the time"),
    "time_unit": mark("Unit of the time"),
    "label": mark("Column with the label"),
    "session": mark("Column that says what was taken in one go"),
    "channels": mark("Columns of the signal"),
    "encoding": mark("Encoding of the text"),
    "delimiter": mark("Between the cells"),
    "decimal": mark("Sign before the decimals"),
    "header": mark("The first line names the columns"),
    "skip": mark("Lines before the table"),
    "target": mark("Column to be learned"),
    "target_is": mark("It is a class or an amount"),
    "sheet": mark("Sheet"),
    "list": mark("File that lists the labels"),
    "file_column": mark("Column that names the picture"),
    "label_column": mark("Column with the label"),
    "session_column": mark("Column that says what was taken in one go"),
}
_TYPE_OF = "type:"

_CHOICES = {
    ("class_from", "folder"): mark("the first folder"),
    ("class_from", "innermost"): mark("the folder it lies in"),
    ("class_from", "name"): mark("the first word of the file name"),
    ("class_from", "none"): mark("nowhere: I will label them"),
    ("target_is", "class"): mark("a class"),
    ("target_is", "number"): mark("an amount"),
    ("delimiter", "comma"): mark("comma"),
    ("delimiter", "semicolon"): mark("semicolon"),
    ("delimiter", "tab"): mark("tab"),
    ("delimiter", "bar"): mark("bar"),
    ("delimiter", "space"): mark("space"),
}
_ANY_CHOICE = {
    "yes": mark("yes"),
    "no": mark("no"),
    "none": mark("none"),
    "": mark("none"),
    "number": mark("number"),
    "category": mark("category"),
    "date": mark("date"),
    "text": mark("text"),
    "target": mark("to be learned"),
    "ignore": mark("leave out"),
}

_REASONS = {
    text: text
    for text in (
        mark("It is not a picture."),
        mark("It is not a recording."),
        mark("It is not a table."),
        mark("The picture is damaged."),
        mark("It is a link, not a file."),
        mark("It has a password."),
        mark("It is twice in the zip."),
    )
}


def task_text(task: str) -> str:
    """Return what a task does, as a person says it; an unknown one by its id."""
    return tr(_TASKS[task]) if task in _TASKS else task


def question_text(question: Question) -> str:
    """Return a question in a few words."""
    if question.id.startswith(_TYPE_OF):
        return tr("Column {name} holds", name=question.id.removeprefix(_TYPE_OF))
    return tr(_QUESTIONS[question.id]) if question.id in _QUESTIONS else question.text


def choice_text(question: Question, choice: str) -> str:
    """Return one of a question's choices; a column's name stays as it is."""
    found = _CHOICES.get((question.id, choice)) or _ANY_CHOICE.get(choice)
    return tr(found) if found else choice


def reason_text(why: str) -> str:
    """Return why a file is left out; a reason with details stays as the importer says it."""
    return tr(_REASONS[why]) if why in _REASONS else why


def preview_title(preview: ImportPreview, task: str) -> str:
    """Return what would come in: ``3 classes, 412 photos, 6 files left out``."""
    parts = [nouns(task).count(preview.samples)]
    if preview.counts:
        parts.insert(0, plural("{n} class", "{n} classes", len(preview.counts)))
    if preview.unlabelled and preview.counts:
        parts.append(tr("{n} without a class", n=f"{preview.unlabelled:,}"))
    if preview.skipped:
        parts.append(plural("{n} file left out", "{n} files left out", len(preview.skipped)))
    text = ", ".join(parts)
    return text if preview.exact else tr("{amounts}, as far as looked", amounts=text)


def closer_text(closer: Closer | None, opened: tuple[int, int] | None) -> str:
    """Return what opening every file showed, or how far that is."""
    if closer is None:
        done, total = opened or (0, 0)
        return tr("Opening each file: {done} of {total}", done=f"{done:,}", total=f"{total:,}") * (
            opened is not None
        )
    parts = []
    if closer.unreadable:
        n = len(closer.unreadable)
        parts.append(plural("{n} file cannot be read.", "{n} files cannot be read.", n))
    if closer.copies:
        parts.append(
            plural("{n} is an exact copy of another.", "{n} are exact copies of others.",
                   closer.copies)
        )  # fmt: skip
    return " ".join(parts) or tr("Every file can be read, and none is a copy of another.")


def summary_text(summary: ImportSummary, task: str) -> str:
    """Return what an import did, in a few sentences."""
    lines = [tr("{samples} added.", samples=nouns(task).count(summary.added))]
    if summary.already_there:
        lines.append(
            plural("{n} was there already.", "{n} were there already.", summary.already_there)
        )
    if summary.amounts is not None and summary.amounts.without:
        lines.append(tr("{n} say no amount.", n=f"{summary.amounts.without:,}"))
    if summary.skipped:
        lines.append(plural("{n} file skipped:", "{n} files skipped:", len(summary.skipped)))
    return " ".join(lines)

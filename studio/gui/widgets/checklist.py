"""Lines with a mark: what holds, what does not, what nobody proved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout

from studio.domain.candidate import ArtifactFormat, Candidate, Precision
from studio.domain.wording import bytes_text
from studio.gui import words
from studio.gui.i18n import tr
from studio.gui.icons import pixmap
from studio.gui.nouns import nouns
from studio.gui.theme import tokens
from studio.gui.widgets.basics import label, plain

__all__ = ["CheckLine", "contents", "show_lines"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckLine:
    """One line.

    Attributes:
        good: True holds, False does not, None was not proved.
        text: What, in a sentence.
        note: The figure or file beside it.
        detail: What the engineer may want to know, shown on hover.
        busy: It is being done now.
    """

    good: bool | None
    text: str
    note: str = ""
    detail: str = ""
    busy: bool = False


def show_lines(column: QVBoxLayout, lines: Sequence[CheckLine]) -> None:
    """Add the lines to a layout."""
    for line in lines:
        row = QHBoxLayout()
        row.addWidget(_mark(line))
        text = label(line.text, "strong" if line.busy else "" if line.good is not None else "muted")
        text.setToolTip(plain(line.detail))
        text.setAlignment(Qt.AlignmentFlag.AlignTop)
        row.addWidget(text, 2)
        if line.note:
            note = label(line.note, "muted")
            note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            row.addWidget(note, 3)
        column.addLayout(row)


def _mark(line: CheckLine) -> QLabel:
    t = tokens()
    name, colour, spoken = {
        True: ("fits", t.fits, tr("yes")),
        False: ("no", t.no, tr("no")),
        None: ("dash", t.muted, tr("not proved")),
    }[line.good]
    if line.busy:
        name, colour, spoken = "change", t.accent, tr("being done")
    picture = QLabel()
    picture.setPixmap(pixmap(name, colour, 18, 2.0))
    picture.setAccessibleName(spoken)
    picture.setToolTip(spoken)
    picture.setFixedWidth(22)
    picture.setAlignment(Qt.AlignmentFlag.AlignTop)
    return picture


def contents(candidate: Candidate, form: str = "") -> list[CheckLine]:
    """Return what a bundle of this candidate holds; a `form` of a build system holds less."""
    lines = [
        _model(candidate, Precision.INT8, ArtifactFormat.TFLITE, tr("int8 model (.tflite)")),
        _model(candidate, Precision.FLOAT32, ArtifactFormat.TFLITE, tr("float model (.tflite)")),
        _model(candidate, Precision.FLOAT32, ArtifactFormat.ONNX, tr("float model (.onnx)")),
    ]
    return [
        *(lines[:1] if form else lines),
        CheckLine(good=True, text=tr("Class names and how an input is prepared")),
        CheckLine(
            good=True,
            text=tr("The model as C source, with a self-test for the board")
            if form
            else tr("The model as C source, and a small sketch"),
        ),
        CheckLine(
            good=True,
            text=tr("Test inputs with the outputs the model must give, to the byte"),
        ),
        CheckLine(good=True, text=tr("Report (HTML and JSON), digests of every file, licences")),
    ]


def _model(
    candidate: Candidate, precision: Precision, format: ArtifactFormat, name: str
) -> CheckLine:
    artifact = candidate.artifact(precision, format)
    if artifact is None:
        return CheckLine(good=None, text=name, note=tr("made when you export"))
    note = bytes_text(artifact.size_bytes)
    if artifact.evaluation is not None:
        samples = nouns(candidate.task).count(artifact.evaluation.samples)
        note = f"{note} · {words.result(artifact.evaluation)} ● · {samples}"
    return CheckLine(good=True, text=name, note=note)

"""Lines with a mark: what holds, what does not, what nobody proved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout

from studio.domain.candidate import ArtifactFormat, Candidate, Precision
from studio.domain.report import CompatibilityReport, Verdict
from studio.domain.wording import bytes_text
from studio.gui import words
from studio.gui.i18n import plural, tr
from studio.gui.icons import pixmap
from studio.gui.theme import tokens
from studio.gui.widgets.basics import label

__all__ = ["CheckLine", "contents", "show_lines"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckLine:
    """One line.

    Attributes:
        good: True holds, False does not, None was not proved.
        text: What, in a sentence.
        note: The figure or file beside it.
    """

    good: bool | None
    text: str
    note: str = ""


def show_lines(column: QVBoxLayout, lines: Sequence[CheckLine]) -> None:
    """Add the lines to a layout."""
    for line in lines:
        row = QHBoxLayout()
        row.addWidget(_mark(line.good))
        text = label(line.text, "" if line.good is not None else "muted")
        text.setAlignment(Qt.AlignmentFlag.AlignTop)
        row.addWidget(text, 2)
        if line.note:
            note = label(line.note, "muted")
            note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            row.addWidget(note, 3)
        column.addLayout(row)


def _mark(good: bool | None) -> QLabel:
    t = tokens()
    name, colour, spoken = {
        True: ("fits", t.fits, tr("yes")),
        False: ("no", t.no, tr("no")),
        None: ("dash", t.muted, tr("not proved")),
    }[good]
    picture = QLabel()
    picture.setPixmap(pixmap(name, colour, 18, 2.0))
    picture.setAccessibleName(spoken)
    picture.setToolTip(spoken)
    picture.setFixedWidth(22)
    picture.setAlignment(Qt.AlignmentFlag.AlignTop)
    return picture


def contents(candidate: Candidate, report: CompatibilityReport | None) -> list[CheckLine]:
    """Return what a bundle of this candidate holds, proves and leaves open."""
    lines = [
        _model(candidate, Precision.INT8, ArtifactFormat.TFLITE, tr("int8 model (.tflite)")),
        _model(candidate, Precision.FLOAT32, ArtifactFormat.TFLITE, tr("float model (.tflite)")),
        _model(candidate, Precision.FLOAT32, ArtifactFormat.ONNX, tr("float model (.onnx)")),
        CheckLine(good=True, text=tr("Class names and how a photo is prepared")),
        CheckLine(good=True, text=tr("The model as C source, and a small sketch")),
        CheckLine(
            good=True,
            text=tr("Test inputs with the outputs the model must give, to the byte"),
        ),
        CheckLine(good=True, text=tr("Report (HTML and JSON), digests of every file, licences")),
    ]
    if report is not None:
        lines.append(_fit(report))
    lines.append(
        CheckLine(good=None, text=tr("Compiled and run on the board: not done by this version"))
    )
    lines.append(CheckLine(good=None, text=tr("Speed on the board: unknown"), note="?"))
    return lines


def _model(
    candidate: Candidate, precision: Precision, format: ArtifactFormat, name: str
) -> CheckLine:
    artifact = candidate.artifact(precision, format)
    if artifact is None:
        return CheckLine(good=None, text=tr("{name}: not made for this candidate", name=name))
    note = bytes_text(artifact.size_bytes)
    if artifact.evaluation is not None:
        photos = plural("{n} test photo", "{n} test photos", artifact.evaluation.samples)
        note = f"{note} · {words.result(artifact.evaluation)} · {photos} ●"
    return CheckLine(good=True, text=name, note=note)


def _fit(report: CompatibilityReport) -> CheckLine:
    good = {Verdict.FITS: True, Verdict.DOES_NOT_FIT: False}.get(report.verdict)
    note = tr(
        "RAM {ram}, flash {flash}",
        ram=words.figure_text(report.ram),
        flash=words.figure_text(report.flash),
    )
    text = tr("Memory on the device: {verdict}", verdict=words.verdict_word(report.verdict))
    return CheckLine(good=good, text=text, note=note)

"""A written bundle: where it is, what it takes on the device, and whether it proves itself."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from studio.domain.report import CompatibilityReport
from studio.domain.wording import bytes_text
from studio.gui import words
from studio.gui.exporting.drag_out import DragOut
from studio.gui.i18n import mark, tr
from studio.gui.theme import SPACING
from studio.gui.widgets.basics import Card, button, clear, label
from studio.gui.widgets.checklist import CheckLine, show_lines
from studio.gui.widgets.figure_label import FigureLabel

if TYPE_CHECKING:
    from studio.app import BundleVerification, ExportSummary

__all__ = ["BundleResult", "check_lines"]


class BundleResult(QWidget):
    """Hidden until a bundle was written or chosen.

    Signals:
        verify_requested: The path of the bundle.
        report_requested, pdf_requested: The person wants to see the report, or to keep it.
    """

    verify_requested = Signal(object)
    report_requested = Signal()
    pdf_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.path: Path | None = None
        self.written = label("", "section")
        self.where = label("", "muted")
        self.smaller = label("", "muted")
        self.verdict = label("", "strong")
        self._figures = QGridLayout()
        self._checks = QVBoxLayout()
        self.drag = DragOut()
        self.folder = button(tr("Show in folder"), self._on_folder, picture="folder")
        self.report = button(tr("Report"), self.report_requested.emit)
        self.pdf = button(tr("Report as PDF…"), self.pdf_requested.emit)
        self.again = button(tr("Verify again"), self._on_again)
        self._lay_out()
        self.hide()

    def _lay_out(self) -> None:
        frame = Card()
        rows = (QHBoxLayout(), QHBoxLayout())
        for row, widgets in zip(
            rows, ((self.drag, self.folder, self.again), (self.report, self.pdf)), strict=True
        ):
            row.setSpacing(SPACING[1])
            for widget in widgets:
                row.addWidget(widget)
            row.addStretch()
        self._figures.setHorizontalSpacing(SPACING[3])
        self._figures.setColumnStretch(3, 1)
        frame.add(self.written)
        frame.add(self.where)
        frame.add_layout(self._figures)
        frame.add(self.smaller)
        for row in rows:
            frame.add_layout(row)
        frame.add(self.verdict)
        frame.add_layout(self._checks)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(frame)

    def show_summary(self, summary: ExportSummary) -> None:
        """Show a bundle that was written just now."""
        self._show_path(summary.path, tr("The bundle is written"))
        self._show_figures(summary.report)
        smaller = summary.smaller.text(tr) if summary.smaller else ""
        self.smaller.setText(smaller)
        self.smaller.setVisible(bool(smaller))
        for each in (self.report, self.pdf):
            each.show()

    def show_path(self, path: Path) -> None:
        """Show a bundle of earlier, of which only the file is at hand."""
        self._show_path(path, path.name)
        clear(self._figures)
        for each in (self.smaller, self.report, self.pdf):
            each.hide()

    def _show_path(self, path: Path, title: str) -> None:
        self.path = self.drag.path = path
        self.written.setText(title)
        size = bytes_text(path.stat().st_size) if path.is_file() else "?"
        self.where.setText(f"{path}\n{size}")
        self.verdict.setText("")
        clear(self._checks)
        self.show()

    def _show_figures(self, report: CompatibilityReport) -> None:
        clear(self._figures)
        rows = (
            (tr("RAM"), report.ram, report.ram_limit_bytes),
            (tr("Flash"), report.flash, report.flash_limit_bytes),
        )
        for row, (name, figure, limit) in enumerate(rows):
            self._figures.addWidget(label(name, "muted", wrap=False), row, 0)
            self._figures.addWidget(FigureLabel(figure), row, 1)
            if limit is not None:
                of = label(tr("of {limit}", limit=bytes_text(limit)), "muted", wrap=False)
                self._figures.addWidget(of, row, 2)

    def _on_again(self) -> None:
        if self.path is not None:
            self.verdict.setText("")
            clear(self._checks)
            self.verify_requested.emit(self.path)

    def show_verification(self, found: BundleVerification) -> None:
        """Say what every check found."""
        clear(self._checks)
        show_lines(self._checks, check_lines(found))
        self._tell(
            tr("Verified: PASS") if found.passed else tr("Verified: FAIL"),
            "good" if found.passed else "bad",
        )

    def show_failure(self, error: Exception) -> None:
        """Say why it could not be read back."""
        happened, remedy, _ = words.explain(error)
        self._tell(f"{happened} {remedy}", "bad")

    def _tell(self, text: str, role: str) -> None:
        self.verdict.setText(text)
        self.verdict.setProperty("role", role)
        self.verdict.style().unpolish(self.verdict)
        self.verdict.style().polish(self.verdict)

    def _on_folder(self) -> None:
        if self.path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.path.parent)))


_CHECKS = {
    "files": mark("Every file is there and no other"),
    "digests": mark("Every file is as it was made"),
    "model": mark("The int8 model is well formed"),
    "labels": mark("Names and outputs go together"),
    "c_source": mark("The C source says the same as the rest"),
    "golden_files": mark("Test inputs and outputs agree with their description"),
    "preprocessing": mark("The preprocessing makes the inputs the model takes"),
    "answer": mark("When it says “not sure” follows from the model"),
    "golden_inputs": mark("Test inputs made again, byte for byte"),
    "golden_run": mark("The model gives the test outputs, byte for byte"),
}
"""What each check shows where it holds; where it does not, its own sentence says what was found."""


def check_lines(found: BundleVerification) -> list[CheckLine]:
    """Return a line for every check of a bundle."""
    return [_line(check.name, check.passed, check.sentence) for check in found.checks]


def _line(name: str, passed: bool, sentence: str) -> CheckLine:
    text = tr(_CHECKS[name]) if name in _CHECKS else sentence
    note = "" if passed or name not in _CHECKS else sentence
    return CheckLine(good=passed, text=text, note=note, detail=sentence)

"""A written bundle: where it is, and whether it proves itself."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studio.domain.wording import bytes_text
from studio.gui import words
from studio.gui.i18n import mark, tr
from studio.gui.theme import SPACING
from studio.gui.widgets.basics import Card, button, clear, label
from studio.gui.widgets.checklist import CheckLine, show_lines
from studio.gui.workspace import Workspace

if TYPE_CHECKING:
    from studio.app import BundleVerification, ExportSummary

__all__ = ["BundleResult"]


class BundleResult(QWidget):
    """Hidden until a bundle was written."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self.path: Path | None = None
        self.written = label("", "section")
        self.where = label("", "muted")
        self.verdict = label("")
        self._checks = QVBoxLayout()
        self.folder = button(tr("Show in folder"), self._on_folder, picture="folder")
        self.again = button(tr("Verify again"), self.verify)
        self._lay_out()
        self.hide()

    def _lay_out(self) -> None:
        frame = Card()
        row = QHBoxLayout()
        row.setSpacing(SPACING[1])
        row.addWidget(self.folder)
        row.addWidget(self.again)
        row.addStretch()
        for widget in (self.written, self.where, self.verdict):
            frame.add(widget)
        frame.add_layout(self._checks)
        frame.add_layout(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(frame)

    def show_summary(self, summary: ExportSummary) -> None:
        """Show where the bundle is and how large."""
        self.path = summary.path
        self.written.setText(tr("The bundle is written"))
        self.where.setText(f"{summary.path}\n{bytes_text(summary.size_bytes)}")
        self.verdict.setText("")
        clear(self._checks)
        self.show()

    def verify(self) -> None:
        """Read the bundle back and run its golden vectors, in the background."""
        path = self.path
        if path is None:
            return
        started = self._workspace.run_job(
            mark("Verifying the bundle"),
            lambda session, task: self._workspace.backend.verify(path),
            self._on_verified,
            self._on_failed,
        )
        self.again.setEnabled(not started)

    def _on_verified(self, found: BundleVerification) -> None:
        self.again.setEnabled(True)
        clear(self._checks)
        lines = [
            CheckLine(good=c.passed, text=_check_text(c.name, c.sentence)) for c in found.checks
        ]
        show_lines(self._checks, lines)
        self._tell(
            tr("Verified: PASS") if found.passed else tr("Verified: FAIL"),
            "good" if found.passed else "bad",
        )

    def _on_failed(self, error: Exception) -> None:
        self.again.setEnabled(True)
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


#: What each check is about; its own sentence says what was found.
_CHECKS = {
    "files": mark("Files"),
    "digests": mark("Digests"),
    "model": mark("Model file"),
    "labels": mark("Class names"),
    "c_source": mark("C source"),
    "golden_files": mark("Test inputs and outputs"),
    "preprocessing": mark("Preprocessing"),
    "golden_inputs": mark("Inputs made again"),
    "golden_run": mark("Outputs to the byte"),
}


def _check_text(name: str, sentence: str) -> str:
    return f"{tr(_CHECKS[name])}: {sentence}" if name in _CHECKS else sentence

"""Export: pack the chosen model for the engineer, and prove the bundle."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from studio.domain.candidate import Candidate
from studio.domain.device import Device
from studio.domain.report import Verdict
from studio.gui import words
from studio.gui.i18n import mark, tr
from studio.gui.place import Place
from studio.gui.settings import Settings
from studio.gui.theme import SPACING
from studio.gui.widgets.basics import Card, button, clear, label, page_layout
from studio.gui.widgets.bundle_result import BundleResult
from studio.gui.widgets.checklist import contents, show_lines
from studio.gui.widgets.notice import NoticeBar
from studio.gui.workspace import Workspace

if TYPE_CHECKING:
    from studio.app import ExportSummary

__all__ = ["ENTRY", "ExportPage"]

_WIDTH_PX = 760


class ExportPage(QWidget):
    """What goes into the bundle and what is not proved, the button, and what came of it."""

    def __init__(self, workspace: Workspace, settings: Settings) -> None:
        super().__init__()
        self._workspace, self._settings = workspace, settings
        self.sentence = label("", "title")
        self.advice = label("", "muted")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(SPACING[1])
        self.export = button(tr("Export…"), self._on_export, role="primary", picture="")
        self.notice = NoticeBar()
        self.result = BundleResult(workspace)
        self._lay_out()
        for signal in (
            workspace.view_changed,
            workspace.choice_changed,
            workspace.reports_changed,
            workspace.job_started,
            workspace.job_ended,
        ):
            signal.connect(self._refresh)
        self._refresh()

    def _lay_out(self) -> None:
        holder = QWidget()
        holder.setMaximumWidth(_WIDTH_PX)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING[2])
        self._list_card = Card()
        self._list_card.add_layout(self._lines)
        row = QHBoxLayout()
        row.addWidget(self.export)
        row.addStretch()
        for widget in (self.sentence, self.advice, self._list_card):
            column.addWidget(widget)
        column.addLayout(row)
        column.addWidget(self.notice)
        column.addWidget(self.result)
        column.addStretch()
        scroll = QScrollArea(widgetResizable=True)
        scroll.setWidget(holder)
        outer = QHBoxLayout()
        page_layout(self, outer)
        outer.addWidget(scroll)

    # -- faces ---------------------------------------------------------------------------

    def _refresh(self, *changed: object) -> None:
        candidate, device = self._workspace.candidate, self._workspace.device
        clear(self._lines)
        self._list_card.setVisible(candidate is not None and device is not None)
        self.export.setVisible(candidate is not None and device is not None)
        if candidate is not None and device is None:
            self.sentence.setText(tr("Model #{id} has no device yet", id=candidate.id))
            self.advice.setText(tr("Choose one in the place Device; then it can be packed."))
            return
        if candidate is None or device is None:
            self.sentence.setText(tr("Nothing to export yet"))
            self.advice.setText(tr("Train a model first; then it can be packed for a device."))
            return
        self.sentence.setText(tr("Model #{id} for {device}", id=candidate.id, device=device.name))
        report = self._workspace.reports.get(device.id)
        fits = report is not None and report.verdict is Verdict.FITS
        self.advice.setText(
            tr("Another model or device is chosen under Train and Device.")
            if fits or report is None
            else report.summary.text(tr)
        )
        show_lines(self._lines, contents(candidate, report))
        refused = report is not None and report.verdict is Verdict.DOES_NOT_FIT
        self.export.setEnabled(self._workspace.job is None and report is not None and not refused)

    # -- exporting -----------------------------------------------------------------------

    def _on_export(self) -> None:
        candidate, device = self._workspace.candidate, self._workspace.device
        if candidate is None or device is None:
            return
        start = str(Path(self._settings.last_folder) / _file_name(self._title(), device))
        path, _ = QFileDialog.getSaveFileName(
            self, tr("Export the bundle"), start, tr("Bundles (*.zip)")
        )
        if path:
            self._settings["last_folder"] = str(Path(path).parent)
            self.export_to(candidate, device, Path(path))

    def _title(self) -> str:
        view = self._workspace.view
        return view.overview.title if view else self._workspace.path.stem

    def export_to(self, candidate: Candidate, device: Device, out: Path) -> None:
        """Write the bundle in the background and prove it afterwards."""
        self.notice.hide()
        self.result.hide()
        self._workspace.run_job(
            mark("Exporting the bundle"),
            lambda session, task: session.export(device.id, out, candidate_id=candidate.id),
            self._on_exported,
            self._on_failed,
        )

    def _on_exported(self, summary: ExportSummary) -> None:
        self.result.show_summary(summary)
        self.result.verify()
        self._workspace.exported.emit(summary.path)

    def _on_failed(self, error: Exception) -> None:
        self.notice.show_error(error)


def _file_name(title: str, device: Device) -> str:
    """Return a file name every system takes."""
    name = re.sub(r'[\\/:*?"<>|\x00-\x1f]+', " ", title).strip(" .") or "bundle"
    return f"{name} - {device.id}.zip"


def _state(workspace: Workspace) -> tuple[str, str]:
    if workspace.candidate is None or workspace.device is None:
        return "–", tr("nothing to export yet")
    report = workspace.reports.get(workspace.device.id)
    if report is None:
        return "…", tr("checking the device")
    if report.verdict is Verdict.FITS:
        return tr("ready"), tr("ready for {device}", device=workspace.device.name)
    return "✕" if report.verdict is Verdict.DOES_NOT_FIT else "?", words.verdict_word(
        report.verdict
    )


ENTRY = Place(
    id="export", order=5, title=mark("Export"), icon="export", build=ExportPage, state=_state
)

"""Export: pack the chosen model for the engineer, and prove the bundle."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFileDialog,
    QHBoxLayout,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from studio.domain.candidate import Candidate
from studio.domain.device import Device
from studio.domain.report import Verdict
from studio.gui import words
from studio.gui.exporting.choices import FormList, NotSure, TargetRow
from studio.gui.exporting.desk import ExportDesk, Order
from studio.gui.exporting.device_says import DeviceSays
from studio.gui.exporting.past import PastBundles, remember_place
from studio.gui.exporting.preview import ReportPreview
from studio.gui.exporting.proof import file_name, planned, proof_lines
from studio.gui.exporting.recent_devices import RecentDevices
from studio.gui.i18n import mark, tr
from studio.gui.place import Place
from studio.gui.settings import Settings
from studio.gui.theme import SPACING
from studio.gui.widgets.basics import Card, button, clear, label, page_layout, scrolled
from studio.gui.widgets.bundle_result import BundleResult
from studio.gui.widgets.checklist import contents, show_lines
from studio.gui.widgets.notice import NoticeBar
from studio.gui.workspace import Workspace

if TYPE_CHECKING:
    from studio.app import ExportSummary

__all__ = ["ENTRY", "ExportPage"]

_LEFT, _RIGHT = 5, 6
_NARROW_PX = 1080
"""Below it the columns stand one above the other."""


class ExportPage(QWidget):
    """On the left what is chosen and the button, on the right the proof and what came of it."""

    def __init__(self, workspace: Workspace, settings: Settings) -> None:
        super().__init__()
        self._workspace, self._settings = workspace, settings
        self.desk = ExportDesk(workspace, self)
        self.sentence, self.advice = label("", "title"), label("", "muted")
        self.recent = RecentDevices(workspace, settings)
        self.forms = FormList()
        self.not_sure = NotSure(workspace)
        self.target = TargetRow(settings)
        self.export = self.target.export
        self.notice = NoticeBar()
        self.says = DeviceSays(self.desk, settings)
        self.past = PastBundles(settings, self._on_past)
        self.result = BundleResult()
        self.preview = ReportPreview(workspace)
        self.bar = QProgressBar(textVisible=False)
        self.bar.setAccessibleName(tr("How far the export is"))
        self.cancel = button(tr("Cancel the export"), self.desk.cancel)
        self._proof, self._contents = QVBoxLayout(), QVBoxLayout()
        self._lay_out()
        self._connect()
        self.desk.read_records()
        self._refresh()

    # -- building ------------------------------------------------------------------------

    def _lay_out(self) -> None:
        left, right = QVBoxLayout(), QVBoxLayout()
        for widget in (self.forms, self.not_sure, self.target, self.notice, self.says, self.past):
            left.addWidget(widget)
        self._proof_card = _titled(tr("Proof"), self._proof)
        self._proof_card.add(self.bar)
        row = QHBoxLayout()
        row.addWidget(self.cancel)
        row.addStretch()
        self._proof_card.add_layout(row)
        self._contents_card = _titled(tr("What goes in"), self._contents)
        for card in (self._proof_card, self.result, self._contents_card):
            right.addWidget(card)
        self.left, proof = _column(left), _column(right)
        self.right = QStackedWidget()
        self.right.addWidget(proof)
        self.right.addWidget(self.preview)
        both = QWidget()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, both)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(SPACING[3])
        self._columns.addWidget(self.left, _LEFT)
        self._columns.addWidget(self.right, _RIGHT)
        self._scroll = scrolled(both)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outer = QVBoxLayout()
        page_layout(self, outer)
        outer.addWidget(self.sentence)
        outer.addWidget(self.advice)
        outer.addWidget(self.recent)
        outer.addWidget(self._scroll, 1)
        self._lower = (self.forms, self.not_sure, self.target, self._proof_card)

    def _connect(self) -> None:
        workspace, desk = self._workspace, self.desk
        for signal in (
            workspace.view_changed,
            workspace.choice_changed,
            workspace.reports_changed,
            workspace.job_started,
            workspace.job_ended,
            self.forms.chosen,
        ):
            signal.connect(self._refresh)
        self.target.export_requested.connect(self._on_export)
        self.target.replace_agreed.connect(self._begin)
        desk.changed.connect(self._on_step)
        desk.made.connect(self._on_made)
        desk.verified.connect(self.result.show_verification)
        desk.stopped.connect(self._on_stopped)
        desk.refused.connect(self._on_refused)
        desk.records_changed.connect(lambda: self.past.show_bundles(desk.bundles))
        desk.forms_changed.connect(self._on_forms)
        self.result.verify_requested.connect(desk.verify)
        self.result.report_requested.connect(self._on_report)
        self.result.pdf_requested.connect(self._on_pdf)
        self.preview.closed.connect(self._on_preview_closed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the columns above one another where they would be too narrow."""
        super().resizeEvent(event)
        way = QBoxLayout.Direction
        narrow = self.width() < _NARROW_PX
        self._columns.setDirection(way.TopToBottom if narrow else way.LeftToRight)

    # -- faces ---------------------------------------------------------------------------

    def _refresh(self, *changed: object) -> None:
        candidate, device = self._workspace.candidate, self._workspace.device
        ready = candidate is not None and device is not None
        for widget in (*self._lower, self._contents_card, self.says):
            widget.setVisible(ready)
        if candidate is not None and device is not None:
            self._show_choice(candidate, device)
        elif candidate is not None:
            self.sentence.setText(tr("Model #{id} has no device yet", id=candidate.id))
            self.advice.setText(tr("Choose one in the place Device; then it can be packed."))
        else:
            self.sentence.setText(tr("Nothing to export yet"))
            self.advice.setText(tr("Train a model first; then it can be packed for a device."))

    def _show_choice(self, candidate: Candidate, device: Device) -> None:
        self.sentence.setText(tr("Model #{id} for {device}", id=candidate.id, device=device.name))
        report = self._workspace.reports.get(device.id)
        fits = report is not None and report.verdict is Verdict.FITS
        self.advice.setText(
            tr("Another model or device is chosen under Train and Device.")
            if fits or report is None
            else report.summary.text(tr)
        )
        self.desk.read_forms(device)
        self.not_sure.show_candidate(candidate)
        self.target.suggest(file_name(self._title(), device, self.forms.form))
        clear(self._contents)
        show_lines(self._contents, contents(candidate, self.forms.form))
        self._on_step()

    def _on_step(self) -> None:
        self._show_proof()
        device = self._workspace.device
        report = self._workspace.reports.get(device.id) if device else None
        refused = report is not None and report.verdict is Verdict.DOES_NOT_FIT
        free = self._workspace.job is None and not self.desk.running
        self.export.setEnabled(free and report is not None and not refused)
        self.result.again.setEnabled(free)

    def _on_forms(self) -> None:
        self.forms.show_taken(self.desk.forms)

    def _show_proof(self) -> None:
        desk, chosen = self.desk, self._workspace.device
        order = desk.order
        device = order.device if order is not None else chosen
        if device is None:
            return
        other = chosen is not None and device.id != chosen.id and not desk.running
        device, steps = (chosen, {}) if other and chosen is not None else (device, desk.steps)
        lines = proof_lines(
            device, steps, self._task(), running=desk.running, ended=desk.ended and not other
        )
        clear(self._proof)
        show_lines(self._proof, lines)
        total = len(planned(device))
        self.bar.setRange(0, total)
        self.bar.setValue(min(total, len(steps)))
        self.bar.setVisible(desk.running)
        self.cancel.setVisible(desk.running)

    def _title(self) -> str:
        view = self._workspace.view
        return view.overview.title if view else self._workspace.path.stem

    def _task(self) -> str:
        view = self._workspace.view
        return view.overview.task if view else ""

    # -- exporting -----------------------------------------------------------------------

    def _on_export(self) -> None:
        if self.target.path.exists():
            self.target.ask()
        else:
            self._begin()

    def _begin(self) -> None:
        candidate, device = self._workspace.candidate, self._workspace.device
        if candidate is not None and device is not None:
            self.export_to(candidate, device, self.target.path)

    def export_to(self, candidate: Candidate, device: Device, out: Path) -> None:
        """Write the bundle in the background and prove it afterwards."""
        self.notice.hide()
        self.result.hide()
        self.right.setCurrentIndex(0)
        order = Order(
            candidate_id=candidate.id,
            device=device,
            form=self.forms.form,
            out=out,
            costs=self.not_sure.costs,
        )
        if self.desk.export(order):
            self.recent.remember(device.id)
            self._scroll.ensureWidgetVisible(self._proof_card)

    def _on_made(self, summary: ExportSummary) -> None:
        remember_place(self._settings, summary.sha256, summary.path)
        self.result.show_summary(summary)

    def _on_stopped(self) -> None:
        self.notice.show_words(tr("The export was cancelled."), tr("Nothing was written."))

    def _on_refused(self, error: Exception) -> None:
        if self.result.isVisibleTo(self):
            self.result.show_failure(error)
        else:
            self.notice.show_error(error)

    def _on_past(self, path: Path) -> None:
        self.right.setCurrentIndex(0)
        self.result.show_path(path)
        self.desk.verify(path)

    # -- the report ----------------------------------------------------------------------

    def _on_report(self) -> None:
        order = self.desk.order
        if order is not None:
            self.right.setCurrentIndex(1)
            self.preview.show_report(order.candidate_id, order.device.id)

    def _on_preview_closed(self) -> None:
        self.right.setCurrentIndex(0)
        self.result.report.setFocus()

    def _on_pdf(self) -> None:
        start = str(self.target.path.with_suffix(".pdf"))
        path, _ = QFileDialog.getSaveFileName(
            self, tr("Report as PDF"), start, tr("Reports (*.pdf)")
        )
        if path:
            self.write_pdf(Path(path).with_suffix(".pdf"))

    def write_pdf(self, out: Path) -> None:
        """Write the report of the last export, in the window's language."""
        order = self.desk.order
        if order is None:
            return

        def done(written: Any) -> None:
            self.notice.show_words(tr("The report is written."), str(written.path))

        self.desk.write_report(
            (order.candidate_id, order.device.id), out, done, self.notice.show_error
        )


def _titled(title: str, column: QVBoxLayout) -> Card:
    card = Card()
    card.add(label(title, "section"))
    column.setSpacing(SPACING[1])
    card.add_layout(column)
    return card


def _column(layout: QVBoxLayout) -> QWidget:
    holder = QWidget()
    layout.setContentsMargins(0, 0, SPACING[1], 0)
    layout.setSpacing(SPACING[2])
    layout.addStretch()
    holder.setLayout(layout)
    return holder


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

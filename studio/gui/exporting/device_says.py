"""What a board's self-test printed: pasted, dropped or opened, and recorded."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout

from studio.gui import words
from studio.gui.i18n import tr
from studio.gui.settings import Settings
from studio.gui.theme import SPACING
from studio.gui.widgets.basics import Card, button, clear, label
from studio.gui.widgets.checklist import CheckLine, show_lines
from studio.gui.widgets.drop_zone import dropped_paths
from studio.gui.widgets.notice import NoticeBar

if TYPE_CHECKING:
    from studio.app import DeviceRun
    from studio.gui.exporting.desk import ExportDesk

__all__ = ["DeviceSays"]

_SHOWN = 5
_HIGH_PX = 96


class _Said(QPlainTextEdit):
    """Takes pasted text, and a file that is dropped on it.

    Signals:
        file_dropped: A Path.
    """

    file_dropped = Signal(object)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one file; text is taken as ever."""
        if dropped_paths(event.mimeData()):
            event.acceptProposedAction()
        else:
            super().dragEnterEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Let a file fall anywhere."""
        if dropped_paths(event.mimeData()):
            event.acceptProposedAction()
        else:
            super().dragMoveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Record a file; put text where it falls."""
        if paths := dropped_paths(event.mimeData()):
            event.acceptProposedAction()
            self.file_dropped.emit(paths[0])
        else:
            super().dropEvent(event)


class DeviceSays(Card):
    """A field for the board's words, and what boards said before."""

    def __init__(self, desk: ExportDesk, settings: Settings) -> None:
        super().__init__()
        self._desk, self._settings = desk, settings
        self.said = _Said()
        self.said.setTabChangesFocus(True)
        self.said.setFixedHeight(_HIGH_PX)
        self.said.setPlaceholderText(tr("Paste what the board printed, or drop the saved text."))
        self.said.setAccessibleName(tr("What the board printed"))
        self.emulated = QCheckBox(tr("It ran in an emulator, not on the board"))
        self.record = button(tr("Record"), self._on_record)
        self.open = button(tr("Open a text…"), self._on_open)
        self.outcome = label("")
        self.notice = NoticeBar()
        self._runs = QVBoxLayout()
        self._lay_out()
        self.said.file_dropped.connect(self._take)
        self.said.textChanged.connect(self._show_ready)
        desk.records_changed.connect(self._show_runs)
        self._show_ready()
        self._show_runs()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(SPACING[1])
        row.addWidget(self.record)
        row.addWidget(self.open)
        row.addStretch()
        self.add(label(tr("What the board says"), "section"))
        self.add(
            label(
                tr("The self-test in the bundle prints lines; recorded here, they are a proof."),
                "muted",
            )
        )
        self.add(self.said)
        self.add(self.emulated)
        self.add_layout(row)
        self.add(self.notice)
        self.add(self.outcome)
        self.add_layout(self._runs)
        self.outcome.hide()

    def _show_ready(self) -> None:
        self.record.setEnabled(bool(self.said.toPlainText().strip()))

    def _on_record(self) -> None:
        self._take(self.said.toPlainText())

    def _on_open(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self, tr("What the board printed"), self._settings.last_folder
        )
        if path:
            self._take(Path(path))

    def _take(self, said: Path | str) -> None:
        self.notice.hide()
        self.outcome.hide()
        emulated = self.emulated.isChecked()
        self._desk.record(
            said, emulated=emulated, on_done=self._on_recorded, on_error=self.notice.show_error
        )

    def _on_recorded(self, run: DeviceRun) -> None:
        self.said.clear()
        self.outcome.setText(
            tr("Recorded: the board does what the studio does.")
            if run.passed
            else tr("Recorded: the board does not do what the studio does.")
        )
        self.outcome.setProperty("role", "good" if run.passed else "bad")
        self.outcome.style().unpolish(self.outcome)
        self.outcome.style().polish(self.outcome)
        self.outcome.show()

    def _show_runs(self) -> None:
        clear(self._runs)
        show_lines(self._runs, _lines(self._desk.runs))


def _lines(runs: Sequence[DeviceRun]) -> list[CheckLine]:
    return [_line(run) for run in runs[: -_SHOWN - 1 : -1]]


def _line(run: DeviceRun) -> CheckLine:
    where = tr("in an emulator") if run.emulated else tr("on the board")
    text = tr(
        "Model #{id} for {device}, {where}", id=run.candidate_id, device=run.device_id, where=where
    )
    note = tr(
        "outputs the same: {right} of {all} · {time} an inference",
        right=run.outputs[0],
        all=run.outputs[1],
        time=words.figure_text(run.latency),
    )
    return CheckLine(
        good=run.passed, text=text, note=note, detail=words.figure_tooltip(run.latency)
    )

"""A bundle that was dropped: what it is, and whether it proves itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from studio.gui import words
from studio.gui.i18n import tr
from studio.gui.widgets.basics import Card, button, label, page_layout, scrolled
from studio.gui.widgets.bundle_result import check_lines
from studio.gui.widgets.checklist import show_lines

__all__ = ["BundlePage", "Verify"]

Verify = Callable[[Path, Callable[[Any], None], Callable[[Exception], None]], None]
"""Verifies a bundle elsewhere; then calls one of the two."""


class BundlePage(QWidget):
    """Verifies at once; nothing is unpacked or written.

    Signals:
        dismissed: The person has seen enough.
    """

    dismissed = Signal()

    def __init__(self, path: Path, verify: Verify) -> None:
        super().__init__()
        self.title = label(tr("Looking into the bundle {name}…", name=path.name), "title")
        self.verdict = label("", "section")
        self.about = label("", "muted")
        self.busy = QProgressBar(textVisible=False)
        self.busy.setRange(0, 0)
        self.busy.setAccessibleName(tr("Verifying the bundle"))
        self._checks = QVBoxLayout()
        self.leave = button(tr("Close"), self.dismissed.emit)
        frame = Card()
        for widget in (self.title, self.busy, self.verdict, self.about):
            frame.add(widget)
        frame.add_layout(self._checks)
        frame.add(self.leave)
        inside = QWidget()
        inner = QVBoxLayout(inside)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(frame)
        inner.addStretch()
        scroll = scrolled(inside)
        column = QVBoxLayout()
        page_layout(self, column)
        column.addWidget(scroll)
        self._path = path
        verify(path, self._on_verified, self._on_failed)

    def _on_verified(self, found: Any) -> None:
        self.busy.hide()
        self.title.setText(found.title)
        self.about.setText(
            tr("{file}, made for {device}", file=self._path.name, device=found.device_id)
        )
        self.verdict.setText(
            tr("Everything in it is as it was made.")
            if found.passed
            else tr("Something in it is not as it was made.")
        )
        show_lines(self._checks, check_lines(found))

    def _on_failed(self, error: Exception) -> None:
        happened, remedy, _ = words.explain(error)
        self.busy.hide()
        self.verdict.setText(happened)
        self.about.setText(remedy)

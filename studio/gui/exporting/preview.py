"""The report in the window: the pages that would be printed, as pictures."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from studio.gui.background import Task
from studio.gui.i18n import language, mark, tr
from studio.gui.theme import SPACING
from studio.gui.widgets.basics import button, clear, label, scrolled
from studio.gui.widgets.notice import NoticeBar
from studio.gui.workspace import Workspace

if TYPE_CHECKING:
    from PySide6.QtPdf import QPdfDocument

    from studio.app.session import Session

__all__ = ["ReportPreview", "pages_of"]

_WIDE_PX, _HIGH_PX = 520, 600
_MOST_PAGES = 40


def pages_of(pdf: Path, width: int) -> list[QImage]:
    """Return the pages of a report of ours as pictures, `width` pixels wide; *slow*."""
    from PySide6.QtPdf import QPdfDocument

    document = QPdfDocument()
    try:
        document.load(str(pdf))
        count = min(document.pageCount(), _MOST_PAGES)
        return [_page(document, number, width) for number in range(count)]
    finally:
        document.close()


def _page(document: QPdfDocument, number: int, width: int) -> QImage:
    size = document.pagePointSize(number)
    high = round(width * size.height() / size.width())
    page = QImage(width, high, QImage.Format.Format_RGB32)
    page.fill(Qt.GlobalColor.white)  # paper is white in the dark as well
    painter = QPainter(page)
    painter.drawImage(0, 0, document.render(number, QSize(width, high)))
    painter.end()
    return page


class ReportPreview(QFrame):
    """Hidden until a report is asked for; Escape closes it.

    Signals:
        closed: The person has seen enough.
    """

    closed = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.setObjectName("card")
        self._workspace = workspace
        self.setFixedWidth(_WIDE_PX + 60)
        self.setMinimumHeight(_HIGH_PX)
        self.title = label(tr("Report"), "section")
        self.close_ = button("", self.close_preview, picture="close")
        self.close_.setAccessibleName(tr("Close the report"))
        self.notice = NoticeBar()
        self.state = label("", "muted")
        self.pages: list[QLabel] = []
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.close_)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[SPACING[2]] * 4)
        column.addLayout(head)
        column.addWidget(self.notice)
        column.addWidget(self.state)
        scroll = scrolled(inside)
        scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        scroll.setAccessibleName(tr("Pages of the report"))
        column.addWidget(scroll, 1)
        self.hide()

    def show_report(self, candidate_id: int, device_id: str) -> None:
        """Make the report in the window's language and show its pages."""
        width = round(_WIDE_PX * self.devicePixelRatioF())
        spoken = language()

        def work(session: Session, task: Task) -> list[QImage]:
            with tempfile.TemporaryDirectory(prefix="automl-report-") as folder:
                out = Path(folder) / "report.pdf"
                session.reporting.write(
                    out, [device_id], [candidate_id], language=spoken, measure=True
                )
                return pages_of(out, width)

        self.notice.hide()
        started = self._workspace.run_job(
            mark("Writing the report"), work, self._on_pages, self._on_failed
        )
        self._clear()
        self.state.setText(tr("The report is being made…") if started else _busy())
        self.show()

    def _clear(self) -> None:
        clear(self._column)
        self.pages = []

    def _on_pages(self, pages: Sequence[QImage]) -> None:
        self.state.setText("")
        self.state.hide()
        for number, page in enumerate(pages, 1):
            picture = QLabel()
            pixels = QPixmap.fromImage(page)
            pixels.setDevicePixelRatio(self.devicePixelRatioF())
            picture.setPixmap(pixels)
            picture.setAccessibleName(
                tr("Page {n} of {all} of the report", n=number, all=len(pages))
            )
            self.pages.append(picture)
            self._column.addWidget(picture)
        self._column.addStretch()

    def _on_failed(self, error: Exception) -> None:
        self.state.setText("")
        self.notice.show_error(error)

    def close_preview(self) -> None:
        """Put it away."""
        self._clear()
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: Any) -> None:
        """Close on Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_preview()
        else:
            super().keyPressEvent(event)


def _busy() -> str:
    return tr("Other work is going on; ask again when it has ended.")

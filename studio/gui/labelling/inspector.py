"""All that is known of the sample in hand, the sessions, and what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from studio.domain.operation import Operation, OperationState
from studio.domain.sample import ImageFacts, RecordingFacts, Sample, SampleKind
from studio.gui.i18n import mark, tr
from studio.gui.labelling.controller import LabelController
from studio.gui.labelling.mime import dragged_samples
from studio.gui.labelling.photo import PhotoView
from studio.gui.labelling.steps import step_text
from studio.gui.theme import SPACING
from studio.gui.widgets.basics import button, label, plain
from studio.gui.words import percent

if TYPE_CHECKING:
    from studio.app.browsing import Detail

__all__ = ["Inspector", "SessionList"]

_WIDTH_PX = 272
_PHOTO_PX = 200
_PREVIEW_SIDE = 1024
_ID = Qt.ItemDataRole.UserRole
_SIDES = {
    "train": mark("training"),
    "validation": mark("validation"),
    "test": mark("test"),
}
_RARE = ("facts", "taken", "near")
"""Rows that are shown only where there is something to say."""

_ROWS = (
    ("class", mark("Class")),
    ("predicted", mark("Predicted")),
    ("near", mark("Like its neighbours")),
    ("session", mark("Session")),
    ("side", mark("Used for")),
    ("facts", mark("Size")),
    ("taken", mark("Taken")),
)


class SessionList(QListWidget):
    """The sessions; samples dropped on one are moved there.

    Signals:
        samples_dropped: Row numbers of samples and the name of the session.
    """

    samples_dropped = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self.setAccessibleName(tr("Sessions; drop samples on one to move them there"))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take samples only."""
        event.setAccepted(bool(dragged_samples(event.mimeData())))

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Only a session can take them."""
        on = self.itemAt(event.position().toPoint()) is not None
        event.setAccepted(on and bool(dragged_samples(event.mimeData())))

    def dropEvent(self, event: QDropEvent) -> None:
        """Move the samples."""
        item = self.itemAt(event.position().toPoint())
        ids = dragged_samples(event.mimeData())
        if item is not None and ids:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.samples_dropped.emit(ids, item.data(_ID))


class Inspector(QWidget):
    """The right side of the page.

    Signals:
        detailed: All that is known of the sample in hand has come (a `Detail`).
        session_named: What is selected belongs to the session of this name.
    """

    detailed = Signal(object)
    session_named = Signal(str)

    def __init__(self, controller: LabelController) -> None:
        super().__init__()
        self._controller = controller
        self._sample: Sample | None = None
        self.detail: Detail | None = None
        self.setFixedWidth(_WIDTH_PX)
        self.photo = PhotoView(controller, _PREVIEW_SIDE)
        self.photo.setFixedHeight(_PHOTO_PX)
        self.fit = button(tr("Fit"), self.photo.fit, role="link")
        self.full = button(tr("Full size"), self.photo.full_size, role="link")
        self.name = label("", "section")
        self.name.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._known = QWidget()
        self.values = {key: label("–") for key, _ in _ROWS}
        self.story = _list(tr("What was done to this sample"))
        self.history = _list(tr("What was done, the newest first"))
        self.history.currentRowChanged.connect(self._on_step)
        self.turn = button(tr("Undo up to here"), self._on_turn)
        self.turn.setEnabled(False)
        self.sessions = SessionList()
        self.sessions.samples_dropped.connect(controller.move)
        self.hint = label(tr("Select one to see what is known of it."), "muted")
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(tr("Sample, sessions and history"))
        self.tabs.addTab(self._sample_tab(), tr("Sample"))
        self.tabs.addTab(self._with_hint(), tr("Sessions"))
        self.tabs.addTab(self._history_tab(), tr("History"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.tabs)
        controller.known_changed.connect(self._on_known)
        controller.quiet.connect(self._read)

    def _sample_tab(self) -> QWidget:
        tab = QWidget()
        column = QVBoxLayout(tab)
        column.setContentsMargins(*[SPACING[1]] * 4)
        zoom = QHBoxLayout()
        zoom.addStretch(1)
        zoom.addWidget(self.fit)
        zoom.addWidget(self.full)
        form = self.form = QFormLayout()
        form.setHorizontalSpacing(SPACING[2])
        for key, words in _ROWS:
            form.addRow(label(tr(words), "muted", wrap=False), self.values[key])
        column.addWidget(self.photo)
        column.addLayout(zoom)
        column.addWidget(self.hint)
        column.addWidget(self.name)
        below = QVBoxLayout(self._known)
        below.setContentsMargins(0, 0, 0, 0)
        below.addLayout(form)
        below.addWidget(label(tr("What was done to it"), "muted"))
        below.addWidget(self.story, 1)
        column.addWidget(self._known, 1)
        column.addStretch()
        return tab

    def _with_hint(self) -> QWidget:
        tab = QWidget()
        column = QVBoxLayout(tab)
        column.setContentsMargins(*[SPACING[1]] * 4)
        hint = tr("Samples of a session were taken in one go and stay on one side of the split."
                  " Drop some here to move them.")  # fmt: skip
        column.addWidget(label(hint, "small"))
        column.addWidget(self.sessions, 1)
        self.new_session = QLineEdit()
        self.new_session.setPlaceholderText(tr("Session for what is selected"))
        self.new_session.setAccessibleName(tr("Session for what is selected"))
        self.new_session.returnPressed.connect(self._on_session)
        column.addWidget(self.new_session)
        return tab

    def _history_tab(self) -> QWidget:
        tab = QWidget()
        column = QVBoxLayout(tab)
        column.setContentsMargins(*[SPACING[1]] * 4)
        column.addWidget(self.history, 1)
        column.addWidget(self.turn)
        return tab

    # -- the sample ----------------------------------------------------------------------

    def show_sample(self, sample: Sample | None) -> None:
        """Show what is known of a sample."""
        photo = sample is not None and sample.kind is SampleKind.IMAGE
        self._known.setVisible(sample is not None)
        self.hint.setVisible(sample is None)
        for widget in (self.photo, self.fit, self.full):
            widget.setVisible(photo)
        if sample == self._sample:
            return
        other = sample is None or self._sample is None or sample.id != self._sample.id
        self._sample = sample
        if photo:
            self.photo.show_sample(sample)
        if other:
            self.name.setText(sample.name if sample is not None else "")
            for value in self.values.values():
                value.setText("–")
            self.story.clear()
        self._read()

    def _read(self) -> None:
        sample = self._sample
        if sample is not None:
            self._controller.read(
                lambda session: session.browsing.detail(sample.id), self._on_detail
            )

    def _on_detail(self, detail: Detail | None) -> None:
        if detail is None or self._sample is None or detail.sample.id != self._sample.id:
            return
        self.detail = detail
        for key, text in _texts(detail).items():
            self.values[key].setText(text or "–")
            self.form.setRowVisible(self.values[key], bool(text) or key not in _RARE)
        self.story.clear()
        for step in detail.steps:
            _add_step(self.story, step)
        view = self._controller.workspace.view
        numbers = {c.name: n for n, c in enumerate(view.classes)} if view else {}
        self.photo.show_boxes(detail.marks, numbers)
        self.detailed.emit(detail)

    def _on_session(self) -> None:
        name = self.new_session.text().strip()
        if name:
            self.new_session.clear()
            self.session_named.emit(name)

    # -- sessions and history ------------------------------------------------------------

    def _on_known(self) -> None:
        self.sessions.clear()
        for session in self._controller.sessions:
            item = QListWidgetItem(f"{session.name}: {session.samples:,}")
            item.setToolTip(plain(session.name))
            item.setData(_ID, session.name)
            self.sessions.addItem(item)
        self.history.clear()
        for step in self._controller.history:
            _add_step(self.history, step)

    def _on_step(self, row: int) -> None:
        self.turn.setEnabled(row >= 0)
        undone = row >= 0 and self._controller.history[row].state is OperationState.UNDONE
        self.turn.setText(tr("Redo up to here") if undone else tr("Undo up to here"))

    def _on_turn(self) -> None:
        row = self.history.currentRow()
        if 0 <= row < len(self._controller.history):
            self._controller.go_to(self._controller.history[row].id)


def _list(name: str) -> QListWidget:
    found = QListWidget()
    found.setAccessibleName(name)
    found.setWordWrap(True)
    return found


def _add_step(where: QListWidget, step: Operation) -> None:
    text = step_text(step)
    if step.state is OperationState.UNDONE:
        text = tr("{step} (undone)", step=text)
    item = QListWidgetItem(text)
    item.setToolTip(plain(text))
    where.addItem(item)


def _texts(detail: Detail) -> dict[str, str]:
    sample = detail.sample
    said = {one.candidate_id is None: one for one in detail.opinions}
    model, near = said.get(False), said.get(True)
    side = tr(_SIDES[detail.side]) if detail.side in _SIDES else detail.side
    name = sample.class_name or tr("no class")
    return {
        "class": tr("{name}, left out", name=name) if sample.excluded else name,
        "predicted": _opinion(model.class_name, model.confidence) if model else "",
        "near": _opinion(near.class_name, near.confidence) if near else "",
        "session": sample.session or "",
        "side": side,
        "facts": _facts(sample),
        "taken": (sample.taken_at or "").replace("T", " "),
    }


def _opinion(name: str | None, confidence: float) -> str:
    return f"{name or '?'} · {percent(confidence)}"


def _facts(sample: Sample) -> str:
    facts = sample.facts
    if isinstance(facts, ImageFacts):
        return f"{facts.width} × {facts.height}"
    if isinstance(facts, RecordingFacts):
        rate = "" if facts.rate_hz is None else f" · {facts.rate_hz:g} Hz"
        return f"{len(facts.channels)} × {facts.samples:,}{rate}"
    return ""

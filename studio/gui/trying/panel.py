"""Try the chosen model with what is at hand: the int8 model itself answers, at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QTimer
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QHideEvent,
    QImage,
    QKeySequence,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from studio.domain.judgement import Costs
from studio.domain.preprocessing import SignalPreprocessing, TablePreprocessing
from studio.domain.wording import amount_text
from studio.gui.asking import Asker
from studio.gui.background import Lane, Task
from studio.gui.i18n import tr
from studio.gui.results.refusals import refusal
from studio.gui.results.why import picture_of
from studio.gui.settings import Settings
from studio.gui.theme import SPACING
from studio.gui.trying.bars import AnswerBars
from studio.gui.trying.picture import SeenPicture
from studio.gui.trying.row_form import RowForm
from studio.gui.trying.sources import Camera, Microphone, SerialPort, Source, serial_ports
from studio.gui.widgets.basics import Card, button, label
from studio.gui.widgets.drop_zone import dropped_paths
from studio.gui.workspace import Workspace

if TYPE_CHECKING:
    from studio.app.trying import Answer, Answerer

__all__ = ["TryPanel"]

_LANE = "try"
_SETTLED_MS = 150
_BAUD = 115_200

Question = Callable[["Answerer"], "Answer"]


class TryPanel(QWidget):
    """Takes a thing, asks the model on a thread of its own, shows what it says."""

    def __init__(
        self, workspace: Workspace, settings: Settings, costs: Callable[[], Costs | None]
    ) -> None:
        super().__init__()
        self._workspace, self._settings, self._costs = workspace, settings, costs
        self._asker = Asker(workspace, self)
        if _LANE not in workspace.lanes:
            workspace.lanes[_LANE] = Lane(_LANE, lambda: None, workspace)
        self._answerer: Answerer | None = None
        self._wanted: tuple[int, Costs | None] | None = None
        self._asked: Task | None = None
        self._source: Source | None = None
        self.setAcceptDrops(True)
        self.title = label("", "section")
        self.advice = label("", "muted")
        self.file = button(tr("Choose a file…"), self._on_choose, picture="folder")
        self.paste = button(tr("Paste a picture"), self.paste_picture)
        self.camera = button(tr("Camera"), self._on_camera)
        self.microphone = button(tr("Microphone"), self._on_microphone)
        self.port = QComboBox(editable=True)
        for part in filter(None, (self.port, self.port.lineEdit())):
            part.setAccessibleName(tr("Serial port"))
        self.baud = QSpinBox(minimum=300, maximum=4_000_000, value=_BAUD, suffix=" baud")
        self.baud.setAccessibleName(tr("Speed of the serial port"))
        self.listen = button(tr("Read the serial port"), self._on_serial)
        self.stop = button(tr("Stop"), self.close_source)
        self.row = RowForm()
        self._typed = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._typed.timeout.connect(self._on_row)
        self.row.changed.connect(self._typed.start)
        self.told = label("", "small")
        self.said = label("", "title")
        self.detail = label("", "muted")
        self.bars = AnswerBars()
        self.seen = SeenPicture()
        self._lay_out()
        QShortcut(QKeySequence.StandardKey.Paste, self, self.paste_picture)
        workspace.choice_changed.connect(self.refresh)
        workspace.view_changed.connect(self.refresh)
        self.clear()
        self._tidy()

    def _lay_out(self) -> None:
        given = Card()
        given.setObjectName("dropzone")
        given.add(self.title)
        given.add(self.advice)
        buttons = QHBoxLayout()
        for each in (self.file, self.paste, self.camera, self.microphone):
            buttons.addWidget(each)
        buttons.addStretch()
        given.add_layout(buttons)
        self._serial = QWidget()
        serial = QHBoxLayout(self._serial)
        serial.setContentsMargins(0, 0, 0, 0)
        serial.addWidget(self.port, 1)
        serial.addWidget(self.baud)
        serial.addWidget(self.listen)
        given.add(self._serial)
        given.add(self.row, 1)
        given.add(self.told)
        given.add(self.stop)
        given.add_stretch()
        answer = Card()
        answer.add(self.said)
        answer.add(self.detail)
        answer.add(self.bars)
        answer.add(self.seen, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACING[2])
        row.addWidget(given, 1)
        column = QVBoxLayout()
        column.addWidget(answer)
        row.addLayout(column, 1)

    # -- which model ---------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Load the chosen model."""
        super().showEvent(event)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody is watched or heard behind a page that is not shown."""
        self.close_source()
        super().hideEvent(event)

    def refresh(self) -> None:
        """Have the chosen model ready while the panel is shown."""
        chosen = self._workspace.candidate
        if chosen is None or not self.isVisible():
            return
        costs = self._costs() if chosen.classes else None
        if self._wanted == (chosen.id, costs):
            return
        self.close_source()
        self._wanted, self._answerer = (chosen.id, costs), None
        self.clear()
        self._tidy()

        def question(session: Any) -> Any:
            return session.judging.trying.answerer(chosen.id, costs=costs)

        self._asker.ask("answerer", question, self._on_answerer, self._on_refused)

    def _on_answerer(self, answerer: Answerer) -> None:
        self._answerer = answerer
        if isinstance(answerer.how, TablePreprocessing):
            self.row.show_columns(answerer.how)
        self._tidy()

    def _tidy(self) -> None:
        """Offer what this model can be tried with."""
        answerer = self._answerer
        how = answerer.how if answerer else None
        kind = str(answerer.kind) if answerer else ""
        signal = how if isinstance(how, SignalPreprocessing) else None
        self.title.setText(
            tr("Try model #{id}", id=answerer.candidate.id) if answerer else tr("Try the model")
        )
        self.advice.setText(_advice(kind) if answerer else tr("Getting the model ready…"))
        self.file.setVisible(kind in ("image", "recording"))
        self.paste.setVisible(kind == "image")
        self.camera.setVisible(kind == "image")
        heard = signal is not None and len(signal.channels) == 1 and bool(signal.rate_hz)
        self.microphone.setVisible(heard)
        self._serial.setVisible(signal is not None)
        self.row.setVisible(kind == "row")
        if signal is not None and not self.port.count():
            self.port.addItems(serial_ports())
        self.stop.setVisible(self._source is not None)

    # -- files and pictures --------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a file, or a picture from another program."""
        if self._answerer is not None and _can_take(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Answer about what was dropped."""
        event.acceptProposedAction()
        self._take(event.mimeData())

    def paste_picture(self) -> None:
        """Answer about what was copied in another program."""
        if not self._take(QGuiApplication.clipboard().mimeData()):
            self.told.setText(tr("There is no picture or file to paste."))

    def _take(self, data: QMimeData) -> bool:
        paths = dropped_paths(data)
        if paths:
            self.try_file(paths[0])
        elif data.hasImage():
            self._try_image(QImage(data.imageData()))
        return bool(paths) or data.hasImage()

    def _on_choose(self) -> None:
        start = self._settings.last_folder
        path, _ = QFileDialog.getOpenFileName(self, tr("Choose a file to try"), start)
        if path:
            self._settings["last_folder"] = str(Path(path).parent)
            self.try_file(Path(path))

    def try_file(self, path: Path) -> None:
        """Answer about a file."""
        self.close_source()
        self.told.setText(path.name)
        self._ask(lambda answerer: answerer.of_file(path))

    def _try_image(self, image: QImage) -> None:
        self.told.setText("")
        content = _png(image)
        self._ask(lambda answerer: answerer.of_picture(content))

    def _on_row(self) -> None:
        cells = self.row.cells
        self._ask(lambda answerer: answerer.of_row(cells))

    # -- live ----------------------------------------------------------------------------

    def _on_camera(self) -> None:
        self._follow(Camera(self))

    def _on_microphone(self) -> None:
        answerer = self._answerer
        if answerer is not None and isinstance(answerer.how, SignalPreprocessing):
            rate = answerer.how.rate_hz or 1.0
            self._follow(Microphone(rate, answerer.needed, self))

    def _on_serial(self) -> None:
        answerer = self._answerer
        if answerer is None or not isinstance(answerer.how, SignalPreprocessing):
            return
        channels = len(answerer.how.channels)
        port = SerialPort(
            self.port.currentText(), self.baud.value(), channels, answerer.needed, self
        )
        self._follow(port)

    def _follow(self, source: Source) -> None:
        self.close_source()
        self._source = source
        source.came.connect(self._on_came)
        source.told.connect(self.told.setText)
        source.ended.connect(self._on_ended)
        source.start()
        self._tidy()

    def _on_came(self, thing: object) -> None:
        if self._asked is not None:
            return  # still busy with the one before; the next one is as good
        if isinstance(thing, QImage):
            pixels = _pixels(thing)
            self._ask(lambda answerer: answerer.of_pixels(pixels))
        elif isinstance(thing, np.ndarray):
            self._ask(lambda answerer: answerer.of_values(thing))

    def _on_ended(self, sentence: str) -> None:
        self.close_source()
        self.told.setText(sentence)

    def close_source(self) -> None:
        """Let go of a camera, microphone or port."""
        if self._source is not None:
            source, self._source = self._source, None
            source.close()
            source.deleteLater()
            self.told.setText("")
        self._tidy()

    # -- the answer ----------------------------------------------------------------------

    def _ask(self, question: Question) -> None:
        answerer = self._answerer
        if answerer is None:
            return
        if self._asked is not None:
            self._asked.cancel()

        def work(session: None, task: Task) -> Answer | None:
            return None if task.cancelled() else question(answerer)

        def done(answer: Answer | None) -> None:
            if self._asked is task:
                self._asked = None
                if answer is not None:
                    self.show_answer(answer)

        def failed(error: Exception) -> None:
            if self._asked is task:
                self._asked = None
                self._on_refused(error)

        task = self._asked = self._workspace.lanes[_LANE].submit(work, done, failed)

    def clear(self) -> None:
        """Show no answer."""
        self.said.setText("")
        self.detail.setText(tr("The answer stands here."))
        self.bars.show_answer(None)
        self.seen.show_input(None)

    def show_answer(self, answer: Answer) -> None:
        """Show what the model says."""
        if answer.amount is not None:
            self.said.setText(amount_text(answer.amount))
        else:
            self.said.setText(answer.said or tr("not sure"))
        self.detail.setText(_detail(answer))
        self.bars.show_answer(answer)
        self.seen.show_input(picture_of(answer.seen) if _is_picture(answer) else None)

    def _on_refused(self, error: Exception) -> None:
        self.clear()
        self.said.setText(tr("No answer"))
        self.detail.setText(refusal(error))


def _advice(kind: str) -> str:
    told = {
        "image": tr("Drop a picture here, paste one with Ctrl+V, or hold something to the camera."),
        "recording": tr("Drop a recording here, or let a board that prints its values be read."),
        "row": tr("Fill in a row; what is left empty counts as missing."),
    }
    return told.get(kind, "")


def _detail(answer: Answer) -> str:
    lines = []
    if answer.windows > 1:
        lines.append(
            tr(
                "{agreeing} of {windows} windows say so.",
                agreeing=answer.agreeing,
                windows=answer.windows,
            )
        )
    if 0 < answer.threshold <= 1:
        share = f"{100 * answer.threshold:.0f}"
        lines.append(tr("Below {share} % the model says “not sure”.", share=share))
    lines.append(tr("The int8 model itself answered, as it would on a board."))
    return " ".join(lines)


def _is_picture(answer: Answer) -> bool:
    return answer.seen.ndim == 3 and answer.seen.shape[1] > 1


def _can_take(data: QMimeData) -> bool:
    return bool(dropped_paths(data)) or data.hasImage()


def _png(image: QImage) -> bytes:
    """Return a picture from another program as a file; what the model sees is smaller anyway."""
    packed = QByteArray()
    buffer = QBuffer(packed)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "BMP")  # type: ignore[call-overload]
    return bytes(packed.data())


def _pixels(image: QImage) -> Any:
    """Return a frame as uint8 ``(height, width, 3)``."""
    rgb = image.convertToFormat(QImage.Format.Format_RGB888)
    high, wide, step = rgb.height(), rgb.width(), rgb.bytesPerLine()
    rows = np.frombuffer(rgb.constBits(), np.uint8, high * step).reshape(high, step)
    return rows[:, : 3 * wide].reshape(high, wide, 3).copy()

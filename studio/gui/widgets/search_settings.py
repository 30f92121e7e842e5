"""What a person decides about a search, and the buttons to steer it."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QLocale, Qt, QTime
from PySide6.QtWidgets import QComboBox, QCompleter, QVBoxLayout, QWidget

from studio.domain.device import Device
from studio.domain.search import SearchRequest
from studio.domain.wording import bytes_text
from studio.gui import words
from studio.gui.i18n import mark, tr
from studio.gui.settings import Settings
from studio.gui.widgets.basics import Card, button, label
from studio.gui.widgets.shelf import search_sentence
from studio.gui.workspace import Workspace

__all__ = ["MINUTES", "SearchSettings"]

_WIDTH_PX = 272
_INSET_PX = 18

#: How long a search may take, and what a person calls it.
MINUTES = (
    (2, mark("2 minutes: a first look")),
    (5, mark("5 minutes")),
    (15, mark("15 minutes")),
    (60, mark("Over lunch: 1 hour")),
    (480, mark("Overnight: 8 hours")),
)


class SearchSettings(QWidget):
    """Device, time, start; stop, cancel, resume; and where the search stands."""

    def __init__(self, workspace: Workspace, settings: Settings) -> None:
        super().__init__()
        self._workspace, self._settings = workspace, settings
        self.setFixedWidth(_WIDTH_PX)
        self.device = self._device_box()
        self.minutes = self._minutes_box()
        self.ends = label("", "small")
        self.start = button(tr("Start the search"), self._on_start, role="primary")
        self.resume = button(tr("Go on with the last search"), self._on_resume)
        self.stop = button(tr("Stop and keep the best"), workspace.stop_search)
        self.cancel = button(tr("Cancel the search"), workspace.cancel_search)
        self.cancel.setToolTip(tr("Ends at once; models that are finished are kept."))
        self.state = label("", "muted")
        self._lay_out()
        for signal in (
            workspace.view_changed,
            workspace.training_changed,
            workspace.choice_changed,
        ):
            signal.connect(self._refresh)
        self._refresh()

    def _device_box(self) -> QComboBox:
        box = QComboBox(editable=True, insertPolicy=QComboBox.InsertPolicy.NoInsert)
        completer = QCompleter(box.model(), box)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        box.setCompleter(completer)
        box.setAccessibleName(tr("Board the model must fit"))
        box.currentIndexChanged.connect(self._on_device_changed)
        return box

    def _minutes_box(self) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(tr("How long to search"))
        for minutes, title in MINUTES:
            box.addItem(tr(title), minutes)
        box.setCurrentIndex(max(0, box.findData(int(float(self._settings["minutes"])))))
        box.currentIndexChanged.connect(self._refresh)
        return box

    def _lay_out(self) -> None:
        self._limits = label("", "small")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        frame = Card()
        for widget in (
            label(tr("Search for a model"), "section"),
            label(tr("Board the model must fit")),
            self.device,
            self._limits,
            label(tr("How long to search")),
            self.minutes,
            self.ends,
            self.start,
            self.resume,
            self.stop,
            self.cancel,
            self.state,
        ):
            frame.add(widget)
        column.addWidget(frame)
        column.addStretch()

    # -- what is chosen ------------------------------------------------------------------

    @property
    def chosen_device(self) -> Device | None:
        """The device to search for; None while the typed words name none."""
        index = self.device.findText(self.device.currentText())
        return self._workspace.devices.get(self.device.itemData(index)) if index >= 0 else None

    def _fill_devices(self) -> None:
        if self.device.count() == len(self._workspace.devices):
            return
        self.device.blockSignals(True)
        self.device.clear()
        for each in sorted(self._workspace.devices.values(), key=lambda d: d.name.casefold()):
            self.device.addItem(each.name, each.id)
        wanted = self._workspace.device
        first = self.device.findData(self._settings["device"] or (wanted.id if wanted else ""))
        self.device.setCurrentIndex(max(0, first))
        self.device.blockSignals(False)

    def _on_device_changed(self, index: int) -> None:
        self._refresh()

    def _on_start(self) -> None:
        device, minutes = self.chosen_device, self.minutes.currentData()
        if device is None:
            return
        self._settings["device"], self._settings["minutes"] = device.id, str(minutes)
        self._workspace.start_search(SearchRequest(device_id=device.id, minutes=float(minutes)))

    def _on_resume(self) -> None:
        self._workspace.resume_search(float(self.minutes.currentData()))

    # -- faces ---------------------------------------------------------------------------

    def _refresh(self, *changed: object) -> None:
        self._fill_devices()
        view, searching = self._workspace.view, self._workspace.searching
        device, why_not = self.chosen_device, self._why_not()
        self._limits.setText(_limits(device))
        self.ends.setText(self._end_sentence() if not searching else "")
        self.start.setVisible(not searching)
        self.start.setEnabled(device is not None and not why_not)
        self.resume.setVisible(not searching and bool(view and view.unfinished))
        self.resume.setToolTip(tr("Nothing that is finished is trained again."))
        for widget in (self.stop, self.cancel):
            widget.setVisible(searching)
            widget.setEnabled(not self._workspace.stopping)
        for box in (self.device, self.minutes):
            box.setEnabled(not searching)
        self.ends.setVisible(not searching)
        self.state.setText(self._state_sentence(why_not))
        # A wrapped label in a nested layout does not claim its height by itself.
        height = self.state.heightForWidth(_WIDTH_PX - 2 * _INSET_PX)
        self.state.setMinimumHeight(max(0, height))

    def _why_not(self) -> str:
        view = self._workspace.view
        if view is None:
            return tr("Reading the project…")
        if view.overview.running and not self._workspace.searching:
            return tr("A search of this project is running in another window or terminal.")
        used = [each for each in view.classes if each.samples]
        if len(used) < 2:
            return tr("A search needs labelled photos of at least two classes.")
        return ""

    def _end_sentence(self) -> str:
        end = datetime.now() + timedelta(minutes=self.minutes.currentData())
        clock = QLocale().toString(QTime(end.hour, end.minute), QLocale.FormatType.ShortFormat)
        return tr("Started now it ends by {clock} at the latest.", clock=clock)

    def _state_sentence(self, why_not: str) -> str:
        record = self._workspace.training
        if record is None:
            return why_not
        if not self._workspace.searching:
            return why_not or _ended(record.ended or "", record.sentence)
        lines = [search_sentence(record, self._workspace.stopping)]
        if record.trial is not None and record.epochs:
            lines.append(
                tr(
                    "Model {n}: pass {epoch} of {epochs}",
                    n=record.trial + 1,
                    epoch=record.epoch,
                    epochs=record.epochs,
                )
            )
        clock = words.duration(record.seconds), words.duration(record.ends_s)
        lines.append(tr("{used} of {budget} used", used=clock[0], budget=clock[1]))
        return "\n".join(lines)


_ENDED = {
    "time": mark("The time is used up."),
    "trials": mark("As many models were trained as were asked for."),
    "stopped": mark("Stopped; the best model was kept."),
    "cancelled": mark("Cancelled; finished models were kept."),
    "exhausted": mark("Every configuration that fits was tried."),
    "failed": mark("The search ended early; finished models were kept."),
}


def _ended(why: str, sentence: str) -> str:
    return sentence or (tr(_ENDED[why]) if why in _ENDED else "")


def _limits(device: Device | None) -> str:
    if device is None:
        return tr("No board has this name.")
    ram, flash = (
        "?" if fact.value is None else bytes_text(fact.value)
        for fact in (device.ram_bytes, device.flash_bytes)
    )
    return tr("{core}, {ram} RAM, {flash} flash", core=device.core, ram=ram, flash=flash)

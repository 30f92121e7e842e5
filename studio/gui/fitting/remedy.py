"""Below the verdict: measure it, export it, and what would make it fit, with one click to do it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from studio.domain.advice import Advice, Change, Outcome, Try
from studio.domain.report import Verdict
from studio.domain.search import SearchRequest
from studio.gui import words
from studio.gui.fitting.desk import FittingDesk
from studio.gui.fitting.trying import Attempt, Standing, Tries
from studio.gui.i18n import mark, tr
from studio.gui.icons import pixmap
from studio.gui.search_words import can_search
from studio.gui.settings import Settings
from studio.gui.theme import SPACING, tokens
from studio.gui.widgets.basics import button, clear, label

__all__ = ["RemedyPanel"]

_OUTCOMES = {
    Outcome.FITS: ("fits", mark("fits")),
    Outcome.DOES_NOT_FIT: ("no", mark("does not fit")),
    Outcome.UNKNOWN: ("unknown", mark("unknown")),
    Outcome.REFUSED: ("no", mark("came to nothing")),
    Outcome.NOT_TRIED: ("dash", mark("not tried")),
}
_MINUTES = 5.0


class RemedyPanel(QWidget):
    """Buttons, and the face of every state of an attempt.

    Signals:
        go: Show another place of the window (its id).
    """

    go = Signal(str)

    def __init__(self, desk: FittingDesk, settings: Settings) -> None:
        super().__init__()
        self._desk, self._settings, self._workspace = desk, settings, desk.workspace
        self.tries = Tries(desk)
        self._device_id = ""
        self.measure = button(tr("Measure"), self._on_measure)
        self.measure.setToolTip(
            tr("Compiles, links and emulates its C code for the core of this board.")
        )
        self.export = button(tr("Export for it"), self._on_export)
        self.told = label("", "small")
        self.told.hide()
        self._column = QVBoxLayout()
        self._column.setSpacing(SPACING[0])
        row = QHBoxLayout()
        row.addWidget(self.measure)
        row.addWidget(self.export)
        row.addStretch()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addLayout(row)
        outer.addWidget(self.told)
        outer.addLayout(self._column)
        self.tries.changed.connect(self._refresh)
        self.tries.written.connect(self._on_written)
        desk.measured.connect(self._on_measured)
        for signal in (
            self._workspace.choice_changed,
            self._workspace.reports_changed,
            self._workspace.job_started,
            self._workspace.job_ended,
            self._workspace.training_changed,
        ):
            signal.connect(self._refresh)
        self._refresh()

    # -- measuring and exporting ---------------------------------------------------------

    def _on_measure(self) -> None:
        device = self._workspace.device
        if device is not None and self._desk.measure([device.id]):
            self._tell(tr("Compiling and measuring…"))

    def _on_measured(self, news: bool) -> None:
        self._tell(
            tr("Measured. The figures below are new.")
            if news
            else tr(
                "Nothing new was measured: it was measured before, or this computer has no "
                "compiler and emulator for this core, or the model cannot become C code."
            )
        )

    def _on_export(self) -> None:
        self.go.emit("export")

    def _on_written(self, path: Path) -> None:
        self._tell(tr("Written: {name}", name=path.name))

    def _tell(self, text: str) -> None:
        self.told.setText(text)
        self.told.setVisible(bool(text))

    # -- faces ---------------------------------------------------------------------------

    def _refresh(self, *changed: object) -> None:
        device, workspace = self._workspace.device, self._workspace
        if device is not None and device.id != self._device_id:
            self._device_id = device.id
            self._tell("")
        report = workspace.reports.get(device.id) if device else None
        self.measure.setEnabled(workspace.job is None and report is not None)
        self.export.setVisible(report is not None and report.verdict is Verdict.FITS)
        clear(self._column)
        attempt = self.tries.now
        if attempt is None or report is None or report.verdict is Verdict.FITS:
            return
        self._column.addSpacing(SPACING[1])
        self._column.addWidget(label(tr("What would fit"), "strong"))
        self._show(attempt)

    def _show(self, attempt: Attempt) -> None:
        standing = {
            Standing.TRYING: tr("Trying other models and runtimes…"),
            Standing.FURTHER: tr("Making the model smaller; this can take minutes…"),
            Standing.CANCELLED: tr("Cancelled. What is not listed as tried was not tried."),
        }.get(attempt.standing, "")
        if standing:
            self._column.addWidget(label(standing, "muted"))
        if attempt.error is not None:
            happened, remedy, _ = words.explain(attempt.error)
            self._column.addWidget(label(f"{happened} {remedy}", "bad"))
        if attempt.advice is not None:
            self._show_advice(attempt.advice)
        if attempt.standing not in (Standing.TRYING, Standing.FURTHER):
            self._show_acts(attempt)

    def _show_advice(self, advice: Advice) -> None:
        if advice.change is not None:
            self._column.addLayout(_change_row(advice))
        elif advice.tries:
            self._column.addWidget(label(advice.grower.text(tr)))
        else:
            # Nothing smaller helps where what the board has is not known.
            self._column.addWidget(label(tr("Nothing can be tried for this board."), "muted"))
        if advice.spare is not None:
            self._column.addWidget(label(advice.spare.text(tr), "muted"))
        for each in advice.tries:
            self._column.addLayout(_try_row(each))

    def _show_acts(self, attempt: Attempt) -> None:
        found = attempt.advice.change if attempt.advice else None
        if found is not None:
            self._show_doing(found)
        if attempt.can_go_on:
            further = button(tr("Try further: make it smaller"), self.tries.go_on)
            further.setEnabled(self._workspace.job is None)
            self._column.addWidget(further)
        if found is None and attempt.advice is not None and attempt.advice.tries:
            search = button(tr("Search for a smaller model"), self._on_search)
            why_not = can_search(self._workspace)
            search.setEnabled(not why_not and not self._workspace.searching)
            search.setToolTip(why_not)
            self._column.addWidget(search)

    def _show_doing(self, found: Try) -> None:
        id, recipe = found.candidate_id, found.recipe
        if found.change is Change.PRECISION and id is not None:
            convert = button(
                tr("Convert and save…"), lambda: self._on_convert(id, recipe), role="primary"
            )
            convert.setEnabled(self._workspace.job is None)
            self._column.addWidget(convert)
        elif found.change in (Change.CANDIDATE, Change.SEARCH) and id is not None:
            text = tr("Use model #{id} instead", id=id)
            self._column.addWidget(button(text, lambda: self._use(id), role="primary"))

    # -- doing it ------------------------------------------------------------------------

    def _use(self, candidate_id: int) -> None:
        self._workspace.choose_candidate(candidate_id)

    def _on_search(self) -> None:
        device = self._workspace.device
        if device is not None:
            self._settings["device"] = device.id
            minutes = float(self._settings["minutes"] or _MINUTES)
            self._workspace.start_search(SearchRequest(device_id=device.id, minutes=minutes))
            self.go.emit("train")

    def _on_convert(self, candidate_id: int, recipe: str) -> None:
        folder = QFileDialog.getExistingDirectory(
            self, tr("Folder for the converted model"), self._settings.last_folder
        )
        if folder:
            self._settings["last_folder"] = folder
            self.tries.convert(candidate_id, recipe, Path(folder))


def _change_row(advice: Advice) -> QHBoxLayout:
    """Return the verdict with a change: its drawing, its word and its sentence."""
    colour = tokens().change
    drawing = label("", wrap=False)
    drawing.setPixmap(pixmap("change", colour, 20, 2.0))
    drawing.setAlignment(Qt.AlignmentFlag.AlignTop)
    word = label(tr("fits with a change"))
    word.setStyleSheet(f"color: {colour}; font-weight: 600;")
    column = QVBoxLayout()
    column.setSpacing(2)
    column.addWidget(word)
    column.addWidget(label(advice.grower.text(tr)))
    row = QHBoxLayout()
    row.addWidget(drawing)
    row.addLayout(column, 1)
    return row


def _try_row(tried: Try) -> QHBoxLayout:
    picture, word = _OUTCOMES[tried.outcome]
    t = tokens()
    colour = {"fits": t.fits, "no": t.no}.get(picture, t.muted)
    drawing = label("", wrap=False)
    drawing.setPixmap(pixmap(picture, colour, 14, 2.0))
    drawing.setToolTip(tr(word))
    drawing.setAccessibleName(tr(word))
    row = QHBoxLayout()
    row.addWidget(drawing)
    told = " ".join(phrase.text(tr) for phrase in tried.phrases)
    row.addWidget(label(f"{tr(word)}: {told}", "muted"), 1)
    return row

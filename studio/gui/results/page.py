"""The results of the chosen model: what it takes for what, what is behind it, and in words."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSplitter, QVBoxLayout, QWidget

from studio.domain.candidate import Candidate
from studio.domain.evaluation import AnyEvaluation, Evaluation, RegressionEvaluation
from studio.domain.wording import amount_text
from studio.gui import words
from studio.gui.asking import Asker
from studio.gui.i18n import tr
from studio.gui.nouns import nouns
from studio.gui.results.classes import ClassTable
from studio.gui.results.refusals import refusal
from studio.gui.results.strip import SampleStrip, Shown
from studio.gui.results.threshold import ThresholdPanel
from studio.gui.results.versus import MoreDataPanel, VersusPanel
from studio.gui.results.why import WhyPanel
from studio.gui.theme import SPACING
from studio.gui.widgets.basics import Card, button, label
from studio.gui.widgets.confusion import ConfusionTable
from studio.gui.widgets.plots import AmountPlot
from studio.gui.workspace import Workspace

if TYPE_CHECKING:
    from studio.app.judging import Amounts, Judgement

__all__ = ["ResultsPanel"]

_ASIDE_PX = 320


class ResultsPanel(QWidget):
    """Asks for the judgement of the chosen model while it is shown."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._asker = Asker(workspace, self)
        self._asked: Candidate | None = None
        self.judgement: Judgement | None = None
        self._amounts: Amounts | None = None
        self._behind: tuple[int, ...] = ()
        self.title = label("", "section", wrap=False)
        self.measured_on = label("", "small")
        self.confusion = ConfusionTable()
        self.confusion.cell_chosen.connect(self._on_cell)
        self.behind = label("", "section")
        self.worst = button(tr("Worst mistakes"), self.show_worst, role="link")
        self.open = button(tr("Show under Label"), self._on_open, role="link")
        self.strip = SampleStrip(workspace)
        self.strip.sample_chosen.connect(self._on_sample)
        self.why = WhyPanel(workspace)
        self.classes = ClassTable()
        self.said = label("")
        self.threshold = ThresholdPanel(workspace)
        self.versus = VersusPanel(workspace)
        self.more = MoreDataPanel(workspace)
        self._lay_out()
        workspace.choice_changed.connect(self.refresh)
        workspace.view_changed.connect(self.refresh)
        self.refresh()

    # -- where things stand --------------------------------------------------------------

    def _lay_out(self) -> None:
        above = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False)
        for card in (self._matrix_card(), self._samples_card(), self._why_card()):
            above.addWidget(card)
        above.setHandleWidth(SPACING[2])
        above.setSizes([270, 320, 300])
        split = QSplitter(Qt.Orientation.Vertical, childrenCollapsible=False)
        split.setHandleWidth(SPACING[2])
        split.addWidget(above)
        self._table_card = Card()
        self._table_card.add(label(tr("Class by class"), "section", wrap=False))
        self._table_card.add(self.classes, 1)
        split.addWidget(self._table_card)
        split.setSizes([380, 220])
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACING[2])
        row.addWidget(split, 1)
        row.addWidget(self._aside())

    def _matrix_card(self) -> QWidget:
        card = Card()
        card.add(self.title)
        card.add(self.confusion, 1)
        card.add(self.measured_on)
        self._matrix = card
        return card

    @cached_property
    def amounts(self) -> AmountPlot:
        """What the model tells against the truth; only models that tell amounts wait for it."""
        plot = AmountPlot()
        plot.sample_chosen.connect(self._on_point)
        self._matrix.box.insertWidget(2, plot, 1)
        return plot

    def _samples_card(self) -> QWidget:
        card = Card()
        card.add(self.behind)
        card.add(self.strip, 1)
        links = QHBoxLayout()
        links.addWidget(self.worst)
        links.addStretch()
        links.addWidget(self.open)
        card.add_layout(links)
        return card

    def _why_card(self) -> QWidget:
        self._why_frame = Card()
        self._why_frame.add(self.why, 1)
        return self._why_frame

    def _aside(self) -> QWidget:
        card = Card()
        card.box.setSpacing(SPACING[2])
        words_card = QVBoxLayout()
        words_card.addWidget(label(tr("In words"), "section"))
        words_card.addWidget(self.said)
        card.add_layout(words_card)
        for panel in (self.threshold, self.versus, self.more):
            card.add(panel)
        card.add_stretch()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is inside takes it, and is scrolled to
        area.setFixedWidth(_ASIDE_PX)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(card)
        return area

    # -- the chosen model ----------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Ask now for what nobody looked at before."""
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Show the chosen model: what is known at once, the rest when it is worked out."""
        chosen, view = self._workspace.candidate, self._workspace.view
        if chosen is None or view is None:
            return
        self.confusion.show_task(view.overview.task)
        self._show_counts(words.best_evaluation(chosen))
        classes = isinstance(chosen.validation, Evaluation)
        title = tr("Mistakes of model #{id}", id=chosen.id)
        self.title.setText(title if classes else tr("Amounts of model #{id}", id=chosen.id))
        self.measured_on.setText(self._side_sentence(chosen, words.best_evaluation(chosen)))
        if self.isVisible() and chosen != self._asked:
            self._ask(chosen)

    def _show_counts(self, evaluation: AnyEvaluation) -> None:
        counted = isinstance(evaluation, Evaluation)
        for widget in (self.confusion, self._table_card, self.threshold, self._why_frame):
            widget.setVisible(counted)
        if not counted or "amounts" in self.__dict__:
            self.amounts.setVisible(not counted)
        if isinstance(evaluation, Evaluation):
            self.confusion.show_evaluation(evaluation)

    def _side_sentence(self, chosen: Candidate, evaluation: AnyEvaluation) -> str:
        view = self._workspace.view
        samples = nouns(view.overview.task if view else "").count(evaluation.samples)
        lead = (
            tr("Rows: what it is; columns: what the model says.")
            if isinstance(evaluation, Evaluation)
            else tr("On the line the model tells the truth.")
        )
        side = (
            tr("{samples} kept aside for the test, int8.", samples=samples)
            if chosen.test is not None
            else tr(
                "{samples} used for choosing (validation), int8; the test comes when it is the"
                " best.",
                samples=samples,
            )
        )
        return f"{lead} {side}"

    def _ask(self, chosen: Candidate) -> None:
        self._asked = chosen
        self.judgement = None
        self.why.clear()
        self.said.setText(tr("Counting…"))
        for panel in (self.versus, self.more):
            panel.show_candidate(chosen)
        amounts = isinstance(chosen.validation, RegressionEvaluation)
        if not amounts:
            self.threshold.show_candidate(chosen)

        def question(session: Any) -> Any:
            judging = session.judging
            found = judging.evaluate(chosen.id)
            return found, judging.amounts(chosen.id) if amounts else None

        self._asker.ask("judgement", question, self._on_judged, self._on_refused)

    def _on_judged(self, found: tuple[Judgement, Amounts | None]) -> None:
        self.judgement, self._amounts = found
        evaluation = self.judgement.evaluation
        self._show_counts(evaluation)
        self.measured_on.setText(self._side_sentence(self.judgement.candidate, evaluation))
        self.said.setText("\n".join(self._sentences(self.judgement)))
        if isinstance(evaluation, Evaluation) and self._asked is not None:
            self.classes.show_evaluation(evaluation, self._asked)
        if self._amounts is not None:
            self.amounts.show_amounts(self._amounts.truth, self._amounts.predicted)
        self.show_worst()

    def _on_refused(self, error: Exception) -> None:
        self.said.setText(refusal(error))
        self.strip.show_samples(())
        if self._asked is not None and isinstance(self._asked.validation, Evaluation):
            evaluation = words.best_evaluation(self._asked)
            assert isinstance(evaluation, Evaluation)
            self.classes.show_evaluation(evaluation, self._asked)

    def _sentences(self, judged: Judgement) -> list[str]:
        """Return how good the model is, what is confused most, and how sure it is."""
        evaluation = judged.evaluation
        right = judged.phrases[0].text(tr).replace(" ;", ";")  # of amounts without a unit
        counted = isinstance(evaluation, Evaluation)
        first = (
            tr("Right: {share}.", share=right)
            if counted
            else tr("Off on average: {amount}.", amount=right)
        )
        found = [first, *(phrase.text(tr) for phrase in judged.phrases[1:])]
        found += [confusion.phrase.text(tr) for confusion in judged.confusions[:3]]
        if judged.sureness is not None:
            found.append(judged.sureness.phrase.text(tr))
        if isinstance(evaluation, RegressionEvaluation) and evaluation.prediction_interval:
            spread = evaluation.prediction_interval
            found.append(
                tr(
                    "{share} % of new amounts lie within ±{width} {unit} of what the model tells.",
                    share=f"{100 * spread.level:.0f}",
                    width=amount_text(spread.half_width),
                    unit=evaluation.unit,
                ).replace("  ", " ")
            )
        return found

    # -- samples behind the figures ------------------------------------------------------

    def show_worst(self) -> None:
        """Show what the model was surest of and had wrong, or was farthest off."""
        judged = self.judgement
        if judged is None:
            return
        self.confusion.clearSelection()
        evaluation = judged.evaluation
        shown: list[Shown]
        if isinstance(evaluation, Evaluation):
            names, details = evaluation.classes, evaluation.details
            shown = [
                (one.sample_id, _arrow(names[one.truth], names[one.predicted]))
                for one in (details.mistakes if details else ())
            ]
        else:
            shown = [
                (one.sample_id, _arrow(amount_text(one.truth), amount_text(one.predicted)))
                for one in evaluation.mistakes
            ]
        self._show(tr("Worst mistakes first") if shown else tr("No mistakes"), shown)

    def _on_cell(self, true: int, said: int) -> None:
        judged = self.judgement
        if judged is None or not isinstance(judged.evaluation, Evaluation):
            return
        evaluation = judged.evaluation
        cells = evaluation.details.cells if evaluation.details else ()
        ids = next(
            (cell.sample_ids for cell in cells if (cell.truth, cell.predicted) == (true, said)), ()
        )
        names = evaluation.classes
        if true == said:
            title = tr("{name}, called rightly", name=names[true])
        else:
            title = tr("{true} called {said}", true=names[true], said=names[said])
        self._show(title, [(id, _arrow(names[true], names[said])) for id in dict.fromkeys(ids)])

    def _on_point(self, place: int) -> None:
        found = self._amounts
        if found is None:
            return
        told = _arrow(amount_text(found.truth[place]), amount_text(found.predicted[place]))
        self._show(tr("The chosen point"), [(found.sample_ids[place], told)])

    def _show(self, title: str, shown: list[Shown]) -> None:
        once = list(dict(shown).items())
        self._behind = tuple(id for id, _ in once)
        self.behind.setText(f"{title} ({len(once)})" if once else title)
        self.open.setEnabled(bool(once))
        self.strip.show_samples(once)
        self.why.clear()

    def _on_sample(self, sample_id: int) -> None:
        if self._asked is not None and self._asked.classes:
            self.why.show_sample(self._asked.id, sample_id)

    def _on_open(self) -> None:
        self._workspace.samples_wanted.emit(self._behind, self.behind.text())


def _arrow(true: str, said: str) -> str:
    return f"{true} → {said}" if true != said else true

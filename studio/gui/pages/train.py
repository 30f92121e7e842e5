"""Train: let the computer search for a model, look at what it found, and try it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from studio.domain.evaluation import Evaluation
from studio.gui import words
from studio.gui.i18n import mark, tr
from studio.gui.nouns import nouns
from studio.gui.place import Place
from studio.gui.settings import Settings
from studio.gui.workspace import Workspace

__all__ = ["ENTRY"]


def _build(workspace: Workspace, settings: Settings) -> QWidget:
    # Imported when it is first shown: its plots take a while, and the window stands before that.
    from studio.gui.train_page import TrainPage

    return TrainPage(workspace, settings)


def _state(workspace: Workspace) -> tuple[str, str]:
    best = workspace.view.overview.best if workspace.view else None
    if workspace.searching:
        record = workspace.training
        if best is None and (record is None or record.best is None):
            return tr("searching"), tr("a search is running")
        running = record.best if record is not None and record.best is not None else 0.0
        kept = words.best_evaluation(best).goodness if best else 0.0
        share = words.percent(max(running, kept))
        return f"{share}…", tr("searching, best {share} so far", share=share)
    if best is None:
        return "–", tr("no model yet")
    share = words.short_result(words.best_evaluation(best))
    if not isinstance(best.validation, Evaluation):
        return share, tr("best model: {share} off on average", share=share)
    task = workspace.view.overview.task if workspace.view else ""
    side = tr("test") if best.test else tr("validation")
    return share, tr(
        "best model: {share} of the {samples} right ({side})",
        share=share,
        samples=nouns(task).many,
        side=side,
    )


ENTRY = Place(id="train", order=3, title=mark("Train"), icon="train", build=_build, state=_state)

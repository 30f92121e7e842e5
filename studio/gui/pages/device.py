"""Device: which boards run the chosen model, what it needs on each, and what would fit."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from studio.domain.report import Verdict
from studio.gui.i18n import mark, tr
from studio.gui.place import Place
from studio.gui.settings import Settings
from studio.gui.workspace import Workspace

__all__ = ["ENTRY"]


def _build(workspace: Workspace, settings: Settings) -> QWidget:
    # Imported when it is first shown: it needs the session, and the window stands before that.
    from studio.gui.fitting.page import DevicePage

    return DevicePage(workspace, settings)


def _state(workspace: Workspace) -> tuple[str, str]:
    if workspace.candidate is None:
        return "–", tr("no model to check yet")
    if workspace.checking:
        return "…", tr("checking every board")
    reports = workspace.reports.values()
    fits, all_ = sum(r.verdict is Verdict.FITS for r in reports), len(reports)
    return f"{fits}/{all_}", tr("fits {fits} of {all} boards", fits=fits, all=all_)


ENTRY = Place(id="device", order=4, title=mark("Device"), icon="device", build=_build, state=_state)

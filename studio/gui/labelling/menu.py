"""By menu and keyboard what dragging does with samples."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from studio.gui.i18n import tr
from studio.gui.labelling.controller import LabelController
from studio.gui.widgets.basics import class_icon

__all__ = ["sample_menu"]

_MOST = 60


def sample_menu(
    owner: QWidget,
    controller: LabelController,
    ids: Sequence[int],
    *,
    remove: Callable[[], None],
    one_at_a_time: Callable[[], None] | None,
    with_classes: bool,
) -> QMenu:
    """Return what can be done with samples.

    Args:
        owner: Where it pops up.
        controller: Who does it.
        ids: The samples.
        remove: Asks, then removes them.
        one_at_a_time: Shows them large; None where that is not offered.
        with_classes: Whether samples of this project have classes.
    """
    menu = QMenu(owner)
    if with_classes:
        _class_lines(menu, controller, ids)
    move = menu.addMenu(tr("Move to session"))
    for session in controller.sessions[:_MOST]:
        name = session.name
        move.addAction(name.replace("&", "&&"), partial(controller.move, ids, name))
    move.setEnabled(bool(controller.sessions))
    menu.addSeparator()
    menu.addAction(tr("Leave out of training"), lambda: controller.exclude(ids, out=True))
    menu.addAction(tr("Let in again"), lambda: controller.exclude(ids, out=False))
    if one_at_a_time is not None:
        menu.addAction(tr("One at a time"), one_at_a_time)
    menu.addAction(tr("Remove from the project…"), remove)
    return menu


def _class_lines(menu: QMenu, controller: LabelController, ids: Sequence[int]) -> None:
    view = controller.workspace.view
    sub = menu.addMenu(tr("Set class"))
    for number, each in enumerate(view.classes[:_MOST] if view else ()):
        name = each.name
        line = sub.addAction(name.replace("&", "&&"), partial(controller.assign, ids, name))
        line.setIcon(class_icon(number))
    menu.addAction(tr("Clear class"), lambda: controller.assign(ids, None))
    suggest = menu.addAction(tr("Take what is suggested"), lambda: controller.accept(ids))
    suggest.setEnabled(controller.asked)

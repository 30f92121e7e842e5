"""What a place of the rail is made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from studio.gui.settings import Settings
from studio.gui.workspace import Workspace

__all__ = ["Place"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A page and its button on the rail.

    Attributes:
        id: Stable name.
        order: Where it stands on the rail, from the top.
        title: English title, shown through ``tr``.
        icon: Name of a drawing in ``assets/icons``.
        build: Makes the page.
        state: What stands under the title: a word or number, and the same in a sentence.
    """

    id: str
    order: int
    title: str
    icon: str
    build: Callable[[Workspace, Settings], QWidget]
    state: Callable[[Workspace], tuple[str, str]]

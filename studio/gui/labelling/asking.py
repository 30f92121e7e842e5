"""A line that asks before something is lost, where it happens and never in a window of its own."""

from __future__ import annotations

from collections.abc import Callable

from studio.gui.i18n import tr
from studio.gui.widgets.basics import Card, button, label

__all__ = ["AskLine"]


class AskLine(Card):
    """Hidden until there is something to ask; the focus stands on Cancel."""

    def __init__(self) -> None:
        super().__init__(across=True)
        self.words = label("")
        self.yes = button(tr("Done"), self._on_yes, role="primary")
        self.no = button(tr("Cancel"), self.hide)
        self._act: Callable[[], None] | None = None
        self.add(self.words, 1)
        self.add(self.yes)
        self.add(self.no)
        self.hide()

    def ask(self, words: str, verb: str, act: Callable[[], None]) -> None:
        """Ask, and do it when the person says so."""
        self._act = act
        self.words.setText(words)
        self.yes.setText(verb)
        self.yes.setAccessibleName(verb)
        self.setAccessibleName(words)
        self.show()
        self.no.setFocus()

    def _on_yes(self) -> None:
        self.hide()
        if self._act is not None:
            self._act()

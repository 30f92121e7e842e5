"""What the middle of the page says while there is nothing to show, and what would help."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from studio.domain.sieve import Sieve
from studio.gui.i18n import tr
from studio.gui.nouns import Nouns
from studio.gui.widgets.basics import button
from studio.gui.widgets.empty import EmptyFace

__all__ = ["Nothing", "face_for"]


@dataclass(frozen=True, slots=True)
class Face:
    """A sentence, an advice, and a button with what it does; no button where it is empty."""

    title: str
    advice: str = ""
    verb: str = ""
    act: str = ""


def face_for(nouns: Nouns, sieve: Sieve, *, loaded: bool, samples: int, asked: bool) -> Face:
    """Return what to say while nothing is listed."""
    if not loaded:
        return Face(tr("Reading the project…"))
    if not samples:
        return Face(tr("No {samples} yet. Add some under Data.", samples=nouns.many))
    if sieve.needs_model and not asked:
        return Face(
            tr("Nobody has said yet what the {samples} are.", samples=nouns.many),
            tr("The best model, or the nearest neighbours without one, can be asked."),
            tr("Ask now"),
            "ask",
        )
    if sieve.suspicious and not asked:
        return Face(
            tr("No labels contradict each other."),
            tr("More is found once the nearest neighbours were asked."),
            tr("Ask now"),
            "ask",
        )
    if sieve == Sieve(unlabelled=True, sight=sieve.sight):
        return Face(
            tr("Every {sample} has a class.", sample=nouns.one), verb=tr("Show all"), act="all"
        )
    return Face(
        tr("Nothing passes these filters."),
        tr("All of them must hold. Take one away by clicking it, or show all."),
        tr("Show all"),
        "all",
    )


class Nothing(EmptyFace):
    """Shows a face; its button does what the face says."""

    def __init__(self, acts: Mapping[str, Callable[[], object]]) -> None:
        self._acts = acts
        self._act = ""
        self.button = button("", self._on_click, role="primary")
        super().__init__("label", "", "", self.button)
        self.show_face(Face(""))

    def show_face(self, face: Face) -> None:
        """Say it."""
        self.title.setText(face.title)
        self.advice.setText(face.advice)
        self.button.setText(face.verb)
        self.button.setAccessibleName(face.verb or tr("Show all"))
        self.button.setVisible(bool(face.verb))
        self._act = face.act

    def _on_click(self) -> None:
        if self._act:
            self._acts[self._act]()

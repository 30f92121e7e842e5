"""The guided tour: steps as data, each ticked when it is really done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from studio.gui.i18n import mark
from studio.gui.settings import Settings
from studio.gui.workspace import Workspace

__all__ = ["SAMPLE", "STEPS", "Step", "Tour"]

SAMPLE = "digits"
_SHORT_SEARCH_MINUTES = "2"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing to do.

    Attributes:
        id: Stable name.
        place: The place of the rail where it is done.
        title: What, in a few words.
        advice: How, in a sentence.
        done: Whether it is done, as the project and the tour stand.
    """

    id: str
    place: str
    title: str
    advice: str
    done: Callable[[Tour], bool]


STEPS = (
    Step(
        id="data",
        place="data",
        title=mark("Take in the sample"),
        advice=mark("Samples come in by themselves; a folder is a class. See how many of each."),
        done=lambda tour: tour.samples > 0,
    ),
    Step(
        id="label",
        place="label",
        title=mark("Look at the samples"),
        advice=mark("Under Label you see every sample with its class. A digit key gives a class."),
        done=lambda tour: tour.samples > 0 and "label" in tour.visited,
    ),
    Step(
        id="train",
        place="train",
        title=mark("Search for a model"),
        advice=mark("Press Start under Train. The first model is there within seconds."),
        done=lambda tour: tour.candidates > 0,
    ),
    Step(
        id="device",
        place="device",
        title=mark("Choose a board"),
        advice=mark("Under Device you see where the model fits. Choose a board that says so."),
        done=lambda tour: tour.candidates > 0 and "device" in tour.visited,
    ),
    Step(
        id="export",
        place="export",
        title=mark("Export the bundle"),
        advice=mark("Press Export. The bundle holds all an engineer needs, and proves itself."),
        done=lambda tour: "exported" in tour.visited,
    ),
)


class Tour(QObject):
    """Where the person is on the tour; it can be left and taken up again.

    Signals:
        changed: Another step, or it began or ended.
    """

    changed = Signal()

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._workspace: Workspace | None = None
        self.visited: set[str] = set()

    @property
    def running(self) -> bool:
        """Whether the person is on it."""
        return self._settings["tour"] == "on"

    def begin(self) -> None:
        """Start it, or take it up where it was left."""
        self._settings["tour"] = "on"
        self._settings["minutes"] = _SHORT_SEARCH_MINUTES
        self.changed.emit()

    def leave(self) -> None:
        """Let it be; what was done stays done."""
        self._settings["tour"] = "left"
        self.changed.emit()

    def follow(self, workspace: Workspace | None) -> None:
        """Watch another project."""
        if workspace is not self._workspace:
            self.visited.clear()
        self._workspace = workspace
        if workspace is not None:
            workspace.view_changed.connect(self.changed)
            workspace.reports_changed.connect(self.changed)
            workspace.exported.connect(lambda path: self.visit("exported"))

    def visit(self, place: str) -> None:
        """Note that the person was somewhere, or that the bundle was exported."""
        if place not in self.visited:
            self.visited.add(place)
            self.changed.emit()

    @property
    def samples(self) -> int:
        """How many samples the project has."""
        view = self._workspace.view if self._workspace else None
        return view.overview.samples if view else 0

    @property
    def candidates(self) -> int:
        """How many models it has."""
        view = self._workspace.view if self._workspace else None
        return len(view.candidates) if view else 0

    @property
    def ticks(self) -> tuple[bool, ...]:
        """Whether each step is done."""
        return tuple(step.done(self) for step in STEPS)

    @property
    def step(self) -> Step | None:
        """The first step that is not done, or None at the end."""
        return next((s for s, done in zip(STEPS, self.ticks, strict=True) if not done), None)

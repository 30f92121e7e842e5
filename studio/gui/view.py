"""What the window last read from the project, all of it at one moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from studio.domain.candidate import Candidate
from studio.domain.device import Device
from studio.domain.sample import SampleClass
from studio.domain.search import Search, SearchState

if TYPE_CHECKING:
    from studio.app import Overview
    from studio.app.session import Session

__all__ = ["View", "read_view"]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What was last read from the project."""

    overview: Overview
    classes: tuple[SampleClass, ...]
    candidates: tuple[Candidate, ...]
    searches: tuple[Search, ...]
    devices: Mapping[str, Device] = field(default_factory=dict)

    @property
    def labelled(self) -> int:
        """How many samples say what they are."""
        return self.overview.samples - self.overview.unlabelled

    @property
    def unfinished(self) -> Search | None:
        """The newest search if it was interrupted or stopped and nobody is running one now."""
        newest = self.searches[0] if self.searches else None
        if newest is None or newest.state is SearchState.FINISHED or self.overview.running:
            return None
        return newest


def read_view(session: Session) -> View:
    """Read it; on the session's thread."""
    return View(
        overview=session.overview(),
        classes=session.classes(),
        candidates=session.candidates(),
        searches=session.searches(),
        devices=session.devices.all(),
    )

"""How long work may still take, from how it went: a range, or nothing where nothing is known."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from studio.gui.i18n import tr

__all__ = ["Pace", "left_text"]

_RECENT = 12
_FEWEST_S = 2.0
_FEWEST_SHARE = 0.02


@dataclass(slots=True)
class Pace:
    """Notes of when how much was done; seconds on any clock."""

    notes: deque[tuple[float, int]] = field(default_factory=lambda: deque(maxlen=_RECENT))
    began: tuple[float, int] | None = None
    total: int = 0

    def note(self, seconds: float, done: int, total: int) -> None:
        """Note that so much was done at a moment."""
        if self.began is None or done < self.began[1] or total != self.total:
            self.began, self.total = (seconds, done), total
            self.notes.clear()
        self.notes.append((seconds, done))

    @property
    def left(self) -> tuple[float, float] | None:
        """Seconds that are left, low and high: at the pace of late and at that of all of it.

        None before two seconds or a fiftieth of the work have passed.
        """
        if self.began is None or not self.notes:
            return None
        now, done = self.notes[-1]
        passed, made = now - self.began[0], done - self.began[1]
        if passed < _FEWEST_S or made < max(1.0, _FEWEST_SHARE * self.total):
            return None
        rest = max(0, self.total - done)
        paces = [passed / made]
        first, first_done = self.notes[0]
        if done > first_done:
            paces.append((now - first) / (done - first_done))
        return rest * min(paces) * 0.9, rest * max(paces) * 1.2


def left_text(left: tuple[float, float] | None) -> str:
    """Return the range in words, empty where nothing is known."""
    if left is None:
        return ""
    low, high = (max(1, round(seconds)) for seconds in left)
    if high < 90:
        return tr("{low}–{high} s left", low=low, high=high)
    low, high = max(1, round(low / 60)), max(1, round(high / 60))
    return tr("{low}–{high} min left", low=low, high=high)

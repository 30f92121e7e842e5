"""Telling at the terminal how far slow work is."""

from __future__ import annotations

import time
from collections.abc import Callable

from studio.cli.terminal import Terminal

__all__ = ["telling"]

_EVERY_SECONDS = 0.1


def telling(terminal: Terminal) -> Callable[[str, int, int], None]:
    """Return a function that shows progress, ten times a second at most.

    It takes what is being done, how much of it is done, and how much there is.
    """
    last = float("-inf")

    def _tell(what: str, done: int, total: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= _EVERY_SECONDS:
            last = now
            terminal.live(f"{what}: {done:,} of {total:,}")

    return _tell

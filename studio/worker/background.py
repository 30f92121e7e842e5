"""Something slow that is made beside the work that goes on."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

__all__ = ["Background"]

_Made = TypeVar("_Made")


class Background(Generic[_Made]):
    """A result that is being made in a thread of its own, which nobody waits for at the end."""

    def __init__(self, make: Callable[[], _Made]) -> None:
        self._make = make
        self._made: list[_Made] = []
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._made.append(self._make())
        except BaseException as error:
            self._error = error

    def take(self) -> _Made | None:
        """Return the result, or None while it is being made; raises what making it raised."""
        if self._error is not None:
            raise self._error
        return self._made[0] if self._made else None

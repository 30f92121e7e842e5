"""Ending the window on Ctrl+C and on a polite kill, as its close button does.

Python runs a signal's handler only between its own instructions, and while the window waits
for events there are none. So a signal also writes a byte into a socket the event loop watches.
"""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable

from PySide6.QtCore import QObject, QSocketNotifier

__all__ = ["SignalWatch"]


class SignalWatch(QObject):
    """Calls back in the event loop when the process is asked to end.

    Args:
        on_signal: What to do; called once for each signal.
    """

    def __init__(self, on_signal: Callable[[], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reading, self._writing = socket.socketpair()
        self._reading.setblocking(False)
        self._writing.setblocking(False)
        self._notifier = QSocketNotifier(self._reading.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_written)
        self._on_signal = on_signal
        self._before = {s: signal.signal(s, self._handle) for s in (signal.SIGINT, signal.SIGTERM)}
        self._fd_before = signal.set_wakeup_fd(self._writing.fileno())

    def _handle(self, number: int, frame: object) -> None:
        self._on_signal()

    def _on_written(self, *_: object) -> None:
        self._reading.recv(64)  # being back in Python is what lets the handler run

    def close(self) -> None:
        """Put everything back as it was."""
        signal.set_wakeup_fd(self._fd_before)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._notifier.setEnabled(False)
        self._reading.close()
        self._writing.close()

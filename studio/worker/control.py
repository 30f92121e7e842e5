"""What the program that started the worker wants of it meanwhile."""

from __future__ import annotations

import os
import queue
import threading

__all__ = ["Cancelled", "Control"]


class Cancelled(BaseException):
    """The person wants the job to end now. Not an Exception: nothing may swallow it."""


class Control:
    """Commands from standard input, one word a line: stop, cancel, pause or resume.

    Attributes:
        stopping: Set when the job should end soon and keep its best.
    """

    def __init__(self) -> None:
        self.stopping = threading.Event()
        self._cancelled = threading.Event()
        self._words: queue.SimpleQueue[str] = queue.SimpleQueue()

    def listen(self, source: int) -> None:
        """Begin to listen to a file descriptor in the background.

        The end of the input means that the program that started us is gone. Then there is
        nobody to work for: the process ends at once. What is finished is in the journal.
        """
        threading.Thread(target=self._listen, args=(source,), daemon=True).start()

    def _listen(self, source: int) -> None:
        # Not through a buffered file: its lock, held while we wait, would abort our exit.
        pending = b""
        while chunk := os.read(source, 1024):
            *commands, pending = (pending + chunk).split(b"\n")
            for command in commands:
                self._obey(command.strip())
        os._exit(3)

    def _obey(self, command: bytes) -> None:
        if command == b"cancel":
            self._cancelled.set()
        if command in (b"stop", b"cancel"):
            self.stopping.set()
        self._words.put(command.decode(errors="replace"))

    def words(self) -> list[str]:
        """Return the commands since the last call."""
        found = []
        while not self._words.empty():
            found.append(self._words.get())
        return found

    def check(self) -> None:
        """Raise `Cancelled` if the person wants the job to end now."""
        if self._cancelled.is_set():
            raise Cancelled

"""A worker kept ready while a person looks at the Train page, and let go a while after."""

from __future__ import annotations

from threading import Thread

from PySide6.QtCore import QCoreApplication, QObject, QTimer

__all__ = ["Warmth"]

_IDLE_MS = 120_000


class Warmth(QObject):
    """Prepares the worker of the next search; there is one for the program.

    What is ready takes some 700 MB. It goes two minutes after nobody looked at the page any
    more, and with the program.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.setObjectName("warmth")
        self._timer = QTimer(self, singleShot=True, interval=_IDLE_MS)
        self._timer.timeout.connect(self.let_go)

    @classmethod
    def of_program(cls) -> Warmth:
        """Return the one there is; made when it is first asked for."""
        program = QCoreApplication.instance()
        assert program is not None
        found = program.findChild(cls, "warmth")
        return found if isinstance(found, cls) else cls(program)

    def keep(self) -> None:
        """Somebody looks at the page: nothing is let go meanwhile."""
        self._timer.stop()

    def cool(self) -> None:
        """Nobody looks any more."""
        self._timer.start()

    def let_go(self) -> None:
        """End what is ready; the window does not wait for that."""
        Thread(target=_dismiss, name="cooling", daemon=True).start()


def _dismiss() -> None:
    from studio.app.outlook import Outlook

    Outlook.dismiss()

"""The installed Qt binding must not lose references.

PySide6 6.12.0 on Python 3.11 gives away a reference to None or True with every call that
returns one; after some thousand calls the program dies in ``none_dealloc``. 6.11.3 does not.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel


class Sender(QObject):
    """Has a signal."""

    sent = Signal(object)


def test_calls_do_not_lose_references(qtbot):
    label, sender = QLabel(), Sender()
    qtbot.addWidget(label)
    before = sys.getrefcount(None), sys.getrefcount(True)
    for _ in range(200):
        label.setText("x")
        sender.sent.emit(1)
    after = sys.getrefcount(None), sys.getrefcount(True)
    assert after[0] > before[0] - 100
    assert after[1] > before[1] - 100

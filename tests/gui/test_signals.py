"""Ctrl+C in the terminal, or a polite kill, closes the window."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="about POSIX signals")

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = (
    "import sys\n"
    "from studio.gui import application\n"
    "show = application.Program.show\n"
    "def shown(self):\n"
    "    window = show(self)\n"
    "    print('shown', flush=True)\n"
    "    return window\n"
    "application.Program.show = shown\n"
    "sys.exit(application.run(None))\n"
)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_closes_the_window(number: signal.Signals, tmp_path: Path) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path)}
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "shown\n"
    time.sleep(0.5)  # the event loop begins right behind
    process.send_signal(number)
    assert process.wait(10) == 0
    process.stdout.close()

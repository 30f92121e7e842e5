"""What the window loads, and what it must never load."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

HEAVY = ("tensorflow", "keras", "autokeras", "keras_tuner")


@pytest.mark.parametrize(
    ("module", "never"),
    [
        ("studio.gui", ("PySide6", "studio.app", *HEAVY)),
        ("studio.gui.application", ("studio.app", *HEAVY)),
    ],
)
def test_importing_does_not_load(module: str, never: tuple[str, ...]):
    code = f"import sys, {module}; print(*[m for m in {never!r} if m in sys.modules])"
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120
    )
    assert found.stdout.strip() == ""


def test_the_real_doors_load_no_training_library():
    code = (
        "import sys; from studio.gui.backend import AppBackend; AppBackend().devices(); "
        f"print(*[m for m in {HEAVY!r} if m in sys.modules])"
    )
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120
    )
    assert found.stdout.strip() == ""


def test_an_empty_window_waits_for_no_plots_numbers_or_sessions(tmp_path):
    code = (
        "import sys; from PySide6.QtCore import QSettings; from PySide6.QtWidgets import "
        "QApplication; from studio.gui.application import Program; from studio.gui.backend import "
        "AppBackend; from studio.gui.settings import Settings; app = QApplication([]); "
        f"store = QSettings({str(tmp_path / 's.ini')!r}, QSettings.Format.IniFormat); "
        "program = Program(app, AppBackend(), Settings(store)); program.show(); "
        "app.processEvents(); program.end(); "
        f"print(*[m for m in {(*HEAVY, 'pyqtgraph', 'numpy', 'studio.app')!r} if m in sys.modules])"
    )
    found = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert found.stdout.strip() == ""

"""What the window loads, and what it must never load."""

from __future__ import annotations

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

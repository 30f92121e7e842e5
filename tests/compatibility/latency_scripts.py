"""The scripts of packaging/ that make assets/latency, as modules."""

import importlib
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def script(name):
    """Return a script of packaging/ as a module."""
    folder = str(ROOT / "packaging")
    if folder not in sys.path:
        sys.path.append(folder)
    return importlib.import_module(name)

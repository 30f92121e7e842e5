"""Print the Debian packages this machine lacks, for ``.ci/run`` and container recipes."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from devtools.libraries import missing, packages

__all__ = ["wanted"]


def wanted() -> list[str]:
    """Return package names: the window's libraries, and ``python3-venv`` where it is missing."""
    lacking = packages(missing(screen=False), "debian")
    return lacking + (["python3-venv"] if importlib.util.find_spec("ensurepip") is None else [])


if __name__ == "__main__":
    print(" ".join(wanted()))

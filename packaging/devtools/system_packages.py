"""Print the Debian packages this machine lacks, for ``.ci/run`` and container recipes."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from devtools.libraries import missing, packages

__all__ = ["wanted"]

# Programs that tests of generated C and of exported projects use where they are there, and the
# packages that bring them.
_PROGRAMS = {
    "qemu-system-arm": "qemu-system-arm",
    "gcc": "gcc",
    "g++": "g++",
    "clang": "clang",
    "cmake": "cmake",
    "ssh": "openssh-client",
    "sshd": "openssh-server",
}


def wanted() -> list[str]:
    """Return package names: the window's libraries, ``python3-venv`` and the tests' programs."""
    lacking = packages(missing(screen=False), "debian")
    lacking += ["python3-venv"] if importlib.util.find_spec("ensurepip") is None else []
    return lacking + [name for program, name in _PROGRAMS.items() if not shutil.which(program)]


if __name__ == "__main__":
    print(" ".join(wanted()))

"""System libraries of the window, which no Python package brings along."""

from __future__ import annotations

import ctypes
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from devtools.places import Checkout

__all__ = ["LIBRARIES", "Library", "advice", "missing", "packages", "window_problem"]


@dataclass(frozen=True)
class Library:
    """One shared library, and the package that brings it in three families of Linux."""

    file: str
    debian: str
    fedora: str
    arch: str
    only_for_a_screen: bool = False


# From `ldd` over Qt's libraries and its offscreen and xcb platform plugins.
LIBRARIES = (
    Library("libglib-2.0.so.0", "libglib2.0-0", "glib2", "glib2"),
    Library("libEGL.so.1", "libegl1", "libglvnd-egl", "libglvnd"),
    Library("libGL.so.1", "libgl1", "libglvnd-glx", "libglvnd"),
    Library("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon", "libxkbcommon"),
    Library("libdbus-1.so.3", "libdbus-1-3", "dbus-libs", "dbus"),
    Library("libfontconfig.so.1", "libfontconfig1", "fontconfig", "fontconfig"),
    Library(
        "libxcb-cursor.so.0",
        "libxcb-cursor0",
        "xcb-util-cursor",
        "xcb-util-cursor",
        True,
    ),
    Library("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm", "xcb-util-wm", True),
    Library(
        "libxcb-keysyms.so.1",
        "libxcb-keysyms1",
        "xcb-util-keysyms",
        "xcb-util-keysyms",
        True,
    ),
    Library(
        "libxkbcommon-x11.so.0",
        "libxkbcommon-x11-0",
        "libxkbcommon-x11",
        "libxkbcommon-x11",
        True,
    ),
)

_COMMANDS = {
    "debian": "apt-get install",
    "fedora": "dnf install",
    "arch": "pacman -S",
}


def missing(*, screen: bool) -> list[Library]:
    """Return the libraries this machine lacks; none outside Linux.

    Args:
        screen: Also those needed only to draw on a real X server.
    """
    if not sys.platform.startswith("linux"):
        return []
    wanted = [library for library in LIBRARIES if screen or not library.only_for_a_screen]
    return [library for library in wanted if not _loads(library.file)]


def _loads(file: str) -> bool:
    try:
        ctypes.CDLL(file)
    except OSError:
        return False
    return True


def draws_on_x() -> bool:
    """Tell whether a window opened now would go to an X server."""
    chosen = os.environ.get("QT_QPA_PLATFORM", "")
    if chosen:
        return chosen.startswith("xcb")
    return bool(os.environ.get("DISPLAY")) and not os.environ.get("WAYLAND_DISPLAY")


def family(os_release: str) -> str:
    """Return which family of Linux this is, from the text of ``/etc/os-release``.

    Returns:
        ``"debian"``, ``"fedora"``, ``"arch"``, or an empty string.
    """
    ids = re.findall(r'^ID(?:_LIKE)?="?([^"\n]*)"?$', os_release, re.MULTILINE)
    names = " ".join(ids).split()
    kin = {"debian": "debian", "ubuntu": "debian", "fedora": "fedora", "rhel": "fedora"}
    kin["arch"] = "arch"
    return next((kin[name] for name in names if name in kin), "")


def packages(libraries: list[Library], of_family: str) -> list[str]:
    """Return the names of the packages to install, each once."""
    return list(dict.fromkeys(getattr(library, of_family) for library in libraries))


def advice(libraries: list[Library]) -> str:
    """Return one sentence that names what is missing and how to get it."""
    try:
        kind = family(Path("/etc/os-release").read_text(encoding="utf-8"))
    except OSError:
        kind = ""
    files = ", ".join(library.file for library in libraries)
    if kind:
        names = " ".join(packages(libraries, kind))
        return f"The window needs {files}: install with `{_COMMANDS[kind]} {names}` as root."
    by_family = "; ".join(
        f"{name.title()}: {' '.join(packages(libraries, name))}" for name in _COMMANDS
    )
    return f"The window needs {files}: install the packages ({by_family})."


def window_problem(checkout: Checkout) -> str:
    """Return why the window cannot open, in one sentence, or an empty string.

    Libraries we know are looked for first; then Qt itself is loaded in the environment.
    """
    lacking = missing(screen=draws_on_x())
    if lacking:
        return advice(lacking)
    if not checkout.python.exists():
        return ""
    trial = subprocess.run(
        [str(checkout.python), "-c", "import PySide6.QtWidgets, PySide6.QtSvg"],
        capture_output=True,
        text=True,
        errors="replace",
    )
    if trial.returncode == 0:
        return ""
    lines = trial.stderr.strip().splitlines() or [f"exit status {trial.returncode}"]
    return f"The window's library Qt does not load on this machine ({lines[-1]})."

"""Whether a window can open here, found out before Qt would end the process over it."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Mapping
from pathlib import Path

import PySide6

from studio.domain.errors import StudioError

__all__ = ["check_screen"]

_X_PLUGIN = Path(PySide6.__path__[0]) / "Qt" / "plugins" / "platforms" / "libqxcb.so"


def check_screen(environment: Mapping[str, str] = os.environ, plugin: Path = _X_PLUGIN) -> None:
    """Return if Qt will find a screen and the libraries to draw on it.

    Raises:
        StudioError: ``window.no_screen``, or ``window.library_missing`` naming the library.
    """
    if not sys.platform.startswith("linux"):
        return
    chosen = environment.get("QT_QPA_PLATFORM", "")
    if chosen and not chosen.startswith("xcb"):
        return
    if not chosen and environment.get("WAYLAND_DISPLAY"):
        return
    if not environment.get("DISPLAY"):
        raise StudioError(
            "There is no screen to open a window on.",
            "Start it from a desktop; every other command works without one.",
            code="window.no_screen",
        )
    if plugin.exists():
        _load(plugin)


def _load(plugin: Path) -> None:
    try:
        ctypes.CDLL(str(plugin))
    except OSError as error:
        missing = str(error).split(":", 1)[0]
        raise StudioError(
            f"The window needs the system library {missing}, which is not installed.",
            "Install the package that brings it (`python3 packaging/dev.py run` names it);"
            " every other command works without.",
            code="window.library_missing",
        ) from error

"""The product as a person at a terminal uses it: every command a process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]


class CommandFailed(Exception):
    """A command ended badly; the message has its last words."""


def command(*arguments: str | Path) -> list[str]:
    """Return how a command is started."""
    return [sys.executable, "-m", "studio", *map(str, arguments)]


def environment(home: Path) -> dict[str, str]:
    """Return an environment whose caches, settings and jobs are all in a folder of their own."""
    names = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")
    own = {name: str(home / name.lower()) for name in names}
    return {**os.environ, **own, "AUTOML_STUDIO_CACHE": str(home / "cache")}


def run(*arguments: str | Path, home: Path, timeout: float = 600) -> dict[str, Any]:
    """Run a command with ``--json`` to its end and return its document.

    Raises:
        CommandFailed: if it fails, or takes longer than it may.
    """
    try:
        done = subprocess.run(
            command(*arguments, "--json"),
            cwd=ROOT,
            env=environment(home),
            capture_output=True,
            text=True,
            timeout=timeout,
        )
    except subprocess.TimeoutExpired:
        raise CommandFailed(f"{arguments[0]} took over {timeout:.0f} s") from None
    return document_of(str(arguments[0]), done.returncode, done.stdout, done.stderr)


def document_of(name: str, status: int, out: str, err: str) -> dict[str, Any]:
    """Return the document a command printed; raises CommandFailed."""
    if status != 0:
        raise CommandFailed(f"{name}: status {status}: {(out + err).strip()[-600:]}")
    found: dict[str, Any] = json.loads(out)
    return found

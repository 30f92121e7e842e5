"""``python -m studio`` and ``automl-studio``: no argument opens the window, else the CLI."""

from __future__ import annotations

import sys
from pathlib import Path


def main() -> int:
    """Run what the command line asks for and return the exit status."""
    from studio.cli.main import main as command_line

    return command_line(sys.argv[1:] or ["gui"], open_window=_open_window)


def _open_window(project: Path | None) -> int:
    # Qt is loaded only by those who want a window.
    from studio.gui.application import run

    return run(project)


if __name__ == "__main__":
    sys.exit(main())

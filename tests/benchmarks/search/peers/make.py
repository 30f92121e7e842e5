"""Make the environment of the peers: ``python -m tests.benchmarks.search.peers.make FOLDER``.

It sees the packages of the environment that runs this (the product's) behind its own, so
TensorFlow is not installed twice and nothing of the product changes.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import sysconfig
from pathlib import Path

REQUIREMENTS = Path(__file__).resolve().parents[1] / "requirements-peers.txt"
_WANTED = "import autokeras, flaml.automl, lightgbm, optuna, xgboost, studio.worker.space"


def python_of(folder: Path) -> Path:
    """Return the interpreter of an environment."""
    windows = sys.platform == "win32"
    return folder / ("Scripts/python.exe" if windows else "bin/python")


def make(folder: Path) -> None:
    """Make it, or bring it up to date, and try it."""
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    python = python_of(folder)
    site = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True,
        capture_output=True,
        text=True,
    )
    # A .pth file adds to the end of the path: what is installed here goes first.
    beside = Path(site.stdout.strip()) / "product.pth"
    beside.write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    subprocess.run([python, "-m", "pip", "install", "--quiet", "-r", REQUIREMENTS], check=True)
    quiet = {**os.environ, "KERAS_BACKEND": "tensorflow", "TF_CPP_MIN_LOG_LEVEL": "3"}
    root = Path(__file__).resolve().parents[4]
    subprocess.run([python, "-c", _WANTED], check=True, cwd=root, env=quiet)
    print(f"Ready: {python}")


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="make the environment of the peers")
    parser.add_argument("folder", type=Path, help="where, outside the repository")
    make(parser.parse_args().folder.resolve())


if __name__ == "__main__":
    main()

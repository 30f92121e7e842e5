"""``pip install .`` carries the data files and gives the command."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The wheel of this checkout, built with the setuptools at hand."""
    folder = tmp_path_factory.mktemp("source")
    leave = shutil.ignore_patterns("__pycache__")
    for name in ("studio", "assets", "projects"):
        shutil.copytree(ROOT / name, folder / name, ignore=leave)
    for name in ("pyproject.toml", "setup.py", "LICENSE", "README.md"):
        shutil.copy(ROOT / name, folder)
    command = ["wheel", "--no-deps", "--no-build-isolation", "--no-index", "-q", "-w", "out", "."]
    done = subprocess.run(
        [sys.executable, "-m", "pip", *command],
        cwd=folder,
        capture_output=True,
        text=True,
        env={**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    [path] = (folder / "out").glob("*.whl")
    return zipfile.ZipFile(path)


def _inside(folder: str) -> set[str]:
    files = (path for path in (ROOT / folder).rglob("*") if path.is_file())
    return {path.relative_to(ROOT / folder).as_posix() for path in files if path.suffix != ".pyc"}


@pytest.mark.parametrize(
    ("folder", "place"),
    [("studio", "studio"), ("assets", "studio/_assets"), ("projects", "studio/_projects")],
)
def test_every_file_is_carried(wheel: zipfile.ZipFile, folder: str, place: str) -> None:
    wanted = {f"{place}/{name}" for name in _inside(folder)}
    assert wanted
    assert wanted <= set(wheel.namelist())


def test_nothing_else_is_installed(wheel: zipfile.ZipFile) -> None:
    tops = {name.split("/")[0] for name in wheel.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"studio"}


def test_the_command_and_the_licence(wheel: zipfile.ZipFile) -> None:
    [entry] = [name for name in wheel.namelist() if name.endswith("entry_points.txt")]
    assert "automl-studio = studio.__main__:main" in wheel.read(entry).decode()
    [licence] = [name for name in wheel.namelist() if name.endswith("licenses/LICENSE")]
    assert b"Apache License" in wheel.read(licence)

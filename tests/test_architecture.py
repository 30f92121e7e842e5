"""The house rules that a machine can check."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
STUDIO = ROOT / "studio"
LONGEST_FILE = 400
LONG_FUNCTION = 40
HEAVY = {"tensorflow", "keras", "autokeras", "keras_tuner", "tf2onnx"}


def _files() -> list[Path]:
    return sorted(STUDIO.rglob("*.py"))


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_no_file_is_a_giant() -> None:
    sizes = {str(path.relative_to(ROOT)): _lines(path) for path in _files()}
    assert len(sizes) > 40
    assert {name: size for name, size in sizes.items() if size > LONGEST_FILE} == {}


def _functions() -> Iterator[tuple[str, int]]:
    for path in _files():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert node.end_lineno is not None
                name = f"{path.relative_to(ROOT)}:{node.name}"
                yield name, node.end_lineno - node.lineno + 1


def test_nine_functions_in_ten_are_short() -> None:
    sizes = list(_functions())
    assert len(sizes) > 200
    long = [name for name, lines in sizes if lines >= LONG_FUNCTION]
    assert len(long) <= len(sizes) / 10, long


def test_every_package_says_what_it_is() -> None:
    packages = [path for path in _files() if path.name == "__init__.py"]
    silent = [
        str(path.relative_to(ROOT))
        for path in packages
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []


def test_every_folder_with_code_is_a_package() -> None:
    folders = {path.parent for path in _files()}
    assert [folder for folder in folders if not (folder / "__init__.py").exists()] == []


def test_records_import_the_standard_library_only() -> None:
    allowed = sys.stdlib_module_names
    for path in sorted((STUDIO / "domain").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            for name in names:
                inside = name == "studio.domain" or name.startswith("studio.domain.")
                assert inside or name.split(".")[0] in allowed, f"{path.name} imports {name}"


def _loaded_by(code: str) -> set[str]:
    """Return the modules a fresh Python loads to run this, as ``-X importtime`` tells them."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    lines = re.findall(r"^import time:\s*\d+ \|\s*\d+ \|\s*(\S+)$", done.stderr, re.MULTILINE)
    assert len(lines) > 20
    return set(lines)


@pytest.mark.parametrize(
    "code",
    [
        "import studio.gui",
        "import studio.gui.application",
        "import studio.cli",
        "import studio.cli.main as main; main.build_parser()",
    ],
)
def test_the_window_and_the_command_line_load_no_tensorflow(code: str) -> None:
    loaded = {name.split(".")[0] for name in _loaded_by(code)}
    assert loaded & HEAVY == set()


def test_the_command_line_loads_no_window() -> None:
    loaded = {
        name.split(".")[0] for name in _loaded_by("import studio.cli.main as m; m.build_parser()")
    }
    assert loaded & {"PySide6", "pyqtgraph", "matplotlib"} == set()


def _settings() -> dict[str, object]:
    with (ROOT / "pyproject.toml").open("rb") as file:
        found: dict[str, object] = tomllib.load(file)["tool"]["importlinter"]
    return found


def test_the_contract_of_the_worker_names_every_room() -> None:
    contracts = _settings()["contracts"]
    assert isinstance(contracts, list)
    [tower] = [contract for contract in contracts if contract["id"] == "tower"]
    rooms = {f"studio.{path.stem}" for path in STUDIO.glob("*.py") if path.stem != "__init__"}
    rooms |= {f"studio.{path.parent.name}" for path in STUDIO.glob("*/__init__.py")}
    assert set(tower["source_modules"]) == rooms - {"studio.worker"}


def _lint(folder: Path) -> str:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command as c; c()",
            "--no-cache",
        ],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the house to offend in."""
    folder = tmp_path_factory.mktemp("house")
    shutil.copytree(STUDIO, folder / "studio", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def test_the_house_keeps_its_contracts(tree: Path) -> None:
    assert re.search(r"Contracts: \d+ kept, 0 broken\.", _lint(tree))


OFFENCES = [
    ("store/offence.py", "import studio.app", "Imports point down only"),
    ("importers/offence.py", "import studio.labelling", "Imports point down only"),
    ("cli/offence.py", "import studio.gui", "Imports point down only"),
    ("attic/__init__.py", "", "attic"),
    ("jobs/offence.py", "import studio.worker", "Nobody imports the worker"),
    ("worker/offence.py", "import studio.app", "The worker stands beside"),
    ("evaluation/offence.py", "import tensorflow.lite", "TensorFlow, Keras and AutoKeras only"),
    ("tasks/offence.py", "import keras_tuner", "TensorFlow, Keras and AutoKeras only"),
    ("app/offence.py", "import PySide6.QtCore", "Qt and pyqtgraph only"),
    ("cli/offence.py", "import pyqtgraph", "Qt and pyqtgraph only"),
    ("domain/offence.py", "import numpy", "Records need nothing"),
]


@pytest.mark.parametrize(("place", "statement", "contract"), OFFENCES)
def test_each_contract_fires(tree: Path, place: str, statement: str, contract: str) -> None:
    offence = tree / "studio" / place
    made = not offence.parent.exists()
    offence.parent.mkdir(exist_ok=True)
    # Hidden in a function, where nobody would see it at import.
    body = f"def hidden() -> None:\n    {statement}\n" if statement else '"""A new room."""\n'
    offence.write_text(body, encoding="utf-8")
    try:
        said = _lint(tree)
    finally:
        shutil.rmtree(offence.parent) if made else offence.unlink()
    broken = re.search(rf"^{contract}.* BROKEN", said, re.MULTILINE)
    assert broken or (not statement and contract in said and "kept, 0 broken" not in said), said

"""The tests' own way of running side by side."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.parallel import PROCESS_BYTES, processes

ROOT = Path(__file__).resolve().parents[1]

_CONFTEST = """
import os, time
import pytest
from tests.parallel import Plugin

def pytest_addoption(parser, pluginmanager):
    pluginmanager.register(Plugin())

def pytest_configure(config):
    for line in ("alone", "benchmark", "together(group)", "worker", "slow"):
        config.addinivalue_line("markers", line)

@pytest.fixture(autouse=True)
def _note(request, pytestconfig):
    log = pytestconfig.rootpath / "log"
    def note(what):
        with log.open("a") as file:
            file.write(f"{what} {request.node.name} {os.getpid()}\\n")
    note("begin")
    yield
    note("end")
"""
_FILES = {
    "test_a.py": "import pytest, time\n@pytest.mark.parametrize('n', range(4))\n"
    "def test_a(n): time.sleep(0.05)\n"
    "@pytest.mark.alone\ndef test_alone(): pass\n",
    "test_b.py": "import pytest, time\n@pytest.mark.parametrize('n', range(3))\n"
    "def test_b(n): time.sleep(0.2)\n"
    "@pytest.mark.together('x')\ndef test_x1(): pass\n",
    "test_c.py": "import pytest\n@pytest.mark.benchmark\ndef test_measure(): pass\n"
    "@pytest.mark.together('x')\ndef test_x2(): pass\n"
    "def test_wrong(): assert 1 == 2\n",
    "test_d.py": "import os\ndef test_d1(): pass\n"
    "def test_dies(): os._exit(1)\n"
    "def test_d2(): pass\n",
}


@pytest.mark.parametrize(
    ("cores", "room", "wanted"),
    [(1, 9, 0), (2, 9, 2), (2, 1, 0), (2, 0, 0), (8, 3, 3), (8, None, 2), (4, 9, 4)],
)
def test_no_more_processes_than_cores_and_memory(cores: int, room: int | None, wanted: int) -> None:
    free = None if room is None else room * PROCESS_BYTES + 1
    assert processes(cores, free) == wanted


def _run(folder: Path, *options: str) -> tuple[int, str, list[list[str]]]:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:pytest-qt", *options],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    lines = (folder / "log").read_text(encoding="utf-8").splitlines()
    return done.returncode, done.stdout, [line.split() for line in lines]


def test_some_run_alone_some_together_and_all_are_counted(tmp_path: Path) -> None:
    (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    (tmp_path / "conftest.py").write_text(_CONFTEST, encoding="utf-8")
    for name, text in _FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    status, out, log = _run(tmp_path, "-q", "-n", "2", "--dist", "loadfile")
    assert status == 1, out
    for failed in ("test_c.py::test_wrong", "test_d.py::test_dies"):
        assert f"FAILED {failed}" in out
    assert "2 failed, 13 passed" in out
    begun = [name for what, name, _ in log if what == "begin"]
    assert len(begun) == len(set(begun)) == 15
    assert set(begun[-2:]) == {"test_alone", "test_measure"}
    ended = {name for what, name, _ in log[:-4] if what == "end"}
    assert ended == set(begun[:-2]) - {"test_dies"}, "something ran beside those two"
    where = {name: process for _, name, process in log}
    assert where["test_x1"] == where["test_x2"]
    assert len(set(where.values())) > 1

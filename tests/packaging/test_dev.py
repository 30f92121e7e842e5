"""dev.py as a process, on copies of the checkout with a requirement that needs no network."""

from __future__ import annotations

import ast
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


# A closed network: pip must find everything in the checkout.
_OFFLINE = {"PIP_NO_INDEX": "1"}
# A network that answers nobody: the port "discard" of this machine.
_DEAD = {
    "PIP_CONFIG_FILE": os.devnull,
    "PIP_FIND_LINKS": "",
    "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
    "PIP_RETRIES": "1",
}


def _dev(
    checkout: Path, *arguments: str, network: dict[str, str] = _OFFLINE
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(checkout / "packaging" / "dev.py"), *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        env={**os.environ, **network},
    )


def _wheel(folder: Path, name: str = "tiny") -> str:
    """Write a wheel of one module and return its requirement line."""
    path = folder / f"{name}-1.0-py3-none-any.whl"
    info = f"{name}-1.0.dist-info"
    files = {
        f"{name}.py": "ANSWER = 42\n",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{file},,\n" for file in [*files, f"{info}/RECORD"])
    with zipfile.ZipFile(path, "w") as archive:
        for file, content in {**files, f"{info}/RECORD": record}.items():
            archive.writestr(zipfile.ZipInfo(file, (2020, 1, 1, 0, 0, 0)), content)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return f"{name} @ {path.as_uri()} \\\n    --hash=sha256:{digest}\n"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout whose only requirement is a wheel inside it."""
    root = tmp_path / "check out 딸기"
    ignore = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "packaging" / "devtools", root / "packaging" / "devtools", ignore=ignore)
    shutil.copy(ROOT / "packaging" / "dev.py", root / "packaging")
    requirements = root / "packaging" / "requirements"
    requirements.mkdir()
    line = _wheel(requirements)
    for name in ("run", "test"):
        (requirements / f"{name}.txt").write_text(line, encoding="utf-8")
    return root


def _python(checkout: Path) -> Path:
    inside = "Scripts/python.exe" if os.name == "nt" else "bin/python"
    return checkout / ".venv" / inside


def _answer(checkout: Path) -> str:
    show = [str(_python(checkout)), "-c", "import tiny; print(tiny.ANSWER)"]
    return subprocess.run(show, capture_output=True, text=True, check=True).stdout.strip()


def test_every_command_has_help() -> None:
    overview = _dev(ROOT, "--help")
    assert overview.returncode == 0
    for name in ("demo", "test", "run", "setup", "lock"):
        assert f"\n  {name} " in overview.stdout
        told = _dev(ROOT, name, "--help")
        assert (told.returncode, told.stderr) == (0, "")
        assert told.stdout.startswith(f"usage: python3 packaging/dev.py {name}")
    assert _dev(ROOT).returncode == 2
    assert _dev(ROOT, "dance").returncode == 2


@pytest.mark.slow
@pytest.mark.alone
def test_the_second_call_installs_nothing_and_takes_no_time(checkout: Path) -> None:
    first = _dev(checkout, "setup")
    assert first.returncode == 0, first.stdout + first.stderr
    assert _answer(checkout) == "42"
    before = (checkout / ".venv" / "studio-setup.json").stat().st_mtime_ns
    started = time.monotonic()
    second = _dev(checkout, "setup")
    assert time.monotonic() - started < 3  # 0.4 s on a quiet machine
    assert second.stdout.startswith("Ready:")
    assert (checkout / ".venv" / "studio-setup.json").stat().st_mtime_ns == before


@pytest.mark.slow
def test_broken_environments_are_made_anew(checkout: Path) -> None:
    (checkout / ".venv").mkdir()  # a folder that is no environment
    assert _dev(checkout, "setup").returncode == 0

    (checkout / ".venv" / "studio-setup.unfinished").touch()  # killed while pip unpacked
    again = _dev(checkout, "setup")
    assert "making it anew" in again.stdout
    assert _answer(checkout) == "42"

    moved = checkout.with_name("moved")
    checkout.rename(moved)
    requirements = moved / "packaging" / "requirements"
    for name in ("run", "test"):
        (requirements / f"{name}.txt").write_text(_wheel(requirements), encoding="utf-8")
    again = _dev(moved, "setup")
    assert again.returncode == 0, again.stderr
    assert "making it anew" in again.stdout
    assert _answer(moved) == "42"


@pytest.mark.slow
def test_a_changed_lock_file_is_installed(checkout: Path) -> None:
    assert _dev(checkout, "setup").returncode == 0
    requirements = checkout / "packaging" / "requirements"
    with (requirements / "test.txt").open("a", encoding="utf-8") as file:
        file.write(_wheel(requirements, "second"))
    assert "Installing" not in _dev(checkout, "setup").stdout
    assert "Installing" in _dev(checkout, "setup", "test").stdout
    stamp = json.loads((checkout / ".venv" / "studio-setup.json").read_text("utf-8"))
    assert set(stamp["installed"]) == {"run", "test"}


@pytest.mark.slow
def test_failures_are_one_sentence_and_leave_no_stamp(checkout: Path) -> None:
    lock = checkout / "packaging" / "requirements" / "run.txt"
    good = lock.read_text(encoding="utf-8")

    lock.write_text(good[:-65] + "0" * 64 + "\n", encoding="utf-8")
    wrong = _dev(checkout, "setup")
    assert wrong.returncode == 1
    assert "is not the one that was locked" in wrong.stderr.splitlines()[-1]
    assert "Traceback" not in wrong.stderr

    lock.write_text("no-such-thing==1.0 --hash=sha256:" + "0" * 64 + "\n", encoding="utf-8")
    absent = _dev(checkout, "setup")
    assert absent.returncode == 1
    assert "no build for this system" in absent.stderr.splitlines()[-1]

    unreachable = _dev(checkout, "setup", network=_DEAD)
    assert unreachable.returncode == 1
    assert "package index cannot be reached" in unreachable.stderr.splitlines()[-1]
    assert not (checkout / ".venv" / "studio-setup.json").exists()

    lock.write_text(good, encoding="utf-8")
    assert _dev(checkout, "setup").returncode == 0
    assert _answer(checkout) == "42"


def _answers(python: str) -> bool:
    """Tell whether this is a Python and not the stand-in of a version manager."""
    return subprocess.run([python, "-c", ""], capture_output=True).returncode == 0


def _old_python() -> str | None:
    found = (shutil.which(f"python3.{minor}") for minor in range(6, 11))
    return next((python for python in found if python and _answers(python)), None)


def test_an_old_python_can_read_the_first_file() -> None:
    source = (ROOT / "packaging" / "dev.py").read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 4))
    assert not [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.JoinedStr)]


def test_an_old_python_is_refused_in_a_sentence() -> None:
    old = _old_python()
    if old is None:
        pytest.skip("no Python before 3.11 on this machine")
    done = subprocess.run(
        [old, str(ROOT / "packaging" / "dev.py"), "demo"], capture_output=True, text=True
    )
    assert done.returncode == 1
    assert done.stderr.startswith("This is Python 3.")
    assert "needs 3.11 to 3.13" in done.stderr
    assert len(done.stderr.splitlines()) == 1

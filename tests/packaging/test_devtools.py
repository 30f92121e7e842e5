"""The parts of dev.py that need another machine to be seen in whole."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from collections import namedtuple
from pathlib import Path

import pytest
from devtools import checks, environment, installer, libraries, machine, system_packages
from devtools.places import CannotGoOn, Checkout

ROOT = Path(__file__).resolve().parents[2]

Usage = namedtuple("Usage", "total used free")


def test_too_little_disk_is_measured_and_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    checkout = Checkout(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(10**12, 0, 10**9))
    with pytest.raises(CannotGoOn, match=r"needs about \d\.\d GB .* 1\.0 GB are free"):
        machine.check_disk(checkout, "run")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(10**12, 0, 10**10))
    machine.check_disk(checkout, "run")


def test_what_is_installed_counts_as_room(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    checkout = Checkout(tmp_path)
    monkeypatch.setattr(machine, "_folder_bytes", lambda folder: machine.ENVIRONMENT_BYTES["run"])
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(10**12, 0, 10**9))
    machine.check_disk(checkout, "test")


def test_a_python_without_venv_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == "ensurepip" else find(name)
    )
    with pytest.raises(CannotGoOn, match="apt-get install python3-venv"):
        machine.check_machine()


@pytest.mark.parametrize(
    ("libc", "word"), [(("", ""), "GNU C library"), (("glibc", "2.31"), "needs 2.34")]
)
def test_linux_without_builds_is_refused(
    monkeypatch: pytest.MonkeyPatch, libc: tuple[str, str], word: str
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr("platform.libc_ver", lambda: libc)
    with pytest.raises(CannotGoOn, match=word):
        machine.check_machine()


@pytest.mark.parametrize(
    ("log", "word"),
    [
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left", "full"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "digest"),
        (
            "WARNING: Retrying ... NewConnectionError ... \nERROR: No matching distribution found",
            "network",
        ),
        ("ERROR: No matching distribution found for tensorflow==2.21.0", "no build"),
        ("something never seen", "last words"),
    ],
)
def test_what_pip_says_becomes_a_sentence(log: str, word: str) -> None:
    assert word in installer.explain(log)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Collecting absl-py==2.5.1 (from -r run.txt (line 1))", "fetching absl-py"),
        (
            "  Downloading tensorflow-2.21.0-cp311-cp311-x.whl (600 MB)",
            "fetching tensorflow-2.21.0",
        ),
        ("Installing collected packages: a, b", "unpacking (TensorFlow and Qt are large)"),
        ("", ""),
    ],
)
def test_progress_is_told_plainly(line: str, said: str) -> None:
    assert installer.progress_text(line) == said


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ('ID=debian\nVERSION_ID="12"', "debian"),
        ('NAME="Linux Mint"\nID=linuxmint\nID_LIKE="ubuntu debian"', "debian"),
        ("ID=fedora", "fedora"),
        ('ID="rocky"\nID_LIKE="rhel centos fedora"', "fedora"),
        ("ID=endeavouros\nID_LIKE=arch", "arch"),
        ("ID=alpine", ""),
    ],
)
def test_the_family_of_a_linux_is_known(text: str, family: str) -> None:
    assert libraries.family(text) == family


def test_a_missing_library_is_named_with_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(libraries, "_loads", lambda file: file != "libEGL.so.1")
    lacking = libraries.missing(screen=False)
    assert [library.file for library in lacking] == ["libEGL.so.1"]
    monkeypatch.setattr(Path, "read_text", lambda self, encoding: "ID=ubuntu")
    sentence = libraries.advice(lacking)
    assert (
        sentence == "The window needs libEGL.so.1: install with `apt-get install libegl1` as root."
    )
    monkeypatch.setattr(Path, "read_text", lambda self, encoding: "ID=unheard-of")
    everywhere = libraries.advice(lacking)
    for package in ("libegl1", "libglvnd-egl", "libglvnd"):
        assert package in everywhere


def test_the_programs_of_the_tests_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None if "qemu" in name else f"/bin/{name}")
    assert system_packages.wanted()[-1] == "qemu-system-arm"
    monkeypatch.setattr(shutil, "which", lambda name: f"/bin/{name}")
    assert not {"qemu-system-arm", "gcc", "clang"} & set(system_packages.wanted())


def test_a_real_screen_needs_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(libraries, "_loads", lambda file: False)
    only_screen = set(libraries.missing(screen=True)) - set(libraries.missing(screen=False))
    assert "libxcb-cursor0" in {library.debian for library in only_screen}


def test_a_second_set_up_is_kept_apart(tmp_path: Path) -> None:
    checkout = Checkout(tmp_path)
    with (
        environment._only_one(checkout),
        pytest.raises(CannotGoOn, match="Another set-up"),
        environment._only_one(checkout),
    ):
        pass
    with environment._only_one(checkout):
        pass


def test_all_checks_run_though_the_first_fails(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    class Here(Checkout):
        @property
        def python(self) -> Path:
            return Path(sys.executable)

    steps = (
        checks.Step("First", ("-c", "raise SystemExit(3)")),
        checks.Step("Second", ("-c", "print('second ran')")),
    )
    monkeypatch.setattr(checks, "STEPS", steps)
    monkeypatch.setattr(checks, "window_problem", lambda checkout: "")
    (tmp_path / "test_it.py").write_text("def test_it(): pass\n", encoding="utf-8")
    assert checks.run_all(Here(tmp_path), ["-q", "-n0", "-p", "no:cacheprovider"]) == 1
    out = capfd.readouterr().out
    assert out.index("== First") < out.index("second ran") < out.index("Failed so far: First.")
    assert "1 passed" in out.strip().splitlines()[-1]


@pytest.mark.parametrize(
    ("options", "spread"),
    [
        ([], True),
        (["-k", "undo", "-x"], True),
        (["-n0"], False),
        (["--numprocesses", "3"], False),
        (["-s"], False),
        (["--pdb"], False),
    ],
)
def test_the_tests_run_side_by_side_unless_one_process_is_wanted(
    options: list[str], spread: bool
) -> None:
    assert bool(checks.side_by_side(options)) is spread

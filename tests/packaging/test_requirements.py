"""The lock files: everything pinned with digests, nothing that says where to download."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "packaging" / "requirements"
LOCKS = ["run", "compile", "vela", "test", "cluster", "lock-tool"]


def _wanted(name: str) -> list[str]:
    """Return the requirement lines of an .in file, those of the files it names included."""
    found: list[str] = []
    for line in (FOLDER / f"{name}.in").read_text(encoding="utf-8").splitlines():
        said = line.partition("#")[0].strip()
        if said.startswith("-r"):
            found += _wanted(said.split()[1].removesuffix(".in"))
        elif said:
            found.append(said)
    return found


def _project(requirement: str) -> str:
    return re.split(r"[\s<>=!~;\[]", requirement)[0].lower()


def _pins(name: str) -> dict[str, list[str]]:
    """Return the digests of every pinned package."""
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=[A-Za-z0-9])", text)
    pins: dict[str, list[str]] = {}
    for block in blocks:
        head = re.match(r"([A-Za-z0-9][\w.-]*)==\S+", block)
        assert head, block
        pins.setdefault(head[1], []).extend(re.findall(r"--hash=sha256:([0-9a-f]{64})\b", block))
    return pins


@pytest.mark.parametrize("name", LOCKS)
def test_every_wanted_package_is_pinned_with_digests(name: str) -> None:
    pins = _pins(name)
    wanted = {_project(requirement) for requirement in _wanted(name)}
    assert wanted
    assert wanted <= set(pins)
    assert [package for package, digests in pins.items() if not digests] == []


@pytest.mark.parametrize("name", LOCKS)
def test_no_address_is_in_a_lock_file(name: str) -> None:
    for suffix in ("in", "txt"):
        text = (FOLDER / f"{name}.{suffix}").read_text(encoding="utf-8")
        assert not re.search(r"https?:|file:|git\+|--(extra-)?index|--find-links|/opt/", text)


@pytest.mark.parametrize("name", ["test", "cluster"])
def test_the_other_locks_hold_that_of_the_program(name: str) -> None:
    run = (FOLDER / "run.txt").read_text(encoding="utf-8")
    other = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    pinned = re.compile(r"^[A-Za-z0-9][^\\]*", re.MULTILINE)
    assert set(pinned.findall(run)) <= set(pinned.findall(other))


def test_what_pip_installs_is_what_is_locked() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)["project"]
    assert sorted(project["dependencies"]) == sorted(_wanted("run"))
    cluster = project["optional-dependencies"]["cluster"]
    assert sorted([*project["dependencies"], *cluster]) == sorted(_wanted("cluster"))
    assert not {_project(line) for line in cluster} & set(_pins("test"))
    assert project["optional-dependencies"]["compile"] == _wanted("compile")
    assert project["optional-dependencies"]["vela"] == _wanted("vela")
    assert _pins("compile").items() <= _pins("test").items()
    assert _pins("vela").items() <= _pins("test").items()
    assert not set(_pins("compile")) & set(_pins("run"))

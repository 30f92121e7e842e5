"""Zips of every form from a stranger: attacked, mutated, and looked into without running them."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from studio.app import look_into
from studio.app.homecoming import BundleGlance
from studio.domain.errors import BundleError
from studio.export import verify_bundle
from studio.export.archive import zip_bytes
from studio.export.ecosystems import assemble_for
from studio.export.reading import read_files

from ..test_attacks import ATTACKS
from .contents import contents_of
from .phones import files_for
from .programs import board_contents
from .test_whole import _private as private_parts

PROGRAMS = ("gateway", "python")
SEVERAL = (("python", "pictures"), ("arduino", "windows"), ("cmake", "rows"))


@cache
def _files(form: str, kind: str) -> dict[str, bytes]:
    make = board_contents if form in PROGRAMS else contents_of
    return assemble_for(make(kind), form)


def test_every_zip_attack_is_refused_in_zips_of_one_folder_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "bundle.zip"
    monkeypatch.chdir(tmp_path)
    for attack, make in ATTACKS.items():
        path.write_bytes(make(dict(_files("python", "pictures"))))
        with pytest.raises(BundleError) as refusal:
            look_into(path)
        assert refusal.value.code.startswith("bundle."), attack
        assert refusal.value.happened.isprintable(), attack
    assert list(tmp_path.iterdir()) == [path]


def test_mutated_zips_are_refused_or_found_out(
    tmp_path: Path, long_form: bool, tell: Callable[[str], None]
) -> None:
    """Each form in turn; `--long` makes two thousand of each."""
    rng = random.Random(21)
    count = 2_000 if long_form else 24
    said: Counter[str] = Counter()
    for form, kind in SEVERAL:
        files = _files(form, kind)
        packed = zip_bytes(files)
        for number in range(count):
            mutant = _MUTANTS[number % len(_MUTANTS)](files, packed, rng)
            said[_answer(tmp_path / "bundle.zip", mutant, files)] += 1
    assert not said["passed"], "a change that nobody found"
    assert not said["unprintable"]
    assert sum(said.values()) == count * len(SEVERAL)
    tell(f"{count} mutated zips of each of {len(SEVERAL)} forms: {dict(said)}")


def _flipped(content: bytes, rng: random.Random, first: int = 0) -> bytes:
    changed = bytearray(content)
    while changed == content:
        for _ in range(rng.choice([1, 3, 40])):
            changed[rng.randrange(first, len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def _file(files: dict[str, bytes], packed: bytes, rng: random.Random) -> bytes:
    """Change one file and pack all again, so that every checksum of the zip is right."""
    name = rng.choice([name for name, content in files.items() if content])
    return zip_bytes({**files, name: _flipped(files[name], rng)})


_MUTANTS = (
    lambda files, packed, rng: _flipped(packed, rng),
    # The directory, where a zip is most delicate.
    lambda files, packed, rng: _flipped(packed, rng, len(packed) * 9 // 10),
    _file,
)


def _answer(path: Path, content: bytes, good: dict[str, bytes]) -> str:
    """Return what is said of a mutant; the same files under other dates or rights are the same."""
    path.write_bytes(content)
    try:
        seen = look_into(path)
        assert isinstance(seen, BundleGlance)
        if not seen.whole:
            return "not whole"
        if [*read_files(path).values()] == [good[name] for name in sorted(good)]:
            return "the same files"
        return "passed" if verify_bundle(path).passed else "fails"
    except BundleError as error:
        return error.code if str(error).isprintable() else "unprintable"


def test_a_look_tells_what_is_inside_and_what_would_run(tmp_path: Path) -> None:
    path = tmp_path / "bundle.zip"
    for form, kind in (*SEVERAL, ("gateway", "pictures")):
        path.write_bytes(zip_bytes(_files(form, kind)))
        seen = look_into(path)
        assert isinstance(seen, BundleGlance)
        assert (seen.ecosystem, seen.whole) == (form, True)
        assert "rebuild.py" in seen.programs
    files = dict(_files("python", "pictures"))
    name = next(name for name in files if name.endswith("core.py"))
    files[name] += b"import os\n"
    path.write_bytes(zip_bytes(files))
    changed = look_into(path)
    assert isinstance(changed, BundleGlance)
    assert not changed.whole


_ALL = (
    ("android", "pictures"),
    ("ios", "windows"),
    ("gateway", "pictures"),
    ("python", "rows"),
)
_MEANT = {b"/opt/bars-of-light-model"}
"""Where the gateway's unit for systemd wants to be installed; of no computer in particular."""


@pytest.mark.parametrize(("form", "kind"), _ALL)
def test_no_bundle_names_a_place_or_a_person_of_this_computer(form: str, kind: str) -> None:
    """The golden samples here come from ``kim/photos``; cameras and places would be in Exif."""
    make = files_for if form in ("android", "ios") else _files
    for name, content in make(form, kind).items():
        assert set(private_parts(content)) <= _MEANT, name
        assert private_parts(name.encode()) == []

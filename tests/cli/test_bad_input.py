"""Bad input, as a person meets it: one clear sentence with a code, and the rest stays."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

Studio = Callable[..., object]
MODELS = Path(__file__).resolve().parents[1] / "data"
MODEL = MODELS / "tiny_int8.tflite"


def _told(ran, code: str) -> str:
    """Return the one sentence, having seen that it is one, that it has its code, and no trace."""
    assert ran.status == 1, ran.out + ran.err
    lines = ran.err.strip().splitlines()
    last = lines[-1]
    assert re.fullmatch(r"[a-z_]+\.[a-z_]+: \S.*[.!?]", last), ran.err
    assert last.startswith(f"{code}: "), last
    assert "Traceback" not in ran.err
    return last


def _photo(path: Path, grey: int, size: int = 12) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    picture = Image.new("L", (size, size), grey)
    picture.putpixel((grey % size, grey // size % size), 255 - grey)
    picture.save(path)


@pytest.fixture(scope="module")
def _made(studio, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two classes of eight photos, and a project with them in it."""
    folder = tmp_path_factory.mktemp("made") / "photos"
    for number in range(8):
        _photo(folder / "dark" / f"{number}.png", number)
        _photo(folder / "light" / f"{number}.png", 200 + number)
    path = folder.with_name("plants.automl")
    studio("new", path).ok()
    studio("import", path, folder).ok()
    return folder.parent


@pytest.fixture
def photos(_made: Path, tmp_path: Path) -> Path:
    """A copy of the photos for this test."""
    return Path(shutil.copytree(_made / "photos", tmp_path / "photos"))


@pytest.fixture
def project(_made: Path, tmp_path: Path) -> Path:
    """A copy for this test of a project with those photos in it."""
    return Path(shutil.copy(_made / "plants.automl", tmp_path))


def _samples(studio, project: Path) -> int:
    return studio("info", project, "--json").ok().document["overview"]["samples"]


def test_a_folder_without_images(studio, project: Path, tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "readme.txt").write_text("no photo", encoding="utf-8")
    sentence = _told(studio("import", project, folder), "import.no_images")
    assert "texts" in sentence
    assert _samples(studio, project) == 16


def test_a_folder_that_is_not_there(studio, project: Path, tmp_path: Path) -> None:
    _told(studio("import", project, tmp_path / "nowhere"), "import.not_found")
    assert _samples(studio, project) == 16


def test_an_unreadable_png_among_good_ones(studio, project: Path, photos: Path) -> None:
    _photo(photos / "dark" / "new.png", 60)
    whole = (photos / "dark" / "new.png").read_bytes()
    (photos / "dark" / "cut.png").write_bytes(whole[: len(whole) // 2])
    ran = studio("import", project, photos, "--json").ok()
    assert ran.document["added"] == 1
    assert ran.document["already_there"] == 16
    [skipped] = ran.document["skipped"]
    assert skipped["name"].endswith("dark/cut.png")
    assert skipped["why"]
    shown = studio("import", project, photos).ok()
    assert "Skipped 1 file:" in shown.out
    assert "cut.png" in shown.out
    assert _samples(studio, project) == 17


def test_a_class_with_one_sample(studio, project: Path, photos: Path) -> None:
    _photo(photos / "lonely" / "only.png", 120)
    studio("import", project, photos).ok()
    ran = studio("freeze", project)
    assert "lonely" in _told(ran, "dataset.class_too_small")
    info = studio("info", project, "--json").ok().document
    assert info["overview"]["samples"] == 17
    assert info["dataset_versions"] == []


@pytest.mark.parametrize("command", ["info", "candidates", "freeze", "import", "check"])
def test_a_file_that_is_no_project(studio, tmp_path: Path, photos: Path, command: str) -> None:
    path = tmp_path / "holiday.automl"
    content = b"Dear diary, " * 100
    path.write_bytes(content)
    code = "model.not_tflite" if command == "check" else "project.not_a_project"
    more = [photos] if command == "import" else []
    assert "holiday.automl" in _told(studio(command, path, *more), code)
    assert path.read_bytes() == content


def test_a_database_of_another_program(studio, tmp_path: Path) -> None:
    import sqlite3

    path = tmp_path / "other.automl"
    with sqlite3.connect(path) as database:
        database.execute("create table contacts (name text)")
    database.close()
    content = path.read_bytes()
    for command in ("info", "check"):
        _told(studio(command, path), "project.not_a_project")
    assert path.read_bytes() == content


def test_a_device_that_does_not_exist(studio, project: Path) -> None:
    for arguments in (
        ("search", project, "--device", "nano34"),
        ("check", MODEL, "--device", "nano34"),
    ):
        assert "nano34" in _told(studio(*arguments), "device.unknown")
    assert studio("info", project, "--json").ok().document["searches"] == []


def test_a_model_cut_in_half(studio, tmp_path: Path) -> None:
    assert studio("check", MODEL, "--device", "nano33ble", "--json").ok().document["reports"]
    whole = MODEL.read_bytes()
    half = tmp_path / "half.tflite"
    half.write_bytes(whole[: len(whole) // 2])
    _told(studio("check", half, "--device", "nano33ble"), "model.damaged")
    half.write_bytes(b"")
    _told(studio("check", half, "--device", "nano33ble"), "model.not_tflite")


def test_errors_are_json_too(studio, tmp_path: Path) -> None:
    ran = studio("info", tmp_path / "absent.automl", "--json")
    _told(ran, "project.not_found")
    assert ran.document["error"]["code"] == "project.not_found"
    assert ran.err.strip() == f"project.not_found: {ran.document['error']['message']}"


# With a trained candidate


@pytest.mark.worker
def test_a_candidate_that_does_not_exist(studio, trained_project: Path, tmp_path: Path) -> None:
    out = tmp_path / "bundle.zip"
    arguments = ("--device", "nano33ble", "--candidate", "99")
    _told(studio("check", trained_project, *arguments), "export.unknown_candidate")
    _told(studio("export", trained_project, *arguments, "--out", out), "export.unknown_candidate")
    assert not out.exists()


@pytest.mark.worker
def test_an_export_for_a_device_that_does_not_exist(
    studio, trained_project: Path, tmp_path: Path
) -> None:
    out = tmp_path / "bundle.zip"
    ran = studio("export", trained_project, "--device", "nano34", "--out", out)
    _told(ran, "device.unknown")
    assert not out.exists()


def _export(studio, project: Path, out: Path, **options: object):
    return studio("export", project, "--device", "nano33ble", "--out", out, **options)


@pytest.mark.worker
@pytest.mark.skipif(os.name == "nt", reason="file size limits are of POSIX")
def test_no_room_for_the_bundle(studio, trained_project: Path, tmp_path: Path) -> None:
    """A limit on the size of files stops the writing half way, as a full disk does."""
    import resource

    def _limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    folder = tmp_path / "out"
    folder.mkdir()
    before = trained_project.read_bytes()
    _told(_export(studio, trained_project, folder / "b.zip", preexec_fn=_limit), "export.disk_full")
    assert list(folder.iterdir()) == []
    assert trained_project.read_bytes() == before
    _export(studio, trained_project, folder / "b.zip").ok()
    assert zipfile.is_zipfile(folder / "b.zip")


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 100 kB; needs root."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if not sys.platform.startswith("linux"):
        pytest.skip("mounts a tmpfs")
    mount = ["mount", "-t", "tmpfs", "-o", "size=100k", "tmpfs", str(folder)]
    try:
        done = subprocess.run(mount, capture_output=True, text=True)
    except OSError:
        pytest.skip("there is no mount here")
    if done.returncode:
        pytest.skip(f"this machine lets nobody mount: {done.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.mark.worker
def test_a_full_disk_during_export(studio, trained_project: Path, tiny_disk: Path) -> None:
    ran = _export(studio, trained_project, tiny_disk / "bundle.zip")
    assert "full" in _told(ran, "export.disk_full")
    assert list(tiny_disk.iterdir()) == []
    assert studio("candidates", trained_project, "--json").ok().document["candidates"]


@pytest.mark.worker
def test_a_changed_byte_fails_the_verification(
    studio, trained_project: Path, tmp_path: Path
) -> None:
    good = tmp_path / "bundle.zip"
    _export(studio, trained_project, good).ok()
    assert studio("verify", good).ok().out.endswith("PASS\n")
    for name in ("model/model_int8.tflite", "golden/outputs.bin"):
        bad = tmp_path / "bad.zip"
        _with_one_byte_changed(good, bad, name)
        ran = studio("verify", bad)
        _told(ran, "bundle.fails")
        assert ran.out.endswith("FAIL\n")
        answer = studio("verify", bad, "--json")
        assert answer.status == 1
        assert answer.document["passed"] is False
    _told(studio("verify", MODEL), "bundle.not_a_bundle")


def _with_one_byte_changed(good: Path, bad: Path, name: str) -> None:
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(bad, "w") as target:
        matches = [info for info in source.infolist() if info.filename.endswith(name)]
        assert len(matches) == 1
        for info in source.infolist():
            content = bytearray(source.read(info))
            if info is matches[0]:
                content[len(content) // 2] ^= 1
            target.writestr(info, bytes(content))

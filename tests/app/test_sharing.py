"""Copies for others: a scanner finds nothing of their maker, and they serve as projects."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from studio.app import Session, Travelling, share_preview, share_project, verify
from studio.store import blobs
from studio.store.project_file import ProjectFile
from tests.owned_pictures import SECRETS, picture

USER, HOST = "hyejin.q77", "kims-laptop-x9"


@pytest.fixture
def personal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, ...]:
    """Be somebody with a name that stands nowhere by chance."""
    home = tmp_path / "home" / USER
    home.mkdir(parents=True)
    monkeypatch.setenv("HOME", str(home))
    for name in ("LOGNAME", "USER"):
        monkeypatch.setenv(name, USER)
    monkeypatch.setattr("socket.gethostname", lambda: HOST)
    return (str(tmp_path), USER, HOST)


def _found(path: Path, texts: tuple[str, ...]) -> list[str]:
    """Return which texts a file holds anywhere, unused pages among it, in UTF-8 or UTF-16."""
    content = path.read_bytes().lower()
    told = {text: (text.lower().encode(), text.lower().encode("utf-16-le")) for text in texts}
    return [text for text, forms in told.items() if any(form in content for form in forms)]


def _photos(folder: Path) -> Path:
    for number, (name, form) in enumerate(
        [("door", "JPEG"), ("door", "PNG"), ("wall", "WEBP"), ("wall", "JPEG"), ("wall", "TIFF")]
    ):
        place = folder / name / f"{USER} {number}.{form.lower()}"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(picture(form, 1 + number))
    return folder


_SECRETS = tuple(secret.decode() for secret in SECRETS)


@pytest.mark.parametrize("link", [False, True])
def test_nothing_of_its_maker_is_in_a_copy(
    link: bool, personal: tuple[str, ...], tmp_path: Path
) -> None:
    photos = _photos(Path.home() / "photos")
    path = tmp_path / "door.automl"
    with Session.create(path) as session:
        session.import_paths([photos], link=link)
        ids = [sample.id for sample in session.samples()]
        session.assign(ids[:1], f"{USER}'s door")
        session.assign(ids[:1], "door")
    with closing(sqlite3.connect(path)) as raw, raw:
        note = f"The worker said: {Path.home()}/jobs/7 is full, see C:\\Users\\{USER}\\log."
        raw.execute("INSERT INTO properties VALUES ('exported', ?)", (f'[{{"name": "{USER}"}}]',))
        raw.execute("INSERT INTO properties VALUES ('later', ?)", (note,))
        raw.execute("INSERT INTO sessions (name, origin) VALUES (?, 'person')", (f"{USER} 1",))
        # What was deleted stays in unused pages until it is written over.
        raw.execute("CREATE TABLE gone (text)")
        raw.execute("INSERT INTO gone VALUES (?)", (note * 2_000,))
        raw.execute("DROP TABLE gone")
        raw.execute("DELETE FROM classes WHERE name LIKE ?", (f"{USER}%",))
    scanned = (*personal, *_SECRETS)
    assert set(_found(path, scanned)) >= {USER}
    before = path.read_bytes()

    preview = share_preview(path)
    report = share_project(path, tmp_path / "shared.automl")
    assert preview is not None
    assert report is not None
    assert path.read_bytes() == before
    assert (report.samples, report.originals, report.stripped) == (5, 4, 4)
    assert (preview.originals, preview.stripped, preview.path) == (4, 4, None)
    assert [Path(name).suffix for name in report.lost] == [".tiff"]
    assert report.collected == (5 if link else 0)
    assert report.steps >= 1

    shared = tmp_path / "shared.automl"
    assert _found(shared, scanned) == []
    assert _found(shared, ("/home/", "C:\\Users")) == []
    with Session.open(shared) as session:
        assert [found.name for found in session.classes()] == ["door", "wall"]
        assert {sample.class_name for sample in session.samples()} == {"door", "wall"}
        assert all(session.thumbnail(sample.digest) for sample in session.samples()[:2])
        assert session.history() == ()
        assert not session.links()
    with ProjectFile.open(shared) as project:
        held = project.rows("SELECT digest FROM blobs WHERE length(content) > 0")
        assert all(blobs.get(project, row["digest"]) for row in held)


def test_without_samples_no_picture_is_left(personal: tuple[str, ...], tmp_path: Path) -> None:
    path = tmp_path / "door.automl"
    with Session.create(path) as session:
        session.import_paths([_photos(Path.home() / "photos")])
    report = share_project(path, tmp_path / "shared.automl", Travelling.NONE)
    assert report is not None
    assert (report.originals, report.left_out, report.lost) == (0, 5, [])
    content = (tmp_path / "shared.automl").read_bytes()
    assert b"JFIF" not in content
    assert b"\x89PNG" not in content
    with Session.open(tmp_path / "shared.automl") as session:
        assert session.sample_count() == 5


def test_a_class_with_the_makers_name_is_told(personal: tuple[str, ...], tmp_path: Path) -> None:
    path = tmp_path / "door.automl"
    with Session.create(path) as session:
        session.import_paths([_photos(Path.home() / "photos")])
        session.assign([session.samples()[0].id], f"cup of {USER.upper()}")
    report = share_preview(path)
    assert report is not None
    assert report.named_classes == (f"cup of {USER.upper()}",)


def test_a_copy_is_whole_or_absent(personal: tuple[str, ...], tmp_path: Path) -> None:
    path = tmp_path / "door.automl"
    with Session.create(path) as session:
        session.import_paths([_photos(Path.home() / "photos")])
    before = sorted(tmp_path.iterdir())
    assert share_project(path, tmp_path / "shared.automl", cancelled=lambda: True) is None
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.worker
def test_shared_projects_serve(
    studio, trained_project: Path, tmp_path: Path, digit_photos: Path
) -> None:
    """With all samples it goes on; with the test side it exports; with none it shows."""
    scanned = (str(trained_project.parent), str(digit_photos.parent))
    out = tmp_path / "out"
    out.mkdir()
    with closing(sqlite3.connect(trained_project)) as raw, raw:
        raw.execute("UPDATE searches SET request = json_set(request, '$.address', 'lab-7:6379')")
        raw.execute("UPDATE searches SET note = 'It said: /srv/kim/x is full.'")
    scanned = (*scanned, "lab-7", "/srv/kim")
    assert set(_found(trained_project, scanned)) >= {"lab-7", "/srv/kim"}
    for options in ((), ("--test-samples-only",), ("--without-samples",)):
        shared = out / f"shared{len(options)}{''.join(options)}.automl"
        done = studio("share", trained_project, shared, *options, "--json").ok().document
        assert done["candidates"] >= 1
        assert _found(shared, scanned) == []
        assert studio("candidates", shared, "--json").ok().document["candidates"]
    bundle = out / "bundle.zip"
    export = ("export", out / "shared1--test-samples-only.automl", "--device", "nano33ble")
    studio(*export, "--out", bundle).ok()
    assert verify(bundle).passed
    assert _found(bundle, scanned) == []
    refused = studio("export", shared, "--device", "nano33ble", "--out", out / "no.zip")
    assert refused.status == 1
    assert "project.link_missing" in refused.err
    assert not (out / "no.zip").exists()

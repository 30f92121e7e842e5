"""Originals that stay where they are: gone, changed, renamed, forbidden, slow, found again."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from studio.app import Session, check_project_file
from studio.domain.errors import DatasetError, ImportFailed, ProjectError
from tests.conftest import Ran
from tests.importers import sources
from tests.pictures import photo_folder


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    return photo_folder(tmp_path / "outside" / "photos", {"leaf": 4, "rust": 4})


@pytest.fixture
def linked(photos: Path, tmp_path: Path) -> Path:
    project = tmp_path / "p.automl"
    with Session.create(project) as session:
        assert session.import_paths([photos], link=True).added == 8
    return project


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_nothing_is_copied_but_everything_can_be_seen(linked: Path, photos: Path) -> None:
    with Session.open(linked) as session:
        for sample in session.samples():
            original = photos / sample.name
            assert session.blob(sample.digest) == original.read_bytes()
            assert session.thumbnail(sample.digest).startswith(b"\x89PNG")
        assert {Path(link.path) for link in session.links()} == set(photos.rglob("*.png"))
        assert not session.broken_links(thorough=True)
        assert not [f for f in session.health() if f.code == "health.links_broken"]
    with closing(sqlite3.connect(linked)) as file:
        assert file.execute("SELECT count(*), sum(length(content)) FROM blobs").fetchone() == (8, 0)
    assert check_project_file(linked).whole


def test_recordings_boxes_and_lists_are_linked_too(tmp_path: Path) -> None:
    sounds = tmp_path / "sounds"
    sounds.mkdir()
    (sounds / "a.csv").write_bytes(sources.signal_csv())
    with Session.create(tmp_path / "s.automl", task="sensor-classification") as session:
        session.import_paths([sounds], options={"link": "yes"})
        assert [link.path for link in session.links()] == [str(sounds / "a.csv")]
    boxes = photo_folder(tmp_path / "boxes", {"x": 1})
    (boxes / "x" / "0.txt").write_bytes(b"0 0.5 0.5 0.25 0.25\n")
    listed = photo_folder(tmp_path / "listed", {"x": 1})
    (listed / "labels.csv").write_bytes(b"file,label\nx/0.png,leaf\n")
    for number, folder in enumerate((boxes, listed)):
        with Session.create(tmp_path / f"{number}.automl") as session:
            preview = session.preview_import([folder], options={"link": "yes"})
            assert ("link", "yes") in {(q.id, q.value) for q in preview.questions}
            session.import_paths([folder], link=True)
            assert [link.path for link in session.links()] == [str(folder / "x" / "0.png")]


@pytest.mark.parametrize(
    ("task", "name", "content"),
    [
        ("tabular-classification", "t.csv", b"x,k\n1,a\n2,b\n"),
        ("image-classification", "p.zip", sources.zipped({"leaf/0.png": sources.picture()})),
    ],
)
def test_what_is_no_file_of_its_own_is_not_linked(
    task: str, name: str, content: bytes, tmp_path: Path
) -> None:
    given = tmp_path / name
    given.write_bytes(content)
    with Session.create(tmp_path / "p.automl", task=task) as session:
        with pytest.raises(ImportFailed, match="no files of their own") as caught:
            session.import_paths([given], link=True)
        assert caught.value.code == "import.cannot_link"
        assert session.sample_count() == 0


def gone(path: Path) -> None:
    path.unlink()


def longer(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"more")


def other(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)


def renamed(path: Path) -> None:
    path.rename(path.with_name("renamed.png"))


def circle(path: Path) -> None:
    path.unlink()
    path.symlink_to(path)


def pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def a_file_above(path: Path) -> None:
    shutil.rmtree(path.parent)
    path.parent.write_bytes(b"")


@pytest.mark.parametrize(
    ("harm", "why"),
    [
        (gone, "not there"),
        (longer, "size has changed"),
        (other, "contents have changed"),
        (renamed, "not there"),
        (circle, "too many levels of symbolic links"),
        (pipe, "no file any more"),
        (folder, "no file any more"),
        (a_file_above, "not there"),
    ],
)
def test_every_place_says_which_and_what_to_do(
    harm: Callable[[Path], None], why: str, linked: Path, photos: Path
) -> None:
    victim = photos / "leaf" / "1.png"
    harm(victim)
    with Session.open(linked) as session:
        missing = {m.path: m.why for m in session.broken_links(thorough=True)}
        assert why in missing[str(victim)]
        sample = next(s for s in session.samples() if s.name == "leaf/1.png")
        with pytest.raises(ProjectError, match="relink") as caught:
            session.blob(sample.digest)
        assert str(victim) in str(caught.value)
        assert why in str(caught.value)
        found = next(f for f in session.health() if f.code == "health.links_broken")
        assert sample.id in found.sample_ids
        assert session.thumbnail(sample.digest)
        if harm is not other:  # only its bytes tell
            with pytest.raises(DatasetError, match="relink") as refused:
                session.freeze()
            assert refused.value.code == "dataset.originals_missing"
    report = check_project_file(linked)
    assert report.whole, "a missing original is no damage of the file"
    assert why in {m.path: m.why for m in report.missing}[str(victim)]


def test_a_forbidden_original(linked: Path, photos: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    victim = photos / "rust" / "2.png"
    victim.chmod(0)
    if os.geteuid() == 0:  # nothing is forbidden to root
        allowed = os.access
        monkeypatch.setattr(
            os, "access", lambda path, *a: path != str(victim) and allowed(path, *a)
        )
    with Session.open(linked) as session:
        assert [m.why for m in session.broken_links()] == ["It cannot be read: permission denied."]
        with pytest.raises(DatasetError, match="permission denied"):
            session.freeze()
        assert [Path(m.path) for m in session.collect().missing] == [victim]


def test_found_again_by_its_bytes_wherever_it_is_as_one_step(linked: Path, photos: Path) -> None:
    moved = photos.parent / "elsewhere" / "deeper"
    shutil.move(photos, moved)
    (moved / "leaf" / "0.png").rename(moved / "renamed by somebody.png")
    (moved / "rust" / "1.png").unlink()
    (moved / "circle").symlink_to(moved)
    (moved / "dead.png").symlink_to(moved / "nowhere.png")
    shutil.copy(moved / "rust" / "0.png", moved / "a copy.png")
    with Session.open(linked) as session:
        assert len(session.broken_links()) == 8
        told: list[tuple[int, int]] = []
        found = session.relink(moved.parent, progress=lambda d, t: told.append((d, t)))
        assert (found.looked_for, [m.sample for m in found.missing]) == (8, ["rust/1.png"])
        assert told[-1][0] == told[-1][1] > 0
        places = {link.sample: Path(link.path) for link in session.links()}
        assert places["leaf/0.png"].name == "renamed by somebody.png"
        assert places["rust/0.png"] == moved / "rust" / "0.png", "rather than the copy"
        for sample in session.samples():
            if sample.name != "rust/1.png":
                assert digest(places[sample.name]) == sample.digest
                assert session.blob(sample.digest)
        undone = session.undo()
        assert undone is not None
        assert undone.operation.title == "Relink 7 samples"
        assert len(session.broken_links()) == 8
        session.redo()
        assert len(session.broken_links()) == 1
        assert session.relink(moved).change is None
    with Session.open(linked) as session, pytest.raises(ImportFailed, match="no folder"):
        session.relink(moved / "dead.png")


def test_one_that_only_its_bytes_give_away(linked: Path, photos: Path) -> None:
    victim = photos / "leaf" / "0.png"
    shutil.copy(victim, photos.parent / "spare.png")
    other(victim)
    with Session.open(linked) as session:
        assert session.relink(photos.parent).looked_for == 0
        assert not session.relink(photos.parent, thorough=True).missing
        assert not session.broken_links(thorough=True)


def test_importing_again_heals_links(linked: Path, photos: Path) -> None:
    moved = photos.parent / "moved" / "photos"
    shutil.move(photos, moved)
    with Session.open(linked) as session:
        again = session.import_paths([moved], link=True)
        assert (again.added, again.already_there) == (0, 8)
        assert not session.broken_links(thorough=True)
    shutil.move(moved, photos)
    with Session.open(linked) as session:
        session.import_paths([photos])  # copies take the place of links
        assert not session.links()


def test_collecting_turns_links_into_copies_and_tells_nothing(linked: Path, photos: Path) -> None:
    with Session.open(linked) as session:
        kept = {s.digest: session.blob(s.digest) for s in session.samples()}
    ids = _remove_one_and_relink(linked, photos)
    with Session.open(linked) as session:
        report = session.collect()
        assert (report.copied, report.missing, report.whole) == (8, (), True)
        assert not session.links()
        for _ in range(2):  # the removal and the relinking
            session.undo()
        assert {s.id for s in session.samples()} >= ids
        session.compact()
    shutil.rmtree(photos.parent)
    with Session.open(linked) as session:
        assert {s.digest: session.blob(s.digest) for s in session.samples()} == kept
    assert str(photos.parent).encode() not in linked.read_bytes()


def _remove_one_and_relink(project: Path, photos: Path) -> set[int]:
    """Leave traces of paths in the history; return the samples there were."""
    from studio.labelling.operations import RemoveSamples

    with Session.open(project) as session:
        ids = {sample.id for sample in session.samples()}
        (photos / "leaf" / "3.png").rename(photos / "leaf" / "third.png")
        session.relink(photos)
        session.perform(RemoveSamples(sample_ids=(min(ids),)))
    return ids


def test_paths_are_gone_at_once_where_nothing_was_undone(linked: Path, photos: Path) -> None:
    assert str(photos).encode() in linked.read_bytes()
    with Session.open(linked) as session:
        session.collect()
    assert str(photos).encode() not in linked.read_bytes()


def test_collecting_what_is_there_and_forgetting_the_rest(linked: Path, photos: Path) -> None:
    gone(photos / "leaf" / "0.png")
    with Session.open(linked) as session:
        report = session.collect()
        assert (report.copied, [m.sample for m in report.missing]) == (7, ["leaf/0.png"])
        assert len(session.links()) == 1
        assert session.forget_links() == 1
        lost = next(s for s in session.samples() if s.name == "leaf/0.png")
        with pytest.raises(ProjectError, match="Import it again"):
            session.blob(lost.digest)
    assert str(photos).encode() not in linked.read_bytes()


def test_slow_originals_can_be_cancelled_and_keep_what_was_read(
    linked: Path, photos: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As over a network: each read takes its time, and one takes a batch's."""
    from studio.app import importing
    from studio.importers._sources import Entry
    from studio.store import links

    at_once = Entry.head
    monkeypatch.setattr(Entry, "head", lambda e, n: (time.sleep(0.02), at_once(e, n))[1])
    monkeypatch.setattr(importing, "_BATCH_SECONDS", 0.03)
    monkeypatch.setattr(links, "_BATCH_SECONDS", 0.0)
    told: list[int] = []
    with Session.create(tmp_path / "slow.automl") as session:
        first = session.import_paths(
            [photos], link=True, progress=lambda d, t: told.append(d), cancelled=lambda: True
        )
        assert 0 < first.added < 8
        assert told
        second = session.import_paths([photos], link=True)
        assert first.added + second.added == 8
        report = session.collect(cancelled=lambda: True)
        assert (report.copied, report.whole) == (1, False)
        assert len(session.links()) == 7
        assert session.collect().copied == 7


def test_a_name_that_is_no_text_is_told(tmp_path: Path) -> None:
    given = tmp_path / "given"
    given.mkdir()
    (given / "a.png").write_bytes(sources.picture(1))
    try:
        Path(os.fsdecode(os.fsencode(given) + b"/\xff.png")).write_bytes(sources.picture(2))
    except OSError:
        pytest.skip("this file system takes no such names")
    with Session.create(tmp_path / "p.automl") as session:
        summary = session.import_paths([given], link=True)
    assert summary.added == 1
    assert "copied but not linked" in summary.skipped[0].why


def test_on_the_command_line(linked: Path, photos: Path, studio: Callable[..., Ran]) -> None:
    shutil.move(photos, photos.with_name("moved"))
    shown = studio("samples", linked, "--json").document["samples"][0]
    assert (shown["link"], shown["trouble"]) == (str(photos / "leaf/0.png"), "It is not there.")
    found = studio("relink", linked, photos.parent).ok()
    assert "Found 8 of 8 originals again." in found.out
    collected = studio("collect", linked, "--json").ok()
    assert collected.document["copied"] == 8

"""Backups, Save As, check, salvage and compact, as the person uses them."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from studio import labelling
from studio.domain.errors import ProjectError
from studio.domain.sample import ImageFacts, NewSample
from studio.labelling.operations import ImportStep, RemoveSamples
from studio.store import backup, blobs, samples
from studio.store.backup import Backup
from studio.store.checking import check
from studio.store.project_file import ProjectFile
from studio.store.salvaging import salvage
from studio.store.saving import compact, save_as


def new(number: int, *, size: int = 10, link: Path | None = None) -> NewSample:
    return NewSample(
        content=number.to_bytes(4, "big") * size,
        name=f"{number}.png",
        media_type="image/png",
        facts=ImageFacts(width=2, height=2),
        class_name=("leaf", "rust")[number % 2],
        link=link,
    )


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("AUTOML_STUDIO_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    place = tmp_path / "work" / "잎.automl"
    place.parent.mkdir()
    return place


@pytest.fixture
def project(path: Path) -> Iterator[ProjectFile]:
    with ProjectFile.create(path, task="image-classification") as made:
        ImportStep(made, "photos").add([(new(n), b"t") for n in range(20)])
        yield made


def names(project: ProjectFile) -> list[str]:
    return [sample.name for sample in samples.page(project)]


def alone(path: Path) -> bool:
    return [found.name for found in path.parent.iterdir()] == [path.name]


def test_a_backup_is_a_whole_project(project: ProjectFile, path: Path) -> None:
    made = backup.make(project)
    assert [found.path for found in backup.list_backups(project)] == [made]
    assert check(made).whole
    labelling.assign(project, [1], "later")
    project.close()
    backup.restore(made, path)
    with ProjectFile.open(path) as again:
        assert [c.name for c in samples.classes(again)] == ["leaf", "rust"]
        # What was there before is a backup now.
        assert len(backup.list_backups(again)) == 2
    assert alone(path)


def test_a_backup_is_due_after_ten_minutes_of_change(
    project: ProjectFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert backup.due(project)
    backup.make(project)
    assert not backup.due(project)
    labelling.assign(project, [1], "later")
    assert not backup.due(project)
    monkeypatch.setattr(backup, "_DUE_SECONDS", 0)
    assert backup.due(project)
    backup.make(project)
    assert not backup.due(project), "nothing has changed since"


def test_a_clock_set_back_does_not_stop_backups(project: ProjectFile, data: Path) -> None:
    made = backup.make(project)
    later = (datetime.now(UTC) + timedelta(days=1)).strftime("%Y%m%dT%H%M%S")
    made.rename(made.with_name(f"000001-{later}.automl"))
    labelling.assign(project, [1], "later")
    assert backup.due(project)
    backup.make(project)
    assert [found.number for found in backup.list_backups(project)] == [2, 1]


def test_backups_are_thinned_as_they_age() -> None:
    at = datetime(2026, 3, 31, 12, tzinfo=UTC)
    every = [
        Backup(
            path=Path(str(n)), number=9000 - n, made_at=at - n * timedelta(minutes=10), size_bytes=1
        )
        for n in range(6 * 24 * 40)
    ]
    kept = backup.thinned(every, at)
    ages = [at - found.made_at for found in kept]
    assert len([age for age in ages if age <= timedelta(hours=1)]) == 7
    day = [age for age in ages if timedelta(hours=1) < age <= timedelta(days=1)]
    month = [age for age in ages if timedelta(days=1) < age]
    assert 23 <= len(day) <= 25
    assert 29 <= len(month) <= 32
    assert max(ages) <= timedelta(days=31)
    assert backup.thinned(every[-3:], at) == (every[-3],), "the newest stays however old"


def test_restoring_over_an_open_project_is_refused(project: ProjectFile, path: Path) -> None:
    made = backup.make(project)
    with pytest.raises(ProjectError) as caught:
        backup.restore(made, path)
    assert caught.value.code == "project.in_use"
    assert len(names(project)) == 20
    assert alone(path)


def test_restoring_what_is_no_project_leaves_everything(project: ProjectFile, path: Path) -> None:
    project.close()
    before = path.read_bytes()
    wrong = path.parent.parent / "wrong.automl"
    wrong.write_bytes(b"no project" * 100)
    with pytest.raises(ProjectError) as caught:
        backup.restore(wrong, path)
    assert caught.value.code == "project.not_a_project"
    assert path.read_bytes() == before
    assert alone(path)


def test_restoring_over_a_damaged_project_with_a_journal(project: ProjectFile, path: Path) -> None:
    made = backup.make(project)
    project.close()
    content = path.read_bytes()
    path.write_bytes(content[:4096] + bytes(len(content) - 4096))
    path.with_name(path.name + "-journal").write_bytes(bytes(5000))
    backup.restore(made, path)
    assert check(path).whole
    assert alone(path)


def test_a_backup_before_a_migration(path: Path) -> None:
    shutil.copy(Path(__file__).parent / "formats" / "format1.automl", path)
    before = path.read_bytes()
    with ProjectFile.open(path) as project:
        [kept] = backup.list_backups(project)
    assert "format1" in kept.path.name
    assert check(kept.path).format == 1
    assert len(before) == kept.size_bytes


def test_removing_many_samples_keeps_a_backup(
    project: ProjectFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studio.labelling.performing._BULK", 10)
    labelling.perform(project, RemoveSamples(sample_ids=(1,)))
    assert backup.list_backups(project) == ()
    labelling.perform(project, RemoveSamples(sample_ids=tuple(range(2, 12))))
    [kept] = backup.list_backups(project)
    with ProjectFile.open(kept.path) as before:
        assert len(names(before)) == 19


def test_save_as_is_a_project_of_its_own(project: ProjectFile, path: Path) -> None:
    target = path.with_name("copy.automl")
    save_as(project, target)
    with ProjectFile.open(target) as copy:
        assert copy.property("id") != project.property("id")
        assert copy.property("title") == "copy"
        assert names(copy) == names(project)
    with pytest.raises(ProjectError) as caught:
        save_as(project, target)
    assert caught.value.code == "project.exists"
    labelling.assign(project, [1], "later")
    save_as(project, target, overwrite=True)
    with ProjectFile.open(target) as copy:
        assert "later" in [c.name for c in samples.classes(copy)]
    with pytest.raises(ProjectError) as caught:
        save_as(project, path, overwrite=True)
    assert caught.value.code == "project.in_use"
    assert sorted(found.name for found in path.parent.iterdir()) == ["copy.automl", path.name]


def test_save_as_into_a_folder_that_is_not_there_is_a_sentence(
    project: ProjectFile, path: Path
) -> None:
    (path.parent / "file").write_bytes(b"")
    with pytest.raises(ProjectError) as caught:
        save_as(project, path.parent / "file" / "a.automl")
    assert caught.value.code == "project.cannot_create"


def test_check_names_every_damaged_part(project: ProjectFile, path: Path) -> None:
    wrong = [sample.digest for sample in samples.page(project)[3:5]]
    for digest in wrong:
        content = blobs.get(project, digest)
        project.execute(
            "UPDATE blobs SET content = ? WHERE digest = ?", (b"?" + content[1:], digest)
        )
    report = check(path)
    assert not report.whole
    assert {found.digest: found.samples for found in report.damaged} == {
        wrong[0]: ("3.png",),
        wrong[1]: ("4.png",),
    }
    assert {found.part for found in report.damaged} == {"original"}
    assert report.problems == ()
    assert report.blobs == 20


def test_check_of_a_healthy_project(project: ProjectFile, path: Path) -> None:
    assert check(path).whole
    project.close()
    assert check(path).whole
    assert alone(path)


def test_links_keep_path_and_digest_and_say_what_is_missing(
    project: ProjectFile, path: Path
) -> None:
    outside = path.parent.parent / "100.png"
    linked = new(100, link=outside)
    outside.write_bytes(linked.content)
    samples.add(project, linked)
    digest = blobs.digest_of(linked.content)
    assert blobs.get(project, digest) == linked.content
    assert project.value("SELECT length(content) FROM blobs WHERE digest = ?", (digest,)) == 0
    assert check(path).missing == ()
    outside.write_bytes(b"?" * len(linked.content))
    with pytest.raises(ProjectError) as caught:
        blobs.get(project, digest)
    assert caught.value.code == "project.link_changed"
    outside.unlink()
    with pytest.raises(ProjectError) as caught:
        blobs.get(project, digest)
    assert caught.value.code == "project.link_missing"
    report = check(path)
    assert report.whole
    assert [(m.sample, m.path) for m in report.missing] == [("100.png", str(outside))]
    samples.add(project, new(100))
    assert blobs.get(project, digest) == linked.content, "importing a copy heals it"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_link_to_a_pipe_does_not_wait_for_ever(project: ProjectFile, path: Path) -> None:
    pipe = path.parent.parent / "pipe"
    os.mkfifo(pipe)
    samples.add(project, new(100, link=pipe))
    with pytest.raises(ProjectError) as caught:
        blobs.get(project, blobs.digest_of(new(100).content))
    assert caught.value.code == "project.link_missing"


def test_compacting_drops_what_nothing_needs_and_undo_keeps_what_it_needs(
    project: ProjectFile, path: Path
) -> None:
    ImportStep(project, "big").add([(new(n, size=50_000), b"t") for n in range(50, 60)])
    labelling.undo(project)
    compact(project)
    labelling.redo(project)
    assert all(blobs.get(project, sample.digest) for sample in samples.page(project))
    labelling.undo(project)
    labelling.assign(project, [1], "leaf 2")  # the import can no longer be done again
    freed = compact(project)
    assert freed > 10 * 150_000
    assert check(path).whole
    assert len(backup.list_backups(project)) == 1
    assert all(blobs.get(project, sample.digest) for sample in samples.page(project))


def readable(project: ProjectFile, digest: str) -> bool:
    with contextlib.suppress(ProjectError):
        return bool(blobs.get(project, digest))
    return False


def test_salvage_keeps_every_label_of_a_torn_project(project: ProjectFile, path: Path) -> None:
    ImportStep(project, "more").add([(new(n, size=3000), b"t") for n in range(100, 120)])
    project.close()
    content = bytearray(path.read_bytes())
    place = content.index((110).to_bytes(4, "big") * 500)
    page = place // 4096 * 4096
    content[page : page + 4096] = os.urandom(4096)  # in the middle of what an original holds
    path.write_bytes(content)
    torn = bytes(content)
    assert not check(path).whole
    out = path.with_name("rescued.automl")
    report = salvage(path, out)
    assert path.read_bytes() == torn
    with ProjectFile.open(out) as rescued:
        found = samples.page(rescued)
        assert len(found) == 40
        assert {sample.class_name for sample in found} == {"leaf", "rust"}
        lost = [sample.name for sample in found if not readable(rescued, sample.digest)]
        assert 1 <= len(lost) <= 2
        assert rescued.value("PRAGMA integrity_check") == "ok"
        assert rescued.rows("PRAGMA foreign_key_check") == []
        samples.add_all(rescued, [(new(n, size=3000), b"t") for n in range(100, 120)])
        assert all(readable(rescued, sample.digest) for sample in found), "imported again"
    assert report.rows["samples"] == 40
    with pytest.raises(ProjectError) as caught:
        salvage(path, out)
    assert caught.value.code == "project.exists"


def test_salvage_of_an_old_format(path: Path) -> None:
    shutil.copy(Path(__file__).parent / "formats" / "format1.automl", path)
    out = path.with_name("rescued.automl")
    report = salvage(path, out)
    assert (report.lost_rows, report.dropped, report.lost_originals) == ({}, {}, 0)
    with ProjectFile.open(out) as rescued:
        assert samples.count(rescued) == 13
        assert [c.samples for c in samples.classes(rescued)] == [6, 6]
    assert check(out).whole

"""The project file: made, opened, refused, kept whole."""

from __future__ import annotations

import contextlib
import sqlite3
import struct
from pathlib import Path

import pytest

from studio.domain.errors import ProjectError
from studio.domain.sample import ImageFacts, NewSample
from studio.store import blobs, samples
from studio.store.header import APPLICATION_ID
from studio.store.migrations import FORMAT
from studio.store.project_file import ProjectFile


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "모종.automl"


@pytest.fixture
def made(path: Path) -> Path:
    ProjectFile.create(path, task="image-classification").close()
    return path


def code_of(path: Path) -> str:
    with pytest.raises(ProjectError) as caught:
        ProjectFile.open(path)
    assert caught.value.happened
    assert caught.value.remedy
    return caught.value.code


def test_a_new_project_is_one_file_of_our_kind(made: Path) -> None:
    header = made.read_bytes()[:100]
    assert struct.unpack_from(">I", header, 68) == (APPLICATION_ID,)
    assert struct.unpack_from(">I", header, 60) == (FORMAT,)
    assert [file.name for file in made.parent.iterdir()] == [made.name]


def test_it_opens_again(made: Path) -> None:
    with ProjectFile.open(made) as project:
        assert project.property("task") == "image-classification"
        assert project.property("title") == "모종"
        assert project.value("PRAGMA integrity_check") == "ok"
        assert project.value("PRAGMA synchronous") == 2
        assert project.value("PRAGMA foreign_keys") == 1


def test_an_existing_file_is_never_overwritten(made: Path) -> None:
    before = made.read_bytes()
    with pytest.raises(ProjectError) as caught:
        ProjectFile.create(made, task="image-classification")
    assert caught.value.code == "project.exists"
    assert made.read_bytes() == before


def test_a_folder_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ProjectError) as caught:
        ProjectFile.create(tmp_path / "no" / "a.automl", task="image-classification")
    assert caught.value.code == "project.cannot_create"


@pytest.mark.parametrize("content", [b"", b"hello", b"SQLite format 3\0" + bytes(84), bytes(4096)])
def test_a_file_that_is_no_project_is_refused_untouched(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    assert code_of(path) == "project.not_a_project"
    assert path.read_bytes() == content


def test_somebody_elses_database_is_refused_untouched(path: Path) -> None:
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE secrets (x)")
    other.close()
    before = path.read_bytes()
    assert code_of(path) == "project.not_a_project"
    assert path.read_bytes() == before


def test_what_is_missing_or_a_folder_is_a_sentence(path: Path, tmp_path: Path) -> None:
    assert code_of(path) == "project.not_found"
    assert code_of(tmp_path) == "project.cannot_open"


def test_a_newer_format_is_refused_untouched(made: Path) -> None:
    content = bytearray(made.read_bytes())
    struct.pack_into(">I", content, 60, FORMAT + 1)
    made.write_bytes(content)
    assert code_of(made) == "project.too_new"
    assert made.read_bytes() == content


def test_a_torn_file_is_called_damaged(made: Path) -> None:
    content = made.read_bytes()
    made.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
    assert code_of(made) == "project.damaged"


def test_a_failed_change_leaves_nothing(made: Path) -> None:
    with ProjectFile.open(made) as project:
        with contextlib.suppress(RuntimeError), project.transaction():
            samples.class_id(project, "leaf")
            raise RuntimeError
        assert samples.classes(project) == ()


def test_a_second_writer_waits_its_turn_or_is_told(
    made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studio.store.project_file._BUSY_SECONDS", 0.05)
    with (
        ProjectFile.open(made) as first,
        ProjectFile.open(made) as second,
        first.transaction(),
        pytest.raises(ProjectError) as caught,
        second.transaction(),
    ):
        pass
    assert caught.value.code == "project.busy"


def test_bytes_are_verified_when_read(made: Path) -> None:
    with ProjectFile.open(made) as project:
        digest = blobs.put(project, b"a photo")
        assert blobs.put(project, b"a photo") == digest
        assert blobs.get(project, digest) == b"a photo"
        project.execute("UPDATE blobs SET content = ?", (b"a phot0",))
        with pytest.raises(ProjectError) as damaged:
            blobs.get(project, digest)
        with pytest.raises(ProjectError) as missing:
            blobs.get(project, "0" * 64)
    assert damaged.value.code == "project.blob_damaged"
    assert missing.value.code == "project.blob_missing"


def sample(name: str, class_name: str | None = None, content: bytes = b"x") -> NewSample:
    return NewSample(
        content=content,
        name=name,
        media_type="image/png",
        facts=ImageFacts(width=1, height=1),
        class_name=class_name,
    )


def test_samples_are_filtered_and_paged(made: Path) -> None:
    with ProjectFile.open(made) as project:
        for number in range(5):
            samples.add(project, sample(f"{number}.png", "leaf" if number % 2 else None), b"t")
        leaf = samples.SampleFilter(class_name="leaf")
        nothing = samples.SampleFilter(unlabelled=True)
        assert [s.name for s in samples.page(project, leaf)] == ["1.png", "3.png"]
        assert [s.name for s in samples.page(project, nothing, offset=1, limit=1)] == ["2.png"]
        assert (samples.count(project), samples.count(project, leaf)) == (5, 2)


def test_the_same_file_is_added_once(made: Path) -> None:
    with ProjectFile.open(made) as project:
        assert samples.add(project, sample("a.png", "leaf"), b"t")
        assert not samples.add(project, sample("a.png", "rust"), b"t")
        assert samples.add(project, sample("b.png", "leaf"), b"t")
        # What the second import said is kept as a dispute, and changes no sample.
        found = [(c.name, c.samples) for c in samples.classes(project)]
        assert found == [("leaf", 2), ("rust", 0)]


def test_importing_again_heals_a_damaged_original(made: Path) -> None:
    with ProjectFile.open(made) as project:
        samples.add(project, sample("a.png"), b"t")
        [found] = samples.page(project)
        project.execute("UPDATE blobs SET content = ?", (b"y",))
        assert not samples.add(project, sample("a.png"), b"t")
        assert blobs.get(project, found.digest) == b"x"


def test_a_cache_that_cannot_be_written_does_not_make_projects_read_only(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "tmp").mkdir()
    monkeypatch.setenv("AUTOML_STUDIO_CACHE", str(tmp_path / "file" / "cache"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    with ProjectFile.open(made) as project, project.transaction():
        samples.class_id(project, "leaf")
    assert list((tmp_path / "tmp").iterdir())

"""Bundles that come back to a project, and projects from strangers."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import pytest

from studio.app import ArrivalKind, Glance, Origin, Session, arrival_of, come_back, look_into
from studio.domain.errors import ProjectError
from studio.export.archive import zip_bytes
from tests.export.ecosystems.programs import program_files


@pytest.mark.worker
def test_a_bundle_finds_its_candidate(studio, trained_project: Path, tmp_path: Path) -> None:
    out = tmp_path / "digits.zip"
    studio("export", trained_project, "--device", "nano33ble", "--out", out).ok()
    found = come_back(out, trained_project)
    assert found.verification.passed
    assert found.origin is Origin.SAME
    assert found.candidate_id == found.best_id
    assert found.exported is not None
    assert found.exported.name == "digits.zip"

    other = tmp_path / "other.automl"
    Session.create(other).close()
    unknown = come_back(out, other)
    assert (unknown.origin, unknown.candidate_id, unknown.best_id) == (Origin.UNKNOWN, None, None)

    shared = tmp_path / "shared.automl"
    studio("share", trained_project, shared, "--without-samples").ok()
    there = come_back(out, shared)
    assert (there.origin, there.candidate_id) == (Origin.SAME, found.candidate_id)
    assert there.exported is None

    with Session.open(trained_project) as session:
        sample = session.samples()[0]
        session.tidying.exclude([sample.id])
        session.freeze(seed=2)
    told = studio("verify", out, "--project", trained_project, "--json").ok().document
    assert told["passed"]
    assert told["origin"]["origin"] == "older"
    assert told["origin"]["frozen_since"] == 1
    assert told["origin"]["candidate"] == found.candidate_id
    text = studio("verify", out, "--project", other).ok().out
    assert "came from no candidate of this project" in text


def test_a_bundle_of_any_form_is_known_as_one_when_it_is_dropped(tmp_path: Path) -> None:
    path = tmp_path / "library.zip"
    path.write_bytes(zip_bytes(program_files("python", "rows")))
    assert arrival_of([path]).kind is ArrivalKind.BUNDLE
    path.write_bytes(zip_bytes({"a/manifest.json": b"{}", "b/photo.png": b""}))
    assert arrival_of([path]).kind is ArrivalKind.DATA


@pytest.fixture
def project(tmp_path: Path, digit_photos: Path) -> Path:
    folder = tmp_path / "given"
    folder.mkdir()
    path = folder / "digits.automl"
    with Session.create(path) as session:
        session.import_paths([digit_photos / "7"], link=True)
    return path


def test_a_look_at_a_project_writes_nothing(studio, project: Path) -> None:
    before = project.read_bytes()
    seen = look_into(project)
    assert isinstance(seen, Glance)
    assert (seen.title, seen.task) == ("digits", "image-classification")
    assert seen.samples == seen.linked == 40
    assert seen.media == {"image/png": 40}
    assert not seen.older
    told = studio("info", project, "--untouched", "--json").ok().document["project"]
    assert told["samples"] == 40
    assert project.read_bytes() == before
    assert list(project.parent.iterdir()) == [project]


def test_a_look_at_what_wants_to_run_or_is_no_project_is_refused(
    project: Path, tmp_path: Path
) -> None:
    hostile = tmp_path / "hostile.automl"
    shutil.copy(project, hostile)
    with closing(sqlite3.connect(hostile)) as raw, raw:
        raw.execute("CREATE TRIGGER t AFTER INSERT ON classes BEGIN DELETE FROM samples; END")
    junk = tmp_path / "junk.automl"
    junk.write_bytes(b"SQLite format 3\0" + bytes(200))
    unfinished = tmp_path / "unfinished.automl"
    shutil.copy(project, unfinished)
    (tmp_path / "unfinished.automl-journal").write_bytes(b"x")
    for path, code in (
        (hostile, "project.damaged"),
        (junk, "project.not_a_project"),
        (unfinished, "project.unfinished"),
        (tmp_path / "none.automl", "project.not_found"),
    ):
        with pytest.raises(ProjectError) as refusal:
            look_into(path)
        assert refusal.value.code == code


def test_a_mutated_project_is_told_or_refused(project: Path) -> None:
    rng = random.Random(4)
    good = project.read_bytes()
    for _ in range(150):
        changed = bytearray(good)
        for _ in range(rng.choice([1, 8, 100])):
            changed[rng.randrange(len(changed))] = rng.randrange(256)
        project.write_bytes(changed)
        with suppress(ProjectError):  # nothing else may come out
            look_into(project)
        assert project.read_bytes() == changed
        assert list(project.parent.iterdir()) == [project]

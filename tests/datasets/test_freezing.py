"""Freezing and the snapshot a job gets."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from studio.app import Session
from studio.datasets import write_snapshot
from studio.datasets.snapshot import SPLIT_CODES
from studio.domain.dataset import Split
from studio.domain.errors import DatasetError, ProjectError
from studio.domain.preprocessing import ImagePreprocessing
from studio.store import datasets
from tests.pictures import photo_folder


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with Session.create(tmp_path / "a.automl") as made:
        yield made


def test_freezing_twice_is_the_same_version(session: Session, tmp_path: Path) -> None:
    session.import_paths([photo_folder(tmp_path / "photos", {"leaf": 10, "rust": 5})])
    first, second = session.freeze(seed=3), session.freeze(seed=3)
    assert first == second
    assert len(session.dataset_versions()) == 1
    assert session.freeze(seed=4).digest != first.digest
    assert {s: first.count(s) for s in Split} == {
        Split.TRAIN: 9,
        Split.VALIDATION: 3,
        Split.TEST: 3,
    }


def test_another_project_with_the_same_photos_has_the_same_version(tmp_path: Path) -> None:
    photos = photo_folder(tmp_path / "photos", {"leaf": 4, "rust": 4})
    moved = tmp_path / "elsewhere" / "photos"
    shutil.copytree(photos, moved)
    digests = []
    for number, folder in enumerate((photos, moved)):
        with Session.create(tmp_path / f"{number}.automl") as project:
            project.import_paths([folder])
            digests.append(project.freeze(seed=1).digest)
    assert digests[0] == digests[1]


def test_a_version_does_not_change_with_the_labels(session: Session, tmp_path: Path) -> None:
    session.import_paths([photo_folder(tmp_path / "photos", {"leaf": 5, "rust": 5})])
    version = session.freeze()
    session.assign([s.id for s in session.samples()[:2]], "rust")
    assert datasets.get(session._project, version.digest) == version


@pytest.mark.parametrize(
    ("classes", "code"),
    [
        ({"leaf": 5}, "dataset.one_class"),
        ({"leaf": 5, "rust": 1}, "dataset.class_too_small"),
    ],
)
def test_what_cannot_be_split_is_a_sentence(
    session: Session, tmp_path: Path, classes: dict[str, int], code: str
) -> None:
    session.import_paths([photo_folder(tmp_path / "photos", classes)])
    with pytest.raises(DatasetError) as caught:
        session.freeze()
    assert caught.value.code == code


def test_nothing_labelled_is_a_sentence(session: Session) -> None:
    with pytest.raises(DatasetError) as caught:
        session.freeze()
    assert caught.value.code == "dataset.nothing_labelled"


def test_one_picture_under_two_classes_is_a_sentence(session: Session, tmp_path: Path) -> None:
    photos = photo_folder(tmp_path / "photos", {"leaf": 5, "rust": 5})
    shutil.copy(photos / "leaf" / "0.png", photos / "rust" / "copy.png")
    session.import_paths([photos])
    with pytest.raises(DatasetError, match="under different classes") as caught:
        session.freeze()
    assert caught.value.code == "dataset.conflicting_labels"


def test_a_snapshot_holds_what_the_version_says(session: Session, tmp_path: Path) -> None:
    session.import_paths([photo_folder(tmp_path / "photos", {"leaf": 5, "rust": 5})])
    version = session.freeze()
    how = ImagePreprocessing(width=8, height=8, channels=1)
    write_snapshot(session._project, version, {"8-grey": how}, tmp_path / "data")
    x, y, split = (np.load(tmp_path / "data" / "8-grey" / f"{n}.npy") for n in ("x", "y", "split"))
    assert (x.shape, x.dtype) == ((10, 8, 8, 1), np.uint8)
    assert [version.classes[i] for i in y] == [row.class_name for row in version.rows]
    assert split.tolist() == [SPLIT_CODES[row.split] for row in version.rows]
    described = json.loads((tmp_path / "data" / "8-grey" / "description.json").read_text())
    content = (tmp_path / "data" / "8-grey" / "x.npy").read_bytes()
    assert described["sha256"]["x.npy"] == hashlib.sha256(content).hexdigest()


def test_a_damaged_photo_is_named_and_not_trained_on(session: Session, tmp_path: Path) -> None:
    session.import_paths([photo_folder(tmp_path / "photos", {"leaf": 5, "rust": 5})])
    version = session.freeze()
    session._project.execute("UPDATE blobs SET content = x'00' WHERE rowid = 1")
    how = ImagePreprocessing(width=8, height=8, channels=1)
    with pytest.raises(ProjectError) as caught:
        write_snapshot(session._project, version, {"8-grey": how}, tmp_path / "data")
    assert caught.value.code == "project.blob_damaged"

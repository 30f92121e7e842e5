"""Every past format still opens, with everything in it."""

from __future__ import annotations

import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from studio import labelling
from studio.domain.candidate import ArtifactFormat, Precision
from studio.domain.dataset import Split
from studio.domain.sample import ImageFacts, LabelOrigin
from studio.domain.search import SearchState
from studio.labelling.operations.devices import KeepDevice
from studio.store import (
    answers,
    blobs,
    candidates,
    datasets,
    own_devices,
    predictions,
    regions,
    samples,
    searches,
    tables,
)
from studio.store.migrations import FORMAT
from studio.store.project_file import ProjectFile

FORMATS = Path(__file__).parent / "formats"


@pytest.fixture
def format1(tmp_path: Path) -> Path:
    return Path(shutil.copy(FORMATS / "format1.automl", tmp_path))


def test_there_is_a_recording_of_every_past_format() -> None:
    assert {path.stem for path in FORMATS.glob("*.automl")} >= {
        f"format{number}" for number in range(1, FORMAT)
    }


def test_format_1_keeps_its_samples_and_labels(format1: Path) -> None:
    with ProjectFile.open(format1) as project:
        found = samples.page(project)
        assert [sample.name for sample in found] == [f"잎/{n:02d}.png" for n in range(13)]
        assert {sample.facts for sample in found} == {ImageFacts(width=10, height=8)}
        assert [sample.class_name for sample in found] == ["healthy", "rust"] * 6 + [None]
        assert [(c.name, c.samples) for c in samples.classes(project)] == [
            ("healthy", 6),
            ("rust", 6),
        ]
        origins = project.rows("SELECT DISTINCT label_origin, labelled_at IS NULL FROM samples")
        assert {tuple(row) for row in origins} == {(LabelOrigin.IMPORT, 0), (None, 1)}
        assert all(blobs.get(project, sample.digest) for sample in found)
        assert all(samples.thumbnail(project, sample.digest) for sample in found)


def test_format_1_keeps_its_version_search_and_candidate(format1: Path) -> None:
    with ProjectFile.open(format1) as project:
        version = datasets.get(project, datasets.latest_digest(project) or "")
        assert (len(version.rows), version.seed) == (12, 7)
        [search] = searches.all_searches(project)
        assert search.state is SearchState.FINISHED
        [candidate] = candidates.best_first(project)
        assert blobs.get(project, candidate.weights_digest) == b"weights of twelve pictures"
        artifact = candidate.artifact(Precision.INT8, ArtifactFormat.TFLITE)
        assert artifact is not None
        assert blobs.get(project, artifact.digest) == b"a converted model"


def test_a_migrated_file_is_whole_and_says_its_format(format1: Path) -> None:
    with ProjectFile.open(format1) as project:
        assert project.value("PRAGMA integrity_check") == "ok"
        assert project.rows("PRAGMA foreign_key_check") == []
        assert project.value("PRAGMA user_version") == FORMAT


@pytest.fixture
def format2(tmp_path: Path) -> Path:
    return Path(shutil.copy(FORMATS / "format2.automl", tmp_path))


def test_format_2_keeps_every_kind_of_sample_and_mark(format2: Path) -> None:
    with ProjectFile.open(format2) as project:
        found = samples.page(project)
        kinds = Counter(str(sample.kind) for sample in found)
        assert kinds == {"image": 12, "recording": 2, "row": 2}
        assert [(c.name, c.samples) for c in samples.classes(project)][:2] == [
            ("healthy", 6),
            ("녹병", 6),
        ]
        assert [sample.id for sample in found if sample.excluded] == [3]
        assert {sample.session for sample in found if sample.kind == "image"} == {
            f"plant {number}" for number in range(6)
        }
        marks = Counter(str(one.shape.class_name) for one in regions.page(project, "range"))
        assert marks == {"on": 2, "off": 2}
        assert len(regions.page(project, "box")) == 13
        assert tables.columns_of(project, "f" * 64) == {"size": "number", "kind": "target"}
        [candidate] = candidates.best_first(project)
        assert blobs.get(project, candidate.weights_digest) == b"weights of twelve more pictures"


def test_format_2_can_be_undone_and_redone_as_before(format2: Path) -> None:
    with ProjectFile.open(format2) as project:
        assert labelling.redo(project) is not None
        assert [s.class_name for s in samples.get(project, [1, 2])] == ["wilted", "wilted"]
        undone = []
        while (change := labelling.undo(project)) is not None:
            undone.append(change.operation.kind)
        assert undone == ["assign", "add-region", "rename-class", "exclude", "import"]
        assert samples.count(project) == 0
        assert project.rows("PRAGMA foreign_key_check") == []


def test_a_backup_is_kept_before_a_format_is_left(
    format2: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AUTOML_STUDIO_DATA", str(tmp_path / "data"))
    before = format2.read_bytes()
    ProjectFile.open(format2).close()
    [kept] = (tmp_path / "data").rglob("*.automl")
    assert "format2" in kept.name
    with closing(sqlite3.connect(kept)) as old, closing(sqlite3.connect(":memory:")) as first:
        first.deserialize(before)
        assert list(old.iterdump()) == list(first.iterdump())


def test_format_3_keeps_predictions_and_takes_amounts_and_stretches(tmp_path: Path) -> None:
    path = Path(shutil.copy(FORMATS / "format3.automl", tmp_path))
    with ProjectFile.open(path) as project:
        old = datasets.get(project, datasets.latest_digest(project) or "")
        assert {(row.amount, row.range_s) for row in old.rows} == {(None, None)}
        [predictor] = predictions.all_predictors(project)
        assert predictions.count(project, predictor.id) == 3
        amounts = tuple(
            replace(row, class_name="", amount=0.1 * n, range_s=(0.1, n / 3 + 1))
            for n, row in enumerate(old.rows)
        )
        new = replace(old, classes=(), rows=amounts)
        with project.transaction():
            datasets.add(project, new)
    with ProjectFile.open(path) as project:
        assert datasets.get(project, new.digest) == new
        assert datasets.get(project, old.digest) == old


def test_format_4_keeps_its_answers_and_takes_own_devices(tmp_path: Path) -> None:
    path = Path(shutil.copy(FORMATS / "format4.automl", tmp_path))
    with ProjectFile.open(path) as project:
        [candidate] = candidates.best_first(project)
        assert answers.get(project, candidate.id, Split.TEST) == b"packed answers"
        latest = datasets.get(project, datasets.latest_digest(project) or "")
        assert [row.amount for row in latest.rows] == [0.5 * n for n in range(12)]
        assert own_devices.all_own(project) == {}
        kept = KeepDevice(device="mine", name="Mine", content='{"name": "Mine"}')
        assert labelling.perform(project, kept) is not None
    with ProjectFile.open(path) as project:
        assert own_devices.all_own(project) == {"mine": {"name": "Mine"}}
        assert labelling.undo(project) is not None
        assert own_devices.all_own(project) == {}

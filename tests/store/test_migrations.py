"""Every past format still opens, with everything in it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from studio.domain.candidate import ArtifactFormat, Precision
from studio.domain.sample import ImageFacts, LabelOrigin
from studio.domain.search import SearchState
from studio.store import blobs, candidates, datasets, regions, samples, searches
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


def test_format_2_keeps_its_version_and_takes_amounts_and_stretches(tmp_path: Path) -> None:
    path = Path(shutil.copy(FORMATS / "format2.automl", tmp_path))
    with ProjectFile.open(path) as project:
        old = datasets.get(project, datasets.latest_digest(project) or "")
        assert {(row.amount, row.range_s) for row in old.rows} == {(None, None)}
        assert [len(old.rows), old.seed, *old.classes] == [12, 7, "healthy", "rust"]
        assert {sample.session for sample in samples.page(project)} > {"day 0", "day 5"}
        [*_, recording] = samples.page(project)
        assert len(regions.of_samples(project, [recording.id])) == 2
        [candidate] = candidates.best_first(project)
        assert candidate.dataset_digest == old.digest
        amounts = tuple(replace(row, class_name="", amount=0.1 * n, range_s=(0.1, n / 3 + 1))
                        for n, row in enumerate(old.rows))  # fmt: skip
        new = replace(old, classes=(), rows=amounts)
        with project.transaction():
            datasets.add(project, new)
    with ProjectFile.open(path) as project:
        assert datasets.get(project, new.digest) == new
        assert datasets.get(project, old.digest) == old


@pytest.mark.parametrize("number", range(1, FORMAT))
def test_a_migrated_file_is_whole_and_says_its_format(number: int, tmp_path: Path) -> None:
    path = Path(shutil.copy(FORMATS / f"format{number}.automl", tmp_path))
    with ProjectFile.open(path) as project:
        assert project.value("PRAGMA integrity_check") == "ok"
        assert project.rows("PRAGMA foreign_key_check") == []
        assert project.value("PRAGMA user_version") == FORMAT

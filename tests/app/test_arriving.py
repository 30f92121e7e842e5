"""What is dropped is told apart before anything is written, and the samples are of three kinds."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from studio.app import (
    ArrivalKind,
    Session,
    arrival_of,
    build_sample,
    preview_for,
    sample_projects,
)
from studio.domain.errors import ImportFailed


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("samples")
    return {sample.id: build_sample(sample.id, folder) for sample in sample_projects()}


def test_there_is_a_sample_of_pictures_recordings_and_a_table() -> None:
    tasks = [sample.task for sample in sample_projects()]
    assert tasks == ["image-classification", "sensor-classification", "tabular-classification"]
    assert all(sample.titles["ko"] and sample.abouts["ko"] for sample in sample_projects())


def test_the_task_of_each_sample_is_guessed_from_its_files(samples: dict[str, Path]) -> None:
    for sample in sample_projects():
        given = samples[sample.id]
        if sample.task.startswith("tabular"):
            given = next(given.glob("*.csv"))
        found = arrival_of([given])
        assert (found.kind, found.tasks[0]) == (ArrivalKind.DATA, sample.task), found


def test_a_preview_needs_no_project_and_writes_nothing(samples: dict[str, Path]) -> None:
    before = sorted(samples["pump"].rglob("*"))
    seen = preview_for([samples["pump"]], "sensor-classification")
    assert dict(seen.counts) == {"good": 30, "unbalanced": 30, "worn bearing": 30}
    assert sorted(samples["pump"].rglob("*")) == before


def test_the_simulated_pump_comes_in_with_its_days_as_sessions(
    samples: dict[str, Path], tmp_path: Path
) -> None:
    with Session.create(tmp_path / "p.automl", task="sensor-classification") as session:
        assert session.import_paths([samples["pump"]]).added == 90
        assert len(session.split_report().sessions) == 18


def test_a_table_of_amounts_is_guessed(tmp_path: Path) -> None:
    table = tmp_path / "houses.csv"
    rows = "".join(f"{n % 7},{n * 1.37:.2f}\n" for n in range(200))
    table.write_text(f"rooms,price\n{rows}", encoding="utf-8")
    assert arrival_of([table]).tasks[0] == "tabular-regression"


def test_projects_and_bundles_go_before_data(tmp_path: Path) -> None:
    project, bundle, other = tmp_path / "a.automl", tmp_path / "b.zip", tmp_path / "c.zip"
    project.touch()
    with zipfile.ZipFile(bundle, "w") as packed:
        packed.writestr("manifest.json", '{"kind": "edge-automl-studio-bundle"}')
    with zipfile.ZipFile(other, "w") as packed:
        packed.writestr("manifest.json", "{}")
        packed.writestr("leaf/a.png", b"x")
    assert arrival_of([bundle, project]).kind is ArrivalKind.PROJECT
    assert arrival_of([bundle]).kind is ArrivalKind.BUNDLE
    assert arrival_of([other]).kind is ArrivalKind.DATA


def test_what_is_not_there_or_nothing_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ImportFailed):
        arrival_of([])
    with pytest.raises(ImportFailed):
        arrival_of([tmp_path / "gone"])

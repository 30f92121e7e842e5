"""The session: what a person asks for, on real files, without training."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from studio.app import Session, build_sample, sample_titles
from studio.app.searching import directory_of
from studio.domain.candidate import ArtifactFormat, Precision
from studio.domain.dataset import Split
from studio.domain.errors import DeviceError, ExportError, ImportFailed, SearchError
from studio.domain.evaluation import Evaluation
from studio.domain.figure import Figure
from studio.domain.preprocessing import ImagePreprocessing
from studio.domain.search import Search, SearchRequest, SearchState
from studio.jobs import JobDirectory, JournalWriter
from studio.search import CandidateFiles, FinishedTrial, MadeFile, SearchSpec
from studio.store import searches
from tests.pictures import photo_folder

MODEL = Path(__file__).parents[1] / "data" / "tiny_int8.tflite"


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUTOML_STUDIO_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    photos = photo_folder(tmp_path / "photos", {"leaf": 5, "rust": 5})
    with Session.create(tmp_path / "a.automl") as made:
        made.import_paths([photos])
        yield made


# Importing and labelling


def test_importing_again_adds_only_what_is_new(session: Session, tmp_path: Path) -> None:
    photo_folder(tmp_path / "new", {"mite": 2})
    (tmp_path / "new" / "mite").rename(tmp_path / "photos" / "mite")
    summary = session.import_paths([tmp_path / "photos"])
    assert (summary.added, summary.already_there) == (2, 10)
    assert summary.classes == ("leaf", "rust", "mite")


def test_a_bad_file_among_good_ones_is_named_and_the_rest_stays(
    session: Session, tmp_path: Path
) -> None:
    more = photo_folder(tmp_path / "more", {"leaf": 3})
    (more / "leaf" / "1.png").write_bytes(b"no picture")
    summary = session.import_paths([more])
    assert [file.name for file in summary.skipped] == ["leaf/1.png"]
    assert "not a picture" in summary.skipped[0].why
    assert summary.added + summary.already_there == 2


def test_only_bad_files_are_a_sentence(session: Session, tmp_path: Path) -> None:
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "a.png").write_bytes(b"no picture")
    with pytest.raises(ImportFailed, match=r"a\.png: It cannot be used") as caught:
        session.import_paths([tmp_path / "bad"])
    assert caught.value.code == "import.no_images"


def test_a_cancelled_import_keeps_what_it_had(tmp_path: Path) -> None:
    photos = photo_folder(tmp_path / "many", {"leaf": 250})
    done: list[int] = []
    with Session.create(tmp_path / "b.automl") as session:
        session.import_paths(
            [photos],
            progress=lambda count, total: done.append(count),
            cancelled=lambda: len(done) == 2,
        )
        assert done == [100, 200]
        assert session.sample_count() == 200


def test_labels_are_assigned_and_cleared(session: Session) -> None:
    first, second = (sample.id for sample in session.samples()[:2])
    session.assign([first, second], " 녹병 ")
    assert [s.id for s in session.samples(class_name="녹병")] == [first, second]
    session.assign([first], None)
    assert [s.id for s in session.samples(unlabelled=True)] == [first]
    assert session.overview().unlabelled == 1


def test_rows_with_an_amount_are_not_unlabelled(tmp_path: Path) -> None:
    table = tmp_path / "houses.csv"
    rows = "".join(f"{n},{n * 2.5}\n" for n in range(40))
    table.write_text(f"size,price\n{rows}41,\n", encoding="utf-8")
    with Session.create(tmp_path / "houses.automl", task="tabular-regression") as session:
        session.import_paths([table], options={"target": "price"})
        overview = session.overview()
    assert (overview.samples, overview.unlabelled) == (41, 1)


def test_what_the_latest_version_does_not_hold_is_counted(session: Session) -> None:
    assert session.unfrozen_count() == 0  # nothing was frozen yet
    session.freeze()
    assert session.unfrozen_count() == 0
    session.assign([sample.id for sample in session.samples()[:2]], "mite")
    assert session.unfrozen_count() == 2
    session.undo()
    assert session.unfrozen_count() == 0


def test_a_sample_project_is_real_scans(tmp_path: Path) -> None:
    assert sample_titles()["digits"] == "Handwritten digits"
    folder = build_sample("digits", tmp_path)
    assert len(list(folder.rglob("*.png"))) == 1797
    assert len([path for path in folder.iterdir() if path.is_dir()]) == 10
    with pytest.raises(ImportFailed) as caught:
        build_sample("no", tmp_path)
    assert caught.value.code == "import.unknown_sample"


# Searches that others left behind


def evaluation(split: Split, right: int) -> Evaluation:
    return Evaluation(split=split, classes=("leaf", "rust"), confusion=((right, 4 - right), (0, 4)))


def made_file(directory: JobDirectory, trial: int, tested: bool) -> MadeFile:
    return MadeFile(
        precision=Precision.INT8,
        format=ArtifactFormat.TFLITE,
        file=directory.add_artifact(f"trial-{trial}.int8.tflite", MODEL.read_bytes()),
        arena=Figure.measured(2000, "B", "by a test"),
        evaluation=evaluation(Split.TEST, 3) if tested else None,
    )


def finished(directory: JobDirectory, trial: int, right: int) -> dict[str, Any]:
    return FinishedTrial(
        trial=trial,
        space="mcu-image-cnn",
        hyperparameters={"width": 4, "input": "8-grey"},
        parameters=100,
        epochs=3,
        seconds=1.0,
        validation=evaluation(Split.VALIDATION, right),
        score=right / 8 + 0.5,
        weights=directory.add_artifact(f"trial-{trial}.npz", b"weights %d" % trial),
        int8=made_file(directory, trial, tested=False),
    ).as_json()


@pytest.fixture
def abandoned(session: Session) -> tuple[Search, JobDirectory]:
    """A search whose program and worker were killed after two trials."""
    version = session.freeze()
    project = session._project
    request = SearchRequest(device_id="nano33ble")
    search = searches.add(project, dataset=version.digest, request=request, job="job")
    directory = directory_of(search)
    spec = SearchSpec(
        space="mcu-image-cnn",
        classes=version.classes,
        variants={"8-grey": ImagePreprocessing(width=8, height=8, channels=1)},
        dataset_digest=version.digest,
        seconds=60,
        trials=None,
        seed=1,
        flash_bytes=None,
        ram_bytes=None,
    )
    directory.write_spec(spec.as_json())
    journal = JournalWriter(directory.journal)
    journal.write("rejected", hyperparameters={}, flash_bytes=1, ram_bytes=1, why="ram")
    journal.write("trial_finished", **finished(directory, 0, 2))
    journal.write("trial_failed", trial=1, hyperparameters={}, why="x")
    journal.write("trial_finished", **finished(directory, 2, 4))
    ready = CandidateFiles(trial=2, files=(made_file(directory, 2, tested=True),))
    journal.write("candidate_ready", **ready.as_json())
    journal.close()
    return search, directory


def test_opening_takes_in_what_was_finished(
    session: Session, abandoned: tuple[Search, JobDirectory]
) -> None:
    for _ in range(2):  # the second time changes nothing
        with Session.open(session.path) as reopened:
            assert [c.trial for c in reopened.candidates()] == [2, 0]
            best = reopened.overview().best
            assert best is not None
            assert best.test == evaluation(Split.TEST, 3)
            (search,) = reopened.searches()
    assert (search.state, search.rejected, search.failed) == (SearchState.STOPPED, 1, 1)


def test_a_search_somebody_follows_is_left_alone(
    session: Session, abandoned: tuple[Search, JobDirectory]
) -> None:
    with FileLock(abandoned[1].follower_lock), Session.open(session.path) as reopened:
        assert reopened.searches()[0].state is SearchState.RUNNING
        assert reopened.overview().running
        with pytest.raises(SearchError) as caught:
            reopened.start_search(SearchRequest(device_id="nano33ble"))
    assert caught.value.code == "search.already_running"


def test_a_damaged_result_does_not_hold_up_the_others(
    session: Session, abandoned: tuple[Search, JobDirectory]
) -> None:
    (abandoned[1].artifacts / "trial-0.npz").write_bytes(b"rotten")
    lines = abandoned[1].journal.read_text().splitlines()
    lines.insert(2, json.dumps({"event": "trial_finished", "seconds": 1, "data": {"trial": 7}}))
    abandoned[1].journal.write_text("\n".join(lines) + "\n")
    with Session.open(session.path) as reopened:
        assert [c.trial for c in reopened.candidates()] == [2]


def test_working_files_that_are_gone_are_a_sentence(
    session: Session, abandoned: tuple[Search, JobDirectory]
) -> None:
    with Session.open(session.path) as reopened, pytest.raises(SearchError) as caught:
        reopened.resume_search()  # this search never had a snapshot
    assert caught.value.code == "search.cannot_resume"


# Devices and bundles


def test_a_device_nothing_runs_on_cannot_be_searched_for(session: Session) -> None:
    for device, code in (("uno", "device.no_limits"), ("nonesuch", "device.unknown")):
        with pytest.raises(DeviceError) as caught:
            session.start_search(SearchRequest(device_id=device))
        assert caught.value.code == code
    assert session.searches() == ()


def test_without_a_candidate_there_is_nothing_to_check_or_export(
    session: Session, tmp_path: Path
) -> None:
    for ask in (session.check, lambda: session.export("nano33ble", tmp_path / "b.zip")):
        with pytest.raises(ExportError) as caught:
            ask()  # type: ignore[operator]
        assert caught.value.code == "export.no_candidate"


def test_what_does_not_fit_is_not_exported(
    session: Session, abandoned: tuple[Search, JobDirectory], tmp_path: Path
) -> None:
    out = tmp_path / "b.zip"
    with Session.open(session.path) as reopened:
        with pytest.raises(ExportError) as unfit:
            reopened.export("uno", out)
        with pytest.raises(ExportError) as unknown:
            reopened.export("nano33ble", out, candidate_id=99)
        reports = {report.device_id: report for report in reopened.check()}
    assert unfit.value.code == "export.does_not_fit"
    assert unknown.value.code == "export.unknown_candidate"
    assert not out.exists()
    assert len(reports) > 50
    assert reports["nano33ble"].verdict == "fits"

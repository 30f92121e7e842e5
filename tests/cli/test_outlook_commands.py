"""A search seen before, during and after, at the terminal."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

from studio.domain.preprocessing import ImagePreprocessing
from studio.domain.search import SearchState
from studio.jobs import JobDirectory, JournalWriter
from studio.search import SearchSpec
from studio.store import searches
from studio.store.project_file import ProjectFile

ROOT = Path(__file__).resolve().parents[2]


def test_a_forecast_starts_nothing(studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # A cache of its own: no search of another test has been seen by it.
    monkeypatch.setenv("AUTOML_STUDIO_CACHE", str(tmp_path / "cache"))
    project = tmp_path / "p.automl"
    studio("new", project).ok()
    asked = ("search", project, "--device", "nano33ble", "--forecast")
    figures = studio(*asked, "--json").ok().document["forecast"]
    assert set(figures) == {"first_candidate", "trials", "trained_in_full"}
    for figure in figures.values():
        assert figure["kind"] == "estimated"
        assert figure["low"] <= figure["value"] <= figure["high"]
        assert "calibration" in figure["source"]
    assert "Nothing was started" in studio(*asked).ok().out
    assert studio("info", project, "--json").ok().document["searches"] == []
    assert studio(*asked, "--resume").status == 2


@pytest.mark.worker
def test_choosing_by_what_matters(studio, trained_project: Path) -> None:
    asked = ("candidates", trained_project, "--front", "--weights", "flash=1", "--json")
    found = studio(*asked).ok().document["candidates"]
    assert any(candidate["front"] for candidate in found)
    scores = [candidate["weighed"]["score"] for candidate in found]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] == 1.0  # the smallest file
    text = studio("candidates", trained_project, "--front").ok().out
    assert " *" in text
    wrong = studio("candidates", trained_project, "--weights", "latency=1")
    assert wrong.status == 2
    assert "latency" in wrong.err


@pytest.mark.worker
def test_a_search_started_elsewhere_is_followed_to_its_end(
    trained_project: Path, tmp_path: Path
) -> None:
    """The window runs it, as far as this test is concerned; the journal is what it writes."""
    how = ImagePreprocessing(width=8, height=8, channels=1)
    spec = SearchSpec(
        space="mcu-image-cnn",
        classes=("a", "b"),
        variants={"8-grey": how},
        dataset_digest="d",
        seconds=60,
        trials=None,
        seed=1,
        flash_bytes=64 << 10,
        ram_bytes=32 << 10,
    )
    with ProjectFile.open(trained_project) as project:
        search = searches.all_searches(project)[0]
        directory = JobDirectory(tmp_path / "cache" / "jobs" / search.job)
        directory.write_spec(spec.as_json())
        with FileLock(directory.lock):
            searches.set_state(project, search.id, SearchState.RUNNING)
            journal = JournalWriter(directory.journal)
            journal.write("job_started", resumed=2)
            terminal = _following(trained_project, tmp_path / "cache")
            assert terminal.stderr is not None
            assert "2 finished trials" in terminal.stderr.readline()
            sizes = {"flash_bytes": 1000, "ram_bytes": 40 << 10, "bound": True}
            journal.write("rejected", why="ram", hyperparameters={}, **sizes)
            journal.write("stage", text="Something new")
            assert "Something new" in terminal.stderr.readline()
            journal.write("job_finished", why="time", rejected=1)
            journal.close()
            out, err = terminal.communicate(timeout=60)
        assert "the time is up" in err
        document = json.loads(out)
        assert document["why"] == "time"
        assert document["rejections"] == "1 of 1 were too large: RAM 40.0 KiB of 32.0 KiB."
        assert document["candidates"]
        assert searches.all_searches(project)[0].state is SearchState.RUNNING  # it only looked


def _following(project: Path, cache: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "studio", "search", str(project), "--follow", "--json"],
        cwd=ROOT,
        env={**os.environ, "AUTOML_STUDIO_CACHE": str(cache)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )

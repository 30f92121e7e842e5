"""Two programs on one project: one writes, the other reads and is told."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from studio import labelling
from studio.domain.errors import ProjectError
from studio.store import samples
from studio.store.checking import check
from studio.store.project_file import ProjectFile
from studio.store.saving import save_as

from .conftest import ROOT, Child

pytestmark = [
    pytest.mark.alone,  # two programs, each with a core to itself
    pytest.mark.timeout(3000),  # the long forms
]


def test_the_second_program_reads_and_is_told(path: Path, start: Callable[..., Child]) -> None:
    child = start("label", path)
    assert child.lines[0] == "open writer"
    began = time.perf_counter()
    with ProjectFile.open(path) as second:
        assert time.perf_counter() - began < 1
        assert second.read_only
        assert "another program" in second.why_read_only
        assert samples.count(second) == 100
        for write in (
            lambda: labelling.assign(second, [1], "a"),
            lambda: labelling.undo(second),
            lambda: second.execute("DELETE FROM samples"),
        ):
            with pytest.raises(ProjectError) as caught:
                write()
            assert caught.value.code == "project.read_only"
        save_as(second, path.with_name("copy.automl"))
        assert check(path.with_name("copy.automl")).whole
        child.kill()
        # The first is gone, so the right to write is free.
        assert labelling.assign(second, [1], "mine") is not None
        assert (second.read_only, second.why_read_only) == (False, "")


def test_the_sessions_of_one_program_are_one_writer(
    path: Path, start: Callable[..., Child]
) -> None:
    with ProjectFile.open(path) as first:
        done: list[bool] = []

        def _work(number: int) -> None:
            with ProjectFile.open(path) as mine:
                for _ in range(20):
                    labelling.assign(mine, [number], f"{time.perf_counter()}")
                done.append(not mine.read_only)

        threads = [threading.Thread(target=_work, args=(n,)) for n in range(1, 5)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert done == [True] * 4
        # Sessions that have come and gone leave the right to write with the one that stays.
        other = start("compete", path)
        assert other.lines[0] == "open read-only"
        other.kill()
        assert not first.read_only
        assert first.value("PRAGMA integrity_check") == "ok"
    assert start("compete", path).lines[0] == "open writer"


def test_sessions_that_come_and_go_lose_no_lock(path: Path, start: Callable[..., Child]) -> None:
    """Closing a descriptor of the file by hand would drop the locks of a running change."""
    with ProjectFile.open(path) as first, first.transaction():
        first.execute("UPDATE samples SET excluded = 1")
        for _ in range(3):
            ProjectFile.open(path).close()
            check(path)
        # Another program that knows nothing of claims tries to write.
        code = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], timeout=0.1)"
        code += "; c.execute('BEGIN IMMEDIATE')"
        other = subprocess.run(
            [sys.executable, "-c", code, str(path)], capture_output=True, text=True
        )
        assert sqlite3.OperationalError.__name__ in other.stderr
        assert "locked" in other.stderr


def test_several_programs_under_load(
    path: Path,
    start: Callable[..., Child],
    long_form: bool,
    tell: Callable[[str], None],
) -> None:
    children = [start("compete", path, seed) for seed in range(2)]
    time.sleep(60 if long_form else 4)
    said = [child.kill()[1:] for child in children]
    writer, reader = sorted(said, key=lambda lines: "wrote" in lines, reverse=True)
    assert set(writer) == {"wrote"}
    assert set(reader) == {"project.read_only"}
    assert check(path).whole
    tell(f"two programs: {len(writer)} changes beside {len(reader)} reads, 0 corruption")


def test_a_reader_takes_over_when_the_writer_dies(path: Path, start: Callable[..., Child]) -> None:
    first = start("compete", path, 1)
    second = start("compete", path, 2)
    while "project.read_only" not in second.lines:
        time.sleep(0.01)
    first.kill()
    end = time.monotonic() + 10
    while "wrote" not in second.lines and time.monotonic() < end:
        time.sleep(0.01)
    assert "wrote" in second.kill()
    assert check(path).whole


def test_where_nothing_can_be_written_it_is_read_and_saved_elsewhere(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The permissions of a folder do not hold back an administrator, so the answer is given here.
    before = (path.read_bytes(), path.stat().st_mtime_ns)
    with monkeypatch.context() as patch:
        patch.setattr("os.access", lambda place, mode: mode != os.W_OK)
        project = ProjectFile.open(path)
    with project:
        assert project.read_only
        assert "nothing can be written" in project.why_read_only
        assert samples.count(project) == 100
        with pytest.raises(ProjectError) as caught:
            labelling.assign(project, [1], "a")
        assert caught.value.code == "project.read_only"
        assert "another name" in caught.value.remedy
        save_as(project, tmp_path / "elsewhere.automl")
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    assert check(tmp_path / "elsewhere.automl").whole


def test_an_old_format_where_nothing_can_be_written_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "old" / "old.automl"
    path.parent.mkdir()
    shutil.copy(ROOT / "tests" / "store" / "formats" / "format1.automl", path)
    before = path.read_bytes()
    monkeypatch.setattr("os.access", lambda place, mode: mode != os.W_OK)
    with ProjectFile.open(path) as project:
        assert project.read_only
        assert samples.count(project) == 13
        assert [c.samples for c in samples.classes(project)] == [6, 6]
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]

"""kill -9 at any moment: what was acknowledged is there, the file is whole, and it opens."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from studio import labelling
from studio.store import blobs, samples
from studio.store.project_file import ProjectFile

from .conftest import ROOT, Child

pytestmark = [
    pytest.mark.alone,  # a kill comes at a moment that is meant
    pytest.mark.timeout(3000),  # the long forms
]

FORMAT1 = ROOT / "tests" / "store" / "formats" / "format1.automl"


def reopened(path: Path, times: list[float]) -> ProjectFile:
    began = time.perf_counter()
    project = ProjectFile.open(path)
    times.append(time.perf_counter() - began)
    assert not project.read_only, "the dead process holds nothing"
    assert project.value("PRAGMA integrity_check") == "ok"
    assert project.rows("PRAGMA foreign_key_check") == []
    return project


def test_labels_survive(
    path: Path,
    start: Callable[..., Child],
    long_form: bool,
    tell: Callable[[str], None],
) -> None:
    times: list[float] = []
    total = 0
    last: dict[int, str] = {}
    for kill in range(200 if long_form else 12):
        child = start("label", path, kill)
        time.sleep(random.Random(kill).uniform(0, 0.25))
        said = child.kill()[1:]
        total += len(said)
        for line in said:
            sample, name = line.split(" ", 1)
            last[int(sample)] = name
        with reopened(path, times) as project:
            found = {sample.id: sample.class_name for sample in samples.page(project)}
            # The last change may have been committed and killed before it could be said.
            differ = [id for id, name in last.items() if found[id] != name]
            newest = labelling.history_of(project, 1)
            assert len(differ) <= 1, f"{len(differ)} acknowledged labels are lost"
            if differ:
                assert newest[0].title == f'Label 1 sample "{found[differ[0]]}"'
            last.update({id: found[id] or "" for id in differ})
        assert [file.name for file in path.parent.iterdir()] == [path.name]
    assert total > 0
    assert max(times) < 1
    tell(
        f"{len(times)} kills in labelling: 0 of {total} acknowledged labels lost,"
        f" reopened in {max(times) * 1000:.0f} ms at most",
    )


def test_imports_survive(
    path: Path,
    start: Callable[..., Child],
    long_form: bool,
    tell: Callable[[str], None],
) -> None:
    times: list[float] = []
    total = 0
    with ProjectFile.open(path) as project:
        before = samples.count(project)
    for kill in range(1, 201 if long_form else 13):
        child = start("import", path, kill)
        time.sleep(random.Random(kill).uniform(0, 0.25))
        said = [int(line) for line in child.kill()[1:]]
        total += len(said) * 10
        with reopened(path, times) as project:
            added = samples.count(project) - before
            assert added in (len(said) * 10, len(said) * 10 + 10), "a batch is whole or absent"
            [newest] = samples.page(project, limit=1, offset=before + added - 1)
            assert blobs.get(project, newest.digest)
            if added:
                # What a kill left of an import is one step, and goes as one.
                assert labelling.undo(project) is not None
                assert samples.count(project) == before
        assert [file.name for file in path.parent.iterdir()] == [path.name]
    assert total > 0
    assert max(times) < 1
    tell(
        f"{len(times)} kills in import: 0 of {total} acknowledged samples lost,"
        f" reopened in {max(times) * 1000:.0f} ms at most",
    )


def test_undo_goes_on_after_a_kill(path: Path, start: Callable[..., Child]) -> None:
    child = start("label", path, 1)
    while len(child.lines) < 20:
        time.sleep(0.01)
    said = child.kill()[1:]
    with ProjectFile.open(path) as project:
        undone = 0
        while labelling.history_of(project, 1) and labelling.undo(project) is not None:
            undone += 1
        # Labelling what is labelled so already is no step.
        assert 1 < undone <= len(said) + 2
        assert samples.count(project) == 0
        for _ in range(undone):
            assert labelling.redo(project) is not None
        assert samples.count(project) == 100


def test_a_migration_killed_at_any_moment_can_be_done_again(
    tmp_path: Path, long_form: bool
) -> None:
    path = tmp_path / "old" / "old.automl"
    path.parent.mkdir()
    code = "import sys; from pathlib import Path; from studio.store.project_file import"
    code += " ProjectFile; print('go', flush=True); ProjectFile.open(Path(sys.argv[1]))"
    for kill in range(100 if long_form else 8):
        shutil.copy(FORMAT1, path)
        with subprocess.Popen(
            [sys.executable, "-c", code, str(path)], cwd=ROOT, stdout=subprocess.PIPE
        ) as child:
            assert child.stdout is not None
            child.stdout.readline()
            time.sleep(random.Random(kill).uniform(0, 0.03))
            child.kill()
        with reopened(path, []) as project:
            assert samples.count(project) == 13
            assert [c.samples for c in samples.classes(project)] == [6, 6]
        assert [file.name for file in path.parent.iterdir()] == [path.name]

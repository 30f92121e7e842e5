"""Project files from strangers: a sentence each, no crash, no hang, nothing run."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import struct
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from studio import labelling
from studio.domain.errors import ProjectError
from studio.store import (
    blobs,
    candidates,
    datasets,
    regions,
    samples,
    searches,
    sessions,
    tables,
)
from studio.store.checking import check
from studio.store.migrations import FORMAT
from studio.store.project_file import ProjectFile

from .conftest import ROOT

pytestmark = pytest.mark.timeout(3000)  # the long forms

FORMAT1 = ROOT / "tests" / "store" / "formats" / "format1.automl"
SLOWEST_SECONDS = 5.0


def use(path: Path) -> str:
    """Do with a project what a window does, and return the code of the first refusal."""
    refusals: list[str] = []

    def _try(do: object, *arguments: object) -> object:
        try:
            return do(*arguments)  # type: ignore[operator]
        except ProjectError as error:
            refusals.append(error.code)
            return None

    project = _try(ProjectFile.open, path)
    if isinstance(project, ProjectFile):
        with project:
            for read in (samples.classes, samples.count, sessions.all_sessions):
                _try(read, project)
            found = _try(samples.page, project) or ()
            for sample in list(found)[:5]:  # type: ignore[call-overload]
                _try(blobs.get, project, sample.digest)
                _try(samples.thumbnail, project, sample.digest)
            _try(regions.of_samples, project, range(30))
            _try(candidates.best_first, project)
            _try(searches.all_searches, project)
            digest = _try(datasets.latest_digest, project)
            _try(datasets.summaries, project)
            _try(datasets.get, project, str(digest))
            _try(tables.columns_of, project, "t")
            _try(labelling.history_of, project)
            _try(labelling.assign, project, [1], "leaf")
            _try(labelling.undo, project)
    _try(check, path)
    return refusals[0] if refusals else ""


@pytest.fixture
def victim(tmp_path: Path) -> Path:
    """The recorded project, brought up to date, with a history, a region and a session."""
    from studio.domain.sample import Box
    from studio.labelling.operations import AddRegion, MoveToSession

    path = Path(shutil.copy(FORMAT1, tmp_path))
    with ProjectFile.open(path) as project:
        labelling.assign(project, [1, 2], "rust")
        box = Box(class_name="rust", x=0, y=0, width=1, height=1)
        labelling.perform(project, AddRegion(sample_id=1, shape=box))
        labelling.perform(project, MoveToSession(groups=(("a", (1, 2)),)))
        tables.put(project, "t", {"a": "number"})
    return path


def mutated(good: bytes, choice: random.Random) -> bytes:
    """Return a project with a few bytes, a page, or its length changed."""
    content = bytearray(good)
    how = choice.randrange(5)
    if how == 0:
        for _ in range(choice.randrange(1, 40)):
            content[choice.randrange(len(content))] = choice.randrange(256)
    elif how == 1:  # the numbers that say where things are
        page = choice.randrange(len(content) // 4096) * 4096
        for _ in range(choice.randrange(1, 6)):
            at = page + choice.randrange(0, 120)
            content[at] = choice.choice((0, 1, 0x7F, 0x80, 0xFF, 2, 5, 10, 13))
    elif how == 2:
        first, second = (choice.randrange(len(content) // 4096) * 4096 for _ in range(2))
        content[first : first + 4096] = content[second : second + 4096]
    elif how == 3:
        del content[choice.randrange(100, len(content)) :]
    else:  # texts keep their length and change their meaning
        words = (b"image", b"width", b"done", b"insert", b"samples", b"train", b"leaf", b"rust")
        word = choice.choice(words)
        place = content.find(word, choice.randrange(len(content)))
        if place >= 0:
            content[place : place + len(word)] = bytes(choice.randrange(256) for _ in word)
    return bytes(content)


def test_mutated_files(
    victim: Path, tmp_path: Path, long_form: bool, tell: Callable[[str], None]
) -> None:
    goods = (victim.read_bytes(), FORMAT1.read_bytes())
    choice = random.Random(7)
    path = tmp_path / "mutants" / "a.automl"
    path.parent.mkdir()
    slowest, said = 0.0, dict[str, int]()
    mutants = 5000 if long_form else 200
    for number in range(mutants):
        path.write_bytes(mutated(goods[number % 2], choice))
        began = time.perf_counter()
        code = use(path)
        slowest = max(slowest, time.perf_counter() - began)
        said[code] = said.get(code, 0) + 1
        path.with_name(path.name + "-journal").unlink(missing_ok=True)
    assert slowest < SLOWEST_SECONDS
    tell(f"{mutants} mutated projects: 0 crashes, the slowest took {slowest:.2f} s; {said}")


FOREIGN = [
    "CREATE TRIGGER t AFTER INSERT ON classes BEGIN DELETE FROM samples; END",
    "CREATE VIEW v AS SELECT * FROM samples",
    "CREATE INDEX i ON samples(lower(name))",
    "CREATE TABLE extra (a)",
    "DROP INDEX samples_by_class",
    "ALTER TABLE samples ADD COLUMN z TEXT DEFAULT 'x'",
    "CREATE VIRTUAL TABLE f USING fts5(a)",
]


@pytest.mark.parametrize("sql", FOREIGN)
def test_a_schema_that_is_not_exactly_ours_is_refused_untouched(victim: Path, sql: str) -> None:
    with closing(sqlite3.connect(victim)) as other:
        other.execute(sql)
        other.commit()
    before = victim.read_bytes()
    with pytest.raises(ProjectError) as caught:
        ProjectFile.open(victim)
    assert caught.value.code == "project.damaged"
    assert not check(victim).whole
    assert victim.read_bytes() == before
    assert [file.name for file in victim.parent.glob("format1*")] == [victim.name]


WRONG = [
    ("UPDATE samples SET kind = 'song'", samples.page),
    ("UPDATE samples SET facts = '[]'", samples.page),
    ("UPDATE samples SET facts = '{\"width\": -1}'", samples.page),
    ("UPDATE samples SET facts = '" + "[" * 5000 + "'", samples.page),
    ("UPDATE searches SET request = '{\"minutes\": -1}'", searches.all_searches),
    ("UPDATE searches SET state = 'dreaming'", searches.all_searches),
    ("UPDATE candidates SET validation = '{}'", candidates.best_first),
    ("UPDATE artifacts SET arena = '7'", candidates.best_first),
    ("UPDATE dataset_versions SET classes = '{'", datasets.summaries),
    ("UPDATE operations SET state = 'maybe'", labelling.history_of),
    ("UPDATE operations SET undo = 'x'", labelling.undo),
    ("UPDATE regions SET kind = 'blob'", lambda p: regions.of_samples(p, [1])),
    ("UPDATE regions SET a = 1e99", lambda p: regions.of_samples(p, [1])),
    ("UPDATE sessions SET origin = 'x'", sessions.all_sessions),
    ("UPDATE tables SET columns = '[1]'", lambda p: tables.columns_of(p, "t")),
]


@pytest.mark.parametrize(("sql", "read"), WRONG)
def test_values_that_make_no_sense_are_damage(victim: Path, sql: str, read: object) -> None:
    with closing(sqlite3.connect(victim)) as other:
        other.execute(sql)
        other.commit()
    with ProjectFile.open(victim) as project, pytest.raises(ProjectError) as caught:
        read(project)  # type: ignore[operator]
    assert caught.value.code == "project.damaged"


def test_a_file_in_another_journal_mode_is_refused(victim: Path) -> None:
    content = bytearray(victim.read_bytes())
    content[18:20] = b"\2\2"
    victim.write_bytes(content)
    assert use(victim) == "project.damaged"
    assert [file.name for file in victim.parent.glob("format1*")] == [victim.name]


def test_a_format_that_lies_about_itself_is_refused(victim: Path) -> None:
    content = bytearray(victim.read_bytes())
    struct.pack_into(">I", content, 60, FORMAT - 1)
    victim.write_bytes(content)
    assert use(victim) == "project.damaged"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_no_project(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.automl")
    assert use(tmp_path / "a.automl") == "project.not_a_project"


def test_a_link_to_a_device_is_not_read(victim: Path) -> None:
    with closing(sqlite3.connect(victim)) as other:
        other.execute("UPDATE samples SET link = '/dev/zero'")
        other.execute("UPDATE blobs SET content = x'' WHERE size > 30")
        other.commit()
    began = time.perf_counter()
    assert use(victim) == "project.link_missing"
    assert time.perf_counter() - began < SLOWEST_SECONDS

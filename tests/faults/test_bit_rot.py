"""Bits that flip on the disk: nothing crashes, and every damaged original is named."""

from __future__ import annotations

import contextlib
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from studio.domain.errors import ProjectError
from studio.store import blobs, candidates, samples
from studio.store.checking import check
from studio.store.project_file import ProjectFile
from studio.store.salvaging import salvage

pytestmark = pytest.mark.timeout(3000)  # the long forms


def stored(path: Path) -> dict[str, bytes | None]:
    """Return what SQLite gives out for every blob, None where it gives an error."""
    found: dict[str, bytes | None] = {}
    with closing(sqlite3.connect(path)) as connection:
        for (digest,) in connection.execute("SELECT digest FROM blobs").fetchall():
            sql = "SELECT content FROM blobs WHERE digest = ?"
            try:
                found[digest] = connection.execute(sql, (digest,)).fetchone()[0]
            except (sqlite3.Error, TypeError):
                found[digest] = None
    return found


def test_every_damaged_original_is_named(
    path: Path, tmp_path: Path, long_form: bool, tell: Callable[[str], None]
) -> None:
    good = path.read_bytes()
    before = stored(path)
    choice = random.Random(1)
    rotten = tmp_path / "rotten" / "a.automl"
    rotten.parent.mkdir()
    named = refused = unnoticed = rescued = 0
    places = 2000 if long_form else 100
    for number in range(places):
        content = bytearray(good)
        content[choice.randrange(100, len(good))] ^= 1 << choice.randrange(8)
        rotten.write_bytes(content)
        report = check(rotten)
        try:
            after = stored(rotten)
        except sqlite3.Error:
            assert report.problems
            after = {}
        damaged = {d for d in before if after.get(d) != before[d]} if after else set()
        assert damaged <= {found.digest for found in report.damaged}
        named += len(damaged)
        unnoticed += report.whole
        refused += not _usable(rotten)
        if not report.whole and number % 10 == 0:
            rescued += _rescued(rotten)
    assert named > places / 4
    tell(
        f"{places} flipped bits: 0 crashes, {named} damaged originals, all named;"
        f" {refused} files refused on opening, {unnoticed} flips touched nothing checked,"
        f" {rescued} of a tenth salvaged"
    )


def _usable(path: Path) -> bool:
    """Open it and read everything, as a window would; only sentences may come of it."""
    with contextlib.suppress(ProjectError), ProjectFile.open(path) as project:
        for sample in samples.page(project):
            with contextlib.suppress(ProjectError):
                blobs.get(project, sample.digest)
        samples.classes(project)
        candidates.best_first(project)
        return True
    return False


def _rescued(path: Path) -> bool:
    out = path.with_name("out.automl")
    out.unlink(missing_ok=True)
    with contextlib.suppress(ProjectError):
        salvage(path, out)
        return not check(out).problems
    return False

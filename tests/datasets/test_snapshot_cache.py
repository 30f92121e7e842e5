"""Snapshots are reused, and never a damaged or foreign one."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from studio.datasets import freeze, snapshot_for, write_snapshot
from studio.datasets.snapshot import ARRAYS, DESCRIPTION
from studio.domain.dataset import DatasetVersion
from studio.domain.preprocessing import ImagePreprocessing
from studio.store.project_file import ProjectFile
from tests.datasets.projects import add_pictures, scene

HOW = {"8-colour": ImagePreprocessing(width=8, height=8, channels=3)}
FILES = (*ARRAYS, DESCRIPTION)


@pytest.fixture
def version(project: ProjectFile) -> DatasetVersion:
    add_pictures(project, [(f"{'ab'[n % 2]}/{n:04}.png", "ab"[n % 2], scene(n)) for n in range(12)])
    return freeze(project, seed=1)


def content(folder: Path) -> dict[str, bytes]:
    return {name: (folder / "8-colour" / name).read_bytes() for name in FILES}


def test_the_second_search_decodes_nothing(
    project: ProjectFile, version: DatasetVersion, tmp_path: Path
) -> None:
    root, decoded = tmp_path / "kept", []
    count: Callable[[int, int], None] = lambda done, total: decoded.append(done)  # noqa: E731
    assert not snapshot_for(project, version, HOW, tmp_path / "1", root=root, progress=count).kept
    assert decoded == [12]
    assert snapshot_for(project, version, HOW, tmp_path / "2", root=root, progress=count).kept
    assert decoded == [12]
    write_snapshot(project, version, HOW, tmp_path / "plain")
    assert content(tmp_path / "1") == content(tmp_path / "2") == content(tmp_path / "plain")


def test_another_preprocessing_is_another_snapshot(
    project: ProjectFile, version: DatasetVersion, tmp_path: Path
) -> None:
    grey = {"8-grey": ImagePreprocessing(width=8, height=8, channels=1)}
    snapshot_for(project, version, HOW, tmp_path / "1", root=tmp_path / "kept")
    assert not snapshot_for(project, version, grey, tmp_path / "2", root=tmp_path / "kept").kept
    assert np.load(tmp_path / "2" / "8-grey" / "x.npy").shape == (12, 8, 8, 1)


def flip(path: Path) -> None:
    held = bytearray(path.read_bytes())
    held[-1] ^= 1
    path.unlink()  # it may be a link to what a job uses
    path.write_bytes(held)


def cut(path: Path) -> None:
    held = path.read_bytes()
    path.unlink()
    path.write_bytes(held[: len(held) // 2])


def nonsense(path: Path) -> None:
    path.unlink()
    path.write_bytes(b"[[[")


@pytest.mark.parametrize("harm", [flip, cut, nonsense, Path.unlink])
@pytest.mark.parametrize("name", FILES)
def test_a_torn_snapshot_is_made_again(
    project: ProjectFile,
    version: DatasetVersion,
    tmp_path: Path,
    name: str,
    harm: Callable[[Path], None],
) -> None:
    root = tmp_path / "kept"
    snapshot_for(project, version, HOW, tmp_path / "1", root=root)
    [kept] = (path for path in root.iterdir() if path.is_dir())
    harm(kept / name)
    assert not snapshot_for(project, version, HOW, tmp_path / "2", root=root).kept
    assert content(tmp_path / "1") == content(tmp_path / "2")
    assert snapshot_for(project, version, HOW, tmp_path / "3", root=root).kept


def test_what_a_crash_left_half_made_is_removed(
    project: ProjectFile, version: DatasetVersion, tmp_path: Path
) -> None:
    half = tmp_path / "kept" / ".making-1"
    half.mkdir(parents=True)
    (half / "x.npy").write_bytes(b"half")
    snapshot_for(project, version, HOW, tmp_path / "1", root=tmp_path / "kept")
    assert not half.exists()


def test_the_oldest_go_when_there_is_too_much(
    project: ProjectFile, version: DatasetVersion, tmp_path: Path
) -> None:
    root = tmp_path / "kept"
    sides = (8, 16, 24)
    hows = [{"x": ImagePreprocessing(width=side, height=side, channels=3)} for side in sides]
    for number, how in enumerate(hows):
        snapshot_for(project, version, how, tmp_path / str(number), root=root)
        for age, path in enumerate(sorted(root.glob("*-*"), key=lambda p: p.stat().st_mtime_ns)):
            os.utime(path, (1000 + age, 1000 + age))
    assert snapshot_for(project, version, hows[0], tmp_path / "again", root=root).kept
    large = {"x": ImagePreprocessing(width=32, height=32, channels=3)}
    snapshot_for(project, version, large, tmp_path / "new", root=root, largest_bytes=50_000)
    used = [snapshot_for(project, version, how, tmp_path / f"x{n}", root=root).kept
            for n, how in enumerate((large, hows[0]))]  # fmt: skip
    assert used == [1, 1]
    held = sum(f.stat().st_size for p in root.glob("*-*") for f in p.iterdir())
    assert held < 50_000


def test_one_larger_than_the_limit_is_not_kept(
    project: ProjectFile, version: DatasetVersion, tmp_path: Path
) -> None:
    root = tmp_path / "kept"
    assert not snapshot_for(project, version, HOW, tmp_path / "1", root=root, largest_bytes=10).kept
    assert not snapshot_for(project, version, HOW, tmp_path / "2", root=root, largest_bytes=10).kept
    assert content(tmp_path / "1") == content(tmp_path / "2")


def test_a_cache_that_cannot_be_written_is_no_hindrance(
    project: ProjectFile, version: DatasetVersion, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    root = tmp_path / "file" / "kept"
    assert not snapshot_for(project, version, HOW, tmp_path / "1", root=root).kept
    assert (tmp_path / "1" / "8-colour" / DESCRIPTION).exists()

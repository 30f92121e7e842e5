"""What health has looked at is not looked at again; and what is kept is never trusted blindly."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.datasets import Material, freeze, health, kept_looks, material, neighbours
from studio.datasets.health.test_size import tests_needed as needed
from studio.domain.evaluation import wilson_interval
from studio.store.project_file import ProjectFile
from tests.datasets.projects import add_pictures, scene


@pytest.fixture
def looked(
    project: ProjectFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[ProjectFile, Path]:
    """A project whose health was looked at, and the file that keeps what was seen."""
    monkeypatch.setenv("AUTOML_STUDIO_CACHE", str(tmp_path / "cache"))
    images = {n: scene(n) for n in range(12)}
    images[12] = scene(3).crop((4, 4, 92, 76))
    add_pictures(project, [(f"{'ab'[n % 2]}/{n}.png", "ab"[n % 2], i) for n, i in images.items()])
    health(project)
    [path] = (tmp_path / "cache" / "looks").iterdir()
    return project, path


def _not_again(*arguments: object) -> None:
    raise AssertionError("this was known already")


def test_freezing_uses_what_health_saw(
    looked: tuple[ProjectFile, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    project, _ = looked
    [(one, other, _)] = Material(project).near
    assert (one, other) == (4, 13)
    monkeypatch.setattr(material, "look_of", _not_again)
    monkeypatch.setattr(material, "near_pictures", _not_again)
    sides = {row.sample_id: row.split for row in freeze(project, seed=1).rows}
    assert sides[4] == sides[13]


def test_a_new_picture_is_looked_at_and_compared(
    looked: tuple[ProjectFile, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    project, _ = looked
    add_pictures(project, [("a/new.png", "a", scene(5).crop((0, 0, 90, 75)))])
    seen: list[bytes] = []
    made = material.look_of
    monkeypatch.setattr(material, "look_of", lambda content: seen.append(content) or made(content))
    assert {(one, other) for one, other, _ in Material(project).near} == {(4, 13), (6, 14)}
    assert len(seen) == 1


@pytest.mark.parametrize(
    "spoil",
    [
        lambda good: b"",
        lambda good: good[: len(good) // 2],
        lambda good: good[:3000] + b"\x00" * 64 + good[3064:],
        lambda good: good.replace(b"looks 1", b"looks 0"),
    ],
)
def test_a_spoilt_file_is_as_good_as_none(looked, spoil) -> None:  # type: ignore[no-untyped-def]
    project, path = looked
    path.write_bytes(spoil(path.read_bytes()))
    assert kept_looks.load(project) is None
    assert [(one, other) for one, other, _ in Material(project).near] == [(4, 13)]
    assert kept_looks.load(project) is not None


def test_a_folder_that_cannot_be_written_is_no_trouble(
    project: ProjectFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("AUTOML_STUDIO_CACHE", str(tmp_path / "file"))
    add_pictures(project, [(f"a/{n}.png", "a", scene(n)) for n in range(3)])
    assert Material(project).near == ()


@settings(max_examples=30)
@given(st.integers(0, 2**32 - 1), st.integers(8, 90), st.integers(1, 6), st.booleans())
def test_neighbours_are_the_nearest(seed: int, total: int, count: int, by_euclid: bool) -> None:
    rows = np.random.default_rng(seed).normal(size=(total, 5)).astype(np.float32)
    bias = -(rows * rows).sum(1) / 2 if by_euclid else None
    with pytest.MonkeyPatch.context() as small:
        small.setattr(neighbours, "_ROWS", 16)
        small.setattr(neighbours, "_COLUMNS", 16)
        _, scores = neighbours.nearest(rows, rows, count, bias=bias)
    every = rows @ rows.T + (0 if bias is None else bias)
    np.fill_diagonal(every, -np.inf)
    assert scores == pytest.approx(-np.sort(-every, axis=1)[:, :count], abs=1e-4)


def test_cells_find_nearly_all_of_the_nearest(monkeypatch: pytest.MonkeyPatch) -> None:
    dice = np.random.default_rng(0)
    base = dice.normal(size=(2000, 16)).astype(np.float32)
    rows = np.concatenate([base, base + dice.normal(0, 0.05, base.shape).astype(np.float32)])
    monkeypatch.setattr(neighbours, "_MOST_EXACT", 1000)
    told: list[int] = []
    bias = -(rows * rows).sum(1) / 2
    near, _ = neighbours.nearest(
        rows, rows, 1, bias=bias, progress=lambda done, total: told.append(done)
    )
    twins = (np.arange(len(rows)) + len(base)) % len(rows)
    assert (near[:, 0] == twins).mean() > 0.97
    assert (near[:, 0] != np.arange(len(rows))).all()
    assert told[-1] == len(rows)


@given(st.floats(0.5, 0.99), st.floats(0.02, 0.5))
def test_so_many_tests_are_enough_and_half_are_not(share: float, width: float) -> None:
    def told(total: int) -> float:
        interval = wilson_interval(round(share * total), total)
        return interval.high - interval.low

    total = needed(share, width)
    assert told(total) <= width
    # Whole hits make the width jump a little; far fewer tests never do.
    assert total < 8 or told(total // 2) > width

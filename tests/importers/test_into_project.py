"""What the importers yield, in a project: once, and again without a second copy."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.app import Session
from tests.importers import sources
from tests.pictures import photo_folder


def both(project: Path, task: str, given: Path) -> tuple[int, int, int]:
    """Import twice; return added the first time, added and known the second time."""
    with Session.create(project, task=task) as session:
        first = session.import_paths([given])
        second = session.import_paths([given])
    return first.added, second.added, second.already_there


@pytest.mark.parametrize(
    ("task", "name", "content", "count"),
    [
        ("tabular-classification", "t.csv", b"x,k\n1,a\n1,a\n2,b\n3,a\n", 4),
        ("tabular-regression", "t.xlsx", sources.workbook([["x", "y"], [1, 2], [3, 4]]), 2),
        ("sensor-classification", "walk.csv", sources.signal_csv(), 1),
        ("sensor-classification", "walk.1.json", sources.acquisition([[1.0], [2.0]]), 1),
        (
            "image-classification",
            "p.zip",
            sources.zipped({f"{c}/{i}.png": sources.picture(i) for i, c in enumerate("abab")}),
            4,
        ),
    ],
)
def test_importing_again_adds_nothing(
    task: str, name: str, content: bytes, count: int, tmp_path: Path
) -> None:
    given = tmp_path / name
    given.write_bytes(content)
    assert both(tmp_path / "p.automl", task, given) == (count, 0, count)


def test_a_grown_folder_adds_only_what_is_new(tmp_path: Path) -> None:
    photos = photo_folder(tmp_path / "photos", {"leaf": 3})
    with Session.create(tmp_path / "p.automl", task="image-classification") as session:
        assert session.import_paths([photos]).added == 3
        (photos / "rust").mkdir()
        (photos / "rust" / "new.png").write_bytes(sources.picture(99))
        again = session.import_paths([photos])
    assert (again.added, again.already_there, again.classes) == (1, 3, ("leaf", "rust"))

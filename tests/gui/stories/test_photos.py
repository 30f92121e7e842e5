"""From a folder of photos to a proved bundle."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from .person import Person
from .steps import (
    accept_import,
    check_bundle,
    choose_device,
    export,
    import_dropped,
    results,
    search,
    stored_classes,
)

pytestmark = [pytest.mark.worker, pytest.mark.together("trained")]

_CLASSES = ("0", "1", "7")
_MISPLACED = 5


@pytest.fixture
def folder(digit_photos: Path, tmp_path: Path) -> Path:
    """A folder per digit; five sevens lie among the ones."""
    made = tmp_path / "digits seen"
    for name in _CLASSES:
        shutil.copytree(digit_photos / name, made / name)
    for number, photo in enumerate(sorted((made / "7").iterdir())[:_MISPLACED]):
        photo.rename(made / "1" / f"stray{number}.png")
    return made


def _relabel(person: Person) -> None:
    """Say by key what five photos are, and take two of these back."""
    person.blocks.stage("label")
    person.go("label")
    page, project = person.page("label"), person.program.workspace.path
    person.wait(lambda: page.model.rowCount() == 120)
    person.rest()

    def row_of(name: str) -> int:
        found = [r for r in range(120) if (s := page.model.sample(r)) and s.name == name]
        return found[0] if found else -1

    strays = [f"1/stray{number}.png" for number in range(_MISPLACED)]
    person.wait(lambda: all(row_of(name) >= 0 for name in strays))
    for name in strays:
        person.click_row(page.grid, page.model.index(row_of(name)))
        person.key(page.grid, Qt.Key.Key_3)
    wanted = dict.fromkeys(strays, "7")
    person.wait(lambda: wanted.items() <= stored_classes(project).items())
    person.rest()
    for left in (4, 3):
        person.key(person.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        person.wait(lambda left=left: _sevens(project, strays) == left)
        person.rest()
    person.picture("label")


def _sevens(project: Path, names: list[str]) -> int:
    found = stored_classes(project)
    return sum(found[name] == "7" for name in names)


def test_photos_become_a_bundle_that_proves_itself(person: Person, folder: Path, long_form: bool):
    person.picture("start")
    import_dropped(person, folder)
    assert person.page("start").panel.title.text() == "3 classes, 120 photos"
    accept_import(person, "120 photos added")
    _relabel(person)
    search(person, whole=long_form)
    results(person)
    choose_device(person)
    bundle = export(person)
    check_bundle(bundle, "image-classification")

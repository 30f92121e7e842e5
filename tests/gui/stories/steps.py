"""What all stories have in common: a search, a device, an export."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, Qt

from studio.app import Session
from studio.gui.mime import candidate_data

from .person import Person

BOARD = "Arduino Nano 33 BLE"


def import_dropped(person: Person, path: Path) -> None:
    """Let a file or folder fall on Start, and wait for the preview."""
    start = person.page("start")
    person.blocks.stage("import")
    person.drop_files(start.drop, [path])
    person.wait(lambda: start.check.ready)


def accept_import(person: Person, said: str) -> None:
    """Import what the preview shows."""
    start = person.page("start")
    assert list(person.program.settings.projects_folder.glob("*.automl")) == []
    person.wait(lambda: start.check.ready and start.check._closer_task is None)
    person.picture("preview")
    person.click(start.panel.accept)
    person.wait(lambda: person.program.workspace is not None)
    person.program.workspace.failed.connect(person.problems.append)
    data = person.page("data")
    person.wait(lambda: said in data.summary.text())
    person.rest()
    person.wait(lambda: data.grid.samples.rowCount() > 0)
    person.picture("data")


def search(person: Person, *, whole: bool) -> None:
    """Search for a model for one minute, or until a first model is there."""
    person.blocks.stage("training")
    person.go("train")
    page = person.page("train")
    settings = page.settings
    person.wait(lambda: settings.device.count() > 0)
    person.write(settings.device.lineEdit(), BOARD)
    person.key(settings.device.lineEdit(), Qt.Key.Key_Return)
    assert settings.limits.chosen.name == BOARD
    person.key(settings.minutes, Qt.Key.Key_End)
    person.write(settings.own_minutes.lineEdit(), "1" if whole else "3")
    person.key(settings.own_minutes, Qt.Key.Key_Tab)
    assert settings.chosen_minutes == (1 if whole else 3)
    person.wait(settings.start.isEnabled)
    person.click(settings.start)
    workspace = person.program.workspace
    person.wait(lambda: workspace.training is not None and workspace.training.finished >= 1)
    person.picture("training")
    if not whole:
        person.click(settings.stop)
    person.wait(lambda: not workspace.searching)
    assert workspace.training.ended == ("time" if whole else "stopped"), settings.state.text()
    person.wait(lambda: workspace.candidate is not None)
    person.rest()
    person.picture("searched")


def results(person: Person) -> None:
    """Look at the results, and at the samples behind a cell of the confusion matrix."""
    page = person.page("train")
    person.blocks.stage("results")
    person.click(page.tabs["results"])
    panel = page.mistakes
    person.wait(lambda: panel.judgement is not None)
    evaluation = panel.judgement.evaluation
    counts, names = evaluation.confusion, evaluation.classes
    # Of what the model did, a mistake if there is one: that is what a person clicks first.
    cells = [(row, column) for row, line in enumerate(counts) for column, n in enumerate(line) if n]
    row, column = min(cells, key=lambda cell: cell[0] == cell[1])
    model = panel.confusion.model()
    person.click_row(panel.confusion, model.index(row, column))
    # A recording counts once for each of its ranges, and is shown once.
    behind = {(cell.truth, cell.predicted): cell.sample_ids for cell in evaluation.details.cells}
    many = len(set(behind[row, column]))
    assert 1 <= many <= counts[row][column]
    person.wait(lambda: panel.strip.count() == many)
    assert names[row] in panel.behind.text()
    person.click_row(panel.strip, panel.strip.model().index(0, 0))
    person.wait(lambda: bool(panel.why.meaning.text() or panel.why.says.text()))
    person.rest()
    person.picture("results")


def choose_device(person: Person, name: str = BOARD) -> None:
    """Drag the model onto the card of a board."""
    person.blocks.stage("device")
    person.go("device")
    page, workspace = person.page("device"), person.program.workspace
    person.wait(lambda: not workspace.checking and page.sieve.rowCount() > 0)
    person.rest()
    rows = range(page.sieve.rowCount())
    row = next(r for r in rows if page.sieve.device(r).name == name)
    index = page.sieve.index(row, 0)
    page.cards.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
    page.cards.scrollTo(index)
    mime = candidate_data(workspace.candidate.id)
    person.drop(page.cards.viewport(), page.cards.visualRect(index).center(), mime)
    person.wait(lambda: workspace.device is not None and workspace.device.name == name)
    person.rest()
    person.picture("device")


def export(person: Person) -> Path:
    """Export for the chosen board; the window itself must say that the bundle proves itself."""
    person.blocks.stage("conversion and export")
    person.go("export")
    page = person.page("export")
    person.wait(page.export.isEnabled)
    person.rest()
    out = Path(page.target.place.text())
    person.click(page.export)
    person.wait(lambda: page.result.verdict.text() != "")
    assert page.result.verdict.text() == "Verified: PASS"
    person.rest()
    person.picture("export")
    return out


def check_bundle(bundle: Path, task: str) -> None:
    """Look into the bundle without the window."""
    with zipfile.ZipFile(bundle) as packed:
        names = packed.namelist()
        manifest = json.loads(packed.read(next(n for n in names if n.endswith("manifest.json"))))
    assert any(name.endswith(".tflite") for name in names)
    assert any(name.endswith(".c") for name in names)
    assert task in json.dumps(manifest)


def stored_classes(project: Path) -> dict[str, str | None]:
    """Return what the project file says each sample is, by name, read by another session."""
    with Session.open(project) as session:
        return {sample.name: sample.class_name for sample in session.samples(limit=-1)}

"""Data as a person meets it: drop, preview, correct, import; health, sessions, split, files."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QPushButton

from studio.app import Session, build_sample
from studio.gui.application import Program
from studio.gui.backend import AppBackend
from studio.gui.settings import Settings

from .conftest import settled
from .fake_backend import png
from .test_window import drop, photo_folder


@pytest.fixture
def real(qapp: QApplication, settings: Settings, tmp_path: Path, monkeypatch):
    """Return a program on the real session."""
    monkeypatch.setenv("AUTOML_STUDIO_DATA", str(tmp_path / "user"))
    made = Program(qapp, AppBackend(), settings)
    made.show()
    yield made
    made.end()
    made.window.close()
    made.window.deleteLater()
    made.deleteLater()


def imported(real: Program, qtbot, paths: list[Path]) -> None:
    """Drop something on the start page and import what the preview offers."""
    drop(real.window, paths)
    start = real.window.page("start")
    qtbot.waitUntil(lambda: start.check.ready)
    start.panel.accept.click()
    done = lambda: real.workspace is not None and settled(real) and real.workspace.job is None  # noqa: E731
    qtbot.waitUntil(lambda: done() and real.workspace.view.overview.samples > 0)
    qtbot.waitUntil(done)


def opened_at(real: Program, qtbot, path: Path) -> None:
    """Open a project and wait until it is read."""
    real.open(path)
    qtbot.waitUntil(lambda: real.workspace is not None and settled(real))


def test_a_table_is_guessed_corrected_and_imported(real, qtbot, tmp_path):
    table = build_sample("iris", tmp_path) / "iris.csv"
    drop(real.window, [table])
    start = real.window.page("start")
    qtbot.waitUntil(lambda: start.check.ready)
    assert start.check.task == "tabular-classification"
    assert start.panel.title.text() == "3 classes, 150 rows"
    start.panel.task.setCurrentIndex(start.panel.task.findData("tabular-regression"))
    start.panel.task.activated.emit(start.panel.task.currentIndex())
    qtbot.waitUntil(lambda: start.check.ready and not start.check.preview.counts)
    box = start.panel.questions["target"]
    box.setCurrentIndex(box.findData("petal width (cm)"))
    box.activated.emit(box.currentIndex())
    qtbot.waitUntil(lambda: start.check.ready and bool(start.check.options))
    start.panel.accept.click()
    qtbot.waitUntil(lambda: real.workspace is not None and settled(real))
    qtbot.waitUntil(lambda: real.workspace.view.overview.samples == 150)
    assert real.workspace.view.overview.task == "tabular-regression"
    assert real.workspace.view.overview.unlabelled == 0
    assert real.window._status.text().startswith("150 rows")


def test_cancelling_the_preview_writes_nothing(real, qtbot, tmp_path):
    folder = photo_folder(tmp_path / "beans", {"good": 2, "bad": 2})
    drop(real.window, [folder])
    start = real.window.page("start")
    qtbot.waitUntil(lambda: start.check.ready)
    start.panel.cancel.click()
    assert not start.check.active
    assert list(tmp_path.glob("*.automl")) == []
    assert real.workspace is None


def test_what_cannot_be_read_and_copies_are_told_before_the_import(real, qtbot, tmp_path):
    folder = photo_folder(tmp_path / "beans", {"good": 3, "bad": 3})
    (folder / "bad" / "broken.png").write_bytes(png(7)[:60])
    (folder / "bad" / "again.png").write_bytes((folder / "bad" / "0.png").read_bytes())
    drop(real.window, [folder])
    start = real.window.page("start")
    qtbot.waitUntil(lambda: start.check.closer is not None)
    told = start.panel.closer.text()
    assert told == "1 file cannot be read. 1 is an exact copy of another."
    assert start.panel.skipped.item(0, 0).text() == "bad/broken.png"
    assert list(tmp_path.glob("*.automl")) == []


def test_linking_leaves_the_files_and_a_lost_folder_is_found_again(real, qtbot, tmp_path):
    folder = photo_folder(tmp_path / "beans", {"good": 3, "bad": 3})
    drop(real.window, [folder])
    start = real.window.page("start")
    qtbot.waitUntil(lambda: start.check.ready)
    start.panel.link.click()
    qtbot.waitUntil(lambda: start.check.ready and start.check.options == {"link": "yes"})
    start.panel.accept.click()
    qtbot.waitUntil(lambda: real.workspace is not None and settled(real))
    qtbot.waitUntil(lambda: real.workspace.view.overview.samples == 6)
    moved = folder.rename(tmp_path / "moved")
    page = real.window.page("data")
    page.show_section("files")
    files = page.section("files")
    page.desk.read_files()
    qtbot.waitUntil(lambda: page.desk.files is not None and len(page.desk.files.missing) == 6)
    assert files.missing.count() == 6
    page.desk.relink(moved)
    qtbot.waitUntil(lambda: page.summary.text() == "6 of 6 originals found.")
    page.desk.collect()
    qtbot.waitUntil(lambda: page.desk.files is not None and page.desk.files.linked == 0)
    assert files.linked.text() == "The project keeps a copy of every original."


def test_zips_and_several_at_once_come_in_together(real, qtbot, tmp_path):
    packed = tmp_path / "rust.zip"
    with zipfile.ZipFile(packed, "w") as made:
        for i in range(2):
            made.writestr(f"{i}.png", png(700 + i, 40))
    folder = photo_folder(tmp_path / "more", {"leaf": 2}) / "leaf"
    imported(real, qtbot, [packed, folder])
    assert {c.name: c.samples for c in real.workspace.view.classes} == {"rust": 2, "leaf": 2}


def test_findings_have_their_actions(real, qtbot, tmp_path):
    folder = photo_folder(tmp_path / "beans", {"good": 6, "bad": 6})
    (folder / "good" / "again.png").write_bytes((folder / "good" / "1.png").read_bytes())
    imported(real, qtbot, [folder])
    page = real.window.page("data")
    page.show_section("health")
    section = page.section("health")
    section.look.click()
    qtbot.waitUntil(lambda: page.desk.findings is not None)
    codes = {finding.code: finding for finding in page.desk.findings}
    copies = codes["health.exact_duplicates"]
    wanted: list[tuple[object, str]] = []
    real.workspace.samples_wanted.connect(lambda ids, title: wanted.append((ids, title)))
    texts = {b.text(): b for b in section.findChildren(QPushButton)}
    texts[f"Show {len(copies.sample_ids)} photos"].click()
    assert wanted == [(copies.sample_ids, "Exact copies")]
    assert real.window.current == "label"
    texts["Keep 1 photo out"].click()
    qtbot.waitUntil(lambda: page.desk.findings is None and settled(real))
    with Session.open(real.workspace.path) as session:
        assert sum(sample.excluded for sample in session.samples()) == 1


@pytest.fixture
def pumps(tmp_path: Path) -> Path:
    """A project of recordings taken on several days."""
    path = tmp_path / "pumps.automl"
    folder = build_sample("pump", tmp_path / "raw")
    for file in sorted(folder.rglob("day[3-6]*.csv")):
        file.unlink()
    with Session.create(path, task="sensor-classification") as session:
        session.import_paths([folder])
    return path


def test_sessions_are_found_joined_renamed_moved_and_separated(real, qtbot, pumps):
    opened_at(real, qtbot, pumps)
    page = real.window.page("data")
    page.show_section("sessions")
    view = page.section("sessions")
    qtbot.waitUntil(lambda: page.desk.sessions == ())
    view.finding.click()
    qtbot.waitUntil(lambda: view.tree.topLevelItemCount() == 6)
    tree = view.tree
    name = lambda row: tree.topLevelItem(row).text(0)  # noqa: E731
    assert name(0) == "good: day1"

    # dragging the second onto the first
    tree.setCurrentItem(tree.topLevelItem(1))
    tree.topLevelItem(1).setSelected(True)
    where = QPointF(tree.visualItemRect(tree.topLevelItem(0)).center())
    button, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    tree.dropEvent(QDropEvent(where, Qt.DropAction.MoveAction, QMimeData(), button, keys))
    qtbot.waitUntil(lambda: tree.topLevelItemCount() == 5)
    assert tree.topLevelItem(0).text(1) == "10"

    tree.topLevelItem(0).setText(0, "good: both days")
    qtbot.waitUntil(lambda: "good: both days" in [s.name for s in page.desk.sessions or ()])
    item = tree._top("good: both days")
    item.setExpanded(True)
    qtbot.waitUntil(lambda: item.childCount() == 10)
    tree.clearSelection()
    item.child(0).setSelected(True)
    goals = [a.text() for a in tree.menu().actions()[-1].menu().actions()]
    assert "unbalanced: day1" in goals
    tree.move_to("unbalanced: day1")
    sizes = lambda: {s.name: len(s.sample_ids) for s in page.desk.sessions or ()}  # noqa: E731
    qtbot.waitUntil(lambda: sizes().get("unbalanced: day1") == 6)
    tree.clearSelection()
    tree._top("unbalanced: day1").setSelected(True)
    view.separating.click()
    qtbot.waitUntil(lambda: "unbalanced: day1" not in sizes() and len(sizes()) == 10)
    real.window.menu_actions["undo"].trigger()
    qtbot.waitUntil(lambda: sizes().get("unbalanced: day1") == 6)


def test_the_split_is_told_in_counts_and_the_leak_in_two_figures(real, qtbot, pumps):
    opened_at(real, qtbot, pumps)
    page = real.window.page("data")
    page.show_section("split")
    view = page.section("split")
    view.look.click()
    qtbot.waitUntil(lambda: page.desk.split is not None)
    assert view.table.rowCount() == 3
    counted = sum(int(view.table.item(r, c).text()) for r in range(3) for c in (1, 2, 3))
    assert counted + len(page.desk.split.left_out) == 30
    assert "of sessions it has not seen" in view.leak.text()


def test_data_goes_out_for_other_programs(real, qtbot, pumps, tmp_path):
    opened_at(real, qtbot, pumps)
    page = real.window.page("data")
    page.show_section("files")
    files = page.section("files")
    qtbot.waitUntil(lambda: files.form.count() > 0)
    out = tmp_path / "out.zip"
    page.desk.export_data(out, str(files.form.currentData()), unlabelled=False)
    qtbot.waitUntil(out.exists)
    qtbot.waitUntil(lambda: "files written to" in page.summary.text())
    page.desk.freeze()
    qtbot.waitUntil(lambda: files.versions.count() == 1)
    assert "to train" in files.versions.item(0).text()


def test_every_sample_starts_and_a_project_on_the_list_can_go(real, qtbot):
    start = real.window.page("start")
    assert set(start.samples) == {"digits", "iris", "pump"}
    start.samples["iris"].findChild(QPushButton).click()
    qtbot.waitUntil(lambda: real.workspace is not None and settled(real))
    qtbot.waitUntil(lambda: real.workspace.view.overview.samples == 150 and settled(real))
    path = real.workspace.path
    real.close_project()
    start = real.window.page("start")
    assert "150 rows" in start.recent.item(0).text()
    path.unlink()
    start.refresh()
    assert "not there any more" in start.recent.item(0).text()
    start.recent.setCurrentRow(0)
    start.forget.click()
    assert start.recent.count() == 0

"""What goes wrong is said in one sentence where it happened, and the window goes on."""

from __future__ import annotations

import os
import resource
import signal
import sqlite3
from pathlib import Path

import pytest
from PIL import Image

from studio.app import Session, build_sample
from studio.domain.search import SearchRequest
from studio.gui.application import Program

from .conftest import settled
from .fake_backend import png
from .test_data import imported, opened_at, real  # noqa: F401
from .test_window import photo_folder


def goes_on(program: Program, qtbot) -> None:
    """Label a photo and see it counted: the window is as good as before."""
    before = program.workspace.view.classes
    program.workspace.assign([1], "after")
    qtbot.waitUntil(lambda: settled(program) and program.workspace.view.classes != before)
    assert "after" in {each.name for each in program.workspace.view.classes}


def test_a_class_called_like_markup_is_shown_as_it_is(real, qtbot, tmp_path):  # noqa: F811
    imported(real, qtbot, [photo_folder(tmp_path / "odd", {"rust": 3, "plain": 3})])
    odd = [1, 2, 3]
    real.workspace.assign(odd, "<b>x</b>")
    classes = lambda: {c.name: c.samples for c in real.workspace.view.classes}  # noqa: E731
    qtbot.waitUntil(lambda: classes().get("<b>x</b>") == len(odd))
    page = real.window.page("data")
    assert "<b>x</b>: 3 photos" in page.balance.accessibleDescription()
    page.show_section("split")
    page.desk.divide()
    qtbot.waitUntil(lambda: real.workspace.job is None and page.desk.split is not None)
    table = page.section("split").table
    assert "<b>x</b>" in {table.item(row, 0).text() for row in range(table.rowCount())}
    goes_on(real, qtbot)


def test_a_huge_picture_is_left_out_in_words(real, qtbot, tmp_path):  # noqa: F811
    folder = photo_folder(tmp_path / "some", {"leaf": 2})
    huge = folder / "leaf" / "huge.png"
    huge.write_bytes(png(1))
    with huge.open("r+b") as file:
        file.truncate(300 << 20)  # 300 MB of a file that calls itself a picture
    wide = folder / "leaf" / "wide.png"
    Image.new("1", (40_000, 40_000)).save(wide)
    imported(real, qtbot, [folder])
    page = real.window.page("data")
    qtbot.waitUntil(lambda: "2 photos added" in page.summary.text())
    table = page.skipped
    why = {table.item(row, 0).text(): table.item(row, 1).text() for row in range(table.rowCount())}
    assert set(why) == {"leaf/huge.png", "leaf/wide.png"}
    assert all(why.values())
    goes_on(real, qtbot)


def test_a_linked_folder_that_is_gone_is_said_when_it_is_needed(real, qtbot, tmp_path):  # noqa: F811
    folder = photo_folder(tmp_path / "beans", {"good": 8, "bad": 8})
    path = tmp_path / "linked.automl"
    with Session.create(path) as session:
        session.import_paths([folder], link=True)
    folder.rename(tmp_path / "elsewhere")
    opened_at(real, qtbot, path)
    real.window.page("data").desk.freeze()
    notice = real.window.notice
    qtbot.waitUntil(notice.isVisible)
    assert notice.happened.text().startswith("Linked originals of 16 labelled samples")
    goes_on(real, qtbot)


def test_a_project_of_a_newer_version_and_a_damaged_one_are_refused(real, qtbot, tmp_path):  # noqa: F811
    good = tmp_path / "good.automl"
    with Session.create(good) as session:
        session.import_paths([photo_folder(tmp_path / "p", {"leaf": 2, "rust": 2})])
    newer = tmp_path / "newer.automl"
    newer.write_bytes(good.read_bytes())
    with sqlite3.connect(newer) as connection:
        connection.execute("PRAGMA user_version = 999")
    connection.close()
    damaged = tmp_path / "damaged.automl"
    damaged.write_bytes(good.read_bytes()[:5000])
    opened_at(real, qtbot, good)
    notice = real.window.notice
    real.open(newer)
    qtbot.waitUntil(lambda: "newer version" in notice.happened.text())
    assert notice.isVisible()
    real.open(damaged)
    qtbot.waitUntil(lambda: "damaged" in notice.happened.text())
    assert real.workspace.path == good
    goes_on(real, qtbot)


def test_a_disk_that_takes_no_more_is_said_and_nothing_is_lost(real, qtbot, tmp_path):  # noqa: F811
    path = tmp_path / "beans.automl"
    with Session.create(path) as session:
        session.import_paths([photo_folder(tmp_path / "p", {"leaf": 2, "rust": 2})])
    more = tmp_path / "more" / "mite"
    more.mkdir(parents=True)
    for number in range(3):
        noise = Image.effect_noise((700, 700), 90)
        noise.save(more / f"{number}.png")
    opened_at(real, qtbot, path)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + (256 << 10), limits[1]))
        real.window.page("data").import_paths([more.parent])
        notice = real.window.notice
        qtbot.waitUntil(notice.isVisible)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert notice.happened.text().startswith("The disk ")
    assert notice.details.startswith("project.disk_")
    qtbot.waitUntil(lambda: settled(real))
    assert real.workspace.view.overview.samples == 4
    goes_on(real, qtbot)


def children() -> set[int]:
    """Return the processes this one has started."""
    folders = Path("/proc/self/task").iterdir()
    return {int(pid) for each in folders for pid in (each / "children").read_text().split()}


@pytest.mark.slow
def test_a_worker_that_is_killed_is_said_and_its_models_stay(real, qtbot, tmp_path):  # noqa: F811
    path = tmp_path / "iris.automl"
    with Session.create(path, task="tabular-classification") as session:
        session.import_paths([build_sample("iris", tmp_path / "raw")])
    opened_at(real, qtbot, path)
    before = children()
    real.workspace.start_search(SearchRequest(device_id="nano33ble", minutes=5.0))
    qtbot.waitUntil(lambda: bool(real.workspace.view.candidates), timeout=120_000)
    for pid in children() - before:
        os.kill(pid, signal.SIGKILL)
    qtbot.waitUntil(lambda: not real.workspace.searching, timeout=60_000)
    qtbot.waitUntil(lambda: settled(real))
    assert real.workspace.training.ended == "failed"
    assert real.workspace.training.sentence
    assert real.workspace.view.candidates
    assert real.workspace.view.unfinished is not None
    goes_on(real, qtbot)

"""The pipeline as a person uses it: walked by keys, opened, compared, exported, searched again."""

from __future__ import annotations

from dataclasses import replace
from time import thread_time

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from studio.gui.mime import candidate_data
from studio.gui.pipeline import canvas as drawing
from studio.gui.pipeline.canvas import PipelineCanvas
from studio.gui.pipeline.layout import Item, collapsed, laid
from studio.gui.pipeline.words import NEW_BUNDLE, Says

from .conftest import settled


@pytest.fixture
def page(opened, backend, qtbot):
    """Open the pipeline of a project with two searches; the models are of the first."""
    program = opened(candidates=9)
    stored = backend.stored[program.workspace.path]
    stored.searches.append(replace(stored.searches[0], id=2))
    qtbot.keyClick(program.window, Qt.Key.Key_6, Qt.KeyboardModifier.ControlModifier)
    found = program.window.page("pipeline")
    qtbot.waitUntil(lambda: bool(found.canvas.boxes) and settled(program))
    return found


def title(page) -> str:
    """Return the title of the current box."""
    return page.canvas.drawn[page.canvas.current].says.title


def drop(canvas, number: int, id: str) -> None:
    """Drop a model on a box."""
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    place = QPointF(canvas.centre_of(id))
    data = candidate_data(number)  # the event does not own it
    canvas.dropEvent(QDropEvent(place, Qt.DropAction.CopyAction, data, left, none))


def test_every_kind_of_record_is_there_and_what_is_old_says_so_in_words(page):
    said = {id: item.says for id, item in page.canvas.drawn.items()}
    assert said["version:1"].stale == "a later one is frozen"
    assert said["version:2"].stale == "lacks 37 photos"
    assert said["search:1"].stale == "from an older version"
    assert said["search:2"].stale == ""
    assert said["group:candidate:search:1"].title == "8 models more"
    assert said["group:candidate:search:1"].stale == "8 out of date"
    assert page.about.text().endswith("records are out of date.")
    assert NEW_BUNDLE in said


def test_the_keys_walk_along_the_edges_and_enter_opens(page, qtbot, program):
    view = page.canvas
    view.setFocus()
    assert title(page).endswith("labelled")
    walked = []
    for _ in range(5):
        qtbot.keyClick(view, Qt.Key.Key_Right)
        walked.append(view.boxes[view.current].kind)
    assert walked == ["version", "search", "candidate", "artifact", "bundle"]
    qtbot.keyClick(view, Qt.Key.Key_Left)
    assert view.boxes[view.current].kind == "artifact"
    view.choose("search:1")
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view.current == "search:2"
    assert view.accessibleDescription().startswith("Search 2")
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert program.window.current == "train"


def test_a_group_opens_with_enter_and_its_models_can_be_chosen(page, qtbot, program):
    view = page.canvas
    view.choose("group:candidate:search:1")
    qtbot.keyClick(view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "candidate:2" in view.boxes)
    view.choose("candidate:2")
    qtbot.mouseClick(page.buttons["export"], Qt.MouseButton.LeftButton)
    assert program.window.current == "export"
    assert program.workspace.candidate.id == 2


def test_a_model_dropped_on_another_is_compared_and_on_the_new_bundle_exported(
    page, qtbot, program
):
    page.desk.toggle("group:candidate:search:1")
    qtbot.waitUntil(lambda: "candidate:2" in page.canvas.boxes)
    page.canvas.fit()
    drop(page.canvas, 1, "candidate:2")
    qtbot.waitUntil(lambda: "#1" in page.notice.happened.text())
    assert "#2" in page.notice.happened.text()
    drop(page.canvas, 3, NEW_BUNDLE)
    assert program.window.current == "export"
    assert program.workspace.candidate.id == 3


def test_dragging_a_model_carries_its_number(page, qtbot, monkeypatch):
    carried: list[QMimeData] = []

    class Drag(drawing.QDrag):
        def exec(self, *actions: object) -> Qt.DropAction:
            carried.append(self.mimeData())
            return Qt.DropAction.CopyAction

    monkeypatch.setattr(drawing, "QDrag", Drag)
    view, chosen = page.canvas, page._workspace.candidate.id
    start = view.centre_of(f"candidate:{chosen}")
    qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=start)
    far = start + QPoint(3 * QApplication.startDragDistance(), 0)
    qtbot.mouseMove(view.viewport(), far)
    qtbot.waitUntil(lambda: bool(carried))
    assert bytes(carried[0].data("application/x-automl-candidate").data()) == b"%d" % chosen


def test_the_menu_of_a_box_has_what_can_be_done_with_it(page, qtbot, program):
    texts = lambda id: [each.text() for each in page.menu_of(id).actions()]  # noqa: E731
    chosen = program.workspace.candidate.id
    assert texts("search:1") == ["Open", "Search again on the newest labels"]
    assert texts(f"candidate:{chosen}") == ["Open", "Export"]
    page.desk.toggle("group:candidate:search:1")
    qtbot.waitUntil(lambda: "candidate:2" in page.canvas.boxes)
    assert texts("candidate:2") == ["Open", "Compare with the chosen model", "Export"]
    asked: list[str] = []
    page.canvas.menu_wanted.connect(lambda id, place: asked.append(id))
    page.canvas.menu_wanted.disconnect(page._on_menu)
    page.canvas.choose("search:2")
    key = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(0, 0), QPoint(0, 0))
    page.canvas.contextMenuEvent(key)
    assert asked == ["search:2"]


def test_searching_again_asks_the_same_of_the_newest_labels(page, qtbot, backend, program):
    page.canvas.choose("search:1")
    qtbot.mouseClick(page.buttons["again"], Qt.MouseButton.LeftButton)
    assert program.window.current == "train"
    qtbot.waitUntil(lambda: bool(backend.runs))
    qtbot.waitUntil(lambda: not program.workspace.searching and settled(program))
    assert backend.frozen == 1
    stored = backend.stored[program.workspace.path]
    assert stored.searches[-1].request == stored.searches[0].request


def test_zooming_stays_within_bounds_and_show_all_shows_all(page, qtbot):
    view = page.canvas
    view.setFocus()
    for _ in range(30):
        qtbot.keyClick(view, Qt.Key.Key_Plus)
    assert view.transform().m11() == pytest.approx(2.0)
    for _ in range(60):
        qtbot.keyClick(view, Qt.Key.Key_Minus)
    assert view.transform().m11() == pytest.approx(0.3)
    qtbot.keyClick(view, Qt.Key.Key_0)
    room = view.mapToScene(view.viewport().rect()).boundingRect().adjusted(-2, -2, 2, 2)
    assert room.width() >= view.sceneRect().width()


def test_an_empty_project_says_what_to_do(opened, qtbot):
    program = opened(photos=0)
    program.window.go("pipeline")
    page = program.window.page("pipeline")
    qtbot.waitUntil(lambda: page.desk.graph is not None)
    assert page.faces.currentWidget() is page.empty
    page.empty.findChild(type(page.buttons["open"])).click()
    assert program.window.current == "data"


def test_the_pipeline_is_not_there_without_a_project(program):
    assert not program.window.rail.buttons["pipeline"].isEnabled()
    assert not program.window.menu_actions["go:pipeline"].isEnabled()


def test_five_hundred_models_shown_one_by_one_do_not_stutter(qtbot, capsys):
    items = [Item(id="search:1", kind="search")]
    for n in range(500):
        items.append(Item(id=f"candidate:{n}", kind="candidate", parents=("search:1",), order=n))
    for n in range(500):
        parents = (f"candidate:{n}",)
        items.append(Item(id=f"artifact:{n}", kind="artifact", parents=parents, order=n))
    boxes = collapsed(items, {"group:candidate:search:1"})
    assert len(boxes) == 1001
    view = PipelineCanvas()
    qtbot.addWidget(view)
    view.resize(1000, 700)
    view.show()
    spots, says = laid(boxes), {box.id: Says(title=box.id, about="96 %") for box in boxes}
    times = []
    for act in (
        lambda: view.show_graph(boxes, spots, says),
        view.grab,
        lambda: view.choose("candidate:499"),
        view.grab,
        view.fit,
        view.grab,
    ):
        start = thread_time()
        act()
        times.append(1000 * (thread_time() - start))
    with capsys.disabled():
        print(
            "  500 models, processor time of each step:", f"{[round(t) for t in times]} ms", end=" "
        )
    assert view.current == "candidate:499"

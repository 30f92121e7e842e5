"""The page Label as a person uses it, on real project files."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from studio.gui.labelling.mime import class_mime
from studio.gui.labelling.selection import go_to_row

from .label_bench import CLASSES, drag, labels, photos, shown, table, wait

MITE = CLASSES[2]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return photos(tmp_path)


@pytest.fixture
def page(project, settings, qtbot):
    with shown(project, settings, qtbot) as made:
        yield made
        assert made.problems == []


def press(qtbot, page, key: Qt.Key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the samples are."""
    view = page.middle.view
    if not page.middle.one_at_a_time:
        view.setFocus()
        qtbot.keyClick(view, key, modifier)
    else:
        qtbot.keyClick(page.rapid.photo, key, modifier)


def titles(page) -> list[str]:
    return [page.inspector.history.item(n).text() for n in range(page.inspector.history.count())]


def place_of(page, name: str) -> QPoint:
    row = 2 + page.filter.names().index(name)
    return page.filter.visualItemRect(page.filter.item(row)).center()


def test_five_are_relabelled_by_keys_and_two_undone(page, project, qtbot):
    before = labels(project)
    go_to_row(page.grid, 0)
    for _ in range(5):
        press(qtbot, page, Qt.Key.Key_2)
    assert page.middle.row == 5
    wait(qtbot, page)
    first = [page.model.sample(row).name.rpartition("/")[2] for row in range(5)]
    assert [labels(project)[name] for name in first] == ["rust"] * 5
    page.controller.undo()
    page.controller.undo()
    wait(qtbot, page)
    after = labels(project)
    assert [after[name] for name in first[:3]] == ["rust"] * 3
    assert [after[name] for name in first[3:]] == [before[name] for name in first[3:]]
    page.controller.redo()
    wait(qtbot, page)
    assert labels(project)[first[3]] == "rust"


def test_thumbnails_dragged_onto_a_class_are_of_it(page, project, qtbot):
    indexes = [page.model.index(row) for row in (1, 4, 6)]
    names = [page.model.sample(i.row()).name.rpartition("/")[2] for i in indexes]
    mime = page.model.mimeData(indexes)
    assert drag(mime, page.filter.viewport(), place_of(page, MITE))
    wait(qtbot, page, lambda: labels(project)[names[0]] == MITE)
    assert [labels(project)[name] for name in names] == [MITE] * 3
    page.controller.undo()
    wait(qtbot, page)
    assert [labels(project)[name] for name in names] != [MITE] * 3


def test_a_class_dragged_onto_another_is_merged_after_asking(page, project, qtbot):
    assert not drag(class_mime("rust"), page.filter.viewport(), place_of(page, "rust"))
    assert drag(class_mime("rust"), page.filter.viewport(), place_of(page, "leaf"))
    assert page.ask.isVisible()
    assert "rust" in page.ask.words.text()
    assert "rust" in page.filter.names()
    page.ask.yes.click()
    wait(qtbot, page, lambda: "rust" not in page.filter.names())
    assert "rust" not in labels(project).values()
    assert titles(page)[0] == "Merge rust into leaf"
    page.controller.undo()
    wait(qtbot, page, lambda: "rust" in page.filter.names())


def test_the_menu_of_a_class_does_what_dragging_does(page, qtbot):
    menu = page.filter.menu_for("leaf")
    into = next(action.menu() for action in menu.actions() if action.menu())
    next(action for action in into.actions() if action.text() == "rust").trigger()
    assert page.ask.isVisible()
    page.ask.no.click()
    assert not page.ask.isVisible()
    menu.close()


def test_the_menu_of_samples_does_what_dragging_does(page, project, qtbot):
    page.controller.move(page.model.ids_at([0]), "morning")
    wait(qtbot, page, lambda: page.inspector.sessions.count() == 1)
    go_to_row(page.grid, 2)
    name = page.model.sample(2).name.rpartition("/")[2]

    def choose(*titles: str) -> None:
        page.middle.menu_wanted.emit(page.mapToGlobal(QPoint(300, 200)))
        menu = QApplication.activePopupWidget()
        for title in titles:
            action = next(a for a in menu.actions() if a.text() == title)
            menu = action.menu() or menu
        action.trigger()
        QApplication.activePopupWidget().close()

    choose("Set class", "rust")
    wait(qtbot, page, lambda: labels(project)[name] == "rust")
    choose("Move to session", "morning")
    wait(qtbot, page, lambda: page.inspector.values["session"].text() == "morning")
    choose("Leave out of training")
    wait(qtbot, page, lambda: page.inspector.values["class"].text() == "rust, left out")
    choose("Remove from the project…")
    page.ask.yes.click()
    wait(qtbot, page, lambda: page.model.rowCount() == 23)
    page.controller.undo()
    wait(qtbot, page, lambda: page.model.rowCount() == 24)


def test_a_class_is_renamed_in_place_and_its_name_is_never_markup(page, project, qtbot):
    item = page.filter.item(2 + page.filter.names().index(MITE))
    assert item.text().startswith("<b>mite")
    assert "&lt;b&gt;" in item.toolTip()
    page.filter.setFocus()
    page.filter.setCurrentItem(item)
    wait(qtbot, page)
    qtbot.keyClick(page.filter, Qt.Key.Key_F2)
    editor = page.filter.findChild(QLineEdit)
    assert editor.text() == MITE
    editor.setText("응애")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    wait(qtbot, page, lambda: "응애" in page.filter.names())
    assert "응애" in labels(project).values()
    assert all(
        found.textFormat() is not Qt.TextFormat.AutoText
        for found in page.findChildren(QLabel)
        if found.text().startswith("<")
    )


def test_a_new_class_and_a_class_deleted_with_undo(page, project, qtbot):
    page.new_class.setText("곰팡이")
    qtbot.keyClick(page.new_class, Qt.Key.Key_Return)
    wait(qtbot, page, lambda: "곰팡이" in page.filter.names())
    page.filter.delete_wanted.emit("leaf")
    page.ask.yes.click()
    wait(qtbot, page, lambda: "leaf" not in page.filter.names())
    assert "leaf" not in labels(project).values()
    page.controller.undo()
    wait(qtbot, page, lambda: "leaf" in page.filter.names())
    assert "leaf" in labels(project).values()


def test_samples_dropped_on_a_session_are_moved_there(page, project, qtbot):
    go_to_row(page.grid, 0)
    page.inspector.tabs.setCurrentIndex(1)
    page.inspector.new_session.setText("morning")
    qtbot.keyClick(page.inspector.new_session, Qt.Key.Key_Return)
    wait(qtbot, page, lambda: page.inspector.sessions.count() == 1)
    sessions = page.inspector.sessions
    page.inspector.tabs.setCurrentIndex(1)
    at = sessions.visualItemRect(sessions.item(0)).center()
    assert drag(page.model.mimeData([page.model.index(3)]), sessions.viewport(), at)
    wait(qtbot, page, lambda: sessions.item(0).text() == "morning: 2")
    menu = page.bar.menu()
    sub = next(a.menu() for a in menu.actions() if a.menu() and a.text() == "Session")
    sub.actions()[0].trigger()
    wait(qtbot, page, lambda: page.model.rowCount() == 2)


def test_the_history_panel_undoes_up_to_a_step(page, project, qtbot):
    before = labels(project)
    for row in range(4):
        page.controller.assign(page.model.ids_at([row]), "rust")
    wait(qtbot, page, lambda: page.inspector.history.count() >= 5)
    page.inspector.tabs.setCurrentIndex(2)
    page.inspector.history.setCurrentRow(3)
    page.inspector.turn.click()
    wait(qtbot, page, lambda: labels(project) == before)
    assert "(undone)" in titles(page)[0]
    page.inspector.history.setCurrentRow(0)
    assert page.inspector.turn.text() == "Redo up to here"
    page.inspector.turn.click()
    wait(qtbot, page, lambda: "(undone)" not in titles(page)[0])
    assert labels(project) != before


def test_one_at_a_time_goes_to_the_next_without_a_class(page, project, qtbot):
    page.filter.setCurrentRow(1)
    wait(qtbot, page, lambda: page.model.rowCount() == 6)
    press(qtbot, page, Qt.Key.Key_R)
    assert page.middle.one_at_a_time
    wait(qtbot, page, lambda: page.rapid.photo.sample is not None)
    assert page.rapid.progress.text() == "1 of 6"
    press(qtbot, page, Qt.Key.Key_1)
    press(qtbot, page, Qt.Key.Key_3)
    assert page.rapid.progress.text() == "3 of 6"
    press(qtbot, page, Qt.Key.Key_S)
    assert page.rapid.progress.text() == "4 of 6"
    wait(qtbot, page)
    page.rapid.undo.click()
    wait(qtbot, page)
    assert sum(name is None for name in labels(project).values()) == 5
    press(qtbot, page, Qt.Key.Key_R)
    wait(qtbot, page, lambda: page.model.rowCount() == 5)


def test_filters_are_chips_that_compose_and_nothing_found_teaches(page, qtbot):
    page.filter.setCurrentRow(2 + page.filter.names().index("rust"))
    wait(qtbot, page, lambda: page.bar.sieve.class_name == "rust")
    page.bar.text.setText("P01")
    qtbot.keyClick(page.bar.text, Qt.Key.Key_Return)
    wait(qtbot, page, lambda: page.bar.sieve.text == "P01" and page.model.sieve == page.bar.sieve)
    wait(qtbot, page, lambda: page.model.sample(0) is not None)
    found = [page.model.sample(row) for row in range(page.model.rowCount())]
    assert {s.class_name for s in found} == {"rust"}
    assert all("p01" in s.name for s in found)
    page.bar.text.setText("nowhere")
    qtbot.keyClick(page.bar.text, Qt.Key.Key_Return)
    wait(qtbot, page, lambda: page.model.rowCount() == 0)
    assert page.nothing.title.text() == "Nothing passes these filters."
    page.nothing.button.click()
    wait(qtbot, page, lambda: page.model.rowCount() == 24)
    assert page.bar.texts() == []


def test_what_the_neighbours_say_is_asked_and_shown(page, qtbot):
    menu = page.bar.menu()
    next(a for a in menu.actions() if a.text() == "Predicted otherwise").trigger()
    wait(qtbot, page, lambda: page.model.rowCount() == 0)
    assert page.nothing.button.text() == "Ask now"
    page.nothing.button.click()
    wait(qtbot, page, lambda: page.controller.asked)
    found = page.model.rowCount()
    page.bar.clear_all()
    wait(qtbot, page, lambda: page.model.rowCount() == 24)
    assert found < 24
    go_to_row(page.grid, 1)
    wait(qtbot, page, lambda: "%" in page.inspector.values["near"].text())


def test_samples_another_page_asks_for_are_a_chip(page, qtbot):
    page.show_samples(page.model.ids_at([3, 5, 8]), "3 mistakes")
    wait(qtbot, page, lambda: page.model.rowCount() == 3)
    [(words, without)] = page.bar.texts()
    assert words == "3 mistakes"
    page.bar.set(without)
    wait(qtbot, page, lambda: page.model.rowCount() == 24)


def test_keys_can_be_changed(page, project, settings, qtbot):
    page.keys.click()
    panel = page.middle.currentWidget()
    panel.fields["class:2"].setKeySequence("X")
    panel.fields["class:2"].editingFinished.emit()
    panel.done.click()
    go_to_row(page.grid, 2)
    name = page.model.sample(2).name.rpartition("/")[2]
    press(qtbot, page, Qt.Key.Key_X)
    wait(qtbot, page, lambda: labels(project)[name] == "rust")
    page.keys.click()
    panel.fields["class:3"].setKeySequence("X")
    panel.fields["class:3"].editingFinished.emit()
    assert "twice" in panel.warning.text()


def test_zoom_by_key_wheel_and_slider(page, qtbot):
    before = page.grid.side
    press(qtbot, page, Qt.Key.Key_Minus)
    assert page.grid.side < before
    page.zoom.setValue(page.zoom.maximum())
    assert page.grid.side == 240
    index = page.model.index(0)
    wait(qtbot, page, lambda: page.model.data(index, Qt.ItemDataRole.DecorationRole) is not None)


def test_a_box_is_drawn_resized_renamed_deleted_and_undone(page, project, qtbot):
    go_to_row(page.grid, 1)
    press(qtbot, page, Qt.Key.Key_R)
    photo = page.rapid.photo
    wait(qtbot, page, lambda: photo.sample is not None and photo._picture.pixmap().width() > 0)
    press(qtbot, page, Qt.Key.Key_B)
    assert photo.drawing
    whole = photo.mapFromScene(photo.sceneRect()).boundingRect()
    start = whole.topLeft() + QPoint(whole.width() // 4, whole.height() // 4)
    drag_mouse(qtbot, photo, start, start + QPoint(whole.width() // 4, whole.height() // 4))
    wait(qtbot, page, lambda: len(photo.boxes) == 1)
    [(id, box)] = photo.boxes.items()
    assert box.x == pytest.approx(0.25, abs=0.02)
    assert box.width == pytest.approx(0.25, abs=0.02)
    page.rapid.boxes.setChecked(False)
    drag_mouse(
        qtbot, photo, photo.view_rect(id).center().toPoint(), photo.view_rect(id).center().toPoint()
    )
    assert photo.picked_id == id
    corner = photo.view_rect(id).bottomRight().toPoint()
    drag_mouse(qtbot, photo, corner, corner + QPoint(whole.width() // 8, 0))
    wait(qtbot, page, lambda: photo.boxes[id].width > 0.3)
    press(qtbot, page, Qt.Key.Key_2)
    wait(qtbot, page, lambda: photo.boxes[id].class_name == "rust")
    press(qtbot, page, Qt.Key.Key_Delete)
    wait(qtbot, page, lambda: not photo.boxes)
    page.controller.undo()
    wait(qtbot, page, lambda: photo.boxes and photo.boxes[id].class_name == "rust")


def drag_mouse(qtbot, view, start: QPoint, end: QPoint) -> None:
    """Press, move and let go."""
    on = view.viewport()
    qtbot.mousePress(on, Qt.MouseButton.LeftButton, pos=start)
    for share in (0.5, 1.0):
        at = start + (end - start) * share
        QApplication.sendEvent(
            on,
            QMouseEvent(
                QEvent.Type.MouseMove,
                QPointF(at),
                QPointF(on.mapToGlobal(at)),
                Qt.MouseButton.NoButton,
                Qt.MouseButton.LeftButton,
                Qt.KeyboardModifier.NoModifier,
            ),
        )
    qtbot.mouseRelease(on, Qt.MouseButton.LeftButton, pos=end)


# -- rows


def test_a_table_shows_types_and_what_is_missing_and_is_labelled(tmp_path, settings, qtbot):
    path = table(tmp_path)
    with shown(path, settings, qtbot) as page:
        view = page.middle.table
        assert page.middle.currentWidget() is view
        model = view.rows
        wait(qtbot, page, lambda: model.index(9, 1).data() is not None)
        heads = [model.headerData(n, Qt.Orientation.Horizontal) for n in range(3)]
        assert heads == ["Class", "width\nnumber", "colour\ncategory"]
        assert model.columnCount() == 3
        assert model.index(9, 1).data() == "missing"
        view.sort_by(1)
        wait(qtbot, page, lambda: page.bar.sieve.column == "width")
        wait(qtbot, page, lambda: model.index(53, 1).data() not in (None, "missing"))
        cells = [float(model.index(n, 1).data()) for n in range(54)]
        assert cells == sorted(cells)
        assert model.index(59, 1).data() == "missing"
        view.setFocus()
        go_to_row(view, 0)
        [id] = page.middle.chosen_ids()
        before = page.model.sample(0).class_name
        qtbot.keyClick(view, Qt.Key.Key_2 if before == "a" else Qt.Key.Key_1)
        wait(qtbot, page, lambda: page.model.sample(page.model.row_of(id)).class_name != before)
        view.edit(model.index(1, 0))
        editor = view.findChild(QLineEdit)
        editor.setText("new one")
        qtbot.keyClick(editor, Qt.Key.Key_Return)
        wait(qtbot, page, lambda: "new one" in page.filter.names())
        assert page.problems == []


def test_amounts_stand_first_and_nobody_asks_for_classes(tmp_path, settings, qtbot):
    path = table(tmp_path, task="tabular-regression")
    with shown(path, settings, qtbot) as page:
        model = page.middle.table.rows
        wait(qtbot, page, lambda: model.index(0, 0).data() is not None)
        assert model.headerData(0, Qt.Orientation.Horizontal) == "width\nto be told"
        assert not page.set_class.isVisible()
        assert not page.new_class.isVisible()
        assert page.filter.count() == 1
        view = page.middle.table
        view.setFocus()
        go_to_row(view, 0)
        qtbot.keyClick(view, Qt.Key.Key_1)
        wait(qtbot, page)
        assert page.problems == []


def test_every_name_of_a_class_is_kept(page):
    assert page.filter.names() == [CLASSES[0], CLASSES[1], MITE]

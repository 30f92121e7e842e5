"""The Export page as a person uses it: forms, proof, cancelling, dragging, the board's words."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QMouseEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel

from studio.app import ecosystems
from studio.domain.errors import ExportError
from studio.gui.exporting import drag_out
from studio.gui.exporting.forms import FORMS, USUAL, forms_with
from studio.gui.exporting.proof import file_name

from .fake_backend import catalogue
from .fake_exporting import WITHOUT_CODE

_SAID = "STUDIO-SELFTEST 1 begin ... PASS"


@pytest.fixture
def page(opened, backend):
    """Open the Export page of a project with a model and a device."""
    backend.exporting.gate = threading.Event()
    program = opened(candidates=2)
    program.window.go("export")
    yield program.window.page("export")
    backend.exporting.gate.set()


def proof(page) -> dict[str, tuple[str, str]]:
    """Return the lines of the proof: what is spoken of each mark, and the note."""
    found, column = {}, page._proof
    for number in range(column.count()):
        row = column.itemAt(number).layout()
        widgets = [row.itemAt(i).widget() for i in range(row.count())]
        note = widgets[2].text() if len(widgets) > 2 else ""
        found[widgets[1].text()] = (widgets[0].accessibleName(), note)
    return found


def exported(page, qtbot) -> Path:
    """Press the button and wait until the bundle is proved."""
    qtbot.waitUntil(page.export.isEnabled)
    out = page.target.path
    qtbot.mouseClick(page.export, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.result.verdict.text() == "Verified: PASS")
    return out


def test_every_form_of_the_session_is_offered():
    assert {form.id for form in FORMS} <= {USUAL, *ecosystems()}
    assert {form.id for form in forms_with(ecosystems())} == {USUAL, *ecosystems()}
    assert all(form.sentence for form in FORMS)
    assert all(form.unbuilt for form in FORMS if form.id)


def test_the_heading_names_the_model_and_the_device(page):
    name = catalogue()["nano33ble"].name
    number = page._workspace.candidate.id
    assert page.sentence.text() == f"Model #{number} for {name}"


def test_one_press_exports_and_every_line_ticks_when_it_happened(page, qtbot, backend):
    backend.exporting.hold_after = "host"
    assert {mark for mark, _ in proof(page).values()} == {"not proved"}
    qtbot.waitUntil(page.export.isEnabled)
    qtbot.mouseClick(page.export, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: proof(page)["C code compared with the model"][0] == "yes")
    lines = proof(page)
    assert lines["C code compared with the model"][1] == "120 test inputs: every byte equal"
    assert lines["Working memory planned"][0] == "being done"
    assert lines["Bundle written"][0] == "not proved"
    assert page.cancel.isVisibleTo(page)
    assert not page.export.isEnabled()
    backend.exporting.gate.set()
    qtbot.waitUntil(lambda: page.result.verdict.text() == "Verified: PASS")
    lines = proof(page)
    assert lines["C code compiled for the device"][1] == "RAM 3.6 KiB ●, flash 9.4 KiB ●"
    assert lines["Bundle read back and verified"][0] == "yes"
    assert lines["Run on the board itself"][0] == "not proved"
    assert page.target.path.read_bytes() == b"a bundle"


def test_cancelling_ends_it_at_the_next_step_and_writes_nothing(page, qtbot, backend):
    backend.exporting.hold_after = "files"
    qtbot.waitUntil(page.export.isEnabled)
    qtbot.mouseClick(page.export, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: proof(page)["Model files made, each tested"][0] == "yes")
    qtbot.mouseClick(page.cancel, Qt.MouseButton.LeftButton)
    backend.exporting.gate.set()
    qtbot.waitUntil(lambda: page.notice.happened.text() == "The export was cancelled.")
    assert not page.target.path.exists()
    assert backend.exporting.made == []
    qtbot.waitUntil(page.export.isEnabled)


def test_what_is_there_is_replaced_only_when_agreed_and_cancel_has_the_keys(page, qtbot):
    page.target.path.write_bytes(b"mine")
    qtbot.waitUntil(page.export.isEnabled)
    page.export.click()
    assert page.target.asking
    assert page.target.asks.text() == f"{page.target.path.name} is there already."
    qtbot.waitUntil(page.target.keep.hasFocus)
    qtbot.keyClick(page.target.keep, Qt.Key.Key_Return)
    assert not page.target.asking
    assert page.target.path.read_bytes() == b"mine"
    page.export.click()
    qtbot.mouseClick(page.target.replace, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.result.verdict.text() == "Verified: PASS")
    assert page.target.path.read_bytes() == b"a bundle"


def test_another_place_is_chosen_in_a_dialog(page, qtbot, tmp_path, monkeypatch):
    wanted = tmp_path / "deep" / "elsewhere.zip"
    wanted.parent.mkdir()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a, **k: (str(wanted), ""))
    qtbot.mouseClick(page.target.other, Qt.MouseButton.LeftButton)
    assert exported(page, qtbot) == wanted


def test_a_form_is_chosen_by_key_and_goes_to_the_session(page, qtbot, backend):
    qtbot.waitUntil(lambda: bool(page.desk.forms))
    page.forms.list.setFocus()
    for _ in range(page.forms.list.count()):
        if page.forms.form != "zephyr":
            qtbot.keyClick(page.forms.list, Qt.Key.Key_Down)
    assert page.forms.form == "zephyr"
    assert page.target.path.name.endswith("nano33ble - zephyr.zip")
    exported(page, qtbot)
    assert backend.exporting.made[-1].ecosystem == "zephyr"
    assert backend.exporting.costs == [None]


def test_forms_that_do_not_take_the_device_cannot_be_chosen(page, qtbot):
    qtbot.waitUntil(lambda: bool(page.desk.forms))  # of a board without a chip of Espressif
    listed = [page.forms.list.item(i).text() for i in range(page.forms.list.count())]
    assert not [text for text in listed if text.startswith("ESP-IDF")]
    assert "ESP-IDF" in page.forms.others.text()


def test_what_errors_cost_goes_to_the_session(page, qtbot, backend):
    page.not_sure.own.setChecked(True)
    page.not_sure.panel.miss.setValue(20)
    exported(page, qtbot)
    (costs,) = backend.exporting.costs
    assert costs.miss == 20.0


def test_code_that_cannot_be_made_is_said_to_be_not_done(page, qtbot, backend):
    backend.exporting.steps = WITHOUT_CODE
    exported(page, qtbot)
    mark, note = proof(page)["C code compared with the model"]
    assert (mark, note) == ("not proved", "not done: no C code can be made of this model")


@pytest.mark.parametrize("code", ["export.does_not_fit", "export.code_differs", "export.disk_full"])
def test_a_refusal_is_said_where_it_happened(page, qtbot, backend, code):
    backend.export_error = ExportError("It is refused.", "Do this.", code=code)
    qtbot.waitUntil(page.export.isEnabled)
    page.export.click()
    qtbot.waitUntil(lambda: page.notice.happened.text() == "It is refused.")
    assert page.notice.details.startswith(code)
    assert not page.result.isVisibleTo(page)
    assert not page.cancel.isVisibleTo(page)
    qtbot.waitUntil(page.export.isEnabled)


def test_the_bundle_is_dragged_out_as_a_file(page, qtbot, monkeypatch):
    out = exported(page, qtbot)
    dragged: list[QMimeData] = []

    class Drag(drag_out.QDrag):
        def exec(self, *actions: object) -> Qt.DropAction:
            dragged.append(self.mimeData())
            return Qt.DropAction.CopyAction

    monkeypatch.setattr(drag_out, "QDrag", Drag)
    handle = page.result.drag
    qtbot.mousePress(handle, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    far = QPointF(5 + 2 * QApplication.startDragDistance(), 30)
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    move = QMouseEvent(QEvent.Type.MouseMove, far, handle.mapToGlobal(far), left, left, none)
    QApplication.sendEvent(handle, move)
    assert [data.urls() for data in dragged] == [[QUrl.fromLocalFile(str(out))]]
    handle.copy_path()
    assert QGuiApplication.clipboard().text() == str(out)
    handle.copy_file()
    assert QGuiApplication.clipboard().mimeData().urls() == [QUrl.fromLocalFile(str(out))]


def test_a_changed_bundle_fails_and_says_so(page, qtbot):
    exported(page, qtbot).write_bytes(b"changed")
    qtbot.waitUntil(page.result.again.isEnabled)
    page.result.again.click()
    qtbot.waitUntil(lambda: page.result.verdict.text() == "Verified: FAIL")


def test_the_report_is_looked_at_and_closed_with_escape(page, qtbot, backend, tmp_path):
    exported(page, qtbot)
    qtbot.waitUntil(lambda: page._workspace.job is None)
    page.result.report.click()
    qtbot.waitUntil(lambda: len(page.preview.pages) == 2)
    assert page.preview.isVisibleTo(page)
    assert page.preview.pages[0].accessibleName() == "Page 1 of 2 of the report"
    assert backend.exporting.languages == ["en"]
    qtbot.keyClick(page.preview, Qt.Key.Key_Escape)
    assert page.right.currentIndex() == 0
    page.write_pdf(tmp_path / "report.pdf")
    qtbot.waitUntil(lambda: page.notice.happened.text() == "The report is written.")
    assert (tmp_path / "report.pdf").read_bytes()[:4] == b"%PDF"


def test_what_the_board_printed_is_pasted_and_recorded_as_measured(page, qtbot):
    says = page.says
    assert not says.record.isEnabled()
    says.said.setPlainText("hello")
    qtbot.mouseClick(says.record, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: says.notice.happened.text().startswith("The text holds no whole"))
    says.said.setPlainText(_SAID)
    qtbot.mouseClick(says.record, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "does what the studio does" in says.outcome.text())
    shown = lambda: [each.text() for each in says.findChildren(QLabel)]  # noqa: E731
    qtbot.waitUntil(lambda: "Model #1 for nano33ble, on the board" in shown())
    assert "outputs the same: 5 of 5 · 1.50 ms ● an inference" in shown()


def test_a_saved_log_is_dropped_and_one_of_an_emulator_is_called_emulated(page, qtbot, tmp_path):
    log = tmp_path / "said.txt"
    log.write_text(_SAID)
    page.says.emulated.setChecked(True)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(log))])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    page.says.said.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, mime, left, none))
    shown = lambda: [each.text() for each in page.says.findChildren(QLabel)]  # noqa: E731
    qtbot.waitUntil(lambda: "Model #1 for nano33ble, in an emulator" in shown())
    assert "outputs the same: 5 of 5 · 1.50 ms ◐ an inference" in shown()


def test_earlier_bundles_and_devices_are_a_press_away(page, qtbot):
    first = exported(page, qtbot)
    qtbot.waitUntil(lambda: page.past.names == [first.name])
    page._workspace.choose_device("pico")
    qtbot.waitUntil(lambda: page.recent.ids == ["nano33ble"])
    second = exported(page, qtbot)
    qtbot.waitUntil(lambda: page.past.names == [second.name, first.name])
    page._on_past(first)
    qtbot.waitUntil(lambda: page.result.verdict.text() == "Verified: PASS")
    assert page.result.path == first
    assert page.result.written.text() == first.name


def test_the_page_asks_for_a_device_where_there_is_none(opened, qtbot):
    program = opened()
    program.window.go("export")
    page = program.window.page("export")
    assert page.sentence.text() == "Nothing to export yet"
    assert not page.target.isVisibleTo(page)


def test_the_suggested_file_name_is_one_every_system_takes():
    uno = catalogue()["uno"]
    assert file_name('a/b:c*"<>|\n', uno, "") == "a b c - uno.zip"
    assert file_name("..", uno, "cmake") == "bundle - uno - cmake.zip"

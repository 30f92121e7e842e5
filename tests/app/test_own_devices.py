"""A person's own devices: kept in the project, used as the catalogue's, never called verified."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from studio.app import DeviceFilter, Session
from studio.app.devices import own_of
from studio.app.rooms import room_for
from studio.devices import catalogue
from studio.domain.errors import DeviceError, ProjectError, StudioError
from studio.domain.operation import Part
from studio.domain.report import Verdict
from studio.domain.search import SearchRequest
from tests.app.test_judging import project

BOARD = {"name": "My board", "core": "m4f", "ram_bytes": "96K", "flash_bytes": "512K"}


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with Session.create(tmp_path / "a.automl") as opened:
        yield opened


def test_a_device_is_kept_and_its_figures_are_the_persons(session: Session) -> None:
    added = session.devices.add(BOARD)
    with Session.open(session.path) as other:
        assert other.devices.get("my-board") == added
        assert next(iter(other.devices.all())) == "my-board"
        assert len(other.devices.all()) == len(catalogue()) + 1
        assert set(other.devices.all(DeviceFilter(own=True))) == {"my-board"}
    assert (added.core, added.runtimes) == ("Cortex-M4F", ("generated-c", "tflite-micro"))
    assert added.ram_bytes.value == 96 << 10
    assert added.own
    assert added.ram_bytes.own
    assert not added.ram_bytes.verified
    assert added.clock_hz.value is None


def test_two_sources_of_a_person_do_not_verify_a_figure(session: Session) -> None:
    told = {"value": 65536, "sources": ["data sheet", "the vendor's page"]}
    added = session.devices.add({**BOARD, "ram_bytes": told})
    assert added.ram_bytes.sources == ("said by you, from data sheet; the vendor's page",)
    assert not added.ram_bytes.verified


def test_every_change_is_a_step_that_can_be_taken_back(session: Session) -> None:
    devices = session.devices
    devices.add(BOARD)
    devices.change("my-board", {"ram_bytes": "64K", "flash_bytes": None, "core": "M7F"})
    changed = devices.get("my-board")
    assert (changed.ram_bytes.value, changed.flash_bytes.value) == (64 << 10, None)
    assert changed.core == "Cortex-M7F"
    assert devices.fields("my-board")["ram_bytes"] == "64K"
    assert devices.remove("my-board").parts == {Part.DEVICES}
    with pytest.raises(DeviceError, match="There is no device"):
        devices.get("my-board")
    assert session.undo().parts == {Part.DEVICES}
    assert devices.get("my-board") == changed
    session.undo()
    assert devices.get("my-board").ram_bytes.value == 96 << 10
    session.undo()
    assert not devices.all(DeviceFilter(own=True))
    session.redo()
    assert devices.get("my-board").ram_bytes.value == 96 << 10


def test_ids_are_made_of_names_and_never_twice(session: Session) -> None:
    names = ["My board", "My  Board!", "보드", "보드", "pico"]
    made = [session.devices.add({**BOARD, "name": name}).id for name in names]
    assert made == ["my-board", "my-board-2", "my-device", "my-device-2", "pico-2"]


@pytest.mark.parametrize(
    ("fields", "code", "named"),
    [
        ({"ram_bytes": -1}, "device.bad_file", "'ram_bytes'"),
        ({"ram_bytes": 1 << 60}, "device.bad_file", "'ram_bytes'"),
        ({"core": "Z80"}, "device.unknown_core", "'core'"),
        ({"core": ""}, "device.bad_file", "'core'"),
        ({"id": "pico"}, "device.duplicate_id", "'pico'"),
        ({"id": "../pico"}, "device.bad_file", "'id'"),
        ({"colour": "red"}, "device.bad_file", "'colour'"),
        ({"name": "a\x1b[31m"}, "device.bad_file", "'name'"),
        ({"accelerator": "npu"}, "device.bad_file", "'accelerator'"),
        ({"runtimes": ["tvm"]}, "device.bad_file", "'runtimes'"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence_and_nothing_is_kept(
    session: Session, fields: dict[str, object], code: str, named: str
) -> None:
    with pytest.raises(DeviceError) as caught:
        session.devices.add({**BOARD, **fields})
    assert caught.value.code == code
    assert named in caught.value.happened
    assert caught.value.happened.count(". ") == 0
    assert caught.value.remedy
    assert not session.history()


def test_only_own_devices_are_changed_or_removed(session: Session) -> None:
    for change in (session.devices.remove, session.devices.fields):
        with pytest.raises(DeviceError) as caught:
            change("pico")
        assert caught.value.code == "device.not_own"
    with pytest.raises(DeviceError):
        session.devices.change("pico", {"ram_bytes": "1G"})


def test_a_search_for_an_own_device_gets_its_room(session: Session) -> None:
    session.devices.add(BOARD)
    room = room_for(SearchRequest(device_id="my-board"), session.devices.get)
    assert room.size == "small"
    assert 0 < room.ram_bytes < 96 << 10
    with pytest.raises(StudioError, match="There is no device"):
        room_for(SearchRequest(device_id="my-board"))


@pytest.mark.parametrize("content", ["{", "[]", '{"name": 3}', '{"name": "x", "core": "Z80"}'])
def test_a_forged_device_is_damage_and_nothing_more(session: Session, content: str) -> None:
    session.devices.add(BOARD)
    path = session.path
    session.close()
    with closing(sqlite3.connect(path)) as forged, forged:
        forged.execute("UPDATE own_devices SET content = ?", (content,))
    with Session.open(path) as opened, pytest.raises(ProjectError) as caught:
        own_of(opened._project)
    assert caught.value.code == "project.damaged"


def test_candidates_are_checked_and_compared_on_own_devices(tmp_path: Path) -> None:
    with Session.open(project(tmp_path, [(2, 900_000)])) as opened:
        opened.devices.add(BOARD)
        opened.devices.add({**BOARD, "name": "Tiny", "ram_bytes": "1K"})
        reports = {report.device_id: report for report in opened.check()}
        assert set(reports) == {"my-board", "tiny", *catalogue()}
        assert reports["my-board"].ram_limit_bytes == 96 << 10
        assert not reports["my-board"].limits_verified
        assert reports["tiny"].verdict is Verdict.DOES_NOT_FIT
        [only] = opened.check(None, ["my-board"])
        assert only.device_id == "my-board"
        [row] = opened.fitting.matrix(device_ids=["my-board", "tiny"]).rows
        assert set(row.cells) == {"my-board", "tiny"}

"""All candidates on all devices, and which boards would do, in real projects."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from studio.app import Session, matrix, shop_phrases
from studio.app.matrix import device_digest, matrix_rows
from studio.app.models import device_catalogue
from studio.app.shopping import shop_in_project
from studio.compatibility import check_model
from studio.domain.device import Device, Fact
from studio.domain.errors import EvaluationError
from studio.domain.matrix import Cell, MatrixRow
from studio.domain.report import Verdict
from studio.domain.shopping import Wishes
from studio.store import candidates
from studio.store.project_file import ProjectFile
from tests.app.judged import add_candidate, with_amounts
from tests.app.test_judging import SIDES, answered, project

Cells = dict[tuple[int, str], Cell]


def cells(rows: list[MatrixRow]) -> Cells:
    return {(r.candidate.id, id): cell for r in rows for id, cell in r.cells.items()}


def judged(path: Path, devices: dict[str, Device], *, afresh: bool) -> Cells:
    if afresh:
        matrix._kept.clear()
    with ProjectFile.open(path) as opened:
        return cells(list(matrix_rows(opened, candidates.best_first(opened), devices)))


def some_devices() -> dict[str, Device]:
    wanted = ("nano33ble", "nucleo_l073rz", "pico", "rpi4b", "megaatmega2560", "nucleo_h743zi")
    return {id: device for id, device in device_catalogue().items() if id in wanted}


def test_what_was_kept_is_what_judging_again_gives_after_every_kind_of_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AUTOML_STUDIO_CACHE", str(tmp_path / "cache"))
    path, devices = project(tmp_path, [(2, 900_000), (9, 0)]), some_devices()
    assert judged(path, devices, afresh=True) == judged(path, devices, afresh=False)

    given = {side: answered(side, 4) for side in SIDES[1:]}
    add_candidate(path, 1, 7, given, padding=40_000)  # a new candidate
    kept = judged(path, devices, afresh=False)
    assert len(kept) == 3 * len(devices)
    assert kept == judged(path, devices, afresh=True)

    nano = devices["nano33ble"]
    small = Fact(value=8 << 10, sources=("a", "b"))
    changed = {**devices, "nano33ble": replace(nano, ram_bytes=small)}  # a corrected device
    kept = judged(path, changed, afresh=False)
    assert kept[3, "nano33ble"].verdict is Verdict.DOES_NOT_FIT
    assert kept == judged(path, changed, afresh=True)

    mine = replace(nano, id="mine", sdk="")  # a person's own
    kept = judged(path, {**changed, "mine": mine}, afresh=False)
    assert kept == judged(path, {**changed, "mine": mine}, afresh=True)
    assert device_digest(mine) != device_digest(nano)

    before = judged(path, devices, afresh=False)[1, "nano33ble"]
    with Session.open(path) as session:
        session.fitting.check(1, ["nano33ble"], measure=True)  # its C compiled and kept
    kept = judged(path, devices, afresh=False)
    assert kept == judged(path, devices, afresh=True)
    assert kept[1, "nano33ble"].flash != before.flash


def test_only_what_changed_is_judged_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, devices = project(tmp_path, [(2, 0), (9, 10)]), some_devices()
    counted: list[str] = []

    def counting(facts: object, device: Device) -> object:
        counted.append(device.id)
        return check_model(facts, device)  # type: ignore[arg-type]

    monkeypatch.setattr(matrix, "check_model", counting)
    judged(path, devices, afresh=True)
    assert len(counted) == 2 * len(devices)
    changed = {**devices, "pico": replace(devices["pico"], notes="Mine has a blue lid.")}
    judged(path, changed, afresh=False)
    assert counted[2 * len(devices) :] == ["pico", "pico"]
    matrix._kept.clear()
    monkeypatch.setattr(matrix, "_MOST_KEPT", 3)
    assert judged(path, devices, afresh=False) == judged(path, devices, afresh=True)
    assert len(matrix._kept) <= 3


def test_rows_come_one_by_one_and_stop_when_nobody_wants_them(tmp_path: Path) -> None:
    path = project(tmp_path, [(2, 0), (9, 10), (20, 20)])
    rows: list[MatrixRow] = []
    done: list[tuple[int, int]] = []
    with Session.open(path) as session:
        found = session.fitting.matrix(
            lambda *pair: done.append(pair), lambda: len(rows) == 2, on_row=rows.append
        )
        one = session.fitting.matrix(device_ids=["nano33ble"])
        checked = {r.device_id: r.verdict for r in session.check()}
    assert list(found.rows) == rows
    assert done == [(1, 3), (2, 3)]
    assert {id: cell.verdict for id, cell in rows[0].cells.items()} == checked
    assert [list(row.cells) for row in one.rows] == 3 * [["nano33ble"]]
    best = one.best_on("nano33ble")
    assert best is not None
    assert best.id == 1


def test_a_smaller_board_costs_what_the_ladder_says(tmp_path: Path) -> None:
    path = project(tmp_path, [(2, 900_000), (5, 400_000), (30, 0)])
    # Generated C leaves the padding out, which makes one file larger than another here.
    carrying = {
        id: replace(device, runtimes=("tflite-micro",))
        for id, device in device_catalogue().items()
        if "tflite-micro" in device.runtimes
    }
    with ProjectFile.open(path) as opened:
        ranked = candidates.best_first(opened)
        shopped = shop_in_project(opened, ranked, carrying, Wishes(accuracy=0.9))
    found = shopped.found
    assert {step.offer.name for step in found.suitable} <= {"#1", "#2"}
    assert [step.offer.name for step in found.ladder] == ["#1", "#2", "#3"]
    texts = [phrase.text() for phrase in shop_phrases(shopped)]
    assert "instead of 96.7 %" in texts[0]
    assert texts[1].startswith("#1 and #2 cannot be told apart")
    assert "it is right in 50.0 %" in texts[2]
    assert shopped.compared["#3"].better == "#1"


def test_amounts_are_wished_for_by_their_error(tmp_path: Path) -> None:
    path = tmp_path / "p.automl"
    off = with_amounts(path, [20.0 + n for n in range(30)])
    with Session.open(path) as session:
        assert session.fitting.shop(Wishes(error=10 * off)).found.suitable
        nothing = session.fitting.shop(Wishes(error=off / 1000)).found
        assert (nothing.suitable, nothing.hardest) == ((), "accuracy")
        with pytest.raises(EvaluationError, match="learns amounts"):
            session.fitting.shop(Wishes(accuracy=0.9))


def test_without_candidates_nothing_is_offered(tmp_path: Path) -> None:
    with Session.create(tmp_path / "p.automl") as session:
        assert session.fitting.matrix().rows == ()
        found = session.fitting.shop(Wishes(accuracy=0.9)).found
    assert (found.suitable, found.might, found.ladder, found.nearest) == ((), (), (), ())

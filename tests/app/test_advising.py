"""What would fit, by really trying: in projects with devices of a person's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from onnx import TensorProto, helper

from studio.app import Session, advise_file, searching
from studio.domain.advice import Advice, Change, Outcome
from studio.domain.errors import DeviceError, ExportError
from studio.domain.event import JobEvent
from studio.domain.report import Verdict
from studio.domain.search import SearchRequest
from studio.store.project_file import ProjectFile
from tests.app.judged import put_candidate
from tests.app.test_judging import SIDES, answered, project

DATA = Path(__file__).parents[1] / "data"
MICRO, GENERATED = "tflite-micro", "generated-c"
FIELDS = {"id": "mine", "name": "My board", "core": "Cortex-M4F", "runtimes": [MICRO]}


def advised(
    path: Path,
    runtimes: tuple[str, ...],
    *,
    ram: str = "96K",
    flash: str = "512K",
    converting: bool = False,
    candidate: int | None = None,
) -> Advice:
    sizes = {"ram_bytes": ram, "flash_bytes": flash}
    with Session.open(path) as session:
        session.devices.add(
            {**FIELDS, "runtimes": list(runtimes), **{k: v for k, v in sizes.items() if v}}
        )
        return session.fitting.advise("mine", candidate, converting=converting)


def outcomes(advice: Advice) -> list[tuple[Change, Outcome]]:
    return [(one.change, one.outcome) for one in advice.tries]


def test_what_fits_needs_no_change_and_says_what_is_left(tmp_path: Path) -> None:
    found = advised(project(tmp_path, [(2, 0)]), (MICRO,))
    assert (found.verdict, found.tries, found.change) == (Verdict.FITS, (), None)
    assert found.grower == found.report.summary
    assert found.spare is not None
    left = found.report.ram_left_bytes
    assert left is not None
    assert found.spare.text().startswith(f"{int(left) >> 10} KiB of RAM")  # never rounded up
    assert found.engineer == found.report.for_engineer


def test_generated_c_is_the_smallest_change_where_the_device_prefers_another(
    tmp_path: Path,
) -> None:
    # What is in front of the model's own bytes counts for a runtime that carries the file.
    found = advised(project(tmp_path, [(2, 600_000), (9, 0)]), (MICRO, GENERATED))
    assert found.verdict is Verdict.FITS_WITH_CHANGE
    assert found.change is not None
    assert (found.change.change, found.change.candidate_id) == (Change.RUNTIME, 1)
    assert found.grower.text() == "It fits the My board if Generated C runs it."
    assert (Change.RUNTIME, Outcome.DOES_NOT_FIT) in outcomes(found)
    assert "With TensorFlow Lite Micro it would not" in found.tries[1].phrases[0].text()


def test_the_best_other_candidate_that_fits_is_named_with_what_it_costs(tmp_path: Path) -> None:
    path = project(tmp_path, [(2, 600_000), (5, 500_000), (9, 0), (30, 0)])
    found = advised(path, (MICRO,))
    assert found.verdict is Verdict.FITS_WITH_CHANGE
    assert outcomes(found) == [
        (Change.PRECISION, Outcome.NOT_TRIED),
        (Change.CANDIDATE, Outcome.FITS),
    ]
    assert found.change is not None
    assert found.change.candidate_id == 3
    texts = [phrase.text() for phrase in found.change.phrases]
    assert "It is right in 85.0 % of the validation samples" in texts[1]
    assert "instead of 96.7 %" in texts[1]
    assert found.change.compared is not None
    assert texts[2] == found.change.compared.phrase.text()
    assert found.change.report is not None
    assert found.change.report.verdict is Verdict.FITS


def test_where_nothing_fits_what_was_not_tried_is_told_with_its_command(tmp_path: Path) -> None:
    found = advised(project(tmp_path, [(2, 0), (5, 0)]), (MICRO, GENERATED), ram="2K")
    assert found.verdict is Verdict.DOES_NOT_FIT
    assert found.change is None
    assert outcomes(found)[-3:] == [
        (Change.PRECISION, Outcome.NOT_TRIED),
        (Change.CANDIDATE, Outcome.DOES_NOT_FIT),
        (Change.SEARCH, Outcome.NOT_TRIED),
    ]
    assert found.grower.text() == "Nothing that was tried surely fits the My board."
    assert found.spare is None
    assert found.command == "search PROJECT --device mine --minutes 2"


def test_a_device_of_unknown_memory_is_not_advised_about(tmp_path: Path) -> None:
    found = advised(project(tmp_path, [(2, 0)]), (MICRO,), ram="")
    assert found.verdict is Verdict.UNKNOWN
    assert found.tries == ()
    assert found.grower == found.report.summary


def test_who_cancels_gets_what_was_tried_and_no_more(tmp_path: Path) -> None:
    path = project(tmp_path, [(2, 600_000), (9, 0)])
    with Session.open(path) as session:
        found = session.fitting.advise("nucleo_l073rz", cancelled=lambda: True, minutes=1)
        assert Outcome.FITS not in {one.outcome for one in found.tries} or found.change
        changes = [one for one in found.tries if one.change is not Change.RUNTIME]
        assert {one.outcome for one in changes} <= {Outcome.NOT_TRIED}
        with pytest.raises(DeviceError):
            session.fitting.advise("nothing-of-the-kind")
        with pytest.raises(ExportError, match="no candidate 9"):
            session.fitting.advise("nano33ble", 9)


@pytest.mark.parametrize(
    ("name", "key"), [("tiny_float32", "advice-file-data"), ("tiny_int8", "advice-file-int8")]
)
def test_nothing_is_invented_about_a_strangers_file(name: str, key: str) -> None:
    found = advise_file(DATA / f"{name}.tflite", "uno")
    assert found.candidate_id is None
    if found.report.verdict is Verdict.FITS or not found.report.runtime:
        return  # nothing to try
    assert found.tries[-1].outcome is Outcome.NOT_TRIED
    assert found.tries[-1].phrases[0].key == key


class Searched:
    """A search at work; each poll does the next of what it is given with the project."""

    def __init__(self, *does: Callable[[ProjectFile], object]) -> None:
        self.does = list(does)
        self.asked: list[SearchRequest] = []
        self.ended: list[str] = []

    def start(self, project: ProjectFile, version: object, request: SearchRequest) -> Searched:
        self.project = project
        self.asked.append(request)
        return self

    @property
    def running(self) -> bool:
        return bool(self.does) and not self.ended

    def poll(self) -> tuple[JobEvent, ...]:
        self.does.pop(0)(self.project)
        return (JobEvent(name="trial_finished", seconds=1.0, data={}),)

    def cancel(self) -> None:
        self.ended.append("cancelled")

    def close(self) -> None:
        self.ended.append("closed")


def finding(trial: int, wrong: int, padding: int) -> Callable[[ProjectFile], object]:
    given = {side: answered(side, wrong) for side in SIDES[1:]}
    return lambda project: put_candidate(project, 1, trial, given, padding=padding)


def test_what_a_search_finds_is_judged_like_any_candidate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = project(tmp_path, [(2, 600_000)])
    # The better of the two does not fit, though it was searched for the device.
    run = Searched(finding(8, 1, 590_000), finding(9, 5, 0))
    monkeypatch.setattr(searching, "start", run.start)
    with Session.open(path) as session:
        session.devices.add({**FIELDS, "ram_bytes": "96K", "flash_bytes": "512K"})
        found = session.fitting.advise("mine", converting=False, minutes=3)
        assert len(session.candidates()) == 3
    assert [(one.device_id, one.minutes) for one in run.asked] == [("mine", 3)]
    assert found.change is not None
    assert (found.change.change, found.change.candidate_id) == (Change.SEARCH, 3)
    assert found.grower.text() == "A search for the My board found model #3, which fits."
    assert run.ended == ["closed"]


def test_a_search_is_ended_when_nobody_wants_it_any_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = [True]
    run = Searched(*[lambda project: wanted.clear()] * 9)
    monkeypatch.setattr(searching, "start", run.start)
    path = project(tmp_path, [(2, 600_000)])
    with Session.open(path) as session:
        session.devices.add({**FIELDS, "ram_bytes": "96K", "flash_bytes": "512K"})
        found = session.fitting.advise(
            "mine", converting=False, minutes=3, cancelled=lambda: not wanted
        )
    assert run.ended == ["cancelled", "closed"]
    assert outcomes(found)[-1] == (Change.SEARCH, Outcome.DOES_NOT_FIT)


def test_a_runtime_that_does_not_read_the_file_is_not_the_preferred_one(tmp_path: Path) -> None:
    # A Raspberry Pi prefers LiteRT, which reads no ONNX.
    ends = [helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, 4]) for name in "xy"]
    graph = helper.make_graph([helper.make_node("Relu", ["x"], ["y"])], "g", ends[:1], ends[1:])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    (tmp_path / "tiny.onnx").write_bytes(model.SerializeToString())
    found = advise_file(tmp_path / "tiny.onnx", "rpi4b")
    assert (found.verdict, found.tries) == (Verdict.FITS, ())
    assert found.spare is not None
    assert "MiB of RAM" in found.spare.text()

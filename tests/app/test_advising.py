"""What would fit, by really trying: in projects with devices of a person's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.app import Session, advise_file
from studio.domain.advice import Advice, Change, Outcome
from studio.domain.errors import DeviceError, ExportError
from studio.domain.report import Verdict
from tests.app.test_judging import project

DATA = Path(__file__).parents[1] / "data"
MICRO, GENERATED = "tflite-micro", "generated-c"


def advised(
    path: Path,
    runtimes: tuple[str, ...],
    *,
    ram: str = "96K",
    flash: str = "512K",
    converting: bool = False,
    candidate: int | None = None,
) -> Advice:
    fields = {"id": "mine", "name": "My board", "core": "Cortex-M4F", "runtimes": list(runtimes)}
    sizes = {"ram_bytes": ram, "flash_bytes": flash}
    with Session.open(path) as session:
        session.devices.add({**fields, **{k: v for k, v in sizes.items() if v}})
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
    assert found.spare.text().startswith(f"{int(left) >> 10} KiB of RAM")
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

"""From outputs to a class or "not sure": the studio, the Python and the C in a bundle agree."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.domain.dataset import Split
from studio.domain.judgement import Costs
from studio.evaluation import (
    ClassPredictions,
    calibration,
    calibration_phrase,
    choose_not_sure,
    fit_temperature,
)
from studio.export import BundleContents, Certainty, not_sure_text, verify_bundle
from studio.export.bundle import assemble
from studio.export.deciding import AnswerRule, certainty_facts
from studio.export.golden_run import reference_outputs
from studio.export.preprocess import for_int8
from studio.runtimes.tflite_file import Tensor, read_model

from .conftest import CLASSES, DATA, make_contents
from .kinds import make_kind
from .test_c_source import _STRICT, GCC, _unpacked
from .test_report import page
from .test_verify import Files, failed, resealed, verified

KINDS = ("pictures", "rows", "windows", "statistics")


def predictions(split: Split, seed: int) -> ClassPredictions:
    """Return answers of a model that is wrong oftener where it is less sure, as int8 has them."""
    rng = np.random.default_rng(seed)
    top = rng.integers(90, 256, 200)
    rest = rng.integers(0, 256 - top + 1)
    codes = np.stack([top, rest, 256 - top - rest], axis=1)
    truth = np.where(rng.random(200) < top / 256, codes.argmax(axis=1), 2 - codes.argmax(axis=1))
    return ClassPredictions(
        split=split,
        classes=CLASSES,
        outputs=codes / 256,
        truth=truth.astype(np.int64),
        sample_ids=np.arange(200),
        groups=None,
    )


def certainty(threshold: float | None = None, **changes: Any) -> Certainty:
    """Return what was chosen for costs, or with another threshold."""
    validation, test = predictions(Split.VALIDATION, 1), predictions(Split.TEST, 2)
    costs = Costs(miss=1, false_alarm=1, not_sure=0.5, misses={CLASSES[0]: 3.0})
    chosen = choose_not_sure(validation, test, costs)
    if threshold is not None:
        chosen = replace(chosen, threshold=threshold)
    measured, temperature = calibration(test), fit_temperature(validation)
    usual = Certainty(
        calibration=measured,
        temperature=temperature,
        phrase=calibration_phrase(measured, temperature),
        not_sure=chosen,
        costs_given=True,
    )
    return replace(usual, **changes)


def contents(kind: str, **changes: Any) -> BundleContents:
    return make_contents(**changes) if kind == "pictures" else make_kind(kind, **changes)


def between_the_golden(kind: str) -> float:
    """Return a threshold that some golden outputs reach and some do not."""
    given = contents(kind)
    model = given.files[given.int8.digest]
    outputs = reference_outputs(model, for_int8(given.golden_inputs))
    tensor = read_model(model).outputs[0]
    levels = np.unique(outputs.max(axis=1).astype(int))
    middle = levels[len(levels) // 2] - tensor.zero_points[0]
    return float(middle * np.float64(tensor.scales[0]))


@cache
def _files() -> Files:
    return assemble(contents("pictures", certainty=certainty(between_the_golden("pictures"))))


_MAIN = """
#include <stdio.h>
#include "answer.h"
#include "golden.h"
int main(void) {
  int i;
  for (i = 0; i < STUDIO_GOLDEN_COUNT; ++i)
    printf("%d ", studio_answer(studio_golden_outputs + i * STUDIO_GOLDEN_OUTPUT_BYTES,
                                STUDIO_GOLDEN_OUTPUT_BYTES));
  return 0;
}
"""


def _answers_of_c(files: Files, folder: Path) -> list[int]:
    _unpacked(files, folder)
    (folder / "main.c").write_text(_MAIN)
    unused = ["-Wno-unused-const-variable", "-Wno-unused-variable"]
    command = [str(GCC), *_STRICT, *unused, "main.c", "-o", "main"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    out = subprocess.run([folder / "main"], check=True, capture_output=True).stdout
    return [int(number) for number in out.split()]


def _python_says(files: Files, folder: Path) -> tuple[int, str]:
    for name in ("answer.py", "answer.json", "golden/golden.json", "golden/outputs.bin"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(files[name])
    command = [sys.executable, "-I", "answer.py"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    return done.returncode, done.stdout


@pytest.mark.skipif(GCC is None, reason="gcc is not installed")
@pytest.mark.parametrize(
    ("kind", "place"),
    [("pictures", 0.0), ("rows", 1.5), *((kind, "between") for kind in KINDS)],
)
def test_python_and_c_agree_on_every_golden_sample(
    kind: str, place: float | str, tmp_path: Path
) -> None:
    threshold = between_the_golden(kind) if isinstance(place, str) else place
    files = assemble(contents(kind, certainty=certainty(threshold)))
    said = json.loads(files["answer.json"])["golden"]

    assert _answers_of_c(files, tmp_path) == said
    assert _python_says(files, tmp_path) == (0, "PASS\n")
    assert verified(files, tmp_path).passed
    outputs = np.frombuffer(files["golden/outputs.bin"], np.int8).reshape(len(said), -1)
    assert all(answer in (-1, int(o.argmax())) for answer, o in zip(said, outputs, strict=True))
    named = len(said) - said.count(-1)
    assert {"0.0": named == len(said), "1.5": named == 0}.get(str(place), 0 < named < len(said))

    files["golden/outputs.bin"] = np.roll(outputs, 1, axis=1).tobytes()
    assert _python_says(files, tmp_path) == ((0, "PASS\n") if named == 0 else (1, "FAIL\n"))


@given(
    threshold=st.floats(0, 1) | st.integers(0, 256).map(lambda k: k / 256),
    step=st.sampled_from([1 / 256, 1 / 255, 0.00390625, 0.004, 0.0039]),
    zero_point=st.sampled_from([-128, -127, 0]),
)
def test_a_code_is_answered_where_its_output_is(
    threshold: float, step: float, zero_point: int
) -> None:
    """The threshold was chosen on outputs, the device compares codes."""
    rule = AnswerRule(threshold=threshold, step=float(np.float32(step)), zero_point=zero_point)
    codes = np.arange(-128, 128)
    outputs = (codes - zero_point).astype(np.float32) * np.float32(step)
    expected = outputs.astype(np.float64) >= threshold if threshold > 0 else np.full(256, True)
    assert ((codes >= rule.below) == expected).all()


@given(st.floats(0, 0.99))
def test_what_was_chosen_on_outputs_holds_on_codes(threshold: float) -> None:
    """The shares told were counted on outputs; the codes give the same."""
    found = predictions(Split.TEST, 3)
    tensor = read_model((DATA / "bars_int8.tflite").read_bytes()).outputs[0]
    rule = AnswerRule.of(threshold, tensor)
    codes = (found.outputs * 256 - 128).clip(-128, 127).astype(np.int8)
    told = np.array(rule.answers(codes))
    kept = (codes.max(axis=1).astype(int) + 128) / 256 >= threshold
    assert ((told != -1) == kept).all()


def test_an_output_without_one_scale_is_refused() -> None:
    tensor = read_model((DATA / "bars_int8.tflite").read_bytes()).outputs[0]
    several: Tensor = replace(tensor, scales=(0.1, 0.2))
    with pytest.raises(ValueError, match="no scale"):
        AnswerRule.of(0.5, several)


def _edit(name: str, change: Callable[[Any], object]) -> Callable[[Files], object]:
    def edit(files: Files) -> None:
        data = json.loads(files[name])
        change(data)
        files[name] = json.dumps(data).encode()

    return edit


@pytest.mark.parametrize(
    "change",
    [
        lambda f: f.pop("answer.json"),
        lambda f: f.pop("answer.py"),
        lambda f: f.update({"answer.py": f["answer.py"] + b"#"}),
        lambda f: f.update({"answer.json": b"[]"}),
        lambda f: f.update({"c/answer.h": f["c/answer.h"].replace(b"BELOW (", b"BELOW (1+")}),
        _edit("answer.json", lambda d: d["not_sure"].update(threshold=0.999)),
        _edit("answer.json", lambda d: d["not_sure"].update(threshold="much")),
        _edit("answer.json", lambda d: d.update(not_sure=None)),
        _edit("answer.json", lambda d: d["int8_output"].update(not_sure_below=-127)),
        _edit("answer.json", lambda d: d["int8_output"].update(zero_point=0)),
        _edit("answer.json", lambda d: d["float32_output"].update(not_sure_below=0.1)),
        _edit("answer.json", lambda d: d["golden"].__setitem__(0, 2 - d["golden"][0])),
        _edit("answer.json", lambda d: d["golden"].pop()),
        _edit("answer.json", lambda d: d.update(kind="amount")),
    ],
)
def test_verification_notices_every_change_of_the_rule(
    change: Callable[[Files], object], tmp_path: Path
) -> None:
    files = dict(_files())
    change(files)
    wrong = failed(verified(resealed(files), tmp_path))
    assert {"answer", "c_source"} & set(wrong)


def test_a_bundle_from_before_not_sure_still_verifies() -> None:
    """Written by the last commit without ``answer.json``; without its pictures and pages."""
    result = verify_bundle(DATA / "format2_no_answer.zip")
    assert result.passed, result.checks
    assert "answer" not in [check.name for check in result.checks]


def test_amounts_are_always_answered() -> None:
    files = assemble(make_kind("amounts"))
    assert not [name for name in files if "answer" in name]
    assert json.loads(files["report.json"])["certainty"] is None


def test_report_readme_and_data_say_the_same() -> None:
    given = certainty()
    files = assemble(contents("pictures", certainty=given))
    chosen = given.not_sure
    assert chosen is not None
    assert chosen.test is not None
    said = json.loads(files["answer.json"])
    assert json.loads(files["report.json"])["certainty"] == certainty_facts(given)
    validation, test = said["not_sure"]["sides"]
    assert (validation["split"], test["split"]) == ("validation", "test")
    for name, other in (("undecided", "coverage"), ("right_of_answered", "wrong")):
        interval = getattr(chosen.test, other)
        assert test[name]["value"] == pytest.approx(1 - interval.value)
        assert (test[name]["low"], test[name]["high"]) == pytest.approx(
            (1 - interval.high, 1 - interval.low)
        )
        assert test[name]["kind"] == "measured"
    text = " ".join(page(files).text.split())
    readme = files["README.md"].decode()
    for words in (f"below {chosen.threshold:.3f}", f"of '{CLASSES[0]}' 3", "200 test"):
        assert words in text
        assert words in readme
    assert "would be chance" in text


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (certainty(0.0), "always answers"),
        (certainty(1.1), "never answers"),
        (certainty(costs_given=False), "Nobody said what wrong answers cost"),
        (Certainty(why="Too few samples."), "always answers: Too few samples."),
        (None, "No threshold was chosen"),
    ],
)
def test_what_was_not_chosen_by_costs_is_said(given: Certainty | None, words: str) -> None:
    assert words in not_sure_text(given)


def test_a_bundle_of_nobodys_costs_says_so() -> None:
    files = assemble(contents("rows", certainty=certainty(costs_given=False)))
    words = "Nobody said what wrong answers cost"
    assert words in " ".join(page(files).text.split())
    assert words in files["README.md"].decode()
    assert json.loads(files["answer.json"])["not_sure"]["costs_given"] is False


def test_a_bundle_has_a_threshold_or_says_why_not() -> None:
    with pytest.raises(ValueError, match="why not"):
        Certainty()
    with pytest.raises(ValueError, match="without a temperature"):
        certainty(not_sure=replace(certainty().not_sure, temperature=2.0))  # type: ignore[type-var]

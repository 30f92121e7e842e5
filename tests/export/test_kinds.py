"""Bundles of rows, amounts and windows: whole, honest, private, and hard to fool."""

from __future__ import annotations

import hashlib
import html
import json
import math
import random
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.domain.errors import BundleError, ExportError
from studio.domain.evaluation import RegressionEvaluation
from studio.domain.preprocessing import CategoryFeature, NumberFeature, TablePreprocessing
from studio.export import BundleContents, DatasetFacts, verify_bundle, write_bundle
from studio.export.amount import AmountOutput
from studio.export.archive import zip_bytes
from studio.export.bundle import assemble
from studio.export.cpreprocess import preprocess_files
from studio.export.json_schema import compiled
from studio.export.manifest import MANIFEST
from studio.export.spec import read_spec, write_spec
from studio.runtimes.tflite_file import read_model

from .conftest import DATA, device
from .kinds import AMOUNTS, HOWS, KINDS, ROWS, WINDOWS, amount_evaluation, make_kind, recording
from .test_c_source import _STRICT, _STUBS, GCC, GPP, _unpacked
from .test_report import page
from .test_verify import Files, failed, flipped, resealed, verified

SPEC = "preprocessing.json"


@cache
def _made(kind: str) -> Files:
    return assemble(make_kind(kind))


def made(kind: str) -> Files:
    """Return every file of a bundle of this kind; a copy to break."""
    return dict(_made(kind))


def edited(files: Files, name: str, change: Callable[[Any], object]) -> Files:
    """Return the files with one JSON file changed."""
    data = json.loads(files[name])
    change(data)
    return {**files, name: json.dumps(data).encode()}


def forged(files: Files, change: Callable[[Any], object]) -> Files:
    """Return the files with another preprocessing, its C made anew, and good digests."""
    files = edited(files, SPEC, change)
    texts = preprocess_files(read_spec(files[SPEC]))
    for name in files:
        base = name.rpartition("/")[2]
        if base in texts:
            files[name] = texts[base].encode()
    return resealed(files)


# --- whole -----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_written_verifies_and_is_the_same_twice(kind: str, tmp_path: Path) -> None:
    summary = write_bundle(make_kind(kind), tmp_path / "a")
    assert summary.digest == hashlib.sha256(zip_bytes(made(kind))).hexdigest()
    result = verify_bundle(tmp_path / "a")
    assert result.passed, result.checks
    assert [check.name for check in result.checks][-2:] == ["golden_inputs", "golden_run"]


@pytest.mark.parametrize("kind", KINDS)
def test_the_python_in_the_bundle_makes_the_golden_inputs_without_the_studio(
    kind: str, tmp_path: Path
) -> None:
    files = made(kind)
    for name in (SPEC, "preprocess.py", *(n for n in files if n.startswith("golden/"))):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(files[name])
    command = [sys.executable, "-I", "preprocess.py"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout == "PASS\n"
    assert b"import studio" not in files["preprocess.py"]
    assert b"from studio" not in files["preprocess.py"]

    inputs = tmp_path / "golden" / "inputs.bin"
    inputs.write_bytes(flipped(inputs.read_bytes(), 3))
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (1, "FAIL\n")


@pytest.mark.parametrize("kind", KINDS)
def test_classes_have_labels_and_amounts_have_an_output(kind: str) -> None:
    files = made(kind)
    of_amounts = kind == "amounts"
    assert ("labels.txt" in files, "c/labels.h" in files) == (not of_amounts,) * 2
    assert ("output.json" in files, "c/output.h" in files) == (of_amounts,) * 2
    assert {"c/preprocess.c", "c/preprocess.h"} <= set(files)


def test_pictures_are_prepared_as_before(files: Files) -> None:
    assert not [name for name in files if "preprocess." in name or "rows" in name]
    assert set(json.loads(files["golden/golden.json"])) == {
        "inputs",
        "outputs",
        "kernels",
        "samples",
    }


def test_only_what_the_model_needs_leaves_the_house() -> None:
    files = made("rows")
    assert not [name for name, content in files.items() if b"Private" in content]
    rows = json.loads(files["golden/rows.json"])
    assert [set(row) <= {"temp", "size", "colour"} for row in rows] == [True] * 7
    assert rows[2]["size"] is None
    assert rows[3]["temp"] > 3.5e38


def test_no_more_of_a_recording_travels_than_its_windows_need() -> None:
    golden = json.loads(made("windows")["golden/golden.json"])
    assert golden["raw"]["inputs"] == [3, 2, 4]
    assert golden["raw"]["shapes"] == [[36, 2], [30, 2], [42, 2]]


def test_a_recording_travels_up_to_where_its_last_channel_begins() -> None:
    values = recording(200, 7)
    values[:150, 0] = np.nan
    values[150:, 0] = 1.5
    made_of = _windows_of(values, 2)
    files = assemble(make_kind("windows", **made_of))
    assert json.loads(files["golden/golden.json"])["raw"]["shapes"] == [[151, 2]]


def _windows_of(values: np.ndarray, count: int) -> dict[str, Any]:
    from studio.export import preprocess

    return {
        "golden_raw": (values,),
        "golden_groups": (0,) * count,
        "golden_inputs": preprocess.prepare(WINDOWS.as_json(), values)[:count],
        "golden_names": ("x",) * count,
        "golden_truth": ("cold",) * count,
    }


def test_a_preprocessing_that_is_not_the_studios_is_not_written(tmp_path: Path) -> None:
    contents = make_kind("rows")
    inputs = contents.golden_inputs.copy()
    inputs[0, 0] ^= 1
    for change in ({"golden_inputs": inputs}, {"golden_raw": contents.golden_raw[::-1]}):
        with pytest.raises(ExportError) as refusal:
            write_bundle(replace(contents, **change), tmp_path / "b.zip")
        assert refusal.value.code == "export.preprocessing_differs"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "feature",
    [
        NumberFeature(column="x", knots=(1.0, 1.0 + 1e-12), levels=(0, 255), missing=0),
        NumberFeature(column="x", knots=(0.0, 1e300), levels=(0, 255), missing=0),
        CategoryFeature(column="x", values=("\udc80",)),
    ],
)
def test_what_a_device_cannot_hold_is_refused_in_words(feature: Any) -> None:
    with pytest.raises(ExportError) as refusal:
        write_spec(TablePreprocessing(features=(feature,)))
    assert refusal.value.code == "export.preprocessing"
    assert refusal.value.happened.isprintable()


@pytest.mark.parametrize(
    "change",
    [
        lambda c: {"golden_raw": c.golden_raw[:-1]},
        lambda c: {"golden_raw": ()},
        lambda c: {"golden_groups": tuple(reversed(c.groups))},
        lambda c: {"golden_groups": c.groups[:-1]},
        lambda c: {"golden_truth": (1.5,) * len(c.golden_truth)},
    ],
)
def test_contents_that_do_not_belong_together_are_refused(
    change: Callable[[BundleContents], dict[str, Any]],
) -> None:
    contents = make_kind("windows")
    with pytest.raises(ValueError, match="golden"):
        replace(contents, **change(contents))


def test_amounts_are_told_as_numbers() -> None:
    contents = make_kind("amounts")
    for truth in ("cold", math.nan):
        with pytest.raises(ValueError, match="golden"):
            replace(contents, golden_truth=(truth,) * 7)


# --- amounts ---------------------------------------------------------------------------------


def test_the_output_file_leads_from_a_code_to_the_amount() -> None:
    files = made("amounts")
    said, golden = json.loads(files["output.json"]), json.loads(files["golden/golden.json"])
    codes = np.frombuffer(files["golden/outputs.bin"], np.int8)
    step, zero = said["int8_output"]["scale"], said["int8_output"]["zero_point"]
    for code, sample in zip(codes.tolist(), golden["samples"], strict=True):
        by_hand = said["offset"] + said["scale"] * (code - zero) * step
        assert sample["output_amount"] == pytest.approx(by_hand, rel=1e-6)
    assert (said["column"], said["unit"]) == (AMOUNTS.target.column, "kg")
    assert said["int8_lowest"] < said["int8_highest"]
    assert [s["amount"] for s in golden["samples"]] == np.linspace(3, 30, 7).tolist()


@pytest.mark.skipif(GCC is None, reason="gcc is not installed")
def test_the_c_way_to_the_amount_agrees(tmp_path: Path) -> None:
    folder = _unpacked(made("amounts"), tmp_path)
    (folder / "main.c").write_text(
        '#include <stdio.h>\n#include "output.h"\n#include "golden.h"\n'
        "int main(void) { int i; for (i = -128; i < 128; ++i)"
        ' printf("%.9g\\n", (double)studio_amount((int8_t)i));\n'
        ' printf("%.9g", (double)studio_golden_amounts[1]); return 0; }\n'
    )
    subprocess.run(
        [str(GCC), *_STRICT, "-Wno-unused-const-variable", "-Wno-unused-variable", "main.c"],
        cwd=folder, check=True, capture_output=True,
    )  # fmt: skip
    out = subprocess.run([folder / "a.out"], check=True, capture_output=True, text=True).stdout
    *told, second = map(float, out.split())
    tensor = read_model((DATA / "amounts_int8.tflite").read_bytes()).outputs[0]
    way = AmountOutput.of(AMOUNTS.target, tensor)
    assert told == pytest.approx([way.amount(code) for code in range(-128, 128)], rel=1e-5)
    assert second == pytest.approx(7.5)


@pytest.mark.skipif(GPP is None or GCC is None, reason="g++ is not installed")
@pytest.mark.parametrize("vendor", ["Arduino", "ST"])
def test_the_program_of_an_amount_compiles_and_tells_it(vendor: str, tmp_path: Path) -> None:
    files = assemble(make_kind("amounts", device=device(vendor=vendor)))
    main = next(n for n in files if n.endswith((".ino", "main.cc")))
    folder = _unpacked(files, tmp_path, main.rpartition("/")[0] + "/")
    for name, text in _STUBS.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        text = text.replace(
            "print(int n)", 'print(float x, int) { printf("%f", x); } void print(int n)'
        )
        (folder / name).write_text(text)
    base = main.rpartition("/")[2]
    strict = ["-std=c++14", "-Wall", "-Wextra", "-Werror", "-I."]
    include = ["-include", "Arduino.h"] if base.endswith(".ino") else []
    for command in (
        [str(GCC), *_STRICT, "-c", "model_data.c", "preprocess.c"],
        [str(GPP), *strict, *include, "-x", "c++", base, "-x", "none",
         "model_data.o", "preprocess.o", "-o", "m"],
    ):  # fmt: skip
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
    lines = subprocess.run([folder / "m"], capture_output=True, text=True).stdout.splitlines()
    assert lines.count("PASS") == 1
    told = [float(line.split(":")[1].split(",")[0]) for line in lines if line[:7] == "golden "]
    samples = json.loads(files["golden/golden.json"])["samples"]
    assert told == pytest.approx([s["output_amount"] for s in samples], rel=1e-4)


# --- verification can fail -------------------------------------------------------------------


def _numbers(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the way to every number of a plain form."""
    inner = data.items() if isinstance(data, dict) else enumerate(data)
    for key, item in inner:
        if isinstance(item, dict | list):
            yield from _numbers(item, (*path, key))
        elif isinstance(item, int | float):
            yield (*path, key)


def _nudged(data: Any, path: tuple[Any, ...]) -> None:
    """Change the number at the end of a way by enough to show in a byte."""
    for key in path[:-1]:
        data = data[key]
    value = data[path[-1]]
    if isinstance(value, bool):
        data[path[-1]] = not value
    elif isinstance(value, int):
        data[path[-1]] = value + 1
    else:
        data[path[-1]] = value + max(abs(value) * 0.35, 3 if path[-2] == "levels" else 0.35)


@pytest.mark.parametrize("kind", KINDS)
def test_every_changed_constant_of_the_preprocessing_fails(kind: str, tmp_path: Path) -> None:
    """Also when the C is made anew and the digests are good: raw samples near it tell."""
    files = made(kind)
    plain = json.loads(json.dumps(HOWS[kind].as_json()))
    ways = [way for way in _numbers(plain) if way[-1] != "rate_hz"]
    caught = {}
    for way in ways:
        try:
            changed = forged(files, lambda data, way=way: _nudged(data, way))
        except BundleError:
            continue  # no preprocessing at all any more
        caught[way] = failed(verified(changed, tmp_path))
    assert len(caught) > 5
    unnoticed = [way for way, checks in caught.items() if not checks]
    assert unnoticed == []
    assert any(checks[0] == "golden_inputs" for checks in caught.values())


def test_a_changed_category_fails(tmp_path: Path) -> None:
    def change(data: Any) -> None:
        data["features"][1]["values"][2] = "파란"

    assert failed(verified(forged(made("rows"), change), tmp_path))[0] == "golden_inputs"


@pytest.mark.parametrize(
    ("kind", "check", "change"),
    [
        ("rows", "preprocessing", lambda f: f.pop(SPEC)),
        ("rows", "preprocessing", lambda f: f.pop("preprocess.py")),
        ("rows", "preprocessing", lambda f: f.update({"preprocess.py": b"import os\n"})),
        ("rows", "preprocessing", lambda f: f.update({SPEC: made("windows")[SPEC]})),
        ("rows", "c_source", lambda f: f.pop("c/preprocess.c")),
        ("rows", "c_source", lambda f: f.update({"c/preprocess.c": f["c/preprocess.h"]})),
        ("rows", "golden_inputs", lambda f: f.pop("golden/rows.json")),
        ("rows", "golden_inputs", lambda f: f.update({"golden/rows.json": b"[" * 100_000})),
        ("rows", "golden_inputs", lambda f: f.update({"golden/rows.json": b'{"a": 1}'})),
        ("rows", "golden_inputs", lambda f: f.update({"golden/rows.json": b"[[]]"})),
        ("rows", "golden_inputs", lambda f: f.update({"golden/rows.json": b'[{"temp": [1]}]'})),
        ("windows", "golden_inputs", lambda f: f.update({"golden/recordings.bin": b"\0" * 7})),
        (
            "windows",
            "golden_inputs",
            lambda f: f.update({"golden/recordings.bin": f["golden/recordings.bin"][:-8]}),
        ),
        ("amounts", "labels", lambda f: f.pop("output.json")),
        ("amounts", "labels", lambda f: f.update({"output.json": b"3"})),
        ("amounts", "c_source", lambda f: f.pop("c/output.h")),
    ],
)
def test_the_new_checks_can_fail_with_good_digests(
    kind: str, check: str, change: Callable[[Files], object], tmp_path: Path
) -> None:
    files = made(kind)
    change(files)
    result = verified(resealed(files), tmp_path)
    told = {c.name: c for c in result.checks if not c.passed}
    assert check in told
    # Whatever was wrong was looked at, not only passed over after something else.
    assert "earlier check" not in told[check].sentence
    assert all(c.sentence.isprintable() and c.sentence.endswith((".", "…")) for c in result.checks)


@pytest.mark.parametrize(
    ("kind", "name", "change"),
    [
        ("amounts", "output.json", lambda d: d.update(offset=0.0)),
        ("amounts", "output.json", lambda d: d.update(unit=3)),
        ("amounts", "output.json", lambda d: d["int8_output"].update(zero_point=0)),
        ("amounts", "golden/golden.json", lambda d: d["samples"][0].update(output_amount=1)),
        ("amounts", "golden/golden.json", lambda d: d["samples"][0].update(amount="many")),
        ("amounts", "golden/golden.json", lambda d: d["samples"][0].update(output_amount=10**400)),
        ("windows", "golden/golden.json", lambda d: d["raw"].update(inputs=[3, 2, 3])),
        ("windows", "golden/golden.json", lambda d: d["raw"].update(inputs=[9, 0, 0])),
        ("windows", "golden/golden.json", lambda d: d["raw"].update(inputs=[2, 3, 4])),
        ("windows", "golden/golden.json", lambda d: d["raw"].update(inputs=[])),
        ("windows", "golden/golden.json", lambda d: d["raw"].update(shapes=[[-1, 2]])),
        ("windows", "golden/golden.json", lambda d: d["raw"].update(shapes=[[108, 2]])),
        ("windows", "golden/golden.json", lambda d: d["raw"].update(shapes=[[54, 4]])),
        ("windows", "golden/golden.json", lambda d: d["raw"].update(file="golden/rows.json")),
        ("windows", "golden/golden.json", lambda d: d["raw"].update(file="README.md")),
        ("windows", "golden/golden.json", lambda d: d.pop("raw")),
    ],
)
def test_what_json_says_otherwise_fails(
    kind: str, name: str, change: Callable[[Any], object], tmp_path: Path
) -> None:
    assert failed(verified(resealed(edited(made(kind), name, change)), tmp_path))


# --- hostile preprocessing -------------------------------------------------------------------

NONSENSE: dict[str, tuple[str, Callable[[Any], object]]] = {
    "huge knots": ("rows", lambda d: d["features"][0].update(knots=list(range(100_000)))),
    "one knot": ("rows", lambda d: d["features"][0].update(knots=[1], levels=[1])),
    "knots fall": ("rows", lambda d: d["features"][0].update(knots=[3, 2, 1])),
    "knots equal in float32": (
        "rows",
        lambda d: d["features"][0].update(knots=[1, 1 + 1e-12, 2]),
    ),
    "knots beyond float32": ("rows", lambda d: d["features"][0].update(knots=[0, 1, 1e300])),
    "a knot is not a number": ("rows", lambda d: d["features"][0].update(knots=[0, None, 1])),
    "a knot is true": ("rows", lambda d: d["features"][0].update(knots=[0, True, 2])),
    "a whole number beyond floats": (
        "rows",
        lambda d: d["features"][0].update(knots=[0, 1, 10**400]),
    ),
    "levels beyond a byte": ("rows", lambda d: d["features"][0].update(levels=[0, 9, 256])),
    "levels fall": ("rows", lambda d: d["features"][0].update(levels=[0, 9, 3])),
    "missing beyond a byte": ("rows", lambda d: d["features"][0].update(missing=-1)),
    "missing is half": ("rows", lambda d: d["features"][0].update(missing=1.5)),
    "a value twice": ("rows", lambda d: d["features"][1].update(values=["a", "a", "b"])),
    "no value": ("rows", lambda d: d["features"][1].update(values=[])),
    "values are numbers": ("rows", lambda d: d["features"][1].update(values=[1, 2, 3])),
    "no feature": ("rows", lambda d: d.update(features=[])),
    "too many features": ("rows", lambda d: d.update(features=d["features"] * 4_000)),
    "a feature of no kind": ("rows", lambda d: d["features"][0].update(kind="magic")),
    "a feature more than it may": ("rows", lambda d: d["features"][0].update(eval="1")),
    "shape is a lie": ("rows", lambda d: d.update(shape=[7])),
    "a target of classes": ("amounts", lambda d: d.update(target=None)),
    "a target without scale": ("amounts", lambda d: d["target"].update(scale=0)),
    "a target backwards": ("amounts", lambda d: d["target"].update(scale=-1)),
    "a target's offset": ("amounts", lambda d: d["target"].update(offset="x")),
    "negative window": ("windows", lambda d: d.update(window=-8)),
    "window of one": ("windows", lambda d: d.update(window=1)),
    "window of billions": ("windows", lambda d: d.update(window=10**12)),
    "a million windows' worth": ("statistics", lambda d: d.update(window=10**6)),
    "no stride": ("windows", lambda d: d.update(stride=0)),
    "half a value": ("windows", lambda d: d.update(keep_every=0.5)),
    "another front end": ("windows", lambda d: d.update(front_end="spectrum")),
    "low above high": ("windows", lambda d: d.update(low=[9, 9])),
    "low is high in float32": (
        "windows",
        lambda d: d.update(low=[1.0, 1.0], high=[1 + 1e-12, 2.0]),
    ),
    "too few lows": ("windows", lambda d: d.update(low=[0])),
    "no channels": ("windows", lambda d: d.update(channels=[], low=[], high=[])),
    "a rate below zero": ("windows", lambda d: d.update(rate_hz=-1)),
    "of no kind": ("windows", lambda d: d.pop("kind")),
    "of a strange kind": ("windows", lambda d: d.update(kind=["signal"])),
    "another contract": ("windows", lambda d: d["int8_input"].update(zero_point=0)),
    "another scale": ("windows", lambda d: d["int8_input"].update(scale=0.5)),
}


@pytest.mark.parametrize("nonsense", NONSENSE)
def test_nonsense_in_the_preprocessing_is_refused_with_a_sentence(
    nonsense: str, tmp_path: Path
) -> None:
    kind, change = NONSENSE[nonsense]
    result = verified(resealed(edited(made(kind), SPEC, change)), tmp_path)
    told = [c for c in result.checks if not c.passed]
    assert told
    assert all(c.sentence.isprintable() and len(c.sentence) < 500 for c in result.checks)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"null",
        b"[]",
        b'"image"',
        b"[" * 200_000,
        b'{"kind": ' * 200_000,
        b'{"kind": "image", "width": NaN}',
        b'{"kind": "image", "width": Infinity}',
        b'{"kind": "image", "kind": "table"}',
        b'{"kind": "table", "features": [' + b"[" * 5_000,
        b'{"kind": "signal", "window": ' + b"9" * 5_000 + b"}",
        b"\xff\xfe",
    ],
)
def test_what_is_no_preprocessing_is_refused(content: bytes) -> None:
    with pytest.raises(BundleError) as refusal:
        read_spec(content)
    assert refusal.value.code == "bundle.damaged"
    assert refusal.value.happened.isprintable()


@settings(max_examples=200, deadline=None)
@given(
    kind=st.sampled_from(KINDS),
    value=st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
        max_leaves=6,
    ),
    data=st.data(),
)
def test_any_value_anywhere_is_read_back_or_refused(
    kind: str, value: object, data: st.DataObject
) -> None:
    spec = json.loads(made(kind)[SPEC])
    at: Any = spec
    while True:
        key = data.draw(st.sampled_from(sorted(at) if isinstance(at, dict) else range(len(at))))
        if not isinstance(at[key], dict | list) or not at[key] or data.draw(st.booleans()):
            break
        at = at[key]
    at[key] = value
    try:
        how = read_spec(json.dumps(spec).encode())
    except BundleError as error:
        told = error
    else:
        assert all(text.isascii() for text in preprocess_files(how).values())
        return
    assert told.code == "bundle.damaged"
    assert told.happened.isprintable()


def test_mutated_files_with_good_digests_fail_or_mean_the_same(tmp_path: Path) -> None:
    """One byte of what the inputs rest on, and the manifest made to fit."""
    rng = random.Random(13)
    for kind in KINDS:
        files = made(kind)
        raw = [name for name in ("golden/rows.json", "golden/recordings.bin") if name in files]
        for name in (SPEC, "golden/inputs.bin", *raw):
            mutant = {**files, name: flipped(files[name], rng.randrange(len(files[name])))}
            result = verified(resealed(mutant), tmp_path)
            # Words, a channel's name or a cell beyond the last knot make the same inputs.
            assert name != "golden/inputs.bin" or not result.passed
            assert all(check.sentence.isprintable() for check in result.checks)


def test_our_schema_and_our_writer_agree() -> None:
    for how in HOWS.values():
        assert read_spec(write_spec(how)) == how


@pytest.mark.parametrize(
    "schema",
    [
        {"pattern": "x"},
        {"$ref": "#/$defs/nothing"},
        {"additionalProperties": True},
        {"properties": {"a": {"format": "date"}}},
    ],
)
def test_a_schema_beyond_what_we_check_is_a_mistake_of_ours(schema: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"known|defined|other fields"):
        compiled(schema)


# --- bundles of before -----------------------------------------------------------------------


def test_a_bundle_of_the_version_before_still_verifies() -> None:
    """``format1.zip`` was written by the last commit of format 1, without its pictures."""
    result = verify_bundle(DATA / "format1.zip")
    assert result.passed, result.checks
    sentences = {check.name: check.sentence for check in result.checks}
    assert "earlier version" in sentences["preprocessing"]
    assert "golden_inputs" not in sentences


def test_a_bundle_of_before_is_no_hole(tmp_path: Path) -> None:
    """Saying format 1 does not spare a bundle of rows its checks."""

    def older(files: Files) -> Files:
        manifest = json.loads(files[MANIFEST])
        assert manifest["format"] == 2
        from studio.export.manifest import Manifest

        return {**files, MANIFEST: replace(Manifest.read(files[MANIFEST]), format=1).as_bytes()}

    for kind in KINDS:
        assert "preprocessing" in failed(verified(older(made(kind)), tmp_path))


# --- words -----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_no_report_speaks_of_photos_where_there_are_none(kind: str) -> None:
    files = made(kind)
    texts = [page(files).text, files["README.md"].decode(), files["report.json"].decode()]
    for text in texts:
        assert not re.search(r"(?i)photo|camera(?!, microphone)|pixel", text), kind
    if kind == "amounts":
        assert not re.search(r"(?i)\bclass(es)?\b|accuracy|labels\.txt", texts[0] + texts[1])


def test_the_report_of_an_amount_says_how_far_off_it_is() -> None:
    files = made("amounts")
    text = " ".join(page(files).text.split())
    for words in (
        "How far off it is",
        "1.25 kg",
        "1.08 to 1.43 kg",
        "In about 90 of 100 cases the truth lies within 2.75 kg of it.",
        "On the test side this held for 91.0 %",
        "between 2.50 and 31.0 kg",
        "root mean squared error",
        "0.810",
        "10.0 to 18.0 kg",
        "The intervals take the 120 samples as independent.",
        "mean absolute error 1.25 kg",
    ):
        assert words in text
    assert "1.25 kg" in files["README.md"].decode()
    data = json.loads(files["report.json"])
    assert data["artifacts"][0]["evaluation"]["mae"]["value"] == 1.25
    assert "424242" not in json.dumps(data)
    assert "pictures/residuals.png" in files
    assert AMOUNTS.target.column in html.unescape(files["report.html"].decode())


def test_an_amount_that_was_not_tested_says_so() -> None:
    contents = make_kind("amounts")
    artifacts = tuple(replace(a, evaluation=None) for a in contents.candidate.artifacts)
    files = assemble(replace(contents, candidate=replace(contents.candidate, artifacts=artifacts)))
    assert "It was not tested yet" in page(files).text
    assert json.loads(files["output.json"])["unit"] == ""


def test_an_amount_without_unit_promise_and_range_is_told_too() -> None:
    contents = make_kind("amounts")
    plain = replace(amount_evaluation(), unit="", prediction_interval=None, r2=None, residuals=())
    assert isinstance(plain, RegressionEvaluation)
    artifacts = tuple(replace(a, evaluation=plain) for a in contents.candidate.artifacts)
    facts = DatasetFacts(digest="d" * 64, seed=1, counts={})
    candidate = replace(contents.candidate, artifacts=artifacts)
    files = assemble(replace(contents, candidate=candidate, dataset=facts))
    assert "nothing varies" in page(files).text
    assert "pictures/residuals.png" not in files


@pytest.mark.parametrize("kind", KINDS)
def test_what_stays_open_is_said_for_each_kind(kind: str) -> None:
    open_points = " ".join(json.loads(made(kind)["report.json"])["not_proved"])
    assert "The preprocessing in C was not run on the device." in open_points
    assert ("more RAM" in open_points) == (kind in ("windows", "statistics"))
    assert ("how many values a second" in open_points) == (kind == "statistics")
    assert ("tells an amount" in open_points) == (kind == "amounts")


def test_hostile_columns_are_harmless_everywhere(tmp_path: Path) -> None:
    evil = ('*/ #error "x"', "??/\n#error", "<script>alert(1)</script>")
    features = tuple(
        replace(feature, column=name) for feature, name in zip(ROWS.features, evil, strict=True)
    )
    how = replace(AMOUNTS, features=features)
    how = replace(how, target=replace(AMOUNTS.target, column=evil[2]))
    contents = make_kind("amounts")
    names = ("temp", "colour", "size")
    swap = dict(zip(names, evil, strict=True))
    raw = tuple({swap.get(k, k): v for k, v in row.items()} for row in contents.golden_raw)
    candidate = replace(contents.candidate, preprocessing=how)
    files = assemble(replace(contents, candidate=candidate, golden_raw=raw))
    assert verified(files, tmp_path).passed
    assert "script" not in page(files).tags
    if GCC is not None:
        folder = _unpacked(files, tmp_path)
        (folder / "main.c").write_text(
            '#include "output.h"\nint main(void) { return studio_amount(0) < 0; }\n'
        )
        command = [str(GCC), *_STRICT, "-c", "preprocess.c", "main.c"]
        subprocess.run(command, cwd=folder, check=True, capture_output=True)


def test_nothing_heavy_is_needed_to_verify_rows(tmp_path: Path) -> None:
    path = tmp_path / "bundle.zip"
    path.write_bytes(zip_bytes(made("statistics")))
    program = (
        "import sys; from pathlib import Path; from studio.export import verify_bundle\n"
        "assert verify_bundle(Path(sys.argv[1])).passed\n"
        "assert not {'tensorflow', 'matplotlib', 'PySide6'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program, str(path)], check=True, timeout=60)

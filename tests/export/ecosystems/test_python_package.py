"""The Python form: its answers are the studio's, whatever it reads them from."""

from __future__ import annotations

import csv
import hashlib
import importlib
import io
import json
import struct
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from studio.domain.errors import ExportError
from studio.domain.preprocessing import ImagePreprocessing
from studio.export import preprocess, verify_bundle
from studio.export.archive import zip_bytes
from studio.export.bundle import draft_of
from studio.export.ecosystems import assemble_for, expected_of
from studio.export.golden_run import reference_outputs
from studio.export.selftest_log import read_log
from studio.tasks import pictures, recordings

from ..kinds import CLASSES as KIND_CLASSES
from ..kinds import ROWS, WINDOWS, raw_rows, recording
from ..test_answer import certainty
from .programs import PACKAGE, board_contents, called, program_files, unpacked_program
from .test_whole import _private

ROOT = Path(__file__).parents[3]
ALL = ("pictures", "rows", "amounts", "windows", "statistics")


@pytest.fixture(scope="module")
def tops(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A zip of each kind, unpacked; never changed."""
    made = {}
    for kind in ALL:
        made[kind] = unpacked_program("python", kind, tmp_path_factory.mktemp(kind))
    return made


def model_of(kind: str) -> bytes:
    contents = board_contents(kind)
    return contents.files[contents.int8.digest]


def codes_of(kind: str, prepared: np.ndarray) -> list[list[int]]:
    """Return what the studio's reference kernels say of prepared inputs."""
    return reference_outputs(model_of(kind), preprocess.for_int8(prepared)).tolist()


# --- the self-test ---------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ALL)
def test_the_self_test_makes_the_bytes_of_the_project(kind: str, tops: dict[str, Path]) -> None:
    lines = called(tops[kind], "selftest")
    (run,) = read_log("\n".join(lines).encode())
    wanted = expected_of(draft_of(board_contents(kind)), run.vectors)
    assert run.passed
    assert (run.model, run.device) == (wanted.model, wanted.device)
    assert (run.prepare.crc, run.run.crc) == (wanted.prepare, wanted.run)
    assert run.vectors == len(board_contents(kind).golden_inputs)
    assert run.run_us is not None


def _other_model(inside: Path) -> str:
    path = inside / "model" / "model_int8.tflite"
    path.write_bytes(path.read_bytes() + b"\0")  # not even a weight: no byte may differ
    return "run"


def _other_constant(inside: Path) -> str:
    path = inside / "preprocessing.json"
    how = json.loads(path.read_text())
    how["low"][0] += 0.25
    path.write_text(json.dumps(how))
    return "prepare"


def _other_answer(inside: Path) -> str:
    path = inside / "answer.json"
    how = json.loads(path.read_text())
    how["int8_output"]["not_sure_below"] = 128
    path.write_text(json.dumps(how))
    return "answer"


@pytest.mark.parametrize("change", [_other_model, _other_constant, _other_answer])
def test_a_change_makes_the_self_test_fail(change: Any, tmp_path: Path) -> None:
    top = unpacked_program("python", "windows", tmp_path)
    step = change(top / "src" / PACKAGE)
    (run,) = read_log("\n".join(called(top, "selftest", status=1)).encode())
    assert not run.passed
    failed = {name for name in ("prepare", "run", "answer")
              if getattr(run, name).passed != getattr(run, name).of}  # fmt: skip
    assert failed == {step}


def test_rebuild_finds_a_change_and_needs_no_studio(tmp_path: Path) -> None:
    top = unpacked_program("python", "rows", tmp_path)
    command = [sys.executable, "rebuild.py", "--here"]
    done = subprocess.run(command, cwd=top, capture_output=True, text=True)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "PASS"), done.stdout
    (top / "README.md").write_text("another")
    done = subprocess.run(command, cwd=top, capture_output=True, text=True)
    assert done.returncode == 1
    assert "files: 1 changed, the first is README.md" in done.stdout


# --- pictures --------------------------------------------------------------------------------


def _odd_pictures(folder: Path) -> list[Path]:
    """Write pictures of every mode, turned ones and a cut-off one."""
    rng = np.random.default_rng(3)
    rgb = Image.fromarray(rng.integers(0, 256, (37, 91, 3), dtype=np.uint8))
    clear = rgb.convert("RGBA")
    clear.putalpha(Image.fromarray(rng.integers(0, 256, (37, 91), dtype=np.uint8)))
    deep = Image.fromarray(rng.integers(0, 65536, (40, 20), dtype=np.uint16))
    turned = Image.Exif()
    turned[0x0112] = 6
    files: dict[str, tuple[Image.Image, dict[str, Any]]] = {
        "a.png": (rgb, {}), "b.png": (clear, {}), "c.png": (deep, {}),
        "d.png": (rgb.convert("1"), {}), "e.png": (rgb.convert("LA"), {}),
        "f.gif": (rgb.convert("P"), {"transparency": 3}),
        "g.jpg": (rgb, {"exif": turned, "quality": 80}), "h.jpg": (rgb.convert("CMYK"), {}),
        "i.webp": (clear, {"lossless": True}), "j.tif": (rgb.convert("F"), {}),
        "k.png": (rgb, {"exif": turned}), "l.bmp": (rgb.resize((700, 9)), {}),
    }  # fmt: skip
    for name, (image, options) in files.items():
        image.save(folder / name, **options)
    (folder / "z.png").write_bytes((folder / "a.png").read_bytes()[:300])
    return [folder / name for name in files]


def test_pictures_of_every_mode_are_prepared_and_answered_as_in_the_studio(
    tops: dict[str, Path], tmp_path: Path
) -> None:
    paths = _odd_pictures(tmp_path)
    how = board_contents("pictures").preprocessing
    assert isinstance(how, ImagePreprocessing)
    prepared = np.stack([pictures.prepare(path.read_bytes(), how) for path in paths])
    *said, last = called(tops["pictures"], "classify", tmp_path, status=1)
    assert [Path(line["file"]).name for line in said] == [path.name for path in paths]
    assert [line["outputs"] for line in said] == codes_of("pictures", prepared)
    labels = board_contents("pictures").candidate.classes
    assert [line["answer"] for line in said] == [
        labels[int(np.argmax(line["outputs"]))] for line in said
    ]
    assert last["error"] == "The picture is damaged or cut off."


def test_the_float_model_runs_by_the_other_runtime(tops: dict[str, Path], tmp_path: Path) -> None:
    paths = _odd_pictures(tmp_path)[:2]
    exact = called(tops["pictures"], "classify", *paths)
    near = called(tops["pictures"], "--runtime", "onnx", "classify", *paths)
    for one, other in zip(exact, near, strict=True):
        assert other["outputs"] != one["outputs"]
        assert other["share"] == pytest.approx(one["share"], abs=0.1)
    (line,) = called(tops["rows"], "--runtime", "onnx", "stream", given=b"x\n", status=1)
    assert line == "No float32 ONNX model was exported; use the runtime litert."


def test_not_sure_travels(tmp_path: Path) -> None:
    files = assemble_for(board_contents("pictures", certainty=certainty(0.9999)), "python")
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    top = tmp_path / "Bars_of_light"
    picture = _odd_pictures(tmp_path)[0]
    (line,) = called(top, "classify", picture)
    assert (line["answer"], line["not_sure"]) == (None, True)
    assert "end result=PASS" in called(top, "selftest")[-1]
    assert "`null`" in (top / "README.md").read_text()


# --- rows ------------------------------------------------------------------------------------


def _csv(rows: list[dict[str, Any]], delimiter: str = ",") -> bytes:
    names = list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO()
    writer = csv.DictWriter(text, names, delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


@pytest.mark.parametrize("way", ["file", "stream"])
def test_rows_are_answered_as_in_the_studio(
    way: str, tops: dict[str, Path], tmp_path: Path
) -> None:
    rows = [row for row in raw_rows() if row.get("temp") not in (float("inf"), 1e30)]
    rows.append({"temp": 3.5, "size": 0.25, "colour": "파랑", "name": 'of "quotes", and\nlines'})
    prepared = np.concatenate([preprocess.prepare(ROWS.as_json(), row) for row in rows])
    text = _csv(rows, ";").replace(b"nan", b"n/a")
    if way == "file":
        (tmp_path / "r.csv").write_bytes(text)
        said = called(tops["rows"], "classify", tmp_path / "r.csv")
    else:
        said = called(tops["rows"], "stream", given=text)
    assert [line["outputs"] for line in said] == codes_of("rows", prepared)
    assert {line["answer"] for line in said} <= set(KIND_CLASSES)
    amounts = called(tops["amounts"], "stream", "--delimiter", ";", given=text)
    assert all(line["unit"] == "kg" and isinstance(line["amount"], float) for line in amounts)


def test_what_is_no_table_is_said(tops: dict[str, Path], tmp_path: Path) -> None:
    said = called(tops["rows"], "stream", given=b"a,b\n1,2\n", status=1)
    assert said == ["None of the model's columns is there: temp, colour, size."]
    assert called(tops["rows"], "stream", status=1) == ["There is nothing in it."]
    (tmp_path / "x.csv").write_bytes(b"\xff\xfe\x00\x01")
    (line,) = called(tops["rows"], "classify", tmp_path / "x.csv", status=1)
    assert line["error"] == "It cannot be read."


# --- recordings ------------------------------------------------------------------------------


def _recording_csv(values: np.ndarray) -> bytes:
    cells = [["" if np.isnan(v) else repr(float(v)) for v in row] for row in values]
    lines = ["t,acc_x [mg],acc_y", *(f"{n},{','.join(row)}" for n, row in enumerate(cells))]
    return "\n".join(lines).encode()


def test_recordings_are_answered_as_in_the_studio(tops: dict[str, Path], tmp_path: Path) -> None:
    values = recording(120, 7)
    text = _recording_csv(values)
    found = recordings.read_recording(text, recordings.CSV, {"channels": "acc_x [mg]|acc_y"})
    wanted = codes_of("windows", preprocess.prepare(WINDOWS.as_json(), found.values))
    (tmp_path / "r.csv").write_bytes(text)
    said = called(tops["windows"], "classify", tmp_path / "r.csv")
    assert [line["outputs"] for line in said] == wanted
    begun = preprocess.filled(values)
    streamed = called(tops["windows"], "stream", given=_recording_csv(begun))
    assert [line["outputs"] for line in streamed] == wanted
    wav = _wav(values[:, :1], 16)
    (tmp_path / "w.wav").write_bytes(wav)
    (line,) = called(tops["windows"], "classify", tmp_path / "w.wav", status=1)
    assert line["error"] == "The model takes 52 values a second, the file has 8000."


def _wav(values: np.ndarray, bits: int, code: int = 1) -> bytes:
    wide = values.shape[1]
    if code == 3:
        data = values.astype("<f4").tobytes()
    elif bits == 8:
        data = (np.nan_to_num(values) * 60 + 128).clip(0, 255).astype(np.uint8).tobytes()
    else:
        whole = (np.nan_to_num(values.astype(float)).clip(-1, 1) * (2.0 ** (bits - 1) - 1)).astype(
            "<i8"
        )
        data = whole.view(np.uint8).reshape(-1, 8)[:, : bits // 8].tobytes()
    form = struct.pack("<HHIIHH", code, wide, 8000, 8000 * wide * bits // 8, wide * bits // 8, bits)
    body = b"WAVE" + b"LIST" + struct.pack("<I", 3) + b"abc\0"
    body += b"fmt " + struct.pack("<I", 16) + form + b"data" + struct.pack("<I", len(data)) + data
    return b"RIFF" + struct.pack("<I", len(body)) + body


# --- in one process --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def imported(tops: dict[str, Path]) -> Iterator[ModuleType]:
    """The package of windows, imported as another program does."""
    place = str(tops["windows"] / "src")
    sys.path.insert(0, place)
    try:
        yield importlib.import_module(PACKAGE)
    finally:
        sys.path.remove(place)
        for name in [name for name in sys.modules if name.partition(".")[0] == PACKAGE]:
            del sys.modules[name]


@pytest.mark.parametrize(("bits", "code"), [(8, 1), (16, 1), (24, 1), (32, 1), (32, 3)])
def test_sound_is_read_as_in_the_studio(bits: int, code: int, imported: ModuleType) -> None:
    reading = importlib.import_module(f"{PACKAGE}.reading")
    content = _wav(recording(300, bits), bits, code)
    values, rate = reading.sound(content)
    theirs = recordings.read_recording(content, recordings.WAV)
    assert rate == theirs.rate_hz
    assert np.array_equal(values, theirs.values, equal_nan=True)
    for bad in (content[:20], b"RIFF", content.replace(b"data", b"dada")):
        with pytest.raises(imported.NotUsable):
            reading.sound(bad)


@settings(max_examples=40, deadline=None)
@given(samples=st.integers(0, 90), seed=st.integers(0, 999))
def test_a_stream_gives_the_windows_of_the_whole(
    samples: int, seed: int, imported: ModuleType
) -> None:
    for stride in (2, 11):  # 11: some values between windows are never seen
        how = {**WINDOWS.as_json(), "stride": stride}
        values = recording(samples, seed)
        if samples:
            values[0] = np.nan_to_num(values[0])
        collector = imported.Collector(how)
        made = [window for row in values for window in [collector.add(row.tolist())]
                if window is not None]  # fmt: skip
        whole = preprocess.prepare(how, values)
        assert np.array_equal(np.concatenate([whole[:0], *made]), whole)


def test_the_library_says_what_it_takes(imported: ModuleType) -> None:
    model = imported.Model()
    assert (model.kind, model.shape, model.labels) == ("signal", (8, 1, 2), KIND_CLASSES)
    with pytest.raises(imported.NotUsable, match="takes a signal, not a row"):
        model.row({})
    with pytest.raises(imported.NotUsable, match="2 channels"):
        model.recording(np.zeros((9, 3)))
    with pytest.raises(imported.NotUsable, match="no runtime"):
        imported.Model("abacus")
    assert model.recording(np.zeros((3, 2))) == []


@pytest.mark.parametrize(
    ("kind", "words", "sentence"),
    [
        ("pictures", ["camera"], "opencv-python-headless"),
        ("windows", ["camera"], "This model takes a signal, not a picture."),
        ("windows", ["microphone"], "This model takes no sound of one channel at a known rate."),
        ("windows", ["classify", "nowhere.csv"], "It cannot be read."),
    ],
)
def test_what_is_missing_is_said(
    kind: str, words: list[str], sentence: str, tops: dict[str, Path]
) -> None:
    (line,) = called(tops[kind], *words, status=1)
    assert sentence in (line["error"] if isinstance(line, dict) else line)


# --- the zip ---------------------------------------------------------------------------------


def test_a_zip_verifies_and_a_changed_copy_is_found(tmp_path: Path) -> None:
    path = tmp_path / "package.zip"
    for kind in ("pictures", "amounts"):
        files = dict(program_files("python", kind))
        path.write_bytes(zip_bytes(files))
        result = verify_bundle(path)
        assert result.passed, result.checks
        name = f"Bars_of_light/src/{PACKAGE}/preprocessing.json"
        files[name] += b"\n"
        path.write_bytes(zip_bytes(files))
        failed = {check.name for check in verify_bundle(path).checks if not check.passed}
        assert {"digests", "c_source"} <= failed


def test_a_device_without_an_operating_system_is_refused() -> None:
    from .contents import contents_of

    with pytest.raises(ExportError) as refusal:
        assemble_for(contents_of("rows"), "python")
    assert refusal.value.code == "export.not_for_device"
    with pytest.raises(ExportError) as refusal:
        assemble_for(board_contents("rows"), "cmake")
    assert refusal.value.code == "export.not_for_device"


_AGAIN = """
import hashlib, time
real = time.time
time.time = lambda: real() + 86400 * 400
from studio.export.ecosystems import assemble_for
from studio.export.archive import zip_bytes
from tests.export.ecosystems.programs import board_contents
print(hashlib.sha256(zip_bytes(assemble_for(board_contents("rows"), "python"))).hexdigest())
"""


def test_two_exports_are_the_same_bytes_another_day_in_another_folder(tmp_path: Path) -> None:
    other = {"PYTHONPATH": str(ROOT), "TZ": "Asia/Seoul", "PYTHONHASHSEED": "7",
             "HOME": str(tmp_path)}  # fmt: skip
    command = [sys.executable, "-c", _AGAIN]
    done = subprocess.run(command, cwd=tmp_path, env=other, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    mine = hashlib.sha256(zip_bytes(program_files("python", "rows"))).hexdigest()
    assert done.stdout.split()[-1] == mine


def test_the_parts_list_is_valid_and_names_what_is_installed() -> None:
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    files = program_files("python", "pictures")
    text = files["Bars_of_light/sbom.cdx.json"].decode()
    wrong = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    assert wrong is None, str(wrong)
    parts = {part["name"]: part for part in json.loads(text)["components"]}
    assert parts["ai-edge-litert"]["scope"] == "required"
    assert parts["sounddevice"]["scope"] == "optional"
    licences = files["Bars_of_light/LICENSES.txt"].decode()
    readme = files["Bars_of_light/README.md"].decode()
    inside = {name.partition("/")[2] for name in files}
    assert all(f"`{name}`" in readme for name in inside if "README" not in name)
    for name in ("ai-edge-litert", "numpy", "pillow", "onnxruntime"):
        assert name in licences
        assert name in readme


def test_nothing_of_a_person_or_a_computer_is_inside() -> None:
    names = ("/home/kim/photos/x.png", r"C:\Users\kim\y.png", "/root/z.jpg")
    named = board_contents("pictures", golden_names=(*names, "a.png", "b.png", "c.png"))
    zips = {kind: program_files("python", kind) for kind in ("rows", "windows")}
    zips |= {"named": assemble_for(named, "python"), "gateway": program_files("gateway", "rows")}
    there = b"/opt/bars-of-light-model"  # where a gateway is put: told, not found out
    found = [
        (where, name, what)
        for where, files in zips.items()
        for name, content in files.items()
        for what in _private(content)
        if what != there
    ]
    assert found == []


# --- installed -------------------------------------------------------------------------------


@pytest.mark.slow
def test_its_types_hold(tops: dict[str, Path]) -> None:
    command = [sys.executable, "-m", "mypy", "--strict", "--ignore-missing-imports",
               "--config-file=", "src"]  # fmt: skip
    done = subprocess.run(command, cwd=tops["pictures"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
def test_it_installs_into_an_empty_environment_and_answers_there(
    tops: dict[str, Path], tmp_path: Path
) -> None:
    venv = tmp_path / "empty"
    subprocess.run([sys.executable, "-m", "venv", venv], check=True)
    pip = [venv / "bin" / "python", "-m", "pip", "install", "-q", tops["pictures"]]
    done = subprocess.run(pip, capture_output=True, text=True)
    if done.returncode and "No matching distribution" in done.stderr:
        pytest.skip("pip reaches no index of packages")
    assert done.returncode == 0, done.stderr
    command = venv / "bin" / PACKAGE.replace("_", "-")
    assert command.is_file()
    plain = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)}

    def said(*words: object) -> list[str]:
        done = subprocess.run(
            [command, *map(str, words)], cwd=tmp_path, env=plain, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout.splitlines()

    assert "end result=PASS" in said("selftest")[-1]
    samples = tmp_path / "samples"
    samples.mkdir()
    paths = _odd_pictures(samples)
    (samples / "z.png").unlink()
    how = board_contents("pictures").preprocessing
    prepared = np.stack([pictures.prepare(path.read_bytes(), how) for path in paths])
    lines = [json.loads(line) for line in said("classify", samples)]
    assert [line["outputs"] for line in lines] == codes_of("pictures", prepared)
    figures = {line["figure"]: line for line in map(json.loads, said("figures"))}
    assert figures["resident memory"]["kind"] == "measured"
    assert figures["resident memory"]["value"] < 120e6
    pip = [venv / "bin" / "python", "-m", "pip", "list", "--format=json"]
    there = subprocess.run(pip, capture_output=True, text=True, check=True).stdout
    names = {one["name"].lower() for one in json.loads(there)}
    assert not names & {"tensorflow", "edge-automl-studio", "keras"}

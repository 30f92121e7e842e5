"""Verification: passes on what was exported, and every check can fail."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.domain.errors import BundleError, ModelError
from studio.export import BundleContents, BundleVerification, csource, verify_bundle, write_bundle
from studio.export.archive import zip_bytes
from studio.export.golden_run import reference_outputs
from studio.export.manifest import MANIFEST, FileFacts, Manifest
from studio.export.reading import read_files

Files = dict[str, bytes]
MODEL = "model/model_int8.tflite"
CHECKS = ["files", "digests", "model", "preprocessing", "labels", "c_source", "golden_files"]


def resealed(files: Files) -> Files:
    """Return the files with a manifest that fits them: what a careful forger does."""
    old = Manifest.read(files[MANIFEST])
    others = {name: content for name, content in files.items() if name != MANIFEST}
    facts = {name: FileFacts.of(content) for name, content in others.items()}
    return {**others, MANIFEST: replace(old, files=facts).as_bytes()}


def verified(files: Files, folder: Path) -> BundleVerification:
    """Verify these files as a zip."""
    path = folder / "bundle.zip"
    path.write_bytes(zip_bytes(files))
    return verify_bundle(path)


def failed(result: BundleVerification) -> list[str]:
    """Return the names of the checks that do not hold."""
    return [check.name for check in result.checks if not check.passed]


def flipped(content: bytes, at: int) -> bytes:
    """Return the content with one byte changed."""
    return content[:at] + bytes([content[at] ^ 0x55]) + content[at + 1 :]


def test_what_was_written_passes_as_zip_and_as_folder(
    build: Callable[..., BundleContents], tmp_path: Path
) -> None:
    summary = write_bundle(build(), tmp_path / "b.zip")
    result = verify_bundle(Path(summary.path))
    assert result.passed
    assert [check.name for check in result.checks] == [*CHECKS, "answer", "golden_run"]
    assert result.title == "Bars of light"
    assert result.device_id == "nano33ble"

    for name, content in read_files(tmp_path / "b.zip").items():
        (tmp_path / "folder" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "folder" / name).write_bytes(content)
    assert verify_bundle(tmp_path / "folder").passed


def test_it_works_without_tensorflow_and_without_a_project(files: Files, tmp_path: Path) -> None:
    path = tmp_path / "bundle.zip"
    path.write_bytes(zip_bytes(files))
    program = (
        "import sys; from pathlib import Path; from studio.export import verify_bundle\n"
        "assert verify_bundle(Path(sys.argv[1])).passed\n"
        "heavy = {'tensorflow', 'keras', 'autokeras', 'matplotlib', 'PySide6'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", program, str(path)], check=True, timeout=60)


def test_a_changed_model_fails(files: Files, tmp_path: Path) -> None:
    files[MODEL] = flipped(files[MODEL], len(files[MODEL]) // 2)
    assert "digests" in failed(verified(files, tmp_path))


def test_a_changed_golden_output_fails(files: Files, tmp_path: Path) -> None:
    files["golden/outputs.bin"] = flipped(files["golden/outputs.bin"], 4)
    assert "digests" in failed(verified(files, tmp_path))


def test_a_changed_model_fails_also_with_new_digests(files: Files, tmp_path: Path) -> None:
    files[MODEL] = flipped(files[MODEL], len(files[MODEL]) // 2)
    assert "c_source" in failed(verified(resealed(files), tmp_path))


def test_every_changed_golden_output_fails_also_with_new_digests(
    files: Files, tmp_path: Path
) -> None:
    outputs = files["golden/outputs.bin"]
    for at in range(0, len(outputs), 4):
        # The lowest bit: the class stays the same, so only running the model can tell.
        changed = outputs[:at] + bytes([outputs[at] ^ 1]) + outputs[at + 1 :]
        result = verified(resealed({**files, "golden/outputs.bin": changed}), tmp_path)
        assert failed(result)[-1] == "golden_run"
        assert not result.passed


def test_other_weights_fail_even_when_the_c_array_is_forged_too(
    files: Files, tmp_path: Path
) -> None:
    """The last line of defence: the vectors themselves."""
    model = bytearray(files[MODEL])
    weights = _longest_weights(files[MODEL])
    model[weights] = bytes(255 - b for b in model[weights])
    forged = {**files, MODEL: bytes(model)}
    for name in files:
        for base, text in csource.model_files(bytes(model)).items():
            if name.endswith(base):
                forged[name] = text.encode()
    assert failed(verified(resealed(forged), tmp_path)) == ["golden_run"]


def _longest_weights(model: bytes) -> slice:
    """Return where the dense layer's int8 weights lie: the longest constant of the file."""
    from studio.runtimes.tflite_file import read_model

    tensors = [t for t in read_model(model).tensors if t.dtype == "int8"]
    length = max(t.data_bytes for t in tensors)
    prefix = length.to_bytes(4, "little")
    start = next(i for i in range(0, len(model), 4) if model[i : i + 4] == prefix)
    return slice(start + 4, start + 4 + length)


def _edit(files: Files, name: str, change: Callable[[dict], object]) -> None:
    data = json.loads(files[name])
    change(data)
    files[name] = json.dumps(data).encode()


@pytest.mark.parametrize(
    ("check", "change"),
    [
        ("files", lambda f: f.pop("README.md")),
        ("files", lambda f: f.update({"extra.txt": b"hello"})),
        ("digests", lambda f: f.update({"README.md": b"other"})),
        ("digests", lambda f: f.update({"report.html": f["report.html"][:-1]})),
    ],
)
def test_files_and_digests_can_fail(
    check: str, change: Callable[[Files], object], files: Files, tmp_path: Path
) -> None:
    change(files)
    assert check in failed(verified(files, tmp_path))


@pytest.mark.parametrize(
    ("check", "change"),
    [
        ("model", lambda f: f.update({MODEL: f[MODEL][: len(f[MODEL]) // 2]})),
        ("model", lambda f: f.update({MODEL: b""})),
        ("model", lambda f: f.update({MODEL: f["model/model_float32.tflite"]})),
        ("model", lambda f: f.pop(MODEL)),
        ("labels", lambda f: f.update({"labels.txt": f["labels.txt"] + b"one more\n"})),
        ("labels", lambda f: f.update({"labels.txt": b"\xff\xfe"})),
        ("labels", lambda f: f.pop("labels.txt")),
        ("c_source", lambda f: f.update({"labels.txt": b"a\nb\nc\n"})),
        ("c_source", lambda f: f.pop("c/model_data.c")),
        ("c_source", lambda f: f.update({"c/model_data.c": f["c/model_data.c"] + b"/**/"})),
        ("c_source", lambda f: f.update({"other/labels.h": b"#define X"})),
        ("golden_files", lambda f: f.pop("golden/golden.json")),
        ("golden_files", lambda f: f.update({"golden/golden.json": b"[" * 100_000})),
        ("golden_files", lambda f: f.update({"golden/golden.json": b"{}"})),
        ("golden_files", lambda f: f.update({"golden/inputs.bin": f["golden/inputs.bin"][:-1]})),
        (
            "golden_files",
            lambda f: _edit(f, "golden/golden.json", lambda d: d["samples"].pop()),
        ),
        (
            "golden_files",
            lambda f: _edit(
                f, "golden/golden.json", lambda d: d["samples"][0].update(output_index=9)
            ),
        ),
        (
            "golden_files",
            lambda f: _edit(
                f, "golden/golden.json", lambda d: d["samples"][0].update(class_index=2)
            ),
        ),
        (
            "golden_files",
            lambda f: _edit(
                f, "golden/golden.json", lambda d: d["inputs"].update(shape=[6, 4, 16, 1])
            ),
        ),
        (
            "golden_files",
            lambda f: _edit(f, "golden/golden.json", lambda d: d["inputs"].update(dtype="uint8")),
        ),
    ],
)
def test_the_other_checks_can_fail_with_good_digests(
    check: str, change: Callable[[Files], object], files: Files, tmp_path: Path
) -> None:
    change(files)
    result = verified(resealed(files), tmp_path)
    assert check in failed(result)
    assert all(c.sentence.endswith((".", "…")) and c.sentence for c in result.checks)


def test_a_bundle_without_golden_vectors_fails(files: Files, tmp_path: Path) -> None:
    """Otherwise nothing would be compared, and nothing would differ."""

    def empty(data: dict) -> None:
        data["samples"] = []
        data["inputs"]["shape"][0] = data["outputs"]["shape"][0] = 0

    files.update({"golden/inputs.bin": b"", "golden/outputs.bin": b""})
    _edit(files, "golden/golden.json", empty)
    assert "golden_files" in failed(verified(resealed(files), tmp_path))


def _is_caught(path: Path, original: Files) -> bool:
    """Return whether a mutant is refused or fails; one that reads the same is no mutant."""
    try:
        if read_files(path) == original:
            return True
        return not verify_bundle(path).passed
    except BundleError as error:
        return error.happened.isprintable() and error.code.startswith("bundle.")


def test_mutated_zips_are_refused_or_fail(files: Files, tmp_path: Path) -> None:
    honest, rng, path = zip_bytes(files), random.Random(11), tmp_path / "mutant.zip"
    for _ in range(600):
        mutant = bytearray(honest)
        for _ in range(rng.choice((1, 1, 2, 8))):
            # Half of the mutations hit the directory, where a zip is most delicate.
            low = rng.choice((0, len(honest) - 2_200))
            mutant[rng.randrange(low, len(honest))] = rng.randrange(256)
        path.write_bytes(mutant)
        assert _is_caught(path, files)


def test_cut_zips_are_refused(files: Files, tmp_path: Path) -> None:
    honest, path = zip_bytes(files), tmp_path / "cut.zip"
    for length in range(0, len(honest), 997):
        path.write_bytes(honest[:length])
        with pytest.raises(BundleError):
            verify_bundle(path)


def test_mutated_files_with_good_checksums_fail(
    files: Files, tmp_path: Path, long_form: bool
) -> None:
    """A folder has no checksums of its own: one changed byte anywhere must be found."""
    rng = random.Random(12)
    for name in sorted(files) * (12 if long_form else 3):
        content = flipped(files[name], rng.randrange(len(files[name])))
        path = tmp_path / "mutant.zip"
        path.write_bytes(zip_bytes({**files, name: content}))
        assert _is_caught(path, files), name


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    value=st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
        max_leaves=6,
    ),
    data=st.data(),
)
def test_any_value_anywhere_in_the_manifest_is_refused(
    value: object, data: st.DataObject, files: Files
) -> None:
    manifest = json.loads(files[MANIFEST])
    key = data.draw(st.sampled_from(sorted(manifest)))
    if manifest[key] == value and type(manifest[key]) is type(value):
        return
    manifest[key] = value
    with pytest.raises(BundleError):
        Manifest.read(json.dumps(manifest).encode())


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, "bundle.not_found"),
        (b"", "bundle.not_a_bundle"),
        (b"hello, this is a letter", "bundle.not_a_bundle"),
        (zip_bytes({}), "bundle.not_a_bundle"),
        (zip_bytes({"a.txt": b"x"}), "bundle.not_a_bundle"),
        (zip_bytes({MANIFEST: b"{}"}), "bundle.not_a_bundle"),
        (zip_bytes({MANIFEST: b"[1, 2"}), "bundle.damaged"),
        (zip_bytes({MANIFEST: b"[" * 100_000}), "bundle.damaged"),
        (zip_bytes({MANIFEST: b'{"a": 1, "a": 2}'}), "bundle.damaged"),
        (zip_bytes({MANIFEST: b"\xff"}), "bundle.damaged"),
    ],
)
def test_what_is_no_bundle_is_said_to_be_none(
    content: bytes | None, code: str, tmp_path: Path
) -> None:
    path = tmp_path / "thing.zip"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BundleError) as refusal:
        verify_bundle(path)
    assert refusal.value.code == code
    assert refusal.value.remedy


def test_a_newer_format_is_named(files: Files, tmp_path: Path) -> None:
    _edit(files, MANIFEST, lambda data: data.update(format=4))
    with pytest.raises(BundleError) as refusal:
        verified(files, tmp_path)
    assert refusal.value.code == "bundle.too_new"


def test_an_empty_folder_is_no_bundle(tmp_path: Path) -> None:
    with pytest.raises(BundleError) as refusal:
        verify_bundle(tmp_path)
    assert refusal.value.code == "bundle.not_a_bundle"


def test_a_model_that_does_not_end_in_time_is_stopped(files: Files, tmp_path: Path) -> None:
    path = tmp_path / "bundle.zip"
    path.write_bytes(zip_bytes(files))
    result = verify_bundle(path, timeout_s=0.01)
    assert failed(result) == ["golden_run"]
    assert "did not finish" in result.checks[-1].sentence


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for a crash is a shell script")
def test_a_crash_of_the_interpreter_is_told_and_survived(
    files: Files, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    crashing = tmp_path / "python"
    crashing.write_text("#!/bin/sh\nkill -SEGV $$\n")
    crashing.chmod(0o755)
    monkeypatch.setattr("studio.runtimes.reference.sys.executable", str(crashing))
    with pytest.raises(ModelError) as told:
        reference_outputs(files[MODEL], np.zeros((1, 8, 8, 1), np.int8))
    assert told.value.code == "model.crashed"


def test_what_cannot_be_run_is_said_in_words(files: Files) -> None:
    with pytest.raises(ModelError) as refusal:
        reference_outputs(files[MODEL][:500], np.zeros((1, 8, 8, 1), np.int8))
    assert refusal.value.code == "model.damaged"
    with pytest.raises(ModelError) as refusal:
        reference_outputs(files[MODEL], np.zeros((1, 9, 9, 1), np.int8))
    assert refusal.value.code == "model.cannot_run"

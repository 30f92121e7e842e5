"""Is this bundle what it says, and does its model still give the golden outputs here?"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

import numpy as np

from studio.domain.errors import BundleError, ModelError
from studio.export import csource
from studio.export.golden_run import reference_outputs
from studio.export.manifest import MANIFEST, FileFacts, Manifest, damaged, read_json
from studio.export.names import shown
from studio.export.part import Int8Array
from studio.export.reading import read_files
from studio.export.schema import check, is_count, is_text, record, sequence
from studio.runtimes.tflite_file import TfliteModel, read_model

__all__ = ["BundleVerification", "CheckResult", "verify_bundle"]

MODEL = "model/model_int8.tflite"
_INPUTS, _OUTPUTS, _GOLDEN = "golden/inputs.bin", "golden/outputs.bin", "golden/golden.json"
_LABELS = "labels.txt"
_MOST_GOLDEN = 10_000

_SHAPE = sequence(is_count, longest=8)
_INT8 = {"file": is_text, "order": is_text, "dtype": is_text, "shape": _SHAPE}
_SAMPLE = {"name": is_text, "class": is_text, "output_class": is_text}
_GOLDEN_SCHEMA = record(
    {
        "inputs": record(_INT8),
        "outputs": record(_INT8),
        "kernels": is_text,
        "samples": sequence(
            record({**_SAMPLE, "class_index": is_count, "output_index": is_count}),
            longest=_MOST_GOLDEN,
        ),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """One thing that was checked.

    Attributes:
        name: Short and stable, for machines.
        passed: Whether it holds.
        sentence: What was found, for a person.
    """

    name: str
    passed: bool
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleVerification:
    """The result of verifying a bundle.

    Attributes:
        title: Project title in the manifest; a stranger's text.
        device_id: Device in the manifest; a stranger's text.
        checks: Every check, in the order they were made.
    """

    title: str
    device_id: str
    checks: tuple[CheckResult, ...]

    @property
    def passed(self) -> bool:
        """Whether every check holds."""
        return all(result.passed for result in self.checks)


@dataclass(frozen=True, kw_only=True)
class _Bundle:
    """A bundle in memory."""

    files: Mapping[str, bytes]
    manifest: Manifest
    timeout_s: float

    @cached_property
    def model(self) -> TfliteModel:
        return read_model(self.file(MODEL))

    @cached_property
    def labels(self) -> list[str]:
        try:
            text = self.file(_LABELS).decode("utf-8")
        except UnicodeDecodeError as error:
            raise damaged(f"{_LABELS} is not UTF-8") from error
        return text.removesuffix("\n").split("\n")

    def file(self, name: str) -> bytes:
        if name not in self.files:
            raise damaged(f"{name} is missing")
        return self.files[name]

    def golden(self) -> tuple[Int8Array, Int8Array, list[dict[str, object]]]:
        """Return inputs, outputs and samples; what does not agree is an error."""
        data = read_json(self.file(_GOLDEN), _GOLDEN)
        check(data, _GOLDEN_SCHEMA, _GOLDEN)
        inputs = _array(self.file(_INPUTS), data["inputs"], _INPUTS)
        outputs = _array(self.file(_OUTPUTS), data["outputs"], _OUTPUTS)
        samples: list[dict[str, object]] = data["samples"]
        if not len(inputs) == len(outputs) == len(samples) or outputs.ndim != 2:
            raise damaged("golden inputs, outputs and names are not equally many")
        if not inputs.size or not outputs.size:
            raise damaged("it has no golden vectors")
        return inputs, outputs, samples


def verify_bundle(path: Path, *, timeout_s: float = 60.0) -> BundleVerification:
    """Check a bundle, also one from a stranger, on any machine.

    Nothing is unpacked to disk. The model runs only when everything else agrees, and then in a
    child process with limits. No project file and no TensorFlow is needed.

    Args:
        path: The zip, or the folder it was unpacked into.
        timeout_s: Seconds the golden vectors may take.

    Returns:
        Every check with its result.

    Raises:
        BundleError: if it is no bundle, or too damaged or dangerous to look into.
    """
    files = read_files(path)
    bundle = _Bundle(files=files, manifest=Manifest.read(files[MANIFEST]), timeout_s=timeout_s)
    results: list[CheckResult] = []
    for name, run, needs_all in _CHECKS:
        if needs_all and not all(result.passed for result in results):
            sentence = "Not run, because an earlier check failed."
            results.append(CheckResult(name=name, passed=False, sentence=sentence))
        else:
            results.append(_result(name, run, bundle))
    device_id = str(bundle.manifest.device["id"])
    return BundleVerification(
        title=bundle.manifest.title, device_id=device_id, checks=tuple(results)
    )


class _Failed(Exception):
    """A check does not hold; the message says why."""


def _result(name: str, run: Callable[[_Bundle], str], bundle: _Bundle) -> CheckResult:
    try:
        return CheckResult(name=name, passed=True, sentence=run(bundle))
    except _Failed as error:
        return CheckResult(name=name, passed=False, sentence=str(error))
    except (BundleError, ModelError) as error:
        return CheckResult(name=name, passed=False, sentence=error.happened)


def _check_files(bundle: _Bundle) -> str:
    promised = set(bundle.manifest.files)
    present = set(bundle.files) - {MANIFEST}
    if missing := sorted(promised - present):
        raise _Failed(f"{len(missing)} files are missing, the first is {shown(missing[0])}.")
    if extra := sorted(present - promised):
        raise _Failed(f"{len(extra)} files do not belong here, the first is {shown(extra[0])}.")
    return f"All {len(promised)} files are there and no other."


def _check_digests(bundle: _Bundle) -> str:
    facts = bundle.manifest.files
    wrong = sorted(
        name
        for name, content in bundle.files.items()
        if name in facts and FileFacts.of(content) != facts[name]
    )
    if wrong:
        raise _Failed(f"{len(wrong)} files were changed, the first is {shown(wrong[0])}.")
    return "Every file has the SHA-256 and the size the manifest says."


def _check_model(bundle: _Bundle) -> str:
    model = bundle.model
    if len(model.inputs) != 1 or len(model.outputs) != 1:
        raise _Failed("The int8 model does not have one input and one output.")
    if {model.inputs[0].dtype, model.outputs[0].dtype} != {"int8"}:
        raise _Failed("The int8 model does not take and give int8.")
    return f"The int8 model is well formed ({len(model.tensors)} tensors)."


def _check_labels(bundle: _Bundle) -> str:
    outputs = math.prod(bundle.model.outputs[0].shape) if bundle.model.outputs else 0
    if len(bundle.labels) != outputs:
        raise _Failed(f"There are {len(bundle.labels)} labels for {outputs} outputs.")
    return f"There are {outputs} labels for {outputs} outputs."


def _check_c_source(bundle: _Bundle) -> str:
    wanted = {
        **csource.model_files(bundle.file(MODEL)),
        "labels.h": csource.labels_file(bundle.labels),
    }
    copies = {name: PurePosixPath(name).name for name in bundle.files}
    copies = {name: base for name, base in copies.items() if base in wanted}
    if missing := sorted({f"c/{base}" for base in wanted} - set(copies)):
        raise _Failed(f"{missing[0]} is missing.")
    for name, base in sorted(copies.items()):
        if bundle.files[name] != wanted[base].encode("ascii"):
            raise _Failed(f"{shown(name)} is not the model and the labels of this bundle.")
    return f"The C source holds the same model and labels ({len(copies)} files)."


def _check_golden_files(bundle: _Bundle) -> str:
    inputs, outputs, samples = bundle.golden()
    if inputs.shape[1:] != bundle.model.inputs[0].shape[1:]:
        raise _Failed("The golden inputs do not have the shape the model takes.")
    for output, sample in zip(outputs, samples, strict=True):
        index = int(output.argmax()) if output.size else -1
        if (sample["output_index"], sample["output_class"]) != (index, _at(bundle, index)):
            raise _Failed(f"golden.json says another class than the output of {_name(sample)}.")
        if sample["class"] != _at(bundle, sample["class_index"]):
            raise _Failed(f"golden.json gives {_name(sample)} a class that is none.")
    return f"The {len(inputs)} golden vectors agree with their description."


def _check_golden_run(bundle: _Bundle) -> str:
    inputs, wanted, samples = bundle.golden()
    got = reference_outputs(bundle.file(MODEL), inputs, timeout_s=bundle.timeout_s)
    if got.shape != wanted.shape:
        raise _Failed("The model gives another number of outputs than the golden vectors.")
    wrong = np.flatnonzero((got != wanted).any(axis=1))
    if wrong.size:
        first = _name(samples[int(wrong[0])])
        raise _Failed(f"{wrong.size} of {len(got)} outputs differ, the first is {first}.")
    return f"{len(got)} of {len(got)} golden outputs are the same, byte for byte."


#: Name, what is done, and whether it waits until everything before it holds. The class a name
#: stands for is compared as the labels file has it.
_CHECKS: tuple[tuple[str, Callable[[_Bundle], str], bool], ...] = (
    ("files", _check_files, False),
    ("digests", _check_digests, False),
    ("model", _check_model, False),
    ("labels", _check_labels, False),
    ("c_source", _check_c_source, False),
    ("golden_files", _check_golden_files, False),
    ("golden_run", _check_golden_run, True),
)


def _array(content: bytes, facts: Mapping[str, object], name: str) -> Int8Array:
    shape = facts["shape"]
    assert isinstance(shape, list)
    if facts["dtype"] != "int8" or not shape or math.prod(shape) != len(content):
        raise damaged(f"{name} is not as long as its shape says")
    return np.frombuffer(content, dtype=np.int8).reshape(shape)


def _at(bundle: _Bundle, index: object) -> str | None:
    labels = bundle.labels
    return labels[index] if isinstance(index, int) and 0 <= index < len(labels) else None


def _name(sample: Mapping[str, object]) -> str:
    return shown(str(sample["name"]))

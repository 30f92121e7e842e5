"""Is this bundle what it says, and does its model still give the golden outputs here?"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import numpy as np

from studio.domain.errors import BundleError, ModelError
from studio.domain.preprocessing import ImagePreprocessing
from studio.export import csource
from studio.export.amount import FILE as OUTPUT
from studio.export.answer import NOT_SURE
from studio.export.cpicture import picture_files
from studio.export.cpreprocess import preprocess_files
from studio.export.deciding import FILE as ANSWER
from studio.export.golden import prepared_again, unpack_raw
from studio.export.golden_run import reference_outputs
from studio.export.manifest import MANIFEST, FileFacts, Manifest, read_json
from studio.export.names import shown
from studio.export.opened import MODEL, OF_MODEL, OpenedBundle
from studio.export.part import Int8Array
from studio.export.parts.answer import python_source as answer_source
from studio.export.parts.preprocessing import python_source
from studio.export.preprocess import for_int8
from studio.export.reading import read_files
from studio.export.schema import is_text
from studio.export.spec import FILE as SPEC
from studio.runtimes.tflite_file import Tensor

__all__ = ["BundleVerification", "CheckResult", "verify_bundle"]

_PYTHON, _ANSWER, _LABELS = "preprocess.py", "answer.py", "labels.txt"

_PROGRAMS = frozenset({"edgetpu", "gateway", "python"})
"""Forms that run the model files by a Python package."""

_EARLIER_PYTHON = frozenset({"3d4a180f82a7cacd208700089738e499185316b144fa54858c8882daaea3ec57"})
"""SHA-256 of the preprocess.py of earlier versions, which prepares nothing otherwise: the one
before there were spectra."""


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
    bundle = OpenedBundle(files=files, manifest=Manifest.read(files[MANIFEST]), timeout_s=timeout_s)
    results: list[CheckResult] = []
    for name, run, needs_all in _checks(bundle):
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


def _result(name: str, run: Callable[[OpenedBundle], str], bundle: OpenedBundle) -> CheckResult:
    try:
        return CheckResult(name=name, passed=True, sentence=run(bundle))
    except _Failed as error:
        return CheckResult(name=name, passed=False, sentence=str(error))
    except (BundleError, ModelError) as error:
        return CheckResult(name=name, passed=False, sentence=error.happened)


def _check_files(bundle: OpenedBundle) -> str:
    promised = set(bundle.manifest.files)
    present = set(bundle.files) - {MANIFEST}
    if missing := sorted(promised - present):
        raise _Failed(f"{len(missing)} files are missing, the first is {shown(missing[0])}.")
    if extra := sorted(present - promised):
        raise _Failed(f"{len(extra)} files do not belong here, the first is {shown(extra[0])}.")
    return f"All {len(promised)} files are there and no other."


def _check_digests(bundle: OpenedBundle) -> str:
    facts = bundle.manifest.files
    wrong = sorted(
        name
        for name, content in bundle.files.items()
        if name in facts and FileFacts.of(content) != facts[name]
    )
    if wrong:
        raise _Failed(f"{len(wrong)} files were changed, the first is {shown(wrong[0])}.")
    return "Every file has the SHA-256 and the size the manifest says."


def _check_model(bundle: OpenedBundle) -> str:
    model = bundle.model
    if len(model.inputs) != 1 or len(model.outputs) != 1:
        raise _Failed("The int8 model does not have one input and one output.")
    if {model.inputs[0].dtype, model.outputs[0].dtype} != {"int8"}:
        raise _Failed("The int8 model does not take and give int8.")
    return f"The int8 model is well formed ({len(model.tensors)} tensors)."


def _check_preprocessing(bundle: OpenedBundle) -> str:
    how = bundle.how
    if how.shape != bundle.input.shape[1:]:
        raise _Failed("The preprocessing does not make inputs of the shape the model takes.")
    if not bundle.earlier and not _takes_bytes(bundle.input):
        raise _Failed("The int8 model does not take each byte minus 128.")
    if not isinstance(how, ImagePreprocessing) and not _is_ours(bundle.file(_PYTHON)):
        raise _Failed("preprocess.py is not the one the studio writes.")
    before = " The bundle was made by an earlier version of the studio." if bundle.earlier else ""
    return f"The preprocessing makes the inputs the model takes.{before}"


def _is_ours(python: bytes) -> bool:
    """Return whether a bundle's preprocess.py is what the studio writes, or wrote before."""
    return python == python_source() or hashlib.sha256(python).hexdigest() in _EARLIER_PYTHON


def _takes_bytes(tensor: Tensor) -> bool:
    """Return whether byte minus 128 is what the model means by byte / 255."""
    close = len(tensor.scales) == 1 and math.isclose(tensor.scales[0], 1 / 255, rel_tol=1e-5)
    return close and tensor.zero_points == (-128,)


def _check_labels(bundle: OpenedBundle) -> str:
    outputs = math.prod(bundle.output.shape)
    if bundle.target is not None:
        return _check_amount(bundle, outputs)
    if len(bundle.labels) != outputs:
        raise _Failed(f"There are {len(bundle.labels)} labels for {outputs} outputs.")
    return f"There are {outputs} labels for {outputs} outputs."


def _check_amount(bundle: OpenedBundle, outputs: int) -> str:
    if outputs != 1:
        raise _Failed(f"The model has {outputs} outputs for one amount.")
    said = read_json(bundle.file(OUTPUT), OUTPUT)
    unit = said.get("unit") if isinstance(said, dict) else None
    if is_text(unit) or said != bundle.amounts.as_json(str(unit)):
        raise _Failed("output.json does not say what the output of the model means.")
    return "output.json says what the output of the model means."


def _answer_file(bundle: OpenedBundle) -> dict[str, str]:
    if bundle.target is None:
        rule = {"answer.h": csource.answer_file(bundle.answers)} if bundle.tells_not_sure else {}
        return {"labels.h": csource.labels_file(bundle.labels), **rule}
    return {"output.h": csource.output_file(bundle.amounts)}


def _check_c_source(bundle: OpenedBundle) -> str:
    if bundle.manifest.ecosystem in _PROGRAMS:
        return _check_program(bundle)
    if bundle.manifest.ecosystem:
        return _check_library(bundle)
    wanted = {
        **csource.model_files(bundle.file(MODEL)),
        **_answer_file(bundle),
        **({} if bundle.earlier else preprocess_files(bundle.how)),
    }
    copies = {name: PurePosixPath(name).name for name in bundle.files}
    copies = {name: base for name, base in copies.items() if base in wanted}
    if missing := sorted({f"c/{base}" for base in wanted} - set(copies)):
        raise _Failed(f"{missing[0]} is missing.")
    for name, base in sorted(copies.items()):
        if bundle.files[name] != wanted[base].encode("ascii"):
            raise _Failed(f"{shown(name)} is not what the rest of the bundle makes of it.")
    return f"The C source holds the same as the rest of the bundle ({len(copies)} files)."


def _check_program(bundle: OpenedBundle) -> str:
    """Judge what a program's package carries once more; its own code is for its self-test."""
    copies = {name: "/".join(name.split("/")[2:]) for name in bundle.files}
    copies = {n: top for n, top in copies.items() if n.startswith("src/") and top in bundle.files}
    needed = {MODEL, SPEC} | ({ANSWER, _ANSWER, _LABELS} if bundle.target is None else {OUTPUT})
    if missing := sorted(needed - set(copies.values())):
        raise _Failed(f"The package lacks its own {missing[0]}.")
    for name, top in sorted(copies.items()):
        if bundle.files[name] != bundle.files[top]:
            raise _Failed(f"{shown(name)} is not the file at the top.")
    return (
        f"The package carries the files at the top ({len(copies)} of them); whether its code is"
        " right, its self-test tells (rebuild.py)."
    )


def _check_library(bundle: OpenedBundle) -> str:
    """Judge the C that an ecosystem carries; that of the model is for its self-test to judge."""
    how = bundle.how
    prepares = picture_files(how) if isinstance(how, ImagePreprocessing) else preprocess_files(how)
    wanted = {**_answer_file(bundle), **prepares}
    for base, text in sorted(wanted.items()):
        if bundle.file(f"src/{base}") != text.encode("ascii"):
            raise _Failed(f"src/{base} is not what the rest of the bundle makes of it.")
    if not any(name.startswith(OF_MODEL) and name.endswith(".c") for name in bundle.files):
        raise _Failed("There is no C code of the model.")
    return (
        f"The C that prepares and answers is what the bundle says ({len(wanted)} files); whether"
        " the C of the model is right, its self-test tells (rebuild.py)."
    )


def _check_golden_files(bundle: OpenedBundle) -> str:
    golden = bundle.golden()
    if golden.inputs.shape[1:] != bundle.input.shape[1:]:
        raise _Failed("The golden inputs do not have the shape the model takes.")
    judge = _judge_class if bundle.target is None else _judge_amount
    for output, sample in zip(golden.outputs, golden.samples, strict=True):
        judge(bundle, output, sample)
    return f"The {len(golden.inputs)} golden vectors agree with their description."


def _judge_class(bundle: OpenedBundle, output: Int8Array, sample: Mapping[str, object]) -> None:
    index = int(output.argmax()) if output.size else -1
    if (sample["output_index"], sample["output_class"]) != (index, _at(bundle, index)):
        raise _Failed(f"golden.json says another class than the output of {_name(sample)}.")
    if sample["class"] != _at(bundle, sample["class_index"]):
        raise _Failed(f"golden.json gives {_name(sample)} a class that is none.")


def _judge_amount(bundle: OpenedBundle, output: Int8Array, sample: Mapping[str, object]) -> None:
    if sample["output_amount"] != bundle.amounts.amount(int(output[0])):
        raise _Failed(f"golden.json says another amount than the output of {_name(sample)}.")


def _check_answer(bundle: OpenedBundle) -> str:
    said, rule = bundle.answer, bundle.answers
    wanted = {**rule.as_json(), "golden": rule.answers(bundle.golden().outputs)}
    if wrong := sorted(name for name, value in wanted.items() if said[name] != value):
        raise _Failed(f"answer.json does not follow from its threshold and the model: {wrong[0]}.")
    if bundle.file(_ANSWER) != answer_source():
        raise _Failed("answer.py is not the one the studio writes.")
    unsure = wanted["golden"].count(NOT_SURE)
    kept = f"{len(wanted['golden'])} golden answers follow from the outputs"
    if said["not_sure"] is None:
        return f"{kept}; no threshold was chosen, so the model always answers."
    return f"{kept}, 'not sure' below code {rule.below}: {unsure} of them."


def _check_golden_inputs(bundle: OpenedBundle) -> str:
    golden = bundle.golden()
    assert golden.raw is not None
    file = str(golden.raw["file"])
    raws = unpack_raw(bundle.file(file), golden.raw, bundle.how)
    if sum(golden.raw["inputs"]) != len(golden.inputs):
        raise _Failed("The raw golden samples make another number of inputs.")
    again = for_int8(prepared_again(bundle.how, raws, golden.raw["inputs"]))
    if again.shape != golden.inputs.shape:
        raise _Failed("The raw golden samples make inputs of another shape.")
    wrong = np.flatnonzero((again != golden.inputs).reshape(len(again), -1).any(axis=1))
    if wrong.size:
        first = _name(golden.samples[int(wrong[0])])
        raise _Failed(
            f"The preprocessing makes {wrong.size} of {len(again)} golden inputs otherwise, the "
            f"first is {first}."
        )
    return f"The preprocessing makes {len(again)} of {len(again)} golden inputs, byte for byte."


def _check_golden_run(bundle: OpenedBundle) -> str:
    golden = bundle.golden()
    wanted, samples = golden.outputs, golden.samples
    got = reference_outputs(bundle.file(MODEL), golden.inputs, timeout_s=bundle.timeout_s)
    if got.shape != wanted.shape:
        raise _Failed("The model gives another number of outputs than the golden vectors.")
    wrong = np.flatnonzero((got != wanted).any(axis=1))
    if wrong.size:
        first = _name(samples[int(wrong[0])])
        raise _Failed(f"{wrong.size} of {len(got)} outputs differ, the first is {first}.")
    return f"{len(got)} of {len(got)} golden outputs are the same, byte for byte."


_Row = tuple[str, Callable[[OpenedBundle], str], bool]


def _checks(bundle: OpenedBundle) -> tuple[_Row, ...]:
    """Return name, what is done, and whether it waits until everything before it holds.

    The class a name stands for is compared as the labels file has it.
    """
    again: tuple[_Row, ...] = (("golden_inputs", _check_golden_inputs, True),)
    return (
        ("files", _check_files, False),
        ("digests", _check_digests, False),
        ("model", _check_model, False),
        ("preprocessing", _check_preprocessing, False),
        ("labels", _check_labels, False),
        ("c_source", _check_c_source, False),
        ("golden_files", _check_golden_files, False),
        # Before 2026-11-21 bundles always answered, and amounts do.
        *((("answer", _check_answer, False),) if bundle.tells_not_sure else ()),
        # Raw pictures do not travel, so there is nothing to make their inputs from again.
        *(() if _is_of_pictures(bundle) else again),
        ("golden_run", _check_golden_run, True),
    )


def _is_of_pictures(bundle: OpenedBundle) -> bool:
    try:
        return isinstance(bundle.how, ImagePreprocessing)
    except BundleError:
        return False  # the check that comes to it says so


def _at(bundle: OpenedBundle, index: object) -> str | None:
    labels = bundle.labels
    return labels[index] if isinstance(index, int) and 0 <= index < len(labels) else None


def _name(sample: Mapping[str, object]) -> str:
    return shown(str(sample["name"]))

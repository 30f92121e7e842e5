"""A stranger's bundle in memory: what its files say, read when asked and checked then."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any

import numpy as np

from studio.domain.preprocessing import ImagePreprocessing, Preprocessing, TargetScale
from studio.export import spec
from studio.export.amount import AmountOutput
from studio.export.deciding import FILE as ANSWER
from studio.export.deciding import AnswerRule, read_answer, said_threshold
from studio.export.golden import RAW_SCHEMA
from studio.export.manifest import Manifest, damaged, read_json
from studio.export.part import Int8Array
from studio.export.schema import Check, check, is_count, is_number, is_text, record, sequence
from studio.runtimes.tflite_file import Tensor, TfliteModel, read_model

__all__ = ["MODEL", "OF_MODEL", "Golden", "OpenedBundle"]

MODEL = "model/model_int8.tflite"
_INPUTS, _OUTPUTS, _GOLDEN = "golden/inputs.bin", "golden/outputs.bin", "golden/golden.json"
_LABELS = "labels.txt"
_OF_ANSWERS = frozenset({ANSWER, "answer.py", "answer.h"})
_MOST_GOLDEN = 10_000
OF_MODEL = "src/model/"
"""Where the generated C of an ecosystem lies; its names come from the project's title."""

_SHAPE = sequence(is_count, longest=8)
_INT8 = {"file": is_text, "order": is_text, "dtype": is_text, "shape": _SHAPE}
_OF_CLASS = record(
    {
        "name": is_text,
        "class": is_text,
        "class_index": is_count,
        "output_class": is_text,
        "output_index": is_count,
    }
)
_OF_AMOUNT = record({"name": is_text, "amount": is_number, "output_amount": is_number})


@dataclass(frozen=True, kw_only=True)
class OpenedBundle:
    """A bundle in memory."""

    files: Mapping[str, bytes]
    manifest: Manifest
    timeout_s: float

    @cached_property
    def model(self) -> TfliteModel:
        return read_model(self.file(MODEL))

    @property
    def input(self) -> Tensor:
        """The input of the model that takes one."""
        return self._only(self.model.inputs)

    @property
    def output(self) -> Tensor:
        """The output of the model that gives one."""
        return self._only(self.model.outputs)

    @staticmethod
    def _only(tensors: Sequence[Tensor]) -> Tensor:
        if len(tensors) != 1:
            raise damaged("its int8 model does not have one input and one output")
        return tensors[0]

    @property
    def earlier(self) -> bool:
        """Whether it was made before there were rows, windows and amounts."""
        return self.manifest.format < 2

    @cached_property
    def how(self) -> Preprocessing:
        read = spec.read_earlier if self.earlier else spec.read_spec
        return read(self.file(spec.FILE))

    @property
    def target(self) -> TargetScale | None:
        """What the output means where it is an amount."""
        # A bundle of before is of classes, whatever its preprocessing.json says today.
        return None if self.earlier else getattr(self.how, "target", None)

    @cached_property
    def amounts(self) -> AmountOutput:
        """The way from a code to an amount; only where there is a target."""
        assert self.target is not None
        try:
            return AmountOutput.of(self.target, self.output)
        except ValueError as error:
            raise damaged("the output of its model is no amount") from error

    @property
    def tells_not_sure(self) -> bool:
        """Whether it says when the answer is "not sure", in one of its files at least."""
        # Below src/ lie generated C, named by a title, and a program's own modules.
        ours = (n for n in self.files if not (n.startswith("src/") and n.count("/") > 1))
        return any(PurePosixPath(name).name in _OF_ANSWERS for name in ours)

    @cached_property
    def answer(self) -> Mapping[str, Any]:
        """The content of ``answer.json``."""
        return read_answer(self.file(ANSWER))

    @cached_property
    def answers(self) -> AnswerRule:
        """The way from outputs to a class, by the threshold that ``answer.json`` tells of."""
        try:
            return AnswerRule.of(said_threshold(self.answer), self.output)
        except ValueError as error:
            raise damaged("the outputs of its model are no shares") from error

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

    def golden(self) -> Golden:
        """Return inputs, outputs and samples; what does not agree is an error."""
        data = read_json(self.file(_GOLDEN), _GOLDEN)
        check(data, _golden_schema(self), _GOLDEN)
        inputs = _array(self.file(_INPUTS), data["inputs"], _INPUTS)
        outputs = _array(self.file(_OUTPUTS), data["outputs"], _OUTPUTS)
        samples: list[dict[str, object]] = data["samples"]
        if not len(inputs) == len(outputs) == len(samples) or outputs.ndim != 2:
            raise damaged("golden inputs, outputs and names are not equally many")
        if not inputs.size or not outputs.size:
            raise damaged("it has no golden vectors")
        return Golden(inputs=inputs, outputs=outputs, samples=samples, raw=data.get("raw"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Golden:
    """The golden vectors of a bundle: inputs, outputs, and what is said about them."""

    inputs: Int8Array
    outputs: Int8Array
    samples: list[dict[str, object]]
    raw: Mapping[str, Any] | None


def _golden_schema(bundle: OpenedBundle) -> Check:
    sample = _OF_CLASS if bundle.target is None else _OF_AMOUNT
    fields = {
        "inputs": record(_INT8),
        "outputs": record(_INT8),
        "kernels": is_text,
        "samples": sequence(sample, longest=_MOST_GOLDEN),
    }
    pictures = bundle.earlier or isinstance(bundle.how, ImagePreprocessing)
    return record(fields if pictures else {**fields, "raw": RAW_SCHEMA})


def _array(content: bytes, facts: Mapping[str, object], name: str) -> Int8Array:
    shape = facts["shape"]
    assert isinstance(shape, list)
    if facts["dtype"] != "int8" or not shape or math.prod(shape) != len(content):
        raise damaged(f"{name} is not as long as its shape says")
    return np.frombuffer(content, dtype=np.int8).reshape(shape)

"""``answer.json``: from which output on a class is answered, and what that does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from studio.domain.evaluation import Interval
from studio.domain.figure import Figure, FigureKind
from studio.domain.judgement import NotSureOutcome
from studio.export import answer
from studio.export.contents import BundleContents, Certainty
from studio.export.manifest import read_json
from studio.export.part import Int8Array
from studio.export.schema import check, is_count, is_number, is_text, record, sequence
from studio.runtimes.tflite_file import Tensor

__all__ = [
    "FILE",
    "AnswerRule",
    "certainty_facts",
    "read_answer",
    "right_of_answered",
    "rule_of",
    "said_threshold",
    "sides_of",
    "undecided",
]

FILE = "answer.json"
_RULE = (
    "The largest output is the answer, the first of equal ones. Where it is less than "
    "not_sure_below, the answer is 'not sure'."
)
_ALWAYS, _NEVER = -128, 128
"""As codes: no output lies below the one, every output lies below the other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRule:
    """From the outputs of a classifier to its answer.

    Attributes:
        threshold: Confidence below which the answer is "not sure": 0 answers always, 2 never.
        step: What one code of the int8 model is worth; a float32 number.
        zero_point: Code of output 0.
    """

    threshold: float
    step: float
    zero_point: int

    @classmethod
    def of(cls, threshold: float, tensor: Tensor) -> AnswerRule:
        """Return it for the output tensor of an int8 model.

        Raises:
            ValueError: if the tensor is not quantized as a whole.
        """
        if len(tensor.scales) != 1 or not 0 < tensor.scales[0] < np.inf:
            raise ValueError("the output of the int8 model has no scale")
        return cls(
            threshold=2.0 if threshold > 1 else max(threshold, 0.0),
            step=float(np.float32(tensor.scales[0])),
            zero_point=tensor.zero_points[0] if tensor.zero_points else 0,
        )

    @property
    def below(self) -> int:
        """The smallest code that is answered; -128 answers always, 128 never.

        The output is float32, as an interpreter gives it, so that a code is answered exactly
        where the output it stands for was answered when the threshold was chosen.
        """
        if self.threshold <= 0 or self.threshold > 1:
            return _ALWAYS if self.threshold <= 0 else _NEVER
        codes = np.arange(_ALWAYS, _NEVER)
        outputs = (codes - self.zero_point).astype(np.float32) * np.float32(self.step)
        answered = np.flatnonzero(outputs.astype(np.float64) >= self.threshold)
        return int(codes[answered[0]]) if len(answered) else _NEVER

    def as_json(self) -> dict[str, Any]:
        """Return what ``answer.json`` says of it."""
        return {
            "kind": "class",
            "rule": _RULE,
            "int8_output": {
                "dtype": "int8",
                "scale": self.step,
                "zero_point": self.zero_point,
                "not_sure_below": self.below,
            },
            "float32_output": {"dtype": "float32", "not_sure_below": self.threshold},
        }

    def answers(self, outputs: Int8Array) -> list[int]:
        """Return the class, or `studio.export.answer.NOT_SURE`, of ``(N, classes)`` codes."""
        return answer.answers_int8(self.as_json(), outputs.tobytes(), len(outputs))


def rule_of(contents: BundleContents, tensor: Tensor) -> AnswerRule:
    """Return the rule of a bundle; without a threshold it always answers.

    Raises:
        ValueError: if the tensor is not quantized as a whole.
    """
    certainty = contents.certainty
    chosen = certainty.not_sure if certainty else None
    return AnswerRule.of(chosen.threshold if chosen else 0.0, tensor)


def certainty_facts(certainty: Certainty | None) -> dict[str, Any]:
    """Return how sure the model is, and the threshold with what it does, each with its kind."""
    if certainty is None:
        return {"calibration": None, "temperature": None, "sure": "", "not_sure": None, "why": ""}
    measured, temperature = certainty.calibration, certainty.temperature
    return {
        "calibration": measured.as_json() if measured else None,
        "temperature": temperature.as_json() if temperature else None,
        "sure": certainty.phrase.text() if certainty.phrase else "",
        "not_sure": _not_sure(certainty),
        "why": certainty.why,
    }


def _not_sure(certainty: Certainty) -> dict[str, Any] | None:
    chosen = certainty.not_sure
    if chosen is None:
        return None
    return {
        "threshold": chosen.threshold,
        "chosen_on": "validation",
        "costs": chosen.costs.as_json(),
        "costs_given": certainty.costs_given,
        "sides": [
            {
                "split": str(side.split),
                "samples": side.samples,
                "undecided": undecided(side).as_json(),
                "right_of_answered": right_of_answered(side).as_json(),
                "missed": side.missed,
                "false_alarms": side.false_alarms,
            }
            for side in sides_of(certainty)
        ],
        "resampling": chosen.resampling.as_json(),
    }


def sides_of(certainty: Certainty) -> list[NotSureOutcome]:
    """Return what the threshold does on validation, and on test where it was tested."""
    chosen = certainty.not_sure
    return [] if chosen is None else [s for s in (chosen.validation, chosen.test) if s is not None]


def undecided(side: NotSureOutcome) -> Figure:
    """Return the share of samples that get "not sure"."""
    return _measured(side.coverage, f"the int8 model on {side.samples} samples of {side.split}")


def right_of_answered(side: NotSureOutcome) -> Figure:
    """Return the share that is right among the samples that get an answer."""
    if side.coverage.value <= 0:
        return Figure.unknown("1", f"it answered none of {side.samples} samples of {side.split}")
    answered = round(side.coverage.value * side.samples)
    return _measured(side.wrong, f"the int8 model on {answered} samples of {side.split}")


def _measured(other: Interval, source: str) -> Figure:
    """Return the share that ``other`` leaves, with its 95 % interval."""
    return Figure(
        value=1 - other.value,
        unit="1",
        kind=FigureKind.MEASURED,
        low=1 - other.high,
        high=1 - other.low,
        source=source,
    )


# --- a stranger's ----------------------------------------------------------------------------


def _is_code(value: object) -> str:
    good = isinstance(value, int) and not isinstance(value, bool) and abs(value) <= _NEVER
    return "" if good else "is not a code"


def _is_facts(value: object) -> str:
    return "" if value is None or isinstance(value, dict) else "is not an object"


_SCHEMA = record(
    {
        "kind": is_text,
        "rule": is_text,
        "int8_output": record(
            {
                "dtype": is_text,
                "scale": is_number,
                "zero_point": _is_code,
                "not_sure_below": _is_code,
            }
        ),
        "float32_output": record({"dtype": is_text, "not_sure_below": is_number}),
        "golden": sequence(lambda item: "" if item == -1 else is_count(item), longest=10_000),
        "calibration": _is_facts,
        "temperature": _is_facts,
        "sure": is_text,
        "not_sure": _is_facts,
        "why": is_text,
    }
)


def read_answer(content: bytes) -> Mapping[str, Any]:
    """Read ``answer.json``, also a stranger's.

    Raises:
        BundleError: ``bundle.damaged``.
    """
    data: Mapping[str, Any] = read_json(content, FILE)
    check(data, _SCHEMA, FILE)
    return data


def said_threshold(data: Mapping[str, Any]) -> float:
    """Return the threshold of the facts in ``answer.json``; 0, always answer, without any."""
    facts = data["not_sure"]
    if facts is None:
        return 0.0
    check(facts, record({"threshold": is_number}, more=True), FILE)
    return float(facts["threshold"])

# SPDX-License-Identifier: Apache-2.0
"""The model: an input in, an answer out. All constants are read from the files beside this one."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from . import answer as answers
from . import preprocess
from .runtimes import NotUsable, Runtime, runtime_of

__all__ = ["NOT_SURE", "Answer", "Collector", "Model", "NotUsable", "Source"]

HERE = Path(__file__).resolve().parent
NOT_SURE = answers.NOT_SURE
Bytes = npt.NDArray[np.uint8]
Source = str | os.PathLike[str] | bytes
"""A file by its path, or its content."""


@dataclass(frozen=True)
class Answer:
    """What the model says of one input.

    Attributes:
        label: The class; None where it is not sure, or tells an amount.
        share: The output of the largest class, 0..1; None for an amount.
        amount: The amount; None for a class.
        unit: Of the amount.
        outputs: As the model gave them: int8 codes, or float32 by the onnx runtime.
    """

    label: str | None
    share: float | None
    amount: float | None
    unit: str
    outputs: tuple[float, ...]

    def as_json(self) -> dict[str, Any]:
        """Return it as JSON values."""
        if self.amount is not None:
            return {"amount": self.amount, "unit": self.unit}
        sure = {"answer": self.label, "not_sure": self.label is None}
        return {**sure, "share": self.share, "outputs": list(self.outputs)}


class Model:
    """The model of this package; may be used from several threads.

    Args:
        runtime: ``litert`` (the int8 model) or ``onnx`` (the float32 model; the extra ``onnx``).
        fast: LiteRT's fast kernels. They may answer otherwise than the studio: ``selftest --fast``
            tells whether they do here.

    Raises:
        NotUsable: if the runtime is not installed, or cannot run the model.
    """

    def __init__(self, runtime: str = "litert", *, fast: bool = False) -> None:
        self.how: Mapping[str, Any] = _json("preprocessing.json")
        self.shape = tuple(int(side) for side in self.how["shape"])
        self._is_class = not (HERE / "output.json").is_file()
        self._meaning: Mapping[str, Any] = _json("answer.json" if self._is_class else "output.json")
        self.labels: tuple[str, ...] = _labels() if self._is_class else ()
        self._runtime: Runtime = runtime_of(runtime, HERE / "model", fast)
        self._alone = threading.Lock()

    @property
    def kind(self) -> str:
        """What it takes: ``picture``, ``row`` or ``signal``."""
        return {"table": "row", "signal": "signal"}.get(str(self.how.get("kind")), "picture")

    def outputs(self, prepared: Bytes) -> npt.NDArray[Any]:
        """Run inputs, uint8 ``(N, *shape)``; return int8 codes or float32, ``(N, outputs)``."""
        if prepared.dtype != np.uint8 or prepared.shape[1:] != self.shape:
            raise ValueError(f"inputs are uint8 (N, {', '.join(map(str, self.shape))})")
        if self._runtime.takes_int8:
            inputs: npt.NDArray[Any] = preprocess.for_int8(prepared)
        else:
            inputs = preprocess.for_float(prepared)
        with self._alone:
            rows = [self._runtime.run(one[np.newaxis]) for one in inputs]
        return np.stack(rows) if rows else np.empty((0, 0), np.int8)

    def answer(self, outputs: Sequence[float] | npt.NDArray[Any]) -> Answer:
        """Return what one row of `outputs` means."""
        numbers = tuple(np.asarray(outputs).ravel().tolist())
        return self._class(numbers) if self._is_class else self._amount(numbers)

    def prepared(self, prepared: Bytes) -> list[Answer]:
        """Return the answers to inputs that are prepared already, uint8 ``(N, *shape)``."""
        return [self.answer(row) for row in self.outputs(prepared)]

    def picture(self, source: Source) -> Answer:
        """Return the answer to a picture.

        Raises:
            NotUsable: if it is no picture, or this model takes no pictures.
        """
        from . import pictures

        self._takes("picture")
        return self.prepared(pictures.prepare(source, self.shape)[np.newaxis])[0]

    def row(self, row: Mapping[str, Any]) -> Answer:
        """Return the answer to a row: numbers, texts or None by column; more columns do no harm."""
        self._takes("row")
        return self.prepared(preprocess.prepare(self.how, row))[0]

    def recording(self, values: npt.ArrayLike) -> list[Answer]:
        """Return the answer to each window of ``(samples, channels)``; NaN where one is missing."""
        self._takes("signal")
        given = np.asarray(values, np.float32)
        wide = len(self.how["channels"])
        if given.ndim != 2 or given.shape[1] != wide:
            raise NotUsable(f"The model takes recordings of {wide} channels.")
        return self.prepared(preprocess.prepare(self.how, given))

    def _takes(self, kind: str) -> None:
        if kind != self.kind:
            raise NotUsable(f"This model takes a {self.kind}, not a {kind}.")

    def _class(self, numbers: tuple[float, ...]) -> Answer:
        if self._runtime.takes_int8:
            place = answers.answer_int8(self._meaning, [int(code) for code in numbers])
            facts = self._meaning["int8_output"]
            share = (max(numbers) - facts["zero_point"]) * facts["scale"]
        else:
            place = answers.answer_float(self._meaning, numbers)
            share = max(numbers)
        label = None if place == NOT_SURE else self.labels[place]
        return Answer(label, round(float(share), 6), None, "", numbers)

    def _amount(self, numbers: tuple[float, ...]) -> Answer:
        output = float(numbers[0])
        if self._runtime.takes_int8:
            facts = self._meaning["int8_output"]
            steps = np.float32(int(numbers[0]) - facts["zero_point"])
            output = float(steps * np.float32(facts["scale"]))
        amount = self._meaning["offset"] + self._meaning["scale"] * output
        return Answer(None, None, amount, str(self._meaning["unit"]), numbers)


class Collector:
    """Takes a signal value by value, as from a sensor, and gives its windows.

    Before the first value of a channel, a missing one counts as 0: nobody knows what will come.
    """

    def __init__(self, how: Mapping[str, Any]) -> None:
        every = int(how["keep_every"])
        self._how = how
        self._need, self._step = every * int(how["window"]), every * int(how["stride"])
        self._last = [0.0] * len(how["channels"])
        self._rows: list[list[float]] = []
        self._skip = 0

    def add(self, values: Sequence[float]) -> Bytes | None:
        """Take one value of each channel; return a window, uint8 ``(1, *shape)``, if it is whole.

        Raises:
            NotUsable: for another number of channels.
        """
        if len(values) != len(self._last):
            raise NotUsable(f"The model takes {len(self._last)} channels, not {len(values)}.")
        pairs = zip(values, self._last, strict=True)
        self._last = [float(new) if new == new else old for new, old in pairs]
        if self._skip:
            self._skip -= 1
            return None
        self._rows.append(self._last)
        if len(self._rows) < self._need:
            return None
        window = preprocess.prepare(self._how, np.array(self._rows, np.float32))[:1]
        self._skip = max(0, self._step - self._need)
        del self._rows[: self._step]
        return window


def _json(name: str) -> Any:
    return json.loads((HERE / name).read_text(encoding="utf-8"))


def _labels() -> tuple[str, ...]:
    text = (HERE / "labels.txt").read_text(encoding="utf-8")
    return tuple(text.removesuffix("\n").split("\n"))

# SPDX-License-Identifier: Apache-2.0
"""Does this computer make the studio's bytes? The lines are those of the C self-test.

Golden samples are prepared, the int8 model runs on the golden inputs, and every byte is compared.
Save the lines and hand them back: ``automl-studio selftest PROJECT --log FILE`` compares them
with the project.
"""

from __future__ import annotations

import hashlib
import json
import struct
import time
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from . import preprocess
from .core import HERE, NOT_SURE, Model
from .pictures import resized

__all__ = ["selftest"]

_MARK = "STUDIO-SELFTEST 1 "
_ROW_MIX, _BYTE_MIX, _ALL = 2654435761, 2246822519, 0xFFFFFFFF
Int8 = npt.NDArray[np.int8]
Step = tuple[int, int, int]
"""Passed, of how many, CRC-32 of all bytes that were made."""


def selftest(say: Callable[[str], None], *, fast: bool = False) -> bool:
    """Run it; return whether everything is as in the studio.

    Args:
        say: Takes each line.
        fast: Test LiteRT's fast kernels instead of the reference kernels.
    """
    facts = _json("selftest.json")
    inputs, outputs = _golden("inputs", facts), _golden("outputs", facts)
    content = (HERE / "model" / "model_int8.tflite").read_bytes()
    whole = hashlib.sha256(content).hexdigest()[:16] == facts["model"]
    say(f"{_MARK}begin model={facts['model']} device={facts['device']} vectors={len(inputs)}")
    prepare = _prepare(facts, inputs)
    model = Model(fast=fast)
    since = time.perf_counter()
    made = model.outputs((inputs.astype(np.int16) + 128).astype(np.uint8))
    micros = round((time.perf_counter() - since) * 1e6 / len(made))
    run = _counted(made if whole else made[:0], outputs)
    answer = _answers(model, facts, made)
    steps = (("prepare", prepare, ""), ("run", run, f" us={micros}"), ("answer", answer, ""))
    for name, (passed, of, crc), more in steps:
        say(f"{_MARK}step={name} passed={passed} of={of} crc32={crc:08x}{more}")
    good = all(passed == of for _, (passed, of, _), _ in steps)
    crc = zlib.crc32(struct.pack("<3I", prepare[2], run[2], answer[2]))
    say(f"{_MARK}end result={'PASS' if good else 'FAIL'} crc32={crc:08x}")
    return good


def _json(name: str) -> Any:
    return json.loads((HERE / name).read_text(encoding="utf-8"))


def _golden(which: str, facts: Mapping[str, Any]) -> Int8:
    about = _json("golden/golden.json")[which]
    whole = np.fromfile(HERE / about["file"], np.int8).reshape(about["shape"])
    return np.ascontiguousarray(whole[facts["places"]])


def _counted(made: npt.NDArray[Any], wanted: npt.NDArray[Any]) -> Step:
    same = sum(a.tobytes() == b.tobytes() for a, b in zip(made, wanted, strict=False))
    return same, len(wanted), zlib.crc32(made.tobytes())


# --- preparing -------------------------------------------------------------------------------


def _prepare(facts: Mapping[str, Any], inputs: Int8) -> Step:
    how = _json("preprocessing.json")
    if facts["picture"] is not None:
        crc = zlib.crc32(_picture(facts["picture"], how["shape"]).tobytes())
        return int(crc == facts["picture"]["crc"]), 1, crc
    made = np.concatenate(list(_made(how)))[facts["places"]]
    return _counted(made, inputs)


def _made(how: Mapping[str, Any]) -> Iterator[Int8]:
    raw = _json("golden/golden.json")["raw"]
    for sample, count in zip(_raw(raw), raw["inputs"], strict=True):
        yield preprocess.for_int8(preprocess.prepare(how, sample)[:count])


def _raw(facts: Mapping[str, Any]) -> Iterator[Any]:
    if facts["file"].endswith(".json"):
        yield from _json(facts["file"])
        return
    values, at = np.fromfile(HERE / facts["file"], "<f4"), 0
    for samples, channels in facts["shapes"]:
        yield values[at : at + samples * channels].reshape(samples, channels)
        at += samples * channels


def _picture(facts: Mapping[str, int], shape: Sequence[int]) -> Int8:
    """Return the input of a picture that is made here: no picture of anybody travels."""
    width, height = facts["width"], facts["height"]
    state = np.arange(3 * width * height, dtype=np.uint64) * np.uint64(_ROW_MIX) & np.uint64(_ALL)
    state ^= state >> np.uint64(15)
    state = state * np.uint64(_BYTE_MIX) & np.uint64(_ALL)
    pixels = (state >> np.uint64(24)).astype(np.uint8).reshape(height, width, 3)
    return preprocess.for_int8(resized(Image.fromarray(pixels), shape))


# --- answering -------------------------------------------------------------------------------


def _answers(model: Model, facts: Mapping[str, Any], made: npt.NDArray[Any]) -> Step:
    said = [model.answer(row) for row in made]
    if not model.labels:
        samples = _json("golden/golden.json")["samples"]
        wanted = [samples[place]["output_amount"] for place in facts["places"]]
        near = abs(_json("output.json")["int8_steps"]) / 4
        good = [
            abs((one.amount or 0.0) - amount) <= near
            for one, amount in zip(said, wanted, strict=True)
        ]
        return sum(good), len(good), zlib.crc32(bytes(good))
    codes = np.array([_place(model, one.label) for one in said], "<i2")
    golden = _json("answer.json")["golden"]
    return _counted(codes, np.array([golden[place] for place in facts["places"]], "<i2"))


def _place(model: Model, label: str | None) -> int:
    return NOT_SURE if label is None else model.labels.index(label)

# SPDX-License-Identifier: Apache-2.0
"""From the outputs of the model to its answer, or to "not sure"; plain Python is all it needs.

This very file travels in the bundle. The thresholds are read from ``answer.json``, which lies
beside it. From the folder of the bundle, ``python answer.py`` makes the answers to the golden
outputs again and compares them. ``c/answer.h`` gives the same answers.
"""

from __future__ import annotations

import json
import sys
from array import array
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

__all__ = ["NOT_SURE", "answer_float", "answer_int8", "answers_int8"]

NOT_SURE = -1


def answer_int8(how: Mapping[str, Any], codes: Sequence[int]) -> int:
    """Return the line of ``labels.txt``, from 0, that int8 outputs mean, or `NOT_SURE`.

    Args:
        how: The content of ``answer.json``.
        codes: The outputs of the int8 model for one input.
    """
    return _largest(codes, how["int8_output"]["not_sure_below"])


def answer_float(how: Mapping[str, Any], outputs: Sequence[float]) -> int:
    """Return the same for the outputs of a float model, which are probabilities."""
    return _largest(outputs, how["float32_output"]["not_sure_below"])


def _largest(outputs: Sequence[float], below: float) -> int:
    best = max(range(len(outputs)), key=lambda place: outputs[place])  # the first of equal ones
    return NOT_SURE if outputs[best] < below else best


def answers_int8(how: Mapping[str, Any], content: bytes, count: int) -> list[int]:
    """Return the answer to each of ``count`` inputs from their int8 outputs, one after another."""
    codes = array("b", content)
    wide = len(codes) // count
    return [answer_int8(how, codes[i * wide : (i + 1) * wide]) for i in range(count)]


def main(arguments: Sequence[str]) -> int:
    """Make the answers to the golden outputs again and compare them; 0 when all are the same."""
    folder = Path(arguments[0]) if arguments else Path(__file__).resolve().parent
    how = json.loads((folder / "answer.json").read_text(encoding="utf-8"))
    golden = json.loads((folder / "golden" / "golden.json").read_text(encoding="utf-8"))
    content = (folder / golden["outputs"]["file"]).read_bytes()
    same = answers_int8(how, content, len(golden["samples"])) == how["golden"]
    print("PASS" if same else "FAIL")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""The child process of `studio.runtimes.reference`: model and inputs on stdin, tensors on stdout.

Standard input is one ``npz``: ``model`` (bytes), ``inputs`` (uint8 ``(N, bytes)``, all inputs of
the model one behind the other) and ``wanted`` (indices of tensors; none means the outputs).
Standard output is an ``npz`` with each tensor under its place in that list, uint8 ``(N, bytes)``.
"""

from __future__ import annotations

import io
import os
import sys
from typing import Any

import numpy as np
import numpy.typing as npt

from studio.runtimes._limits import follow_parent, limit

_MEMORY_BYTES = 6 << 30
REFUSED = 3

Bytes = npt.NDArray[np.uint8]


def _limit() -> None:
    limit(_MEMORY_BYTES)
    follow_parent()


def _run(model: bytes, inputs: Bytes, wanted: list[int]) -> dict[str, Bytes]:
    from ai_edge_litert.interpreter import (  # type: ignore[import-untyped,unused-ignore]
        Interpreter,
        OpResolverType,
    )

    interpreter = Interpreter(
        model_content=model,
        experimental_op_resolver_type=OpResolverType.BUILTIN_REF,
        experimental_preserve_all_tensors=True,
        num_threads=1,
    )
    interpreter.allocate_tensors()
    wanted = wanted or [detail["index"] for detail in interpreter.get_output_details()]
    rows = [_answer(interpreter, sample, wanted) for sample in inputs]
    return {str(place): np.stack([row[place] for row in rows]) for place in range(len(wanted))}


def _answer(interpreter: Any, sample: Bytes, wanted: list[int]) -> list[Bytes]:
    # Variables keep their value between two runs; the generated code keeps nothing.
    interpreter.reset_all_variables()
    at = 0
    for detail in interpreter.get_input_details():
        size = int(np.prod(detail["shape"])) * np.dtype(detail["dtype"]).itemsize
        values = sample[at : at + size].view(detail["dtype"]).reshape(detail["shape"])
        interpreter.set_tensor(detail["index"], values)
        at += size
    interpreter.invoke()
    return [
        np.frombuffer(interpreter.get_tensor(index).tobytes(), np.uint8).copy() for index in wanted
    ]


def main() -> int:
    """Answer one question; `REFUSED` means refused in words on stderr."""
    _limit()
    question = np.load(io.BytesIO(sys.stdin.buffer.read()), allow_pickle=False)
    # The interpreter prints on descriptor 1; the answer gets a copy of it, the rest goes to 2.
    answer = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    try:
        found = _run(question["model"].tobytes(), question["inputs"], question["wanted"].tolist())
    except (ValueError, RuntimeError, MemoryError) as error:
        print(str(error).splitlines()[0], file=sys.stderr)
        return REFUSED
    with answer:
        np.savez(answer, **found)  # type: ignore[arg-type,unused-ignore]
    return 0


if __name__ == "__main__":
    sys.exit(main())

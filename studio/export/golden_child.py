"""The child process of `golden_run`: inputs and model on stdin, outputs on stdout."""

from __future__ import annotations

import io
import os
import sys

import numpy as np

_MEMORY_BYTES = 4 << 30
_CPU_SECONDS = 120


def _limit() -> None:
    """Bound memory and processor time and leave no core dump, where the system can."""
    try:
        import resource
    except ImportError:  # Windows has no such limits; the parent's time limit still holds
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))


def main() -> int:
    """Answer one question; 3 means refused in words on stderr."""
    _limit()
    question = io.BytesIO(sys.stdin.buffer.read())
    inputs = np.load(question, allow_pickle=False)
    model = question.read()
    # The interpreter prints on descriptor 1; the answer gets a copy of it, the rest goes to 2.
    answer = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)

    from studio.domain.errors import StudioError
    from studio.runtimes.litert import run_reference_raw

    try:
        outputs = run_reference_raw(model, inputs)
    except (StudioError, ValueError, RuntimeError, MemoryError) as error:
        print(f"The model cannot be run: {error}", file=sys.stderr)
        return 3
    packed = io.BytesIO()
    np.save(packed, outputs, allow_pickle=False)
    with answer:
        answer.write(packed.getvalue())
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""The least arena with which TensorFlow Lite Micro's interpreter takes a model, by trying.

    python least_arena.py MODEL

Prints bytes, or nothing where no arena will do. A program of its own, because the interpreter
writes its refusals past Python.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tflite_micro import runtime

_MOST_BYTES = 64 << 20
_STEP_BYTES = 16


def takes(content: bytes, count: int) -> bool:
    """Return whether the interpreter can plan, and run once, in so many bytes."""
    try:
        interpreter = runtime.Interpreter.from_bytes(content, arena_size=count)
        interpreter.invoke()
    except Exception:  # its kinds are not documented
        return False
    return True


def least(content: bytes) -> int | None:
    """Return the least number of bytes that will do."""
    low, high = 0, _MOST_BYTES
    if not takes(content, high):
        return None
    while high - low > _STEP_BYTES:
        middle = (low + high) // 2 // _STEP_BYTES * _STEP_BYTES
        low, high = (low, middle) if takes(content, middle) else (middle, high)
    return high


if __name__ == "__main__":
    found = least(Path(sys.argv[1]).read_bytes())
    print("" if found is None else found)

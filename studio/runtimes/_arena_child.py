"""The child process that measures tensor arenas: ``python -m studio.runtimes._arena_child``.

A request on standard input is a length (eight bytes, little-endian) and that many bytes of a
TensorFlow Lite file; a reply on standard output is one line of JSON, ``{"arena_bytes": N}`` or
``{"why": "..."}``. It ends when its input ends, so it never outlives its parent.
"""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
from collections.abc import Callable
from typing import IO, Any

from studio.runtimes._limits import follow_parent, limit

_LARGEST_ARENA_BYTES = 64 << 20
_LARGEST_PROCESS_BYTES = 4 << 30
_STEP_BYTES = 16
_PLANNING_BYTES = 8 << 10
_TOTAL = re.compile(rb"Arena allocation total (\d+)")


def main() -> None:
    """Answer requests until the input ends."""
    limit(_LARGEST_PROCESS_BYTES)
    follow_parent()
    requests, replies = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    with tempfile.TemporaryFile() as messages:
        # The interpreter speaks on the C level only, so both descriptors are taken from it.
        os.dup2(messages.fileno(), 1)
        os.dup2(messages.fileno(), 2)
        while len(header := requests.read(8)) == 8:
            content = requests.read(int.from_bytes(header, "little"))
            replies.write(json.dumps(_measure(content, messages)).encode() + b"\n")
            replies.flush()


def _measure(content: bytes, messages: IO[bytes]) -> dict[str, Any]:
    from tflite_micro import runtime  # type: ignore[import-untyped,unused-ignore]

    messages.seek(0)
    messages.truncate()
    try:
        interpreter = runtime.Interpreter.from_bytes(content, arena_size=_LARGEST_ARENA_BYTES)
        interpreter.print_allocations()
    except Exception as error:
        return {"why": _first_line(messages) or str(error)}
    messages.seek(0)
    total = _TOTAL.search(messages.read())
    if total is None:
        return {"why": "it named no arena size"}
    return {"arena_bytes": _least(runtime, content, int(total[1]))}


def _least(runtime: Any, content: bytes, total: int) -> int:
    """Return the least arena the interpreter takes the model in.

    While it plans it needs more than it keeps, which shows in very small models: there the total
    it names is not enough to begin with.
    """

    def takes(count: int) -> bool:
        return _survives(lambda: runtime.Interpreter.from_bytes(content, arena_size=count))

    low = -(-total // _STEP_BYTES) * _STEP_BYTES
    if takes(low):
        return total
    high = 2 * low + _PLANNING_BYTES
    while high - low > _STEP_BYTES:
        middle = (low + high) // 2 // _STEP_BYTES * _STEP_BYTES
        low, high = (low, middle) if takes(middle) else (middle, high)
    return high


def _survives(attempt: Callable[[], object]) -> bool:
    """Return whether something neither raises nor ends the process, tried in a process forked.

    With too small an arena the interpreter says no to most models and crashes on some.
    """
    if not hasattr(os, "fork"):
        return _succeeds(attempt)
    child = os.fork()
    if child == 0:
        os._exit(0 if _succeeds(attempt) else 1)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) == 0


def _succeeds(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except Exception:  # its kinds are not documented
        return False
    return True


def _first_line(messages: IO[bytes]) -> str:
    messages.seek(0)
    text = messages.read(2000).decode("utf-8", "replace").strip().splitlines()
    line = text[0] if text else ""
    # The source file the message comes from helps nobody here.
    return "".join(c for c in re.sub(r"^\S+\.cc(:\d+)?\s+", "", line) if c.isprintable())[:200]


if __name__ == "__main__":
    main()

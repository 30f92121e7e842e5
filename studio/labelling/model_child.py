"""The child process of `model_process`: a model first, then batches in and answers out.

Each message is its length in eight bytes, little-endian, and the content: the model as it is,
a batch and its answer as ``.npy``. The end of the input is the end of the process.
"""

from __future__ import annotations

import io
import os
import struct
import sys
from typing import IO

import numpy as np

from studio.domain.errors import StudioError
from studio.runtimes.litert import run_reference

__all__ = ["REFUSED", "receive", "send"]

REFUSED = 3
"""Exit status when the model was refused in words on stderr, rather than by a crash."""

_MEMORY_BYTES = 4 << 30
_LARGEST_BYTES = 1 << 30


def send(stream: IO[bytes], content: bytes) -> None:
    """Write one message."""
    stream.write(struct.pack("<Q", len(content)))
    stream.write(content)
    stream.flush()


def receive(stream: IO[bytes]) -> bytes | None:
    """Read one message; None at the end of the stream, or where it is cut off or too long."""
    head = stream.read(8)
    if len(head) < 8 or (size := struct.unpack("<Q", head)[0]) > _LARGEST_BYTES:
        return None
    content = stream.read(size)
    return content if len(content) == size else None


def _limit() -> None:
    """Bound memory and leave no core dump, where the system can."""
    try:
        import resource
    except ImportError:  # Windows has no such limits; the parent's time limit still holds
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))


def _answer(model: bytes, batch: bytes) -> bytes:
    pixels = np.load(io.BytesIO(batch), allow_pickle=False)
    outputs = run_reference(model, pixels.astype(np.float32) / np.float32(255))
    packed = io.BytesIO()
    np.save(packed, outputs, allow_pickle=False)
    return packed.getvalue()


def main() -> int:
    """Answer batches until there are no more."""
    _limit()
    # The interpreter prints on descriptor 1; answers get a copy of it, the rest goes to 2.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    model = receive(sys.stdin.buffer)
    try:
        while model is not None and (batch := receive(sys.stdin.buffer)) is not None:
            send(out, _answer(model, batch))
    except (StudioError, ValueError, RuntimeError, MemoryError) as error:
        print(f"The model cannot be run: {error}", file=sys.stderr)
        return REFUSED
    except BrokenPipeError:
        return 0  # nobody listens any more
    return 0


if __name__ == "__main__":
    sys.exit(main())

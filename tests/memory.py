"""The memory a process took at most."""

from __future__ import annotations

import re
import resource
import sys
from pathlib import Path

__all__ = ["peak_bytes"]


def peak_bytes() -> int:
    """Return the most physical memory this program has held since it was started, in bytes.

    On Linux ``ru_maxrss`` will not do: a child begins with the peak of the process that started
    it, here a test process that may hold TensorFlow (getrusage(2) and execve(2): the value is
    kept). The peak of proc(5), VmHWM, belongs to the program.
    """
    if sys.platform == "linux":
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
        found = re.search(r"^VmHWM:\s+(\d+) kB$", status, re.MULTILINE)
        if found:
            return int(found[1]) * 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024

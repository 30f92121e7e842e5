# SPDX-License-Identifier: Apache-2.0
"""Measures on this computer: start to first answer, memory, time of a run."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from .core import Model
from .runtimes import NotUsable

__all__ = ["first_answer", "measured"]

_RUNS = 20


def first_answer(model: Model) -> dict[str, Any]:
    """Answer an empty input, then more; return the resident memory and the time of a run."""
    empty = np.zeros((1, *model.shape), np.uint8)
    model.prepared(empty)
    print("answered", flush=True)
    times = []
    for _ in range(_RUNS):
        since = time.perf_counter()
        model.outputs(empty)
        times.append(time.perf_counter() - since)
    return {"resident": _resident(), "run": sorted(times)[_RUNS // 2]}


def measured(options: list[str]) -> Iterator[dict[str, Any]]:
    """Start this program anew and yield what was measured; a figure each."""
    command = [sys.executable, "-m", __package__ or "", *options, "first-answer"]
    since = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        answered = child.stdout.readline().strip() == "answered"
        seconds = time.perf_counter() - since
        rest = child.stdout.read()
    if not answered or child.returncode:
        raise NotUsable("The program could not be started anew to be measured.")
    found = json.loads(rest)
    yield _figure("start of Python to first answer", seconds, "s", "of one start")
    yield _figure("resident memory", found["resident"], "B", "VmRSS after the runs")
    yield _figure("run", found["run"] * 1000, "ms", f"median of {_RUNS}")


def _figure(name: str, value: float | None, unit: str, source: str) -> dict[str, Any]:
    kind = "unknown" if value is None else "measured"
    return {"figure": name, "value": value, "unit": unit, "kind": kind, "source": source}


def _resident() -> int | None:
    """Return the bytes of this process in memory; None where the system does not tell."""
    status = Path("/proc/self/status")
    if not status.is_file():
        return None
    lines = status.read_text(encoding="ascii", errors="replace").splitlines()
    found = next((line for line in lines if line.startswith("VmRSS:")), "")
    return int(found.split()[1]) * 1024 if found else None

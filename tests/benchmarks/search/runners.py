"""One measurement: a method on a prepared set, in a process that has a limit on its time.

Every method gets two cores. The clock runs from the start of its process to the answer. A
peer's answer that comes late still counts and is marked; after half as much time again it is
killed and has none.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .studio_cli import ROOT

__all__ = ["PEERS", "Answer", "Peer", "on_two_cores", "run_peer"]

_CORES = 2
_PATIENCE = 0.5
_LATE = 1.02


@dataclass(frozen=True, kw_only=True)
class Peer:
    """How a peer is started: its module beside this one, and which of its forms."""

    module: str
    option: str = ""


PEERS: Mapping[str, Peer] = {
    "autokeras": Peer(module="autokeras_peer"),
    "flaml": Peer(module="flaml_peer"),
    "optuna-tpe": Peer(module="optuna_peer", option="tpe"),
    "optuna-tpe-judged": Peer(module="optuna_peer", option="tpe-judged"),
    "optuna-random": Peer(module="optuna_peer", option="random"),
    "baselines": Peer(module="baselines_peer"),
    "autokeras-first": Peer(module="autokeras_peer", option="first"),
}


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What became of a peer's process.

    Attributes:
        wall_s: From its start to its answer, or to its end if there was none.
        outputs: The file with its outputs, or None.
        details: What else it told.
        late: Whether the answer came over 2 % after the limit.
        failed: Why there is no answer, or ``""``.
    """

    wall_s: float
    outputs: Path | None
    details: dict[str, Any]
    late: bool
    failed: str


def on_two_cores() -> Callable[[], None]:
    """Return what a new process does first: keep to two cores."""

    def keep() -> None:
        if hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:_CORES])

    return keep


def threads() -> dict[str, str]:
    """Return an environment in which libraries with threads of their own have two."""
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
    return {**os.environ, **dict.fromkeys(names, str(_CORES)), "CUDA_VISIBLE_DEVICES": ""}


def run_peer(
    peer: Peer,
    python: Path,
    folder: Path,
    out: Path,
    *,
    seed: int,
    seconds: float,
    trainings: int = 0,
    package: str = "tests.benchmarks.search.peers",
) -> Answer:
    """Run a peer and return what it answered.

    Args:
        peer: Which.
        python: Interpreter of the peers' environment.
        folder: From `prepare`.
        out: Where it writes; emptied first.
        seed: Of its own dice.
        seconds: Its limit.
        trainings: How many trainings at most; 0 for no limit.
        package: Where its module is.
    """
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    began = time.time()
    words = {
        "folder": folder,
        "out": out,
        "seed": seed,
        "began": began,
        "seconds": seconds,
        "trainings": trainings,
        "option": peer.option,
    }
    options = [str(word) for name, value in words.items() for word in (f"--{name}", value)]
    with (out / "log.txt").open("wb") as log:
        process = subprocess.Popen(
            [str(python), "-m", f"{package}.{peer.module}", *options],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=threads(),
            preexec_fn=on_two_cores(),
            start_new_session=True,
        )
        failed = _wait(process, seconds * (1 + _PATIENCE))
    wall = time.time() - began
    shutil.rmtree(out / "scratch", ignore_errors=True)
    return _answer(out, seconds, wall, failed)


def _wait(process: subprocess.Popen[bytes], timeout: float) -> str:
    """Wait for the end, bring it about if need be, and return what was wrong with it."""
    try:
        status = process.wait(timeout)
    except subprocess.TimeoutExpired:
        status = None
    finally:
        _end(process)
    if status is None:
        return "it had no answer in half as much time again"
    return "" if status == 0 else f"it ended with status {status}"


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process and everything it started, its own session."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _answer(out: Path, seconds: float, wall: float, failed: str) -> Answer:
    details: dict[str, Any] = {}
    if (out / "details.json").is_file():
        details = json.loads((out / "details.json").read_text())
    outputs = out / "outputs.npy"
    found = outputs if outputs.is_file() and details else None
    answered = float(details.get("answered_s", wall))
    why = "" if found else failed or "it had nothing to answer with"
    return Answer(
        wall_s=round(answered, 3),
        outputs=found,
        details=details,
        late=answered > seconds * _LATE,
        failed=why + ("" if found else f": {_last_words(out / 'log.txt')}"),
    )


def _last_words(log: Path) -> str:
    lines = log.read_text(errors="replace").strip().splitlines()
    return lines[-1][-300:] if lines else ""

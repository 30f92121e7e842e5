"""What every peer's process is given, and how it answers."""

from __future__ import annotations

import argparse
import json
import os
import time
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Asked", "asked"]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is asked of a peer.

    Attributes:
        folder: From `prepare`.
        out: Where answers go.
        seed: Of the peer's own dice.
        began: When its process was started, seconds since 1970.
        seconds: How long it has from then, importing its libraries included.
        trainings: How many trainings at most; 0 for no limit.
        scratch: Folder for whatever it wants to write.
        option: What tells two forms of one peer apart.
    """

    folder: Path
    out: Path
    seed: int
    began: float
    seconds: float
    trainings: int
    scratch: Path
    option: str

    @property
    def about(self) -> dict[str, Any]:
        """What `prepare` says of the set."""
        found: dict[str, Any] = json.loads((self.folder / "about.json").read_text())
        return found

    @property
    def is_classification(self) -> bool:
        """Whether classes are to be told, not an amount."""
        return bool(self.about["classes"])

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the arrays of ``peer.npz``."""
        with np.load(self.folder / "peer.npz", allow_pickle=False) as found:
            return dict(found)

    def seconds_left(self, reserve: float = 0.0) -> float:
        """Return the time until the answer must be there, less a reserve."""
        return self.began + self.seconds - time.time() - reserve

    def answer(self, outputs: NDArray[Any] | None, **details: Any) -> None:
        """Write outputs ``(test inputs, classes or 1)`` and details, whole or not at all."""
        details["answered_s"] = round(time.time() - self.began, 3)
        if outputs is not None:
            _replace(self.out / "outputs.npy", lambda file: np.save(file, outputs))
        text = json.dumps(details).encode()
        _replace(self.out / "details.json", lambda file: file.write(text))


def _replace(path: Path, write: Any) -> None:
    part = path.with_name(path.name + ".part")
    with part.open("wb") as file:
        write(file)
    os.replace(part, path)


def versions_of(*names: str) -> dict[str, str]:
    """Return versions of installed packages."""
    return {name: version(name) for name in names}


def asked() -> Asked:
    """Read the command line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--began", type=float, required=True)
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--trainings", type=int, default=0)
    parser.add_argument("--option", default="")
    found = vars(parser.parse_args())
    scratch = found["out"] / "scratch"
    scratch.mkdir(parents=True, exist_ok=True)
    return Asked(**found, scratch=scratch)

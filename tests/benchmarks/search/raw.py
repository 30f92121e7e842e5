"""Raw results: JSON lines, only ever added to."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from .studio_cli import ROOT

__all__ = ["append", "key_of", "load", "read", "sources"]

_KEY = ("figure", "set", "seed", "method", "seconds", "limits", "trainings")


def append(folder: Path, result: dict[str, Any]) -> None:
    """Add a result, with where and when it came about."""
    folder.mkdir(parents=True, exist_ok=True)
    line = json.dumps({**result, **_circumstances()}, sort_keys=True, allow_nan=False)
    with (folder / f"{result['figure']}.jsonl").open("a", encoding="utf-8") as file:
        file.write(line + "\n")
        file.flush()
        os.fsync(file.fileno())


def read(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield every result of a folder, in the order they came about."""
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            try:
                yield json.loads(line)
            except ValueError:
                continue  # torn by a crash


def key_of(result: dict[str, Any]) -> tuple[Any, ...]:
    """Return what makes two results one and the same measurement."""
    return tuple(result.get(name) for name in _KEY)


def sources() -> str:
    """Return a digest of the program as it is now; it must not change while it is measured."""
    total = hashlib.sha256()
    for path in sorted((ROOT / "studio").rglob("*.py")):
        total.update(path.read_bytes())
    return total.hexdigest()[:12]


def load() -> float | None:
    """Return how many processes wanted to run over the last minute."""
    return round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None


def _circumstances() -> dict[str, Any]:
    return {
        "when": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": _git("rev-parse", "--short", "HEAD"),
        "sources": sources(),
        "changed": bool(_git("status", "--porcelain", "--", "studio")),
        "machine": {
            "cores": os.cpu_count(),
            "processor": _processor(),
            "system": platform.platform(),
            "python": platform.python_version(),
        },
    }


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True)
    return done.stdout.strip()


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor()
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.processor()

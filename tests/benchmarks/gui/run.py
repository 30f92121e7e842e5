"""Lets the programs take turns and prints, as JSON, seconds and memory until they are usable.

Usage: see README.md beside this file.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from studio.app import Session
from tests.benchmarks.bench_import import write_pictures

CHILD = Path(__file__).with_name("child.py")
ROOT = CHILD.parents[3]


def once(python: str, arguments: list[str], home: Path) -> dict[str, float]:
    """Start a program and return seconds until it was usable, and its memory in MiB."""
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": str(ROOT) if python == sys.executable else "",
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
    }
    began = time.perf_counter()
    with subprocess.Popen(
        [python, str(CHILD), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        cwd=home,
    ) as child:
        assert child.stdout is not None
        for line in child.stdout:
            if line.startswith("usable "):
                taken = time.perf_counter() - began
                return {"seconds": taken, "mib": int(line.split()[1]) / 1024}
        assert child.stderr is not None
        raise RuntimeError(f"{arguments[0]} never was usable:\n{child.stderr.read()[-2000:]}")


def compare(programs: dict[str, tuple[str, list[str]]], rounds: int) -> dict[str, object]:
    """Return every round and the medians; a first round that warms the disk is left out."""
    found: dict[str, list[dict[str, float]]] = {name: [] for name in programs}
    failed: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as home:
        for number in range(rounds + 1):
            for name, (python, arguments) in programs.items():
                if name in failed:
                    continue
                try:
                    measured = once(python, arguments, Path(home))
                except RuntimeError as error:
                    failed[name] = str(error)
                    continue
                if number:
                    found[name].append(measured)
    medians = {
        name: {key: statistics.median(each[key] for each in all_) for key in ("seconds", "mib")}
        for name, all_ in found.items()
        if all_
    }
    load = os.getloadavg()
    return {"medians": medians, "rounds": found, "failed": failed, "load": load}


def photos_project(folder: Path, count: int) -> tuple[Path, Path]:
    """Write so many photos and a project of them; return both."""
    photos, project = folder / "photos", folder / "photos.automl"
    write_pictures(photos, count, 64)
    with Session.create(project) as session:
        session.import_paths([photos])
    return photos, project


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=("empty", "photos"))
    parser.add_argument("--peers", default="")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--count", type=int, default=10_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        programs = {"ours": (sys.executable, ["ours"])}
        if options.what == "photos":
            photos, project = photos_project(Path(name), options.count)
            programs = {"ours": (sys.executable, ["ours", str(project)])}
            if options.peers:
                given = ["labelme", str(photos), str(options.count)]
                programs["labelme"] = (options.peers, given)
        elif options.peers:
            programs["labelme"] = (options.peers, ["labelme"])
            programs["orange"] = (options.peers, ["orange"])
        print(json.dumps(compare(programs, options.rounds), indent=2))


if __name__ == "__main__":
    main()

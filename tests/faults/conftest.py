"""What the fault tests share: folders of their own, and children to kill."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from studio.labelling.operations import ImportStep
from studio.store.project_file import ProjectFile

from .children import new

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _own_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUTOML_STUDIO_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("AUTOML_STUDIO_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A project with a hundred samples, closed, alone in its folder."""
    place = tmp_path / "work" / "모종.automl"
    place.parent.mkdir()
    with ProjectFile.create(place, task="image-classification") as project:
        ImportStep(project, "photos").add([(new(n), b"thumbnail") for n in range(100)])
    return place


@dataclass
class Child:
    """A program at work, and the lines it has said so far."""

    process: subprocess.Popen[str]
    lines: list[str] = field(default_factory=list)
    first: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self._listener = threading.Thread(target=self._listen)
        self._listener.start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.endswith("\n"):
                self.lines.append(line.rstrip("\n"))
                self.first.set()
        self.first.set()

    def kill(self) -> list[str]:
        """Kill it as a power cut would, and return all it had said."""
        self.process.kill()
        self.process.wait()
        self._listener.join()
        assert self.process.stdout is not None
        self.process.stdout.close()
        return self.lines


@pytest.fixture
def start() -> Iterator[Callable[..., Child]]:
    """Start a child: ``start("label", path, seed)``; it has said its first line."""
    children: list[Child] = []

    def _start(action: str, path: Path, seed: int = 0) -> Child:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.children", action, str(path), str(seed)],
            cwd=ROOT,
            env=dict(os.environ),
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        child = Child(process)
        children.append(child)
        assert child.first.wait(30)
        return child

    yield _start
    for child in children:
        if child.process.poll() is None:
            child.kill()

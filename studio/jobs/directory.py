"""A job is a directory; everything it needs and makes is inside.

```
spec.json        what to do
data/            the snapshot it works on
journal.jsonl    what happened, an event a line
artifacts/       what it made, each file whole or absent
scratch/         working files of the engine, worthless afterwards
worker.log       what the worker printed
worker.lock      held while a worker is at work
follower.lock    held while a program is starting or following it
```
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import platformdirs

from studio.domain.errors import SearchError

__all__ = ["JobDirectory", "jobs_root", "write_whole"]


def jobs_root() -> Path:
    """Return the folder that holds this computer's job directories.

    ``AUTOML_STUDIO_CACHE`` in the environment takes the place of the system's cache folder.
    """
    chosen = os.environ.get("AUTOML_STUDIO_CACHE")
    base = Path(chosen) if chosen else platformdirs.user_cache_path("automl-studio", False)
    return base / "jobs"


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that after any crash it is there whole, or not at all."""
    temporary = path.with_name(path.name + ".part")
    with temporary.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


@dataclass(frozen=True, slots=True)
class JobDirectory:
    """The paths of one job, and how its files are read and written."""

    root: Path

    @property
    def data(self) -> Path:
        """The snapshot."""
        return self.root / "data"

    @property
    def artifacts(self) -> Path:
        """What the job made."""
        return self.root / "artifacts"

    @property
    def scratch(self) -> Path:
        """Working files of the engine."""
        return self.root / "scratch"

    @property
    def journal(self) -> Path:
        """The journal."""
        return self.root / "journal.jsonl"

    @property
    def log(self) -> Path:
        """What the worker printed."""
        return self.root / "worker.log"

    @property
    def lock(self) -> Path:
        """The lock a worker holds while it is at work."""
        return self.root / "worker.lock"

    @property
    def follower_lock(self) -> Path:
        """The lock a program holds from before it starts a worker until it lets it go."""
        return self.root / "follower.lock"

    def write_spec(self, spec: dict[str, Any]) -> None:
        """Make the directory and write what is to be done."""
        self.artifacts.mkdir(parents=True, exist_ok=True)
        text = json.dumps(spec, ensure_ascii=False, indent=1)
        write_whole(self.root / "spec.json", text.encode())

    def read_spec(self) -> dict[str, Any]:
        """Return what is to be done.

        Raises:
            SearchError: ``job.bad_spec`` if it is missing or no JSON object.
        """
        try:
            spec = json.loads((self.root / "spec.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            spec = None
        if not isinstance(spec, dict):
            raise SearchError(
                "The job's specification is missing or damaged.",
                "Start the search again.",
                code="job.bad_spec",
            )
        return spec

    def add_artifact(self, name: str, content: bytes) -> dict[str, Any]:
        """Keep a result and return how the journal names it: file, sha256 and size."""
        write_whole(self.artifacts / name, content)
        return self.named(name, content)

    @staticmethod
    def named(name: str, content: bytes) -> dict[str, Any]:
        """Return how the journal names a result: file, sha256 and size."""
        digest = hashlib.sha256(content).hexdigest()
        return {"file": name, "sha256": digest, "size_bytes": len(content)}

    def read_artifact(self, named: dict[str, Any]) -> bytes:
        """Return a result by what the journal says of it.

        Raises:
            SearchError: ``job.damaged_artifact`` if it is missing or has another digest.
        """
        try:
            content = (self.artifacts / Path(named["file"]).name).read_bytes()
        except OSError:
            content = b""
        if hashlib.sha256(content).hexdigest() != named["sha256"]:
            raise SearchError(
                f"The result {named['file']} of the search is missing or damaged.",
                "Resume the search.",
                code="job.damaged_artifact",
            )
        return content

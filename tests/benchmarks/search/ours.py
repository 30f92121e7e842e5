"""Our program on a prepared set, used as a person at a terminal uses it."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from studio import __version__
from studio.domain.event import JobEvent
from studio.jobs import JournalReader

from . import studio_cli
from .peers.common import versions_of
from .prepare import Limits
from .runners import on_two_cores
from .scoring import candidate_errors, candidate_time_error

__all__ = ["Searched", "bundle", "over_budget", "run_ours", "search", "trainings_of"]

DEVICE = "nano33ble"
"""Whose bundle is written: a device with at least the room the limits give."""

_BETWEEN_LOOKS_S = 0.05
_PATIENCE_S = 120.0


@dataclass(frozen=True, kw_only=True)
class Searched:
    """A search that has ended.

    Attributes:
        project: Where its candidates are.
        home: Its caches and jobs.
        document: What the command printed; empty if it failed.
        failed: Why, or ``""``.
        wall_s: From the start of the command to its end.
        first_wall_s: From there until the first candidate was exportable and tested; None if
            there was none.
        events: The journal.
    """

    project: Path
    home: Path
    document: dict[str, Any]
    failed: str
    wall_s: float
    first_wall_s: float | None
    events: list[JobEvent] = field(default_factory=list)


def search(
    folder: Path,
    work: Path,
    *,
    seconds: float,
    seed: int,
    limits: Limits,
    trainings: int = 0,
) -> Searched:
    """Search in a copy of a prepared project; nothing of an earlier search is there.

    Args:
        folder: From `prepare`.
        work: Where the copy, the caches and the jobs go; emptied first.
        seconds: The limit.
        seed: Of proposals and trainings.
        limits: Of the model.
        trainings: How many at most; 0 for no limit.
    """
    project, home = fresh(folder, work)
    words = ["search", project, "--minutes", repr(seconds / 60), "--seed", str(seed)]
    words += ["--ram", str(limits.ram), "--flash", str(limits.flash)]
    words += ["--trials", str(trainings)] if trainings else []
    return follow(words, project, home, timeout=seconds + _PATIENCE_S)


def fresh(folder: Path, work: Path) -> tuple[Path, Path]:
    """Return a copy of a prepared project, and an empty home, in an emptied folder."""
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    shutil.copyfile(folder / "project.automl", work / "project.automl")
    return work / "project.automl", work / "home"


def follow(words: Iterable[str | Path], project: Path, home: Path, timeout: float) -> Searched:
    """Run a search command to its end, and notice when its first candidate is ready."""
    began = time.monotonic()
    first: float | None = None
    with (home.parent / "out.json").open("wb") as out, (home.parent / "log.txt").open("wb") as log:
        process = subprocess.Popen(
            studio_cli.command(*words, "--json"),
            cwd=studio_cli.ROOT,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=log,
            env=studio_cli.environment(home),
            preexec_fn=on_two_cores(),
        )
        watch = _Journal(home)
        while process.poll() is None:
            time.sleep(_BETWEEN_LOOKS_S)
            fresh_events = watch.look()
            if first is None and any(e.name == "candidate_ready" for e in fresh_events):
                first = time.monotonic() - began
            if time.monotonic() - began > timeout:
                process.kill()
    wall = time.monotonic() - began
    watch.look()
    document, failed = _document(process.returncode, home.parent)
    return Searched(
        project=project,
        home=home,
        document=document,
        failed=failed,
        wall_s=round(wall, 3),
        first_wall_s=None if first is None else round(first, 3),
        events=watch.events,
    )


class _Journal:
    """The journal of the one search of a home, as it grows."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._reader: JournalReader | None = None
        self.events: list[JobEvent] = []

    def look(self) -> list[JobEvent]:
        if self._reader is None:
            found = list((self._home / "cache" / "jobs").glob("*/journal.jsonl"))
            if not found:
                return []
            self._reader = JournalReader(found[0])
        new = self._reader.read_new()
        self.events += new
        return new


def _document(status: int, folder: Path) -> tuple[dict[str, Any], str]:
    out = (folder / "out.json").read_text(encoding="utf-8")
    err = (folder / "log.txt").read_text(encoding="utf-8", errors="replace")
    try:
        return studio_cli.document_of("search", status, out, err), ""
    except studio_cli.CommandFailed as error:
        return {}, str(error)


# Afterwards


def bundle(searched: Searched) -> dict[str, Any]:
    """Export the best candidate, verify the bundle, and return what that says.

    Raises:
        studio_cli.CommandFailed: if either fails.
    """
    out = searched.project.with_name("bundle.zip")
    out.unlink(missing_ok=True)
    began = time.monotonic()
    words = ("export", searched.project, "--device", DEVICE, "--out", out)
    document = studio_cli.run(*words, home=searched.home)
    took = time.monotonic() - began
    studio_cli.run("verify", out, home=searched.home)
    return {**document, "wall_s": round(took, 3)}


def over_budget(candidates: Iterable[dict[str, Any]], limits: Limits) -> int:
    """Return how many candidates have an int8 file, or an arena, that is larger than asked for."""
    return sum(not _fits(candidate, limits) for candidate in candidates)


def _fits(candidate: dict[str, Any], limits: Limits) -> bool:
    files = [a for a in candidate["artifacts"] if (a["precision"], a["format"]) == INT8]
    return bool(files) and all(
        a["size"]["value"] <= limits.flash
        and a["arena"]["value"] is not None
        and a["arena"]["value"] <= limits.ram
        for a in files
    )


INT8 = ("int8", "tflite")


def trainings_of(events: Iterable[JobEvent]) -> list[dict[str, Any]]:
    """Return every training of a search in the order they ended, as peers tell of theirs.

    ``share`` is of the usual number of steps; 0 for a model that was not trained by gradients.
    ``accuracy`` (R2 of amounts) is of the int8 model on the validation split, None where the
    training was no better than what there was and so was not converted.
    """
    events = list(events)
    shares = {e.data["trial"]: e.data["share"] for e in events if e.name == "trial_started"}
    found = []
    for event in events:
        if event.name not in ("trial_finished", "trial_failed"):
            continue
        data = event.data
        found.append(
            {
                "trial": data["trial"],
                "space": data.get("space", ""),
                "share": shares.get(data["trial"], 1.0),
                "score": data.get("score"),
                "accuracy": _accuracy(data.get("validation")),
                "fits": data.get("int8") is not None,
                "at_s": event.seconds,
            }
        )
    return found


def _accuracy(validation: dict[str, Any] | None) -> float | None:
    if validation is None:
        return None
    if "confusion" not in validation:
        found = validation.get("r2")
        return None if found is None else float(found["value"])
    rows = validation["confusion"]
    return sum(row[i] for i, row in enumerate(rows)) / sum(map(sum, rows))


def run_ours(
    folder: Path,
    work: Path,
    *,
    seconds: float,
    seed: int,
    limits: Limits,
    trainings: int = 0,
) -> dict[str, Any]:
    """Search, export and verify, and return the figures of a result."""
    done = search(folder, work, seconds=seconds, seed=seed, limits=limits, trainings=trainings)
    result: dict[str, Any] = {
        "wall_s": done.wall_s,
        "first_wall_s": done.first_wall_s,
        "failed": done.failed,
        "late": done.wall_s > seconds * 1.02,
        "versions": {"studio": __version__, **versions_of("autokeras", "keras", "tensorflow")},
    }
    if done.failed:
        return {**result, "journal_tail": [e.name for e in done.events[-5:]]}
    found = done.document["candidates"]
    result |= {"over_budget": over_budget(found, limits), "candidates": len(found)}
    result |= _of_journal(done.events)
    try:
        exported = bundle(done)
    except studio_cli.CommandFailed as error:
        return {**result, "failed": str(error)}
    chosen = _candidate(done, exported["candidate"])
    made = candidate_errors(chosen)
    if chosen["preprocessing"]["kind"] == "signal":
        made["time_error"] = candidate_time_error(folder, chosen, _int8(done.project, chosen))
    return {
        **result,
        "export_s": exported["wall_s"],
        "over_budget_exports": over_budget([chosen], limits),
        "errors": made,
        "best": {
            "trial": chosen["trial"],
            "space": chosen["space"],
            "hyperparameters": chosen["hyperparameters"],
            "parameters": chosen["parameters"],
        },
    }


def _candidate(done: Searched, id: int) -> dict[str, Any]:
    """Return a candidate as it is after the export, which may have made and tested files."""
    listed = studio_cli.run("candidates", done.project, home=done.home)["candidates"]
    return dict(next(c for c in listed if c["id"] == id))


def _int8(project: Path, candidate: dict[str, Any]) -> bytes:
    from studio.app import Session

    files = [a for a in candidate["artifacts"] if (a["precision"], a["format"]) == INT8]
    with Session.open(project) as session:
        return session.blob(files[0]["digest"])


def _of_journal(events: list[JobEvent]) -> dict[str, Any]:
    last = events[-1]
    ready = [event for event in events if event.name == "candidate_ready"]
    return {
        "job_s": last.seconds,
        "why": last.data.get("why", last.name),
        "first_s": ready[0].seconds if ready else None,
        "first_errors": _tested(ready[0]) if ready else {},
        "baselines": {e.data["name"]: e.data["score"] for e in events if e.name == "baseline"},
        "leader_score": max(
            (
                float(e.data["score"])
                for e in events
                if e.name == "trial_finished" and e.data.get("int8")
            ),
            default=None,
        ),
        "better_baseline": last.data.get("better_baseline"),
        "rejected": sum(event.name == "rejected" for event in events),
        "trainings": trainings_of(events),
    }


def _tested(ready: JobEvent) -> dict[str, float]:
    """Return the test error of the int8 file of a candidate that became ready."""
    for file in ready.data["files"]:
        tested = file["evaluation"]
        if (file["precision"], file["format"]) == INT8 and tested:
            accuracy = _accuracy(tested)
            if "confusion" in tested and accuracy is not None:
                return {"error": 1 - accuracy}
            return {name: tested[name]["value"] for name in ("rmse", "mae")}
    return {}

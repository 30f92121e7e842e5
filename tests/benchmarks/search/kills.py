"""Does a search survive being killed? ``python -m tests.benchmarks.search.kills --results ...``

A search of so many trials runs once undisturbed and once with kill -9 at random moments, the
worker and the program that follows it in turn; each time it is resumed by the command. Told
are the trials that were trained again though they had ended, and whether the ranking is the
same in the end. The processes killed are those this program started, by number.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import signal
import subprocess
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from studio.domain.event import JobEvent
from studio.jobs import JournalReader

from . import raw, studio_cli
from .ours import fresh
from .prepare import Limits, prepare

_HOURS = 10.0
"""Of the search's own clock: it must never be the reason for anything."""

_ENDING_S = 300.0
"""A process that is left alone must be gone by then. A second is the rule, and how long each took
is kept; but one that imports hears nothing meanwhile, and a busy machine makes that long."""


class Run:
    """A search that is killed and resumed."""

    def __init__(self, folder: Path, work: Path, seed: int, trials: int, limits: Limits) -> None:
        self.project, self.home = fresh(folder, work)
        self._first = ["search", str(self.project), "--minutes", str(_HOURS * 60)]
        self._first += ["--ram", str(limits.ram), "--flash", str(limits.flash)]
        self._first += ["--seed", str(seed), "--trials", str(trials)]
        self._log = work / "log.txt"

    def start(self) -> subprocess.Popen[bytes]:
        """Start the command, or resume where there is a journal already."""
        begun = any((self.home / "cache" / "jobs").glob("*/journal.jsonl"))
        words = ["search", str(self.project), "--resume"] if begun else self._first
        with self._log.open("ab") as log:
            return subprocess.Popen(
                studio_cli.command(*words, "--json"),
                cwd=studio_cli.ROOT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=studio_cli.environment(self.home),
            )

    def journal(self) -> list[JobEvent]:
        """Return everything the search has said so far."""
        found = list((self.home / "cache" / "jobs").glob("*/journal.jsonl"))
        return JournalReader(found[0]).read_new() if found else []

    @property
    def has_ended(self) -> bool:
        """Whether the search came to its own end."""
        return any(event.name == "job_finished" for event in self.journal())

    def ranking(self) -> list[tuple[int, Any]]:
        """Return trials and their validation results, the best first."""
        listed = studio_cli.run("candidates", self.project, home=self.home)["candidates"]
        return [(c["trial"], c["validation"]) for c in listed]


@dataclass(frozen=True, kw_only=True)
class Calm:
    """What an undisturbed run was like.

    Attributes:
        run: Itself.
        usual_s: How long it took.
        starting_s: How long until it began to train.
        between_s: Longest time from there to a kill: kills come all over a run, then.
    """

    run: Run
    usual_s: float
    starting_s: float
    between_s: float


def undisturbed(run: Run, kills: int) -> Calm:
    """Let a run come to its end and return what it was like."""
    usual_s = whole(run)
    starting_s = next(e.seconds for e in run.journal() if e.name == "trial_started")
    between_s = 4 * (usual_s - starting_s) / kills
    return Calm(run=run, usual_s=usual_s, starting_s=starting_s, between_s=between_s)


def whole(run: Run) -> float:
    """Let it run to its end and return how long that took."""
    began = time.monotonic()
    status = run.start().wait()
    if status != 0 or not run.has_ended:
        raise SystemExit(f"the search failed with status {status}; see its log.txt")
    return time.monotonic() - began


def disturbed(run: Run, kills: int, calm: Calm, dice: random.Random) -> list[dict[str, Any]]:
    """Kill it so many times at most, let it end, and return what was killed when.

    Two kills come while the search starts or resumes, the next two while it trains, and so on:
    one of the worker and one of the program that follows it each.
    """
    told: list[dict[str, Any]] = []
    while len(told) < kills and not run.has_ended:
        known, process = len(run.journal()), run.start()
        trains = len(told) % 4 > 1
        if trains:
            _wait_for_a_training(run, known, process)
        moment = dice.uniform(0.2, calm.between_s if trains else calm.starting_s)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(moment)
            break  # it ended before we came to it
        family = _family(process.pid)
        worker = next((n for n in family[1:] if b"studio.worker" in _command(n)), None)
        victim = worker if len(told) % 2 and worker else process.pid
        _kill(victim)
        process.wait()
        told.append(
            {
                "while": "training" if trains else "starting",
                "after_s": round(moment, 2),
                "whom": "worker" if victim == worker else "follower",
                "finished": sum(event.name == "trial_finished" for event in run.journal()),
                "gone_after_s": _wait_for_the_end_of(family),
            }
        )
    if not run.has_ended:
        whole(run)
    return told


def _wait_for_a_training(run: Run, known: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until the journal, of which so much is known, tells that a training began."""
    while process.poll() is None:
        if any(event.name == "trial_started" for event in run.journal()[known:]):
            return
        time.sleep(0.1)


def _family(number: int) -> list[int]:
    """Return a process and everything it started, by number."""
    found = [number]
    for parent in found:
        for path in Path(f"/proc/{parent}/task").glob("*/children"):
            with contextlib.suppress(OSError):
                found += [int(n) for n in path.read_text().split() if int(n) not in found]
    return found


def _command(number: int) -> bytes:
    try:
        return Path(f"/proc/{number}/cmdline").read_bytes()
    except OSError:
        return b""


def _kill(number: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(number, signal.SIGKILL)


def _wait_for_the_end_of(family: list[int]) -> float:
    """Wait until all are gone by themselves, as they must be; return how many seconds that took."""
    began = time.monotonic()
    while any(_command(number) for number in family):
        if time.monotonic() - began > _ENDING_S:
            left = [_command(number) for number in family if _command(number)]
            raise SystemExit(f"still there {_ENDING_S:.0f} s after the kill: {left}")
        time.sleep(0.1)
    return round(time.monotonic() - began, 1)


def repeated(events: list[JobEvent]) -> int:
    """Return how many trials were begun or ended again after they had ended."""
    ended: set[int] = set()
    again: Counter[int] = Counter()
    for event in events:
        if event.name in ("trial_started", "trial_finished") and event.data["trial"] in ended:
            again[event.data["trial"]] += 1
        if event.name in ("trial_finished", "trial_failed"):
            ended.add(event.data["trial"])
    return len(again)


def measure(id: str, seed: int, trials: int, kills: int, work: Path) -> dict[str, Any]:
    """Return the result of runs that are killed against one that is not.

    Where a run ends before it was killed often enough, another one takes the rest.
    """
    limits, before = Limits(ram=192 << 10, flash=768 << 10), raw.load()
    program = raw.sources()
    folder = prepare(id, seed, work / f"{id}-{seed}-{limits}", limits)
    calm = undisturbed(Run(folder, work / "calm", seed, trials, limits), kills)
    expected, dice = calm.run.ranking(), random.Random(seed)
    told: list[dict[str, Any]] = []
    rankings: list[Any] = []
    again = 0
    while len(told) < kills:
        shot = Run(folder, work / "killed", seed, trials, limits)
        round_ = len(rankings) + 1
        shots = disturbed(shot, kills - len(told), calm, dice)
        told += [{"round": round_, **shot_} for shot_ in shots]
        again += repeated(shot.journal())
        rankings.append(shot.ranking())
    if raw.sources() != program:
        raise SystemExit("the program was changed meanwhile: this measured nothing")
    same = sum(ranking == expected for ranking in rankings)
    shown = {
        "set": id,
        "seed": seed,
        "trials": sum(event.name == "trial_finished" for event in calm.run.journal()),
        "kills": len(told),
        "after a trial had finished": sum(shot_["finished"] > 0 for shot_ in told),
        "finished trials repeated": again,
        "same ranking": f"{same} of {len(rankings)} runs",
        "undisturbed": f"{calm.usual_s:.0f} s",
        "longest until all were gone": f"{max(shot_['gone_after_s'] for shot_ in told):.1f} s",
    }
    return {
        "kills": told,
        "calm": expected,
        "killed": rankings,
        "load": [before, raw.load()],
        "failed": "",
        "shown": shown,
    }


def main() -> None:
    """Read the command line, measure, and say what came of it."""
    parser = argparse.ArgumentParser(description="kill a search at random moments")
    parser.add_argument("--results", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--set", default="digits")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--trials", type=int, default=20)
    parser.add_argument("--kills", type=int, default=20)
    told = parser.parse_args()
    found = measure(told.set, told.seed, told.trials, told.kills, told.work.resolve())
    head = {"figure": "kills", "set": told.set, "seed": told.seed, "method": "ours"}
    raw.append(told.results, {**head, "trainings": told.trials, **found})
    print("  ".join(f"{k}: {v}" for k, v in found["shown"].items()))


if __name__ == "__main__":
    main()

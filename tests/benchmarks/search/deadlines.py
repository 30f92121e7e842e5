"""Does a search keep its time? ``python -m tests.benchmarks.search.deadlines --results ...``

Searches of 60, 180 and 600 s on every set: when the command ended, against -5 % to +2 %;
whether the best candidate was made and tested by then; whether it can be exported, and whether
anything is over the limits.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from . import raw, studio_cli
from .ours import INT8, bundle, over_budget, search
from .prepare import Limits, prepare
from .sets import SETS, Missing

_LOWEST, _HIGHEST = -0.05, 0.02


def one(id: str, seed: int, seconds: float, limits: Limits, work: Path) -> dict[str, Any]:
    """Return the result of one search with a deadline."""
    before = raw.load()
    folder = prepare(id, seed, work / f"{id}-{seed}-{limits}", limits)
    done = search(folder, work / "run", seconds=seconds, seed=seed, limits=limits)
    off = done.wall_s / seconds - 1
    found = done.document.get("candidates", [])
    # The leaderboard's first at the very end, before anything else could test it.
    tested = bool(found) and found[0]["test"] is not None
    result = {
        "wall_s": done.wall_s,
        "job_s": done.events[-1].seconds if done.events else None,
        "why": done.document.get("why", ""),
        "off": off,
        "in_time": _LOWEST <= off <= _HIGHEST,
        "best_tested": tested,
        "files": _files(found[0]) if found else 0,
        "over_budget": over_budget(found, limits),
        "failed": done.failed,
        **_exported(done, limits),
    }
    shown = {
        "set": id,
        "seed": seed,
        "limit": f"{seconds:g} s",
        "ended": f"{done.wall_s:.1f} s ({100 * off:+.1f} %)",
        "in time": "yes" if result["in_time"] else "NO",
        "why": result["why"],
        "best tested": "yes" if tested else "NO",
        "exported": "yes" if result["exported"] else "NO",
        "over budget": result["over_budget"],
        "load": f"{before} to {raw.load()}",
    }
    return {**result, "load": [before, raw.load()], "shown": shown}


def _files(candidate: dict[str, Any]) -> int:
    return sum(bool(a["evaluation"]) for a in candidate["artifacts"])


def _exported(done: Any, limits: Limits) -> dict[str, Any]:
    if done.failed:
        return {"exported": False, "over_budget_exports": 0}
    try:
        made = bundle(done)
    except studio_cli.CommandFailed as error:
        return {"exported": False, "why_not": str(error), "over_budget_exports": 0}
    listed = studio_cli.run("candidates", done.project, home=done.home)["candidates"]
    chosen = next(c for c in listed if c["id"] == made["candidate"])
    assert any((a["precision"], a["format"]) == INT8 for a in chosen["artifacts"])
    return {
        "exported": True,
        "export_s": made["wall_s"],
        "exported_best": chosen["id"] == listed[0]["id"],
        "over_budget_exports": over_budget([chosen], limits),
    }


def main() -> None:
    """Read the command line, measure, and say a line each."""
    parser = argparse.ArgumentParser(description="measure whether searches keep their time")
    parser.add_argument("--results", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--sets", type=lambda t: t.split(","), default=list(SETS))
    parser.add_argument("--seconds", type=lambda t: t.split(","), default=["60", "180", "600"])
    parser.add_argument("--seed", type=int, default=1)
    told = parser.parse_args()
    limits = Limits(ram=192 << 10, flash=768 << 10)
    for text in told.seconds:
        for id in told.sets:
            try:
                found = one(id, told.seed, float(text), limits, told.work.resolve())
            except Missing as error:
                print(f"{id} left out: {error}")
                continue
            head = {"figure": "deadline", "set": id, "seed": told.seed, "method": "ours"}
            head |= {"seconds": float(text), "limits": str(limits)}
            raw.append(told.results, {**head, **found})
            print("  ".join(f"{k}: {v}" for k, v in found["shown"].items()), flush=True)


if __name__ == "__main__":
    main()

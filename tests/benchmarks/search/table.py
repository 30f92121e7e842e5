"""Raw results as Markdown: ``python -m tests.benchmarks.search.table FOLDER``.

Medians over the seeds with the smallest and the largest, and ratios of medians; a ratio below
one is in our favour. No figure here is asserted anywhere.
"""

from __future__ import annotations

import argparse
import statistics
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from . import raw
from .scoring import PRIMARY

__all__ = ["errors_table", "first_table", "main", "trainings_table"]

OURS = "ours"
_NO_PEERS = (OURS, "baselines")
Result = dict[str, Any]


def error_of(result: Result) -> float | None:
    """Return the error that is compared, or None where there was no answer."""
    found = result.get("errors") or {}
    return next((float(found[name]) for name in PRIMARY if name in found), None)


def latest(results: Iterable[Result]) -> list[Result]:
    """Return the results, of those of one and the same measurement the last."""
    return list({raw.key_of(result): result for result in results}.values())


def errors_table(results: Sequence[Result]) -> str:
    """Return test errors at equal time: a line a set and limit, a column a method."""
    mine = [r for r in results if r["figure"] == "error"]
    methods = _in_order({r["method"] for r in mine})
    head = ["set", "limit", "seeds", *methods, "ours / best peer", "ours / baselines"]
    lines = []
    for (id, seconds, _), found in _grouped(mine, "set", "seconds", "limits").items():
        by = {m: _errors_by_seed(found, m) for m in methods}
        seeds = sorted({r["seed"] for r in found})
        peers = [m for m in methods if m not in _NO_PEERS]
        lines.append(
            [
                id,
                f"{seconds:g} s",
                str(len(seeds)),
                *(_spread(list(by[m].values()), len(seeds)) for m in methods),
                _best_ratio(by, peers),
                _ratio(by.get(OURS, {}), by.get("baselines", {})),
            ]
        )
    return _markdown(head, lines)


def _errors_by_seed(results: Iterable[Result], method: str) -> dict[int, float]:
    pairs = ((r["seed"], error_of(r)) for r in results if r["method"] == method)
    return {seed: error for seed, error in pairs if error is not None}


def _best_ratio(by: dict[str, dict[int, float]], peers: Sequence[str]) -> str:
    """Return our median against the smallest median among the peers, and whose that is."""
    medians = {m: statistics.median(by[m].values()) for m in peers if by[m]}
    if not medians:
        return "-"
    best = min(medians, key=lambda m: medians[m])
    return f"{_ratio(by.get(OURS, {}), by[best])} ({best})"


def _ratio(ours: dict[int, float], other: dict[int, float]) -> str:
    """Return the ratio of medians, and of means, over the seeds that both have.

    With few test samples medians of different methods are often equal; means are not.
    """
    both = sorted(ours.keys() & other.keys())
    if not both:
        return "-"
    mine, theirs = ([x[seed] for seed in both] for x in (ours, other))
    median = _divided(statistics.median(mine), statistics.median(theirs))
    return f"{median}, means {_divided(statistics.mean(mine), statistics.mean(theirs))}"


def _divided(mine: float, theirs: float) -> str:
    if theirs == 0:
        return "both 0" if mine == 0 else f"{mine:.3g} against 0"
    return f"{mine / theirs:.2f}"


def first_table(results: Sequence[Result]) -> str:
    """Return how soon there is a first model to use, and how good it is."""
    mine = [r for r in results if r["figure"] == "first" and not r["failed"]]
    by = {m: {r["seed"]: r for r in mine if r["method"] == m} for m in {r["method"] for r in mine}}
    if OURS not in by:
        return ""
    other = by.get("autokeras-first", {})
    both = sorted(by[OURS].keys() & other.keys())
    cold = [by[OURS][s]["first_wall_s"] for s in both or sorted(by[OURS])]
    worker = [by[OURS][s]["first_s"] for s in both or sorted(by[OURS])]
    wrong = [by[OURS][s]["first_errors"]["error"] for s in both or sorted(by[OURS])]
    lines = [
        ["ours, from the command", _spread(cold), _spread(wrong), "1"],
        ["ours, by the worker's clock", _spread(worker), _spread(wrong), ""],
    ]
    if both:
        theirs = [other[s]["wall_s"] for s in both]
        ratio = statistics.median(theirs) / statistics.median(cold)
        wrong = [other[s]["errors"]["error"] for s in both]
        lines.append(["stock AutoKeras", _spread(theirs), _spread(wrong), f"{ratio:.1f}"])
    return _markdown(["first model, exported and tested", "s", "test error", "times ours"], lines)


def trainings_table(results: Sequence[Result], target: dict[str, float] | None = None) -> str:
    """Return how many trainings it took to reach an accuracy within the limits.

    Args:
        results: All of them.
        target: Accuracy on validation by set; by default what random search had reached at its
            end, on the median of the seeds.
    """
    mine = [r for r in results if r["figure"] == "trainings" and r.get("done")]
    lines = []
    for (id, limits), found in _grouped(mine, "set", "limits").items():
        wanted = (target or {}).get(id) or _reached_at_random(found)
        if wanted is None:
            continue
        medians = {}
        for method in _in_order({r["method"] for r in found}):
            runs = [r for r in found if r["method"] == method]
            for form, count in _FORMS if method == OURS else _FORMS[:1]:
                needed = [_needed(r["done"], wanted, count) for r in runs]
                medians[method + form] = statistics.median(n for n, _ in needed)
                shown = [f"{n:.3g}" if hit else f"over {n:.3g}" for n, hit in sorted(needed)]
                lines.append([id, limits, f"{wanted:.4f}", method + form, ", ".join(shown)])
        for line in lines[-len(medians) :]:
            line.append(_times(medians, line[3]))
    head = ["set", "RAM-flash", "validation accuracy", "method", "trainings, by seed", "ours / it"]
    return _markdown(head, lines)


def _one(done: Result) -> float:
    return 1.0


def _share(done: Result) -> float:
    return float(done["share"])


_FORMS: tuple[tuple[str, Callable[[Result], float]], ...] = (
    ("", _one),
    (", in whole trainings", _share),
)
"""Every training counts as one, however short; or as its share of the usual steps."""


def _times(medians: dict[str, float], method: str) -> str:
    ours = medians.get(OURS)
    return "-" if ours is None or method.startswith(OURS) else f"{ours / medians[method]:.2f}"


def _needed(
    done: Iterable[Result], wanted: float, count: Callable[[Result], float]
) -> tuple[float, bool]:
    """Return how many trainings there were up to the first that reached it, and whether one did."""
    total = 0.0
    for training in done:
        total += count(training)
        if training["fits"] and (training["accuracy"] or 0.0) >= wanted:
            return total, True
    return total, False


def _reached_at_random(results: Iterable[Result]) -> float | None:
    ends = [
        max((t["accuracy"] or 0.0 for t in r["done"] if t["fits"]), default=0.0)
        for r in results
        if r["method"] == "optuna-random"
    ]
    return statistics.median(ends) if ends else None


def promises(results: Sequence[Result]) -> str:
    """Return what must hold in every run of ours."""
    ours = [r for r in results if r["method"] == OURS]
    over = sum(r.get("over_budget_exports", 0) for r in ours)
    exported = sum("over_budget_exports" in r for r in ours)
    late = [r for r in ours if r.get("late")]
    below = sum(bool(r.get("better_baseline")) for r in ours)
    failed = [r for r in ours if r["failed"]]
    return (
        f"- exports over budget: {over} of {exported}\n"
        f"- our runs that ended over 2 % after their limit: {len(late)} of {len(ours)}\n"
        f"- our runs below their own baseline on validation (and said so): {below}\n"
        f"- our runs without a result: {len(failed)}"
        + "".join(f"\n  - {r['set']}, seed {r['seed']}: {r['failed'][:200]}" for r in failed)
    )


def circumstances(results: Sequence[Result]) -> str:
    """Return on what, when and with which versions it was measured."""
    versions: dict[str, set[str]] = defaultdict(set)
    for result in results:
        for name, version in (result.get("versions") or {}).items():
            versions[name].add(version)
    machines = {f"{r['machine']['processor']}, {r['machine']['cores']} cores" for r in results}
    loads = [load for r in results for load in r.get("load", []) if load is not None]
    days = sorted(r["when"][:10] for r in results)
    commits = sorted({r["commit"] + ("+" if r["changed"] else "") for r in results})
    named = ", ".join(f"{name} {'/'.join(sorted(v))}" for name, v in sorted(versions.items()))
    return (
        f"{len(results)} results of {days[0]} to {days[-1]}, commits {', '.join(commits)}; "
        f"{'; '.join(sorted(machines))}; load {min(loads, default=0):g} to "
        f"{max(loads, default=0):g}. {named}."
    )


def _grouped(results: Iterable[Result], *names: str) -> dict[tuple[Any, ...], list[Result]]:
    found: dict[tuple[Any, ...], list[Result]] = defaultdict(list)
    for result in results:
        found[tuple(result[name] for name in names)].append(result)
    return dict(sorted(found.items(), key=lambda item: tuple(map(str, item[0]))))


def _in_order(methods: Iterable[str]) -> list[str]:
    return sorted(methods, key=lambda m: (m != OURS, m == "baselines", m))


def _spread(values: Sequence[float], wanted: int = 0) -> str:
    """Return median, smallest and largest; how many there are where some are lacking."""
    if not values:
        return "none"
    text = f"{statistics.median(values):.4g}"
    if len(values) > 1:
        text += f" ({min(values):.4g} to {max(values):.4g})"
    return text if len(values) >= wanted else f"{text}, {len(values)} of {wanted}"


def _markdown(head: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    rows = [head, ["---"] * len(head), *lines]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def report(folder: Path) -> str:
    """Return everything a folder of raw results says."""
    results = latest(raw.read(folder))
    compared = [r for r in results if r["figure"] in ("error", "first", "trainings")]
    parts = [circumstances(results)] if results else ["No results."]
    if any(r["figure"] == "error" for r in compared):
        parts += ["## Test error at equal wall time", errors_table(compared)]
    if any(r["figure"] == "first" for r in compared):
        parts += ["## The first model", first_table(compared)]
    if any(r["figure"] == "trainings" for r in compared):
        parts += ["## Trainings needed", trainings_table(compared)]
    if compared:
        parts += ["## Promises", promises(compared)]
    for figure, title in (("deadline", "Deadlines"), ("kills", "Kills")):
        found = [r for r in results if r["figure"] == figure]
        if found:
            names = list(found[0]["shown"])
            lines = [[str(r["shown"].get(name)) for name in names] for r in found]
            parts += [f"## {title}", _markdown(names, lines)]
    return "\n\n".join(parts)


def main() -> None:
    """Read the command line and print."""
    parser = argparse.ArgumentParser(description="print raw results as Markdown")
    parser.add_argument("folder", type=Path)
    print(report(parser.parse_args().folder))


if __name__ == "__main__":
    main()

"""Raw results as Markdown: ``python -m tests.benchmarks.search.table FOLDER``.

Medians over the seeds with the smallest and the largest, and ratios of medians; a ratio below
one is in our favour. No figure here is asserted anywhere.
"""

from __future__ import annotations

import argparse
import statistics
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
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
        by: dict[str, dict[int, _Count]] = {}
        for method in _in_order({r["method"] for r in found}):
            runs = {r["seed"]: r["done"] for r in found if r["method"] == method}
            for form, of, cost in _FORMS if method == OURS else _FORMS[:1]:
                by[method + form] = {s: _needed(of(runs[s]), wanted, cost) for s in sorted(runs)}
        for name, needed in by.items():
            shown = ", ".join(f"{count} ({seed})" for seed, count in needed.items())
            middle = str(_middle(needed.values()))
            lines.append([id, limits, f"{wanted:.4f}", name, shown, middle, _times(by, name)])
    head = ["set", "RAM-flash", "validation accuracy", "method", "trainings (seed)"]
    return _markdown([*head, "median", "ours / it"], lines)


@dataclass(frozen=True, order=True)
class _Count:
    """How many trainings it took; where the accuracy was not reached, more than those there were.

    What was not reached comes after everything that was.
    """

    missed: bool
    trainings: float

    def __str__(self) -> str:
        return f"{'over ' if self.missed else ''}{self.trainings:.3g}"


def _every(done: Sequence[Result]) -> Sequence[Result]:
    return done


def _networks(done: Sequence[Result]) -> Sequence[Result]:
    return [training for training in done if training["share"] > 0]


def _one(done: Result) -> float:
    return 1.0


def _share(done: Result) -> float:
    return float(done["share"])


_FORMS: tuple[
    tuple[str, Callable[[Sequence[Result]], Sequence[Result]], Callable[[Result], float]], ...
] = (
    ("", _every, _one),
    (", in whole trainings", _every, _share),
    (", networks only", _networks, _one),
)
"""Every training counts as one, however short; or as its share of the usual steps; or as if there
were no instant models, which the peers do not have. (A network of a low rung is converted only
where it is among the two best networks so far: so the last tells rather too many.)"""


def _middle(counts: Iterable[_Count]) -> _Count:
    """Return the median of counts; a lower bound if one it is of was missed."""
    needed = sorted(counts)
    low, high = needed[(len(needed) - 1) // 2], needed[len(needed) // 2]
    return _Count(high.missed, (low.trainings + high.trainings) / 2)


def _times(by: dict[str, dict[int, _Count]], name: str) -> str:
    """Return the ratio of medians over the seeds that both have.

    Where one of the medians is a lower bound, on which side of the ratio the true one is.
    """
    both = by.get(OURS, {}).keys() & by[name].keys()
    if name.startswith(OURS) or not both:
        return "-"
    mine, theirs = (_middle(by[method][seed] for seed in both) for method in (OURS, name))
    if mine.missed and theirs.missed:
        return "-"
    side = "over " if mine.missed else "under " if theirs.missed else ""
    return f"{side}{mine.trainings / theirs.trainings:.2f}"


def _needed(done: Iterable[Result], wanted: float, cost: Callable[[Result], float]) -> _Count:
    """Return what the trainings up to the first that reached it cost."""
    total = 0.0
    for training in done:
        total += cost(training)
        if training["fits"] and (training["accuracy"] or 0.0) >= wanted:
            return _Count(False, total)
    return _Count(True, total)


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

"""Measure: ``python -m tests.benchmarks.search.run FIGURE ...``; see README.md.

What is in the results already is not measured again, so a run that was interrupted goes on.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np

from . import raw
from .ours import run_ours
from .prepare import Limits, prepare
from .runners import PEERS, run_peer
from .scoring import peer_errors, variant_errors
from .sets import SETS, Missing

__all__ = ["main", "measure"]

OURS = "ours"

_ROOMY = Limits(ram=192 << 10, flash=768 << 10)
"""What a chip of 256 KB RAM and 1 MB flash leaves a model, about."""

_TIGHT = Limits(ram=16 << 10, flash=64 << 10)

_PLANS: dict[str, dict[str, Any]] = {
    "error": {
        "sets": list(SETS),
        "methods": [OURS, "autokeras", "flaml", "optuna-tpe", "baselines"],
        "limits": _ROOMY,
        "seconds": 60.0,
        "trainings": 0,
    },
    "first": {
        "sets": ["digits"],
        "methods": [OURS, "autokeras-first"],
        "limits": _ROOMY,
        "seconds": 60.0,
        "trainings": 0,
    },
    "trainings": {
        "sets": ["digits", "stm32-har"],
        "methods": [OURS, "optuna-random", "optuna-tpe"],
        "limits": _TIGHT,
        "seconds": 3600.0,
        "trainings": 40,
    },
}
"""What is measured of each figure where the command line says nothing else."""

_FIRST_SECONDS = 1800.0
"""A first model may take AutoKeras so long."""

Measured = dict[str, Any]


def measure(
    figure: str,
    *,
    sets: Sequence[str],
    methods: Sequence[str],
    seeds: Sequence[int],
    seconds: float,
    limits: Limits,
    trainings: int,
    results: Path,
    work: Path,
    python: Path,
    runners: Mapping[str, Callable[..., Measured]] = MappingProxyType({}),
    prepared: Callable[[str, int, Path, Limits], Path] = prepare,
) -> Iterator[Measured]:
    """Measure what is not in the results yet, append and yield it, one after the other.

    Args:
        figure: ``error``, ``first`` or ``trainings``.
        sets: Ids of data sets.
        methods: ``ours`` and names of peers.
        seeds: Of split and methods.
        seconds: The limit.
        limits: Of the models.
        trainings: How many at most; 0 for no limit.
        results: Folder of the raw results.
        work: Folder for whatever is needed meanwhile.
        python: Interpreter of the peers' environment.
        runners: In place of the usual ones, by method.
        prepared: In place of `prepare`.
    """
    there = {raw.key_of(result) for result in raw.read(results)}
    for seed, id, method in product(seeds, sets, methods):
        head = {
            "figure": figure,
            "set": id,
            "seed": seed,
            "method": method,
            "seconds": seconds,
            "limits": str(limits),
            "trainings": trainings,
        }
        if raw.key_of(head) in there:
            continue
        before = raw.load()
        try:
            folder = prepared(id, seed, work / f"{id}-{seed}-{limits}", limits)
        except Missing as error:
            yield {**head, "skipped": str(error)}
            continue
        found = (runners.get(method) or _runner(method, python))(
            folder,
            work / "run",
            seconds=_limit(method, seconds),
            seed=seed,
            limits=limits,
            trainings=trainings,
        )
        done = found.pop("trainings", None)
        result = {**head, **found, "done": done, "load": [before, raw.load()]}
        raw.append(results, result)
        yield result


def _limit(method: str, seconds: float) -> float:
    return _FIRST_SECONDS if method == "autokeras-first" else seconds


def _runner(method: str, python: Path) -> Callable[..., Measured]:
    if method == OURS:
        return run_ours

    def run(folder: Path, work: Path, *, limits: Limits, **asked: Any) -> Measured:
        answer = run_peer(PEERS[method], python, folder, work, **asked)
        details = {k: v for k, v in answer.details.items() if k != "predicted"}
        found: Measured = {
            **details,
            "wall_s": answer.wall_s,
            "late": answer.late,
            "failed": answer.failed,
        }
        if answer.outputs is not None:
            outputs = np.load(answer.outputs, allow_pickle=False)
            found["errors"] = _errors(folder, outputs, details)
            found["each"] = _each(folder, answer.details.get("predicted", {}))
        shutil.rmtree(work, ignore_errors=True)
        return found

    return run


def _errors(folder: Path, outputs: np.ndarray, details: dict[str, Any]) -> dict[str, float]:
    best = details.get("best")
    if isinstance(best, dict) and "values" in best:
        return variant_errors(folder, best["values"]["input"], outputs)
    return peer_errors(folder, outputs)


def _each(folder: Path, predicted: dict[str, list[float]]) -> dict[str, dict[str, float]]:
    """Return the errors of the baselines that were not chosen."""
    made = {}
    for name, found in predicted.items():
        values = np.array(found)
        classes = int(values.max()) + 1 if values.dtype.kind == "i" else 0
        outputs = np.eye(max(classes, 2))[values] if classes else values[:, None]
        made[name] = peer_errors(folder, outputs)
    return made


def _line(result: Measured) -> str:
    name = f"{result['set']:>13} seed {result['seed']} {result['method']:<18}"
    if "skipped" in result:
        return f"{name} left out: {result['skipped']}"
    if result["failed"]:
        return f"{name} no answer after {result['wall_s']:.1f} s: {result['failed'][:160]}"
    made = "  ".join(f"{k} {v:.4f}" for k, v in result["errors"].items())
    first = result.get("first_wall_s")
    soon = "" if first is None else f"  first after {first:.1f} s"
    return f"{name} {result['wall_s']:6.1f} s  {made}{soon}{'  LATE' if result['late'] else ''}"


def _numbers(text: str) -> list[int]:
    first, dash, last = text.partition("-")
    return list(range(int(first), int(last) + 1)) if dash else [int(n) for n in text.split(",")]


def _limits(text: str) -> Limits:
    ram, _, flash = text.partition("-")
    return Limits(ram=int(ram), flash=int(flash))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="measure the search against its peers")
    parser.add_argument("figure", choices=sorted(_PLANS))
    parser.add_argument("--results", type=Path, required=True, help="folder of the raw results")
    parser.add_argument("--work", type=Path, required=True, help="folder for what passes")
    parser.add_argument("--python", type=Path, required=True, help="interpreter of the peers")
    parser.add_argument("--sets", type=lambda text: text.split(","), help="default: the figure's")
    parser.add_argument("--methods", type=lambda text: text.split(","), help="default: the same")
    parser.add_argument("--seeds", type=_numbers, default=[1, 2, 3, 4, 5], help="1-5 or 1,3")
    parser.add_argument("--seconds", type=float, help="limit of each, default 60")
    parser.add_argument("--limits", type=_limits, help="RAM-FLASH in bytes")
    parser.add_argument("--trainings", type=int, help="of the figure `trainings`: most of them")
    return parser


def main() -> None:
    """Read the command line, measure, and say a line each."""
    told = vars(_parser().parse_args())
    plan = _PLANS[told["figure"]]
    chosen = {name: told[name] if told[name] is not None else plan[name] for name in plan}
    rest = {name: told[name].resolve() for name in ("results", "work")}
    # Not resolved: an environment's interpreter is a link.
    for result in measure(
        told["figure"], seeds=told["seeds"], python=told["python"].absolute(), **chosen, **rest
    ):
        print(_line({"failed": "", "late": False, "errors": {}, **result}), flush=True)


if __name__ == "__main__":
    main()

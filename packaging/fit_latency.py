"""Fit the constants of assets/latency/constants.json to the published latencies beside it.

    python packaging/fit_latency.py            fit, say how well, write the constants
    python packaging/fit_latency.py --check    fit, say how well, compare; 1 if they differ

The cycles of one run are taken as

    core x runtime x (sum over kinds: cycles of one multiplication x their number
                      + cycles of one element x their number)

with all constants positive, fitted on logarithms with Huber's loss, so that a single figure
that is far off pulls no harder than one that is 10 % off. Errors are those on boards that were
left out, all of their rows at once. See studio/decisions for why.
"""

from __future__ import annotations

import csv
import json
import math
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from latency_models import MODELS  # noqa: E402

from studio.compatibility.latency_work import Kind, Work  # noqa: E402

FOLDER = ROOT / "assets" / "latency"
KINDS = (Kind.CONV, Kind.POINTWISE, Kind.DEPTHWISE, Kind.DENSE)
KERNELS = "microTVM with CMSIS-NN"
"""Whose constant stands for TensorFlow Lite Micro: the same kernels, with little around them."""
WITHOUT_VECTORS = {"Cortex-M0+": "Bosch HALE"}
"""Cores without the instructions CMSIS-NN is written for, and whose figures there are."""
HUBER, FAINT = 0.1, 1e-3
PRIOR, ELEMENT = 0.1, 5.0
"""Pull towards kinds that cost alike, and what an element costs there. Of the pulls 0.01, 0.1 and 1
this one errs least where a model is left out too; boards alone hardly feel it."""
OUTER = 0.02
"""Of the errors on boards left out, the share beyond either end of a range that is shown."""
INSTRUCTIONS = {"ad": 0.58e6, "kws": 7.7e6, "ic": 30e6, "vww": 24e6}
"""Instructions of one run with CMSIS-NN, counted by an emulated Cortex-M4 in our own trial."""
AT_LEAST = 1.2
"""Least spread of what is made of counted instructions, whose mixture differs in other code."""

Row = dict[str, str]


def amounts(work: Work) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Return multiplications of each kind and elements, as the fit takes them."""
    return np.array([*(work.macs.get(kind, 0) for kind in KINDS), work.elements], float)


def log_cycles(row: Row) -> float:
    """Return the logarithm of the cycles of one run."""
    return math.log(float(row["latency_ms"]) * float(row["mhz"]) * 1e3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """Logarithms of all constants."""

    cycles: np.ndarray[Any, np.dtype[np.float64]]
    cores: dict[str, float]
    runtimes: dict[str, float]

    def shape(self, model: str) -> float:
        """Return the logarithm of a model's cycles before core and runtime."""
        return math.log(float(amounts(MODELS[model][1]) @ np.exp(self.cycles)))

    def error(self, row: Row) -> float:
        """Return the logarithm of published over estimated; 0.1 is 10 % slower than estimated."""
        constant = self.cores[row["core"]] + self.runtimes[row["runtime"]]
        return log_cycles(row) - self.shape(row["model"]) - constant

    def knows(self, row: Row) -> bool:
        """Return whether core and runtime of a row were among those fitted."""
        return row["core"] in self.cores and row["runtime"] in self.runtimes


def solve(rows: Sequence[Row]) -> Fit:
    """Fit by weighted Gauss-Newton steps; a faint prior holds what the rows leave open."""
    cores = sorted({row["core"] for row in rows})
    runtimes = sorted({row["runtime"] for row in rows})
    count = len(KINDS) + 1
    names = [*cores, *runtimes]
    # Nothing is known of how the kinds compare: alike, with an element as some multiplications.
    alike = np.log([1.0] * len(KINDS) + [ELEMENT])
    level = np.eye(count) - 1 / count
    held = np.eye(count + len(names)) * FAINT
    held[:count, :count] = PRIOR * level
    prior = np.concatenate([alike, np.zeros(len(names))])
    places = np.zeros((len(rows), len(names)))
    for line, row in enumerate(rows):
        places[line, names.index(row["core"])] = places[line, names.index(row["runtime"])] = 1
    sizes = np.array([amounts(MODELS[row["model"]][1]) for row in rows])
    truth = np.array([log_cycles(row) for row in rows])
    found = prior.copy()
    for _ in range(100):
        parts = sizes * np.exp(found[:count])
        error = truth - np.log(parts.sum(1)) - places @ found[count:]
        weight = np.minimum(1, HUBER / np.maximum(np.abs(error), 1e-12))
        slope = np.hstack([parts / parts.sum(1, keepdims=True), places])
        square = slope.T @ (slope * weight[:, None]) + held
        step = np.linalg.solve(square, slope.T @ (weight * error) - held @ (found - prior))
        found += np.clip(step, -1, 1)
    named = dict(zip(names, found[count:].tolist(), strict=True))
    return Fit(
        cycles=found[:count],
        cores={core: named[core] for core in cores},
        runtimes={runtime: named[runtime] for runtime in runtimes},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """How far off the estimate of one row was, on a board that was left out."""

    row: Row
    error: float
    pair_known: bool


def board(row: Row) -> str:
    """Return which board a row is of."""
    return row["device"]


def submission(row: Row) -> str:
    """Return with which other rows a row was handed in."""
    return f"{row['round']}, {row['organisation']}, {row['system']}"


def left_out(
    rows: Sequence[Row], models: Iterable[str | None] = (None,), by: Callable[[Row], str] = board
) -> list[Miss]:
    """Return the errors on every board when it is left out; and also one model, if given."""
    found = []
    for model in models:
        for group in sorted({by(row) for row in rows}):
            others = [r for r in rows if by(r) != group and r["model"] != model]
            fit, pairs = solve(others), {(r["core"], r["runtime"]) for r in others}
            found += [
                Miss(row=r, error=fit.error(r), pair_known=(r["core"], r["runtime"]) in pairs)
                for r in rows
                if by(r) == group and model in (None, r["model"]) and fit.knows(r)
            ]
    return found


def from_one_model(rows: Sequence[Row], known: str = "vww") -> list[Miss]:
    """Return the errors where all that is known of core and runtime is one model's latency."""
    found = []
    for model in sorted({row["model"] for row in rows} - {known}):
        for core in sorted({row["core"] for row in rows}):
            fit = solve([r for r in rows if r["core"] != core and r["model"] != model])
            there = [r for r in rows if r["core"] == core]
            for row in there:
                same = [r for r in there if submission(r) == submission(row)]
                base = [r for r in same if r["model"] == known]
                if row["model"] == model and base:
                    constant = log_cycles(base[0]) - fit.shape(known)
                    error = log_cycles(row) - fit.shape(model) - constant
                    found.append(Miss(row=row, error=error, pair_known=False))
    return found


def ends(misses: Sequence[Miss]) -> tuple[float, float]:
    """Return by what an estimate is multiplied for the ends of its range."""
    errors = [miss.error for miss in misses]
    low, high = np.quantile(errors, [OUTER, 1 - OUTER])
    return math.exp(low), math.exp(high)


def told(misses: Sequence[Miss], shown: Sequence[Miss] = ()) -> dict[str, float]:
    """Return how good estimates were.

    Args:
        misses: What is told of.
        shown: What the range that is shown rests on, if not on these. What lies inside is
            judged by the range that the other boards of it give.
    """
    shown = shown or misses
    off = [abs(math.exp(-miss.error) - 1) for miss in misses]
    inside = []
    for here in sorted({board(miss.row) for miss in misses}):
        low, high = ends([miss for miss in shown if board(miss.row) != here])
        inside += [low <= math.exp(m.error) <= high for m in misses if board(m.row) == here]
    low, high = ends(shown)
    return {
        "rows": len(misses),
        "median": float(np.median(off)),
        "nine_of_ten": float(np.quantile(off, 0.9)),
        "inside": float(np.mean(inside)),
        "low": low,
        "high": high,
        "high_over_low": high / low,
    }


def cores(fit: Fit, rows: Sequence[Row], errors: dict[str, dict[str, float]]) -> list[Row | Any]:
    """Return what the product needs of every core: its factor, the ends of its ranges, why."""
    known, new = errors["board left out"], errors["board and model left out"]
    found = []
    for core in fit.cores:
        runtimes = {row["runtime"] for row in rows if row["core"] == core}
        shared = {row["runtime"] for row in rows if row["core"] != core}
        factor = math.exp(fit.cores[core] + fit.runtimes[KERNELS])
        widened, basis = 1.0, f"figures of {KERNELS} on this core"
        if core in WITHOUT_VECTORS:
            there = math.exp(fit.cores[core] + fit.runtimes[WITHOUT_VECTORS[core]])
            widened, factor = math.sqrt(factor / there), math.sqrt(factor * there)
            basis = (
                f"figures of {WITHOUT_VECTORS[core]} on this core; none of CMSIS-NN, which may be "
                f"as fast or as much slower as on larger cores, so the range spans both"
            )
        elif not runtimes & shared:
            why = f"the only figures on this core are those of {', '.join(sorted(runtimes))}"
            found.append({"core": core, "sdk": "", "unknown": why})
            continue
        elif KERNELS not in runtimes:
            basis = f"figures of other runtimes on this core, and of {KERNELS} on other cores"
        ranges = [known["low"] / widened, known["high"] * widened]
        others = [new["low"] / widened, new["high"] * widened]
        found.append(_entry(core, "", factor, ranges, others, basis))
    return found


def _entry(
    core: str, sdk: str, factor: float, known: list[float], new: list[float], basis: str
) -> dict[str, Any]:
    entry = {"core": core, "sdk": sdk, "factor": factor, "basis": basis}
    return entry | {"range": known, "range_of_other_models": new}


def chips(fit: Fit, rows: Sequence[Row], error: dict[str, float]) -> list[dict[str, Any]]:
    """Return the same for cores of which one model's latency is all there is."""
    ranges = [error["low"], error["high"]]
    return [
        _entry(
            row["core"],
            row["sdk"],
            math.exp(log_cycles(row) - fit.shape(row["model"])),
            ranges,
            ranges,
            f"one model's latency on the {row['system']}, {row['runtime']}",
        )
        for row in rows
        if row["runtime"].endswith("with ESP-NN")
    ]


def instructions(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Return cycles of one emulated instruction by core, and how far off a model left out is."""
    found = []
    kernels = [row for row in rows if row["runtime"] == KERNELS]
    for core in sorted({row["core"] for row in kernels}):
        each = [
            (row["model"], log_cycles(row) - math.log(INSTRUCTIONS[row["model"]]))
            for row in kernels
            if row["core"] == core
        ]
        off = [
            value - float(np.median([v for other, v in each if other != model]))
            for model, value in each
        ]
        middle = math.exp(float(np.median([value for _, value in each])))
        worst = max(AT_LEAST, *(math.exp(abs(error)) for error in off))
        found.append({"core": core, "cycles": middle, "spread": worst, "rows": len(each)})
    return found


def document(published: Sequence[Row], fit: Fit, tell: Callable[[str], None]) -> dict[str, Any]:
    """Return everything the product needs, and say how good it is."""
    rows = [row for row in published if not row["left_out"]]
    left = left_out(rows)
    kept = sorted({row["model"] for row in rows})
    files = [row for row in rows if row["model"] in ("kws", "ic")]
    errors = {
        "board left out": told(left),
        "of these, this runtime on this core elsewhere": told(
            [miss for miss in left if miss.pair_known], left
        ),
        "of these, not this runtime on this core": told(
            [miss for miss in left if not miss.pair_known], left
        ),
        "submission left out, boards kept": told(left_out(rows, by=submission), left),
        "board and model left out": told(left_out(rows, kept)),
        "core known by one model": told(from_one_model(rows)),
        "board left out, models of files only": told(left_out(files)),
    }
    for name, error in errors.items():
        tell(
            f"{name}: {error['rows']} figures, median error {error['median']:.1%}, nine of ten "
            f"within {error['nine_of_ten']:.1%}; range {error['low']:.2f} to {error['high']:.2f} "
            f"times, its ends {error['high_over_low']:.2f} apart; inside {error['inside']:.1%}"
        )
    counted = [MODELS[row["model"]][1].total_macs for row in rows]
    cycles = np.exp(fit.cycles).tolist()
    return {
        "format": 1,
        "made_by": "packaging/fit_latency.py",
        "sources": "published.csv; instructions counted in our own trial",
        "cycles": dict(zip([*KINDS, "element"], cycles, strict=True)),
        "macs": [min(counted), max(counted)],
        "cores": cores(fit, rows, errors)
        + chips(fit, published, errors["core known by one model"]),
        "instructions": instructions(rows),
        "models": {
            id: {"title": title, "fingerprint": work.fingerprint}
            for id, (title, work) in MODELS.items()
        },
        "errors": errors,
        "fitted": {"cores": fit.cores, "runtimes": fit.runtimes},
    }


def rounded(value: Any) -> Any:
    """Return a document with numbers of four digits, which computers agree on."""
    if isinstance(value, dict):
        return {key: rounded(item) for key, item in value.items()}
    if isinstance(value, list):
        return [rounded(item) for item in value]
    return float(f"{value:.4g}") if isinstance(value, float) else value


def differences(one: Any, other: Any, where: str = "") -> list[str]:
    """Return where two documents differ by more than the last of the four digits."""
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        return [d for key in one for d in differences(one[key], other[key], f"{where}/{key}")]
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        pairs = enumerate(zip(one, other, strict=True))
        return [d for place, pair in pairs for d in differences(*pair, f"{where}/{place}")]
    if isinstance(one, float) and isinstance(other, int | float):
        same = math.isclose(one, other, rel_tol=2e-3, abs_tol=2e-4)
    else:
        same = one == other
    return [] if same else [f"{where}: {one} is not {other}"]


def read(path: Path) -> list[Row]:
    """Return the published rows."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def main(arguments: Sequence[str]) -> int:
    """Fit, tell, and write or compare."""
    published = read(FOLDER / "published.csv")
    fit = solve([row for row in published if not row["left_out"]])
    made = rounded(document(published, fit, print))
    target = FOLDER / "constants.json"
    if "--check" not in arguments:
        target.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
        return 0
    found = differences(made, json.loads(target.read_text(encoding="utf-8")))
    print("\n".join(found) or "as committed")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

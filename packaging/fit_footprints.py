"""What generated C takes on each core: builds of many models, and the ranges they span.

    python packaging/fit_footprints.py [--builds FILE]

Compiles, links and (where QEMU has the core) runs the C of every model here for every core that
has a compiler, writes the ranges to ``assets/codegen/footprints.json`` and prints how often the
range of the other models holds for one that is left out. ``--builds`` keeps the raw figures, and
reads them if the file is there.

The models are the networks of the search's small spaces (``tests/codegen/mcu_models.py``), the
small file of the tests, and those of ``../shared/truth`` where that is there. A range goes from
a tenth below the smallest to a tenth above the largest value seen; of the stack from nothing to
twice the largest.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from studio.codegen import Settings, generate  # noqa: E402
from studio.codegen.proving import c_source  # noqa: E402
from studio.codegen.sizing import measure_footprint, traits_of  # noqa: E402
from studio.codegen.toolchain import Core, cores, cross_compilers  # noqa: E402
from studio.compatibility.latency_data import cycles  # noqa: E402
from studio.compatibility.latency_work import count_work  # noqa: E402
from studio.domain.errors import ModelError  # noqa: E402
from studio.runtimes.tflite_file import read_model  # noqa: E402
from tests.codegen.mcu_models import MCU_MODELS  # noqa: E402

_OUT = ROOT / "assets" / "codegen" / "footprints.json"
_LEAST_MACS = 50_000
"""Below, what is not multiplication decides the instructions, and the range would say nothing."""
_MARGIN = 1.1

Row = dict[str, Any]


def main() -> None:
    """Build, fit, write and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--builds", type=Path, help="keep the raw figures here, or read them")
    options = parser.parse_args()
    if options.builds and options.builds.is_file():
        rows: list[Row] = json.loads(options.builds.read_text("utf-8"))
    else:
        rows = [row for core in _cores() for row in _builds(core)]
        if options.builds:
            options.builds.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    _OUT.parent.mkdir(exist_ok=True)
    _OUT.write_text(json.dumps(_fitted(rows), indent=1) + "\n", encoding="utf-8")
    for name, (inside, count) in _held(rows).items():
        print(f"{name}: {inside} of {count} inside the range of the other models")


def _cores() -> list[Core]:
    return [core for core in cores().values() if core.firmware != "none" and not core.why_not]


def _models() -> Mapping[str, bytes]:
    own = {f"network {n}": network.model() for n, network in enumerate(MCU_MODELS)}
    paths = [ROOT / "tests" / "data" / "tiny_int8.tflite"]
    paths += sorted((ROOT.parent / "shared" / "truth").glob("*/*.tflite"))
    return own | {path.stem: path.read_bytes() for path in paths}


def _builds(core: Core) -> list[Row]:
    found = []
    for name, content in _models().items():
        try:
            generated = generate(content, Settings(kernels=core.kernels))
        except ModelError:
            continue
        c_source(generated)
        takes, traits = measure_footprint(content, core.name), traits_of(generated)
        work = count_work(read_model(content))
        row = {
            "model": name,
            "core": core.name,
            "letters": traits.letters,
            "arrays": traits.arrays_bytes,
            "members": traits.members,
            "code": takes.code.value,
            "weights": takes.weights.value,
            "stack": takes.stack.value,
            "instructions": takes.instructions.value,
            "macs": work.total_macs,
            "cycles": None if work.obstacle else cycles(work),
        }
        print(row, flush=True)
        found.append(row)
    return found


def _fitted(rows: Sequence[Row]) -> dict[str, Any]:
    names = list(dict.fromkeys(row["core"] for row in rows))
    ranges = {name: _ranges([row for row in rows if row["core"] == name]) for name in names}
    return {
        "format": 1,
        "made_by": "packaging/fit_footprints.py",
        "compiler": cross_compilers()[0].title,
        "models": len({row["model"] for row in rows}),
        "macs": [_LEAST_MACS, max(row["macs"] for row in rows)],
        "cores": ranges,
        "held": {name: f"{inside} of {count}" for name, (inside, count) in _held(rows).items()},
        "any": {**_ranges(rows), "instructions_per_cycle": None},
    }


def _ranges(rows: Sequence[Row]) -> dict[str, Any]:
    code = [row["code"] / row["letters"] for row in rows]
    counted = [
        row["instructions"] / row["cycles"]
        for row in rows
        if row["instructions"] and row["cycles"] and row["macs"] >= _LEAST_MACS
    ]
    return {
        "code_per_letter": _spread(code),
        "stack": 2 * max(row["stack"] for row in rows),
        "instructions_per_cycle": _spread(counted) if counted else None,
    }


def _spread(values: Sequence[float]) -> list[float]:
    return [round(min(values) / _MARGIN, 4), round(max(values) * _MARGIN, 4)]


def _held(rows: Sequence[Row]) -> dict[str, list[int]]:
    """Return how often the range of the other models holds for the one that is left out."""
    held = {"code": [0, 0], "instructions": [0, 0], "weights": [0, 0]}
    for row in rows:
        others = [r for r in rows if r["core"] == row["core"] and r["model"] != row["model"]]
        ranges = _ranges(others)
        _count(held["code"], ranges["code_per_letter"], row["code"] / row["letters"])
        most = row["arrays"] + 4 * row["members"]
        _count(held["weights"], [max(0, row["arrays"] - 128), most], row["weights"])
        if row["instructions"] and row["cycles"] and row["macs"] >= _LEAST_MACS:
            found = row["instructions"] / row["cycles"]
            _count(held["instructions"], ranges["instructions_per_cycle"], found)
    return held


def _count(tally: list[int], ends: Sequence[float], value: float) -> None:
    tally[0] += ends[0] <= value <= ends[1]
    tally[1] += 1


if __name__ == "__main__":
    main()

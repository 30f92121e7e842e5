"""What is known of latency and energy: assets/latency, read once.

`packaging/fit_latency.py` makes the constants, `packaging/collect_latency.py` the published rows;
instructions of generated C are those of `packaging/fit_footprints.py`.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from studio.compatibility.latency_work import Kind, Work
from studio.resources import assets

__all__ = [
    "Core",
    "Counted",
    "Published",
    "cores",
    "counted",
    "cycles",
    "fitted_macs",
    "generated_instructions",
    "generated_macs",
    "models",
    "published",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Core:
    """What one run costs on a core under TensorFlow Lite Micro.

    Attributes:
        name: As device files spell it, without the letter for its floating point unit.
        sdk: Only devices with this kit are meant; empty for all of this core.
        factor: Cycles for one cycle of `cycles`; None where nothing supports one.
        basis: What the factor rests on, or why there is none.
        known: Ends of the range, as multiples, for models that were published themselves.
        other: The same for all others.
    """

    name: str
    sdk: str
    factor: float | None
    basis: str
    known: tuple[float, float] = (1.0, 1.0)
    other: tuple[float, float] = (1.0, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Cycles of one emulated instruction on a core; nine tenths or more lie within the spread."""

    cycles: float
    spread: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """One latency somebody published.

    Attributes:
        device: Id of the board; empty where a chip on any board is meant.
        core: Core of the board, as `Core.name`.
        sdk: Kit of all boards with that chip, where no board is named.
        runtime: Under which name it was fitted.
        model: Key of `models`.
        latency_ms: Of one run.
        energy_uj: Of one run, in microjoules; None where it was not measured.
        power_mw: While it ran; None where energy was not measured.
        left_out: Why the fit does not use it; empty if it does.
        source: Where it stands.
    """

    device: str
    core: str
    sdk: str
    runtime: str
    model: str
    latency_ms: float
    energy_uj: float | None
    power_mw: float | None
    left_out: str
    source: str


@cache
def _constants() -> dict[str, Any]:
    content: dict[str, Any] = json.loads((assets() / "latency" / "constants.json").read_bytes())
    return content


@cache
def cores() -> tuple[Core, ...]:
    """Return every core with published figures."""
    return tuple(_core(entry) for entry in _constants()["cores"])


def _core(entry: dict[str, Any]) -> Core:
    if "unknown" in entry:
        return Core(name=entry["core"], sdk=entry["sdk"], factor=None, basis=entry["unknown"])
    return Core(
        name=entry["core"],
        sdk=entry["sdk"],
        factor=entry["factor"],
        basis=entry["basis"],
        known=tuple(entry["range"]),
        other=tuple(entry["range_of_other_models"]),
    )


@cache
def counted() -> Mapping[str, Counted]:
    """Return what an emulated instruction costs, by core."""
    entries = _constants()["instructions"]
    return MappingProxyType(
        {e["core"]: Counted(cycles=e["cycles"], spread=e["spread"]) for e in entries}
    )


@cache
def generated_instructions(core: str) -> tuple[float, float] | None:
    """Return the instructions of generated C for each of `cycles`, as a range.

    Args:
        core: As a device file spells it.

    Returns:
        None where no builds for this core were counted.
    """
    ranges = _footprints()["cores"].get(core, {}).get("instructions_per_cycle")
    return None if ranges is None else (ranges[0], ranges[1])


def generated_macs() -> tuple[int, int]:
    """Return the multiplications of the smallest and largest model those ranges are made of."""
    low, high = _footprints()["macs"]
    return low, high


@cache
def _footprints() -> dict[str, Any]:
    place = assets() / "codegen" / "footprints.json"
    content: dict[str, Any] = json.loads(place.read_bytes())
    return content


@cache
def models() -> Mapping[str, tuple[str, str]]:
    """Return key and title of every published model by the fingerprint of its architecture."""
    entries = _constants()["models"].items()
    return MappingProxyType({e["fingerprint"]: (key, e["title"]) for key, e in entries})


def cycles(work: Work) -> float:
    """Return the cycles of one run on a core of factor 1."""
    each = _constants()["cycles"]
    macs = sum(each[kind] * work.macs.get(kind, 0) for kind in Kind if kind in each)
    return float(macs + each["element"] * work.elements)


def fitted_macs() -> tuple[int, int]:
    """Return the multiplications of the smallest and the largest model of the fit."""
    low, high = _constants()["macs"]
    return low, high


@cache
def published() -> tuple[Published, ...]:
    """Return every published latency, the oldest first."""
    with (assets() / "latency" / "published.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_published(row) for row in csv.DictReader(file))


def _published(row: dict[str, str]) -> Published:
    energy = float(row["energy_uj"]) if row["energy_uj"] else None
    return Published(
        device=row["device"],
        core=row["core"],
        sdk=row["sdk"],
        runtime=row["runtime"],
        model=row["model"],
        latency_ms=float(row["latency_ms"]),
        energy_uj=energy,
        power_mw=None if energy is None else energy / float(row["energy_latency_ms"]),
        left_out=row["left_out"],
        source=f"{row['round']}, {row['organisation']} {row['system']}: {row['runtime']}",
    )

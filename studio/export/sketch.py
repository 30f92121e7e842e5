"""What a sketch for a microcontroller needs to know, and which sketch a device gets."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from studio.domain.device import Device
from studio.export.part import Draft
from studio.resources import assets

__all__ = [
    "Sketch",
    "arena_bytes",
    "missing",
    "operator_calls",
    "reserve_text",
    "resolver_call",
    "sketch_for",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """One row of ``assets/templates/sketches.toml``.

    Attributes:
        id: Its name.
        vendors: Vendors as the device catalogue writes them; the first row that matches is
            taken, and a row without vendors matches all.
        kinds: Device kinds it is for.
        template: Template of the main file.
        tell_class: The line of it that prints the class of an output.
        tell_amount: The line of it that prints the amount of an output.
        path: Where the main file goes; ``{name}`` is the project's safe name.
        runtime: What has to be installed, one sentence.
    """

    id: str
    kinds: tuple[str, ...]
    vendors: tuple[str, ...]
    template: str
    tell_class: str
    tell_amount: str
    path: str
    runtime: str

    def suits(self, device: Device) -> bool:
        """Return whether this is a sketch for the device; no vendors means any."""
        return device.kind in self.kinds and (not self.vendors or device.vendor in self.vendors)


@cache
def _table() -> dict[str, Any]:
    with open(assets() / "templates" / "sketches.toml", "rb") as stream:
        return tomllib.load(stream)


def sketch_for(device: Device) -> Sketch | None:
    """Return the sketch a device gets, or None where none makes sense."""
    rows = ({k: _frozen(v) for k, v in row.items()} for row in _table()["sketch"])
    return next((s for s in (Sketch(**row) for row in rows) if s.suits(device)), None)


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def arena_bytes(draft: Draft) -> int | None:
    """Return the tensor arena the sketch reserves, in bytes; None when nothing is known.

    The known arena (its high end) plus the reserve of ``sketches.toml``, rounded up to the 16
    bytes TensorFlow Lite Micro aligns to.
    """
    arena = draft.contents.int8.arena
    known = arena.high if arena.high is not None else arena.value
    if known is None:
        return None
    rule = _table()["arena"]
    whole = int(known * (100 + rule["reserve_percent"]) / 100) + int(rule["reserve_bytes"])
    return -(-whole // 16) * 16


def reserve_text() -> str:
    """Return the reserve in words: ``10 % and 512 bytes``."""
    rule = _table()["arena"]
    return f"{rule['reserve_percent']} % and {rule['reserve_bytes']} bytes"


def operator_calls(draft: Draft) -> dict[str, str | None]:
    """Return the op resolver's method for each operator of the model; None where it has none."""
    calls: dict[str, str] = _table()["operators"]
    return {use.name: calls.get(use.name) for use in draft.contents.report.operators}


def resolver_call(operator: str) -> str | None:
    """Return the op resolver's method for an operator; None where it has none."""
    call: str | None = _table()["operators"].get(operator)
    return call


def missing(draft: Draft) -> str:
    """Return why no sketch can be written, in one sentence, or an empty text."""
    unknown = [name for name, call in operator_calls(draft).items() if call is None]
    if not draft.contents.report.operators:
        return "The operators of the model are not known."
    if unknown:
        return f"TensorFlow Lite Micro has no operator {', '.join(unknown)}."
    if arena_bytes(draft) is None:
        return f"The tensor arena is not known: {draft.contents.int8.arena.source}"
    return ""

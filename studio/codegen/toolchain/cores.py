"""The processor cores code is made for, and the machines that emulate some: two data files."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from studio.domain.errors import ToolchainError
from studio.resources import assets

__all__ = ["Core", "Machine", "core_named", "cores", "machines"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Core:
    """One row of ``assets/toolchain/cores.toml``; the fields are explained there."""

    name: str
    zig: tuple[str, ...] = ()
    gcc: tuple[str, ...] = ()
    dsp: bool = False
    vector: bool = False
    fpu: str = "none"
    firmware: str = "none"
    flash: int = 0
    ram: int = 0
    machine: str = ""
    why_not: str = ""
    impossible: bool = False

    def __post_init__(self) -> None:
        if bool(self.zig) is bool(self.why_not):
            raise ValueError(f"{self.name}: either flags or a reason why there are none")

    @property
    def kernels(self) -> str:
        """The set of kernels that takes the fewest instructions."""
        return "dsp" if self.dsp and not self.vector else "c99"


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """One machine of ``assets/toolchain/machines.toml``.

    Attributes:
        name: As QEMU calls it.
        core: The core it emulates.
        flash: First address and bytes of the memory for code.
        ram: First address and bytes of the memory for data.
        options: Further arguments of QEMU.
    """

    name: str
    core: str
    flash: tuple[int, int]
    ram: tuple[int, int]
    options: tuple[str, ...] = ()


@cache
def cores() -> Mapping[str, Core]:
    """Return every core by name."""
    rows = _table("cores.toml").items()
    return MappingProxyType({name: Core(name=name, **_frozen(row)) for name, row in rows})


@cache
def machines() -> Mapping[str, Machine]:
    """Return every emulated machine by name."""
    rows = _table("machines.toml").items()
    return MappingProxyType({name: Machine(name=name, **_frozen(row)) for name, row in rows})


def core_named(name: str) -> Core:
    """Return the row of a core.

    Args:
        name: As a device file spells it: ``"4x Cortex-A53"``, ``"Xtensa LX7 (dual)"``.

    Raises:
        ToolchainError: ``toolchain.unknown_core``.
    """
    plain = re.sub(r"^\d+x | \(dual\)$", "", name)
    if plain not in cores():
        raise ToolchainError(
            f"How to make code for the core {name[:60]!r} is not known here.",
            "Choose another device, or add the core to the table of cores.",
            code="toolchain.unknown_core",
        )
    return cores()[plain]


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((assets() / "toolchain" / name).read_text(encoding="utf-8"))


def _frozen(row: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}

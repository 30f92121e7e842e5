"""How a device's core is compiled for, as the exporters want to know it."""

from __future__ import annotations

from studio.codegen.toolchain import core_named
from studio.codegen.toolchain.cores import machines
from studio.domain.device import Device
from studio.domain.errors import ToolchainError
from studio.export import BuildTarget

__all__ = ["build_target"]


def build_target(device: Device) -> BuildTarget:
    """Return what ``assets/toolchain`` says of a device's core; a reason where it says nothing."""
    try:
        core = core_named(device.core)
    except ToolchainError as error:
        return BuildTarget(why_not=str(error))
    machine = machines().get(core.machine)
    return BuildTarget(
        gcc=core.gcc,
        zig=core.zig,
        firmware=core.firmware,
        flash=core.flash,
        ram=core.ram,
        machine=machine.name if machine else "",
        machine_options=machine.options if machine else (),
        machine_flash=machine.flash if machine else (0, 0),
        machine_ram=machine.ram if machine else (0, 0),
        why_not=core.why_not,
    )

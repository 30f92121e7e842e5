"""Devices in words: sizes and whether they are verified, features, shares, parts of memory."""

from __future__ import annotations

from studio.domain.device import Device, DeviceKind, Fact
from studio.domain.figure import Figure
from studio.domain.matrix import Cell
from studio.domain.report import CompatibilityReport
from studio.domain.shopping import Wish
from studio.domain.wording import KIND_MARKS, bytes_text
from studio.gui import words
from studio.gui.i18n import mark, tr

__all__ = [
    "FEATURE_WORDS",
    "KIND_WORDS",
    "WISH_WORDS",
    "facts_text",
    "fraction",
    "part_word",
    "percent_text",
    "share_text",
    "size_text",
    "spoken",
    "trust_text",
    "worst_share",
]

KIND_WORDS = {
    DeviceKind.MICROCONTROLLER: mark("microcontroller"),
    DeviceKind.LINUX_BOARD: mark("board with Linux"),
    DeviceKind.PHONE: mark("phone"),
    DeviceKind.COMPUTER: mark("computer"),
    DeviceKind.BROWSER: mark("browser"),
}
FEATURE_WORDS = {
    "camera": mark("camera"),
    "microphone": mark("microphone"),
    "radio": mark("radio"),
}
"""Also the names of their drawings."""
WISH_WORDS = {
    Wish.FITS: mark("memory"),
    Wish.ACCURACY: mark("accuracy"),
    Wish.LATENCY: mark("speed"),
    Wish.RAM: mark("RAM"),
    Wish.FLASH: mark("flash"),
}
_PARTS = {
    part: part
    for part in (
        mark("model"),
        mark("runtime code"),
        mark("weights"),
        mark("code"),
        mark("variables"),
        mark("sensor buffer"),
        mark("stack of the sketch"),
        mark("tensor arena"),
        mark("input buffer"),
        mark("stack"),
        mark("runtime"),
        mark("operating system"),
        mark("tensors"),
        mark("sketch and startup code"),
        mark("sketch and startup data"),
    )
}


def part_word(part: str) -> str:
    """Return what a part of the memory is called; an unknown one is shown as it is."""
    return tr(_PARTS[part]) if part in _PARTS else part


def size_text(fact: Fact) -> str:
    """Return a size, or a question mark where nobody states one."""
    if fact.value is None:
        return "?"
    gibi = fact.value / (1 << 30)
    return f"{gibi:g} GiB" if gibi >= 1 else bytes_text(fact.value)


def trust_text(*facts: Fact) -> str:
    """Return how far the figures that there are can be trusted."""
    known = [fact for fact in facts if fact.value is not None]
    if not known:
        return tr("unknown")
    if any(fact.own for fact in known):
        return tr("said by you")
    return f"✓ {tr('verified')}" if all(fact.verified for fact in known) else tr("unverified")


def facts_text(device: Device) -> str:
    """Return RAM and flash in one line."""
    ram, flash = size_text(device.ram_bytes), size_text(device.flash_bytes)
    return tr("{ram} RAM · {flash} flash", ram=ram, flash=flash)


def fraction(used: Figure, limit: int | None) -> float | None:
    """Return the worst end of what is used as a share of a limit; None where not known."""
    worst = used.high if used.high is not None else used.value
    return None if worst is None or not limit else worst / limit


def worst_share(cell: Cell | CompatibilityReport) -> float | None:
    """Return the larger of the shares of RAM and flash; None where none is known."""
    found = (
        fraction(cell.ram, cell.ram_limit_bytes),
        fraction(cell.flash, cell.flash_limit_bytes),
    )
    return max((share for share in found if share is not None), default=None)


def share_text(cell: Cell | CompatibilityReport) -> str:
    """Return how much of RAM and flash is needed at worst, with how that is known."""
    pairs = (
        ("RAM", cell.ram, cell.ram_limit_bytes),
        (tr("flash"), cell.flash, cell.flash_limit_bytes),
    )
    told = []
    for name, figure, limit in pairs:
        share = fraction(figure, limit)
        if share is not None:
            told.append(f"{name} {percent_text(share)} {KIND_MARKS[figure.kind]}")
    return " · ".join(told)


def percent_text(share: float) -> str:
    """Return a share in percent, with a decimal where it is small."""
    return f"{share * 100:,.0f} %" if share >= 0.1 else f"{share * 100:.1f} %"


def spoken(device: Device, cell: Cell | None) -> str:
    """Return a device with its verdict for a screen reader."""
    parts = [device.name, device.core, facts_text(device)]
    parts.append(trust_text(device.ram_bytes, device.flash_bytes))
    parts += [tr(FEATURE_WORDS[name]) for name in device.features]
    if cell is not None:
        parts += [words.verdict_word(cell.verdict), share_text(cell)]
    return ", ".join(part for part in parts if part)

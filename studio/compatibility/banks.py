"""What lies where: parts of the RAM placed in the several memories that some chips have."""

from __future__ import annotations

from collections.abc import Iterable

from studio.compatibility.limits import worst as worst_of
from studio.domain.device import Device
from studio.domain.report import BankUse, MemoryLine, MemoryRegion

__all__ = ["bank_uses"]


def bank_uses(
    device: Device, lines: Iterable[MemoryLine], *, worst: bool
) -> tuple[tuple[BankUse, ...], str]:
    """Place every part of the RAM in one bank, the largest first, where most room is left.

    A part is one block: an arena cannot be cut in two. The placing is a simple one; where it
    finds no place, another might, so only a part larger than the largest bank surely has none.

    Args:
        device: Whose banks; those that are not known give no answer.
        lines: All parts.
        worst: Whether to place the worst ends, or the best.

    Returns:
        The banks with their parts, and the part that found no place (empty if all did). With
        best ends, a part is only named if no bank is large enough for it alone.
    """
    banks = _banks(device)
    if len(banks) < 2:
        return (), ""
    parts = _parts(lines, worst=worst)
    if not worst:
        largest = max(size for _, size in banks)
        return (), next((part for part, size in parts if size > largest), "")
    left = dict(banks)
    placed: dict[str, list[str]] = {name: [] for name, _ in banks}
    homeless = ""
    for part, size in parts:
        roomiest = max(left, key=lambda name: left[name])
        if size > left[roomiest]:
            homeless = homeless or part
            continue
        left[roomiest] -= size
        placed[roomiest].append(part)
    uses = tuple(
        BankUse(name=name, size_bytes=size, parts=tuple(placed[name]), used_bytes=size - left[name])
        for name, size in banks
    )
    return uses, homeless


def _parts(lines: Iterable[MemoryLine], *, worst: bool) -> list[tuple[str, int]]:
    sizes = [
        (line.part, int((worst_of(line.figure) if worst else _best(line)) or 0))
        for line in lines
        if line.region is MemoryRegion.RAM
    ]
    return sorted(((part, size) for part, size in sizes if size), key=lambda entry: -entry[1])


def _best(line: MemoryLine) -> float:
    figure = line.figure
    return (figure.value if figure.low is None else figure.low) or 0


def _banks(device: Device) -> list[tuple[str, int]]:
    """Return name and bytes of each bank; none where they are less than the RAM that is stated.

    Then a memory is missing among them, and what finds no place in the others may lie there.
    """
    banks = [(bank.name, bank.bytes) for bank in device.regions]
    stated = device.ram_bytes.value
    return banks if stated is not None and sum(size for _, size in banks) >= stated else []

"""All models on all devices: the short form of a compatibility report, and rows of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from studio.domain.candidate import Candidate
from studio.domain.device import Device
from studio.domain.figure import Figure
from studio.domain.report import CompatibilityReport, Verdict

__all__ = ["Cell", "Matrix", "MatrixRow", "bytes_to_spare"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What a compatibility report comes to; the report has the reasons.

    Attributes:
        device_id: Which device.
        runtime: Runtime id the verdict is about; empty when none serves.
        verdict: The answer in one word.
        flash: Total flash, as the worst end of what is known.
        ram: Total RAM, likewise.
        flash_limit_bytes: What the device has; None when unknown.
        ram_limit_bytes: What the device has; None when unknown.
        limits_verified: Whether two sources agree on both limits.
        latency: Time of one run, in milliseconds.
    """

    device_id: str
    runtime: str
    verdict: Verdict
    flash: Figure
    ram: Figure
    flash_limit_bytes: int | None
    ram_limit_bytes: int | None
    limits_verified: bool
    latency: Figure

    @classmethod
    def of(cls, report: CompatibilityReport) -> Cell:
        """Return the short form of a report."""
        return cls(**{name: getattr(report, name) for name in cls.__slots__})


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    """One candidate on every device.

    Attributes:
        candidate: Which.
        cells: By device id; empty where the candidate has no int8 model.
    """

    candidate: Candidate
    cells: Mapping[str, Cell]

    @property
    def fitting(self) -> tuple[str, ...]:
        """Ids of the devices it fits."""
        return tuple(id for id, cell in self.cells.items() if cell.verdict is Verdict.FITS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """All candidates on all devices.

    Attributes:
        rows: A candidate each, the best first.
        devices: By id.
    """

    rows: tuple[MatrixRow, ...]
    devices: Mapping[str, Device]

    def best_on(self, device_id: str) -> Candidate | None:
        """Return the best candidate that fits a device, or None where none does."""
        return next((row.candidate for row in self.rows if device_id in row.fitting), None)


def bytes_to_spare(found: Cell | CompatibilityReport) -> tuple[float, float] | None:
    """Return the flash and RAM that are left at the worst end; None where one is not known."""
    ends = [
        (limit, figure.value if figure.high is None else figure.high)
        for limit, figure in (
            (found.flash_limit_bytes, found.flash),
            (found.ram_limit_bytes, found.ram),
        )
    ]
    (flash, most_flash), (ram, most_ram) = ends
    if flash is None or ram is None or most_flash is None or most_ram is None:
        return None
    return flash - most_flash, ram - most_ram

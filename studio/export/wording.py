"""Numbers in words, the same in report, README and pictures."""

from __future__ import annotations

from studio.domain.evaluation import Interval
from studio.domain.figure import Figure
from studio.domain.report import MemoryRegion, Verdict
from studio.domain.wording import bytes_text

__all__ = [
    "VERDICT_WORDS",
    "figure_text",
    "hits",
    "percent",
    "percent_range",
    "precise_bytes",
    "region_text",
]

VERDICT_WORDS = {
    Verdict.FITS: "✓ fits",
    Verdict.DOES_NOT_FIT: "✕ does not fit",
    Verdict.UNKNOWN: "? not known",
}


def precise_bytes(count: int) -> str:
    """Return a length rounded and to the byte: ``18.2 KiB (18,640 bytes)``."""
    return f"{bytes_text(count)} ({count:,} bytes)"


def percent(share: float) -> str:
    """Return a share of one as a percentage with one decimal.

    Never rounded to 100 % or 0 % when it is not exactly that.
    """
    shown = f"{share * 100:.1f}"
    if shown == "100.0" and share < 1:
        shown = "99.9"
    if shown == "0.0" and share > 0:
        shown = "0.1"
    return f"{shown.removesuffix('.0') if shown in ('100.0', '0.0') else shown} %"


def percent_range(share: Interval) -> str:
    """Return the 95 % interval as ``96.1 to 99.1 %``."""
    return f"{percent(share.low).removesuffix(' %')} to {percent(share.high)}"


def hits(share: Interval, total: int) -> str:
    """Return a share as counts: ``353 of 360``."""
    return f"{round(share.value * total)} of {total}"


def region_text(region: MemoryRegion) -> str:
    """Return the name of a memory as a person writes it."""
    return {MemoryRegion.FLASH: "flash", MemoryRegion.RAM: "RAM"}[region]


def figure_text(figure: Figure) -> str:
    """Return value and range of a figure, without its kind."""
    if figure.value is None:
        return "not known"
    text = _amount(figure.value, figure.unit)
    if figure.low is None or figure.high is None:
        return text
    low, high = _amount(figure.low, figure.unit), _amount(figure.high, figure.unit)
    return f"{text} (between {low} and {high})"


def _amount(value: float, unit: str) -> str:
    if unit == "B":
        return bytes_text(value)
    if unit == "1":
        return percent(value)
    return f"{value:,.4g} {unit}"

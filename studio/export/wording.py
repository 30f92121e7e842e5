"""Numbers in words, the same in report, README and pictures."""

from __future__ import annotations

from dataclasses import dataclass

from studio.domain.evaluation import AnyEvaluation, Interval, RegressionEvaluation
from studio.domain.figure import Figure
from studio.domain.preprocessing import (
    ImagePreprocessing,
    Preprocessing,
    SignalPreprocessing,
    TablePreprocessing,
)
from studio.domain.report import MemoryRegion, Verdict
from studio.domain.wording import amount_text, bytes_text

__all__ = [
    "VERDICT_WORDS",
    "SampleWords",
    "amount",
    "amount_range",
    "counted",
    "figure_text",
    "hits",
    "percent",
    "percent_range",
    "precise_bytes",
    "region_text",
    "unit_of",
    "words_of",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleWords:
    """What the samples of a project are called.

    Attributes:
        one: One input, for example ``"photo"``.
        many: Several.
        raw: What inputs are made from, with its article.
        raw_many: Several of these.
        byte: One number of an input.
        other: What was not tested, the end of a sentence.
        strange: An input unlike any it learned from.
    """

    one: str
    many: str
    raw: str
    raw_many: str
    byte: str
    other: str
    strange: str


_WORDS: dict[type, SampleWords] = {
    ImagePreprocessing: SampleWords(
        one="photo",
        many="photos",
        raw="a picture",
        raw_many="photos",
        byte="pixel",
        other="another camera, light or place was not tested",
        strange="a picture of something else",
    ),
    TablePreprocessing: SampleWords(
        one="row",
        many="rows",
        raw="a row",
        raw_many="rows",
        byte="byte",
        other="rows that come from elsewhere or from another time were not tested",
        strange="a row unlike any it learned from",
    ),
    SignalPreprocessing: SampleWords(
        one="window",
        many="windows",
        raw="a recording",
        raw_many="recordings",
        byte="byte",
        other="another sensor, another way to fix it, another person or machine was not tested",
        strange="a signal of something else",
    ),
}


def words_of(how: Preprocessing) -> SampleWords:
    """Return what the samples of this preprocessing are called."""
    return _WORDS[type(how)]


def counted(number: int, words: SampleWords) -> str:
    """Return ``1 row`` or ``1,200 rows``."""
    return f"{number:,} {words.one if number == 1 else words.many}"


def unit_of(evaluation: AnyEvaluation | None) -> str:
    """Return the unit of the amounts that were told; empty for classes and where nobody said."""
    return evaluation.unit if isinstance(evaluation, RegressionEvaluation) else ""


def amount(value: float, unit: str = "") -> str:
    """Return an amount with its unit, in useful digits: ``12.3 kg``."""
    return f"{amount_text(value)} {unit}".rstrip()


def amount_range(interval: Interval, unit: str = "") -> str:
    """Return the 95 % interval of an amount as ``3.1 to 4.2 kg``."""
    return f"{amount(interval.low)} to {amount(interval.high, unit)}"


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

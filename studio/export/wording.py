"""Numbers in words, the same in report, README and pictures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace

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
from studio.languages import mark

__all__ = [
    "VERDICT_WORDS",
    "SampleWords",
    "Translate",
    "amount",
    "amount_range",
    "counted",
    "english",
    "figure_text",
    "hits",
    "percent",
    "percent_range",
    "precise_bytes",
    "region_text",
    "unit_of",
    "words_of",
]


Translate = Callable[..., str]
"""Turns an English text into another language and fills in its ``{blanks}``."""


def english(text: str, /, **values: object) -> str:
    """Return a text as it is, with its ``{blanks}`` filled in."""
    return text.format(**values) if values else text


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleWords:
    """What the samples of a project are called.

    Attributes:
        one: One input, for example ``"photo"``.
        many: Several.
        counted_one: One, counted.
        counted_many: ``{n}`` of them.
        raw: What inputs are made from, with its article.
        raw_many: Several of these.
        byte: One number of an input.
        other: What was not tested, the end of a sentence.
        strange: An input unlike any it learned from.
    """

    one: str
    many: str
    counted_one: str
    counted_many: str
    raw: str
    raw_many: str
    byte: str
    other: str
    strange: str


_WORDS: dict[type, SampleWords] = {
    ImagePreprocessing: SampleWords(
        one=mark("photo"),
        many=mark("photos"),
        counted_one=mark("{n} photo"),
        counted_many=mark("{n} photos"),
        raw="a picture",
        raw_many=mark("photos"),
        byte="pixel",
        other=mark("another camera, light or place was not tested"),
        strange=mark("a picture of something else"),
    ),
    TablePreprocessing: SampleWords(
        one=mark("row"),
        many=mark("rows"),
        counted_one=mark("{n} row"),
        counted_many=mark("{n} rows"),
        raw="a row",
        raw_many=mark("rows"),
        byte="byte",
        other=mark("rows that come from elsewhere or from another time were not tested"),
        strange=mark("a row unlike any it learned from"),
    ),
    SignalPreprocessing: SampleWords(
        one=mark("window"),
        many=mark("windows"),
        counted_one=mark("{n} window"),
        counted_many=mark("{n} windows"),
        raw="a recording",
        raw_many=mark("recordings"),
        byte="byte",
        other=mark(
            "another sensor, another way to fix it, another person or machine was not tested"
        ),
        strange=mark("a signal of something else"),
    ),
}


def words_of(how: Preprocessing, tr: Translate = english) -> SampleWords:
    """Return what the samples of this preprocessing are called."""
    english_words = _WORDS[type(how)]
    names = (field.name for field in fields(english_words))
    return replace(english_words, **{name: tr(getattr(english_words, name)) for name in names})


def counted(number: int, words: SampleWords) -> str:
    """Return ``1 row`` or ``1,200 rows``."""
    return (words.counted_one if number == 1 else words.counted_many).format(n=f"{number:,}")


def unit_of(evaluation: AnyEvaluation | None) -> str:
    """Return the unit of the amounts that were told; empty for classes and where nobody said."""
    return evaluation.unit if isinstance(evaluation, RegressionEvaluation) else ""


def amount(value: float, unit: str = "") -> str:
    """Return an amount with its unit, in useful digits: ``12.3 kg``."""
    return f"{amount_text(value)} {unit}".rstrip()


def amount_range(interval: Interval, unit: str = "", tr: Translate = english) -> str:
    """Return the 95 % interval of an amount as ``3.1 to 4.2 kg``."""
    return tr("{low} to {high}", low=amount(interval.low), high=amount(interval.high, unit))


VERDICT_WORDS = {
    Verdict.FITS: "✓ fits",
    Verdict.FITS_WITH_CHANGE: "↻ fits with a change",
    Verdict.DOES_NOT_FIT: "✕ does not fit",
    Verdict.UNKNOWN: "? not known",
}


def precise_bytes(count: int, tr: Translate = english) -> str:
    """Return a length rounded and to the byte: ``18.2 KiB (18,640 bytes)``."""
    return tr("{size} ({n} bytes)", size=bytes_text(count), n=f"{count:,}")


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


def percent_range(share: Interval, tr: Translate = english) -> str:
    """Return the 95 % interval as ``96.1 to 99.1 %``."""
    low, high = percent(share.low).removesuffix(" %"), percent(share.high)
    return tr("{low} to {high}", low=low, high=high)


def hits(share: Interval, total: int, tr: Translate = english) -> str:
    """Return a share as counts: ``353 of 360``."""
    return tr("{n} of {all}", n=round(share.value * total), all=total)


def region_text(region: MemoryRegion, tr: Translate = english) -> str:
    """Return the name of a memory as a person writes it."""
    return {MemoryRegion.FLASH: tr("flash"), MemoryRegion.RAM: "RAM"}[region]


def figure_text(figure: Figure, tr: Translate = english) -> str:
    """Return value and range of a figure, without its kind."""
    if figure.value is None:
        if figure.low:
            return tr("not known, at least {low}", low=_amount(figure.low, figure.unit))
        return tr("not known")
    text = _amount(figure.value, figure.unit)
    if figure.low is None or figure.high is None or figure.low == figure.high:
        return text
    low, high = _amount(figure.low, figure.unit), _amount(figure.high, figure.unit)
    return tr("{value} (between {low} and {high})", value=text, low=low, high=high)


def _amount(value: float, unit: str) -> str:
    if unit == "B":
        return bytes_text(value)
    if unit == "1":
        return percent(value)
    return f"{value:,.3g} {unit}" if abs(value) < 1000 else f"{value:,.0f} {unit}"

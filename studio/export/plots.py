"""The pictures of the report, drawn with matplotlib's object interface, no window system.

Colours are Okabe and Ito's, told apart by the colour-blind, and never alone: bars have hatches,
cells and points their numbers or their shapes. Every picture is on white, for paper.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure as Canvas
from matplotlib.font_manager import FontProperties
from matplotlib.text import Text

from studio.domain.evaluation import Evaluation, Interval, RegressionEvaluation
from studio.domain.figure import Figure
from studio.domain.judgement import Calibration
from studio.domain.report import CompatibilityReport, MemoryLine, MemoryRegion
from studio.domain.wording import KIND_MARKS, bytes_text
from studio.export.escaping import one_line
from studio.export.fonts import font_for, own_font
from studio.export.report.language import ENGLISH, Words
from studio.export.report.model import text_of
from studio.export.wording import region_text

__all__ = ["accuracy_png", "confusion_png", "memory_png", "reliability_png", "residuals_png"]

_COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442")
_HATCHES = ("", "///", "...", "\\\\\\", "xxx", "++", "ooo")
_TEXT, _MUTED, _LINE, _LIMIT = "#1F2328", "#5B6169", "#DEDCD6", "#B42318"
_LONGEST_NAME = 16
_DPI = 130


def confusion_png(evaluation: Evaluation, say: Words = ENGLISH) -> bytes:
    """Return the confusion matrix as PNG: shades by share of the true class, counts inside.

    Names stand on the axes where a font can write them all, else their numbers.
    """
    count = len(evaluation.classes)
    confusion = np.array(evaluation.confusion, dtype=np.int64)
    size = min(10.0, 3.0 + 0.4 * count)
    canvas = _canvas(size, size)
    axes = canvas.subplots()
    shares = confusion / np.maximum(confusion.sum(axis=1, keepdims=True), 1)
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    _name_axes(axes, evaluation.classes, say)
    _write_counts(axes, confusion, shares)
    return _png(canvas)


def memory_png(report: CompatibilityReport, say: Words = ENGLISH) -> bytes:
    """Return flash and RAM by part against the device's limits as PNG."""
    canvas = _canvas(8.6, 4.6)
    panels = canvas.subplots(2, 1)
    for axes, region, limit in zip(
        panels,
        (MemoryRegion.FLASH, MemoryRegion.RAM),
        (report.flash_limit_bytes, report.ram_limit_bytes),
        strict=True,
    ):
        lines = [line for line in report.memory if line.region is region]
        _draw_region(axes, region, lines, limit, say)
    return _png(canvas)


def residuals_png(evaluation: RegressionEvaluation, say: Words = ENGLISH) -> bytes:
    """Return how far off the predictions were, by prediction, as PNG.

    For each group of like predictions: the mean of truth minus prediction, and where 90 of 100
    lie.
    """
    tr = say.tr
    canvas = _canvas(7.6, 4.2)
    axes = canvas.subplots()
    bins = evaluation.residuals
    middles = [(one.low + one.high) / 2 for one in bins]
    means = np.array([one.mean for one in bins])
    spread = [means - [one.q05 for one in bins], np.array([one.q95 for one in bins]) - means]
    axes.errorbar(
        middles, means, np.clip(spread, 0, None), fmt="o", color=_COLOURS[0], capsize=4, zorder=3
    )
    axes.axhline(0, color=_LIMIT, linewidth=1.5, linestyle="--")
    unit = _plain(evaluation.unit)
    axes.set_xlabel(tr("what the model said") + unit, color=_TEXT)
    axes.set_ylabel(tr("truth minus prediction") + unit, color=_TEXT)
    _open_axes(axes)
    return _png(canvas)


def reliability_png(measured: Calibration, say: Words = ENGLISH) -> bytes:
    """Return how often the model is right by how sure it is, as PNG; the dashes are perfect."""
    tr = say.tr
    canvas = _canvas(5.2, 4.4)
    axes = canvas.subplots()
    sure = np.array([one.confidence for one in measured.bins])
    right = np.array([one.accuracy.value for one in measured.bins])
    low = right - [one.accuracy.low for one in measured.bins]
    high = np.array([one.accuracy.high for one in measured.bins]) - right
    axes.plot([0, 1], [0, 1], color=_LIMIT, linewidth=1.5, linestyle="--")
    spread = np.clip([low, high], 0, None)
    axes.errorbar(sure, right, spread, fmt="o", color=_COLOURS[0], capsize=4, zorder=3)
    axes.set_xlim(0, 1.02)
    axes.set_ylim(0, 1.02)
    axes.set_xlabel(tr("how sure it was"), color=_TEXT)
    axes.set_ylabel(tr("how often it was right"), color=_TEXT)
    _open_axes(axes)
    return _png(canvas)


def accuracy_png(
    names: Sequence[str], shares: Sequence[Interval], label: str, *, of_one: bool
) -> bytes:
    """Return values with their 95 % intervals below one another as PNG.

    Args:
        names: What each is called; plain signs only.
        shares: The values.
        label: What they are.
        of_one: Whether they are shares of one, to be shown in per cent.
    """
    canvas = _canvas(7.6, 1.1 + 0.32 * len(names))
    axes = canvas.subplots()
    scale = 100.0 if of_one else 1.0
    values = scale * np.array([one.value for one in shares])
    low = values - scale * np.array([one.low for one in shares])
    high = scale * np.array([one.high for one in shares]) - values
    places = np.arange(len(names))[::-1]
    spread = np.clip([low, high], 0, None)
    axes.errorbar(values, places, xerr=spread, fmt="o", color=_COLOURS[0], capsize=4)
    axes.set_yticks(places, list(names))
    axes.set_ylim(-0.6, len(names) - 0.4)
    axes.set_xlabel(label, color=_TEXT)
    _open_axes(axes)
    return _png(canvas)


def _open_axes(axes: Axes) -> None:
    axes.grid(color=_LINE, linewidth=0.6)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)


def _plain(unit: str) -> str:
    """Return a unit for an axis, where the font can write it."""
    shown = "".join(c for c in one_line(unit) if c.isprintable()).replace("$", "")
    fits = bool(shown) and len(shown) == len(unit) and _writable(shown)
    return f", {shown[:_LONGEST_NAME]}" if fits else ""


def _writable(text: str) -> bool:
    found = font_for([text])
    return found is not None and found.get_file() == own_font().get_file()


def _canvas(width: float, height: float) -> Canvas:
    canvas = Canvas(figsize=(width, height), dpi=_DPI, facecolor="white", layout="constrained")
    FigureCanvasAgg(canvas)
    return canvas


def _png(canvas: Canvas) -> bytes:
    _letter(canvas)
    buffer = io.BytesIO()
    # No metadata: matplotlib would write its version, and a date for other formats.
    canvas.savefig(buffer, format="png", metadata={"Software": None})
    return buffer.getvalue()


def _letter(canvas: Canvas) -> None:
    """Letter everything that has no font of its own in the report's."""
    for text in canvas.findobj(Text):
        if text.get_fontproperties().get_file() is None:
            size = text.get_fontsize()
            text.set_fontproperties(own_font())
            text.set_fontsize(size)
        text.set_parse_math(False)


def _name_axes(axes: Axes, classes: Sequence[str], say: Words) -> None:
    names, font = _axis_names(classes)
    ticks = range(len(classes))
    small = 9 if len(classes) <= 20 else 7
    axes.set_xticks(ticks, names, rotation=90 if max(map(len, names)) > 2 else 0)
    axes.set_yticks(ticks, names)
    for label in (*axes.get_xticklabels(), *axes.get_yticklabels()):
        label.set_fontproperties(font)
        label.set_fontsize(small)
        label.set_parse_math(False)
    tr = say.tr
    axes.set_xlabel(tr("what the model said"), color=_TEXT)
    axes.set_ylabel(tr("what it was"), color=_TEXT)
    axes.set_xticks(np.arange(len(classes) + 1) - 0.5, minor=True)
    axes.set_yticks(np.arange(len(classes) + 1) - 0.5, minor=True)
    axes.grid(which="minor", color=_LINE, linewidth=0.6)
    axes.tick_params(which="both", length=0)


def _axis_names(classes: Sequence[str]) -> tuple[list[str], FontProperties]:
    names = [_short(one_line(name)) for name in classes]
    font = font_for(names)
    if font is None or not all(name.strip() for name in names):
        return [str(number) for number in range(len(classes))], own_font()
    return names, font


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + "…"


def _write_counts(axes: Axes, counts: np.ndarray, shares: np.ndarray) -> None:
    size = 10 if len(counts) <= 12 else 7 if len(counts) <= 25 else 5
    for row, column in zip(*np.nonzero(counts), strict=True):
        dark = shares[row, column] > 0.5
        axes.text(
            column,
            row,
            str(counts[row, column]),
            ha="center",
            va="center",
            fontsize=size,
            color="white" if dark else _TEXT,
        )


def _draw_region(
    axes: Axes,
    region: MemoryRegion,
    lines: Sequence[MemoryLine],
    limit: int | None,
    say: Words,
) -> None:
    start = 0.0
    for number, line in enumerate(lines):
        width = _worst(line.figure)
        axes.barh(
            0,
            width,
            left=start,
            height=0.5,
            color=_COLOURS[number % len(_COLOURS)],
            hatch=_HATCHES[(number + number // len(_COLOURS)) % len(_HATCHES)],
            edgecolor="white",
            label=_legend(line, say),
        )
        start += width
    if limit is not None:
        axes.axvline(limit, color=_LIMIT, linewidth=2, linestyle="--")
    axes.set_title(_region_title(region, lines, limit, say), loc="left", fontsize=12, color=_TEXT)
    _scale(axes, max(start, limit or 0, 1.0))
    if lines:
        legend = axes.legend(loc="upper left", bbox_to_anchor=(0, -0.35), ncols=3, fontsize=10)
        legend.get_frame().set_linewidth(0)


def _region_title(
    region: MemoryRegion,
    lines: Sequence[MemoryLine],
    limit: int | None,
    say: Words = ENGLISH,
) -> str:
    tr = say.tr
    total = bytes_text(sum(_worst(line.figure) for line in lines))
    unknown = sum(line.figure.value is None for line in lines)
    # A sum with a part left out is not the worst case.
    if unknown:
        sure = tr("{size} and what is not known ({n})", size=total, n=unknown)
    else:
        sure = tr("at worst {size}", size=total)
    known = tr("of {limit} (dashed)", limit=bytes_text(limit)) if limit else tr("limit not known")
    return f"{region_text(region, tr)}: {sure}, {known}"


def _scale(axes: Axes, farthest: float) -> None:
    axes.set_xlim(0, farthest * 1.03)
    axes.set_yticks([])
    ticks = np.linspace(0, farthest, 5)
    axes.set_xticks(ticks, [bytes_text(tick) for tick in ticks], fontsize=10, color=_MUTED)
    for side in ("top", "left", "right"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(_LINE)


def _worst(figure: Figure) -> float:
    return float(figure.high if figure.high is not None else figure.value or 0)


def _legend(line: MemoryLine, say: Words) -> str:
    tr, known = say.tr, line.figure.value is not None
    amount = bytes_text(_worst(line.figure)) if known else tr("not known")
    part = one_line(text_of(say.given(line.part))).replace("$", "")
    part = part if _writable(part) else "".join(c if c.isascii() else "?" for c in part)
    return f"{KIND_MARKS[line.figure.kind]} {part} {amount}"

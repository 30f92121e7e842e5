"""Numbers as text, the same in the window, at the terminal and in the report."""

from __future__ import annotations

from collections.abc import Mapping

from studio.domain.evaluation import AnyEvaluation, Evaluation
from studio.domain.figure import FigureKind

__all__ = ["KIND_MARKS", "amount_text", "bytes_text", "result_text"]

KIND_MARKS: Mapping[FigureKind, str] = {
    FigureKind.MEASURED: "●",
    FigureKind.EMULATED: "◐",
    FigureKind.ESTIMATED: "○",
    FigureKind.PUBLISHED: "◇",
    FigureKind.UNKNOWN: "?",
}
"""The mark beside every figure about a device; its word stands near by."""

_KIB, _MIB = 1 << 10, 1 << 20


def bytes_text(count: float) -> str:
    """Return a size with the unit that suits it, in useful digits: ``18.2 KiB``, ``323 KiB``."""
    if count < _KIB:
        return f"{count:,.0f} B"
    if count < 100 * _KIB:
        return f"{count / _KIB:.1f} KiB"
    return f"{count / _KIB:,.0f} KiB" if count < _MIB else f"{count / _MIB:,.1f} MiB"


def amount_text(value: float) -> str:
    """Return an amount in three significant digits, whatever its size: ``4,210``, ``0.0312``."""
    digits = 0 if abs(value) >= 1000 else max(0, 3 - len(str(int(abs(value)))))
    return f"{value:,.{digits}f}" if abs(value) >= 0.1 or value == 0 else f"{value:.3g}"


def result_text(evaluation: AnyEvaluation) -> str:
    """Return the headline of an evaluation with its 95 % interval.

    Of classes the accuracy, ``98.9 % (97.2-99.6)``; of amounts the mean absolute error in
    their unit, ``±4.21 kg (3.90-4.55)``.
    """
    if isinstance(evaluation, Evaluation):
        share = evaluation.accuracy
        return f"{share.value * 100:.1f} % ({share.low * 100:.1f}-{share.high * 100:.1f})"
    off, unit = evaluation.mae, f" {evaluation.unit}" if evaluation.unit else ""
    return f"±{amount_text(off.value)}{unit} ({amount_text(off.low)}-{amount_text(off.high)})"

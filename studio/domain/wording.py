"""Numbers as text, the same in the window, at the terminal and in the report."""

from __future__ import annotations

from collections.abc import Mapping

from studio.domain.figure import FigureKind

__all__ = ["KIND_MARKS", "bytes_text"]

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

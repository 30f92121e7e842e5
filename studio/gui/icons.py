"""The icon family: line drawings in ``assets/icons``, tinted from the palette."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from studio.gui.theme import tokens
from studio.resources import assets

__all__ = ["icon", "pixmap"]


@cache
def _drawing(name: str) -> str:
    return (assets() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


@cache
def pixmap(name: str, colour: str, size: int = 20, ratio: float = 1.0) -> QPixmap:
    """Return the drawing in one colour, `size` logical pixels wide and high."""
    picture = QPixmap(QSize(size, size) * ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    svg = _drawing(name).replace("currentColor", colour)
    QSvgRenderer(QByteArray(svg.encode())).render(painter)
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def icon(name: str, colour: str | None = None, size: int = 20) -> QIcon:
    """Return an icon in the text's colour, its chosen state in the accent."""
    t = tokens()
    result = QIcon()
    for ratio in (1.0, 2.0):
        result.addPixmap(pixmap(name, colour or t.text, size, ratio))
        chosen = pixmap(name, colour or t.accent, size, ratio)
        result.addPixmap(chosen, QIcon.Mode.Normal, QIcon.State.On)
        result.addPixmap(pixmap(name, t.muted, size, ratio), QIcon.Mode.Disabled)
    return result

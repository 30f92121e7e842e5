"""The report's own fonts, and finding an installed one for names that these cannot write."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from matplotlib.font_manager import FontProperties, fontManager, get_font

from studio.resources import assets

__all__ = ["font_for", "own_font", "own_path"]

#: Tried in this order after the report's own; the first comes with matplotlib.
_PREFERRED = (
    "DejaVu Sans",
    "Noto Sans CJK KR",
    "Noto Sans KR",
    "NanumGothic",
    "Malgun Gothic",
    "Apple SD Gothic Neo",
    "Noto Sans CJK JP",
    "Arial Unicode MS",
)


def font_for(texts: Iterable[str]) -> FontProperties | None:
    """Return a font with a glyph for every character, or None if none is installed."""
    wanted = {ord(character) for text in texts for character in text}
    fonts = (path for path in _candidates() if wanted <= _glyphs(path))
    path = next(fonts, None)
    return FontProperties(fname=path) if path else None


def _candidates() -> Iterator[str]:
    yield str(own_path())
    yield from _installed()


def own_path(*, bold: bool = False) -> Path:
    """Return the file of the report's own font; decisions/0026 says what it is."""
    return assets() / "fonts" / f"NotoSansKR-{'Bold' if bold else 'Regular'}.ttf"


def own_font(*, bold: bool = False) -> FontProperties:
    """Return the report's own font for matplotlib."""
    return FontProperties(fname=str(own_path(bold=bold)))


def _installed() -> Iterator[str]:
    for family in _PREFERRED:
        found = [f for f in fontManager.ttflist if f.name == family and f.style == "normal"]
        # Nearest to the regular weight; the path decides among copies of the same font.
        yield from (
            f.fname for f in sorted(found, key=lambda f: (_heaviness(f.weight), f.fname))[:1]
        )


def _heaviness(weight: int | str) -> int:
    return abs(int(weight) - 400) if isinstance(weight, int) else 0


@cache
def _glyphs(path: str) -> frozenset[int]:
    try:
        return frozenset(get_font(path).get_charmap())
    except (OSError, RuntimeError):
        return frozenset()

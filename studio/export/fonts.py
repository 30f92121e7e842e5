"""Finding an installed font that has every glyph of some names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from matplotlib.font_manager import FontProperties, fontManager, get_font

__all__ = ["font_for"]

#: Tried in this order; the first comes with matplotlib, so Latin names look alike everywhere.
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
    fonts = (path for path in _installed() if wanted <= _glyphs(path))
    path = next(fonts, None)
    return FontProperties(fname=path) if path else None


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

"""The pictures: drawn for any number and any name of classes, without a warning."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from studio.domain.dataset import Split
from studio.domain.evaluation import Evaluation
from studio.export import plots
from studio.export.fonts import font_for

from .conftest import evaluation, report


def pixels(png: bytes) -> np.ndarray:
    """Return a PNG as RGB pixels."""
    with Image.open(io.BytesIO(png)) as picture:
        assert picture.format == "PNG"
        assert not picture.info.get("Software")
        return np.asarray(picture.convert("RGB"))


@pytest.mark.parametrize("count", [2, 3, 10, 11, 25, 26, 40])
def test_any_number_of_classes_is_drawn_at_a_readable_size(count: int) -> None:
    names = tuple(f"class {number}" for number in range(count))
    shape = pixels(plots.confusion_png(evaluation(names, Split.TEST))).shape
    assert min(shape[:2]) >= 18 * count
    assert max(shape[:2]) <= 1_400


@pytest.mark.parametrize(
    "names",
    [
        ("잎", "녹병", "진드기"),
        ("😀", "🏽", "🧬"),
        ("$x^2$", "$\\frac{", "a_b^c"),
        ("line\nend", "tab\t", "\x00"),
        ("", " ", "x"),
        ("한글😀", "a" * 300, "עברית"),
        ("\ue000", "\U0010ffff", "﷽"),
    ],
)
def test_any_name_is_drawn_without_a_warning(names: tuple[str, ...]) -> None:
    assert pixels(plots.confusion_png(evaluation(names, Split.TEST))).std() > 10


def test_names_no_font_can_write_become_numbers() -> None:
    strange = ("\ue000a", "\ue000b", "\ue000c")
    numbers = ("0", "1", "2")
    drawn = [plots.confusion_png(evaluation(names, Split.TEST)) for names in (strange, numbers)]
    assert drawn[0] == drawn[1]


def test_korean_names_are_written_where_a_font_has_them() -> None:
    names = ("가", "나", "다")
    if font_for(names) is None:
        pytest.skip("no font with Korean letters is installed")
    numbers = plots.confusion_png(evaluation(("0", "1", "2"), Split.TEST))
    assert plots.confusion_png(evaluation(names, Split.TEST)) != numbers


def test_the_picture_shows_the_counts() -> None:
    def drawn(*rows: tuple[int, int]) -> bytes:
        return plots.confusion_png(Evaluation(split=Split.TEST, classes=("a", "b"), confusion=rows))

    assert drawn((5, 0), (0, 5)) != drawn((5, 1), (0, 5))
    assert drawn((5, 0), (0, 5)) == drawn((5, 0), (0, 5))
    assert drawn((0, 0), (0, 0)) != drawn((5, 0), (0, 5))


def test_memory_is_drawn_with_and_without_limits() -> None:
    usual = plots.memory_png(report())
    assert usual == plots.memory_png(report())
    open_ended = plots.memory_png(report(flash_limit_bytes=None, ram_limit_bytes=None))
    assert open_ended != usual
    too_large = plots.memory_png(report(flash_limit_bytes=1_000))
    assert pixels(too_large).shape == pixels(usual).shape


def test_an_unknown_part_is_not_called_the_worst_case() -> None:
    from studio.domain.report import MemoryRegion

    lines = [line for line in report().memory if line.region is MemoryRegion.RAM]
    title = plots._region_title(MemoryRegion.RAM, lines, 262_144)
    assert "worst" not in title
    assert "not known" in title

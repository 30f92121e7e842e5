"""Numbers in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.domain.evaluation import wilson_interval
from studio.domain.figure import Figure, FigureKind
from studio.export.wording import bytes_text, figure_text, hits, percent, precise_bytes


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0 B"),
        (1_023, "1,023 B"),
        (1_024, "1.0 KiB"),
        (18_640, "18.2 KiB"),
        (331_048, "323 KiB"),
        (1 << 20, "1.0 MiB"),
    ],
)
def test_bytes(count: int, text: str) -> None:
    assert bytes_text(count) == text


def test_bytes_to_the_byte() -> None:
    assert precise_bytes(18_640) == "18.2 KiB (18,640 bytes)"


@pytest.mark.parametrize(
    ("share", "text"),
    [(0.0, "0 %"), (1.0, "100 %"), (0.9999, "99.9 %"), (0.0001, "0.1 %"), (0.5, "50.0 %")],
)
def test_percent_never_rounds_to_certainty(share: float, text: str) -> None:
    assert percent(share) == text


@given(st.floats(0, 1))
def test_percent_reads_back(share: float) -> None:
    assert abs(float(percent(share).removesuffix(" %")) / 100 - share) <= 0.001


@given(st.integers(1, 10_000), st.data())
def test_hits_are_the_counts_again(total: int, data: st.DataObject) -> None:
    right = data.draw(st.integers(0, total))
    assert hits(wilson_interval(right, total), total) == f"{right} of {total}"


def test_figures_show_their_range_and_what_is_unknown() -> None:
    known = Figure(value=40, unit="ms", kind=FigureKind.ESTIMATED, low=30, high=90)
    assert figure_text(known) == "40 ms (between 30 ms and 90 ms)"
    assert figure_text(Figure.unknown("B", "nobody looked")) == "not known"
    assert figure_text(Figure.measured(0.97, "1", "test")) == "97.0 %"

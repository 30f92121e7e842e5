import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.compatibility import size_text

UNITS = {"KB": 1024, "MB": 1024**2, "GB": 1024**3}


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0 KB"),
        (1, "0.1 KB"),
        (1024, "1 KB"),
        (1025, "1.1 KB"),
        (61 * 1024, "61 KB"),
        (61 * 1024 + 1, "62 KB"),
        (983040, "960 KB"),
        (2 << 20, "2,048 KB"),
        (64 << 20, "64 MB"),
        (16 << 30, "16 GB"),
    ],
)
def test_examples(count, text):
    assert size_text(count) == text


@pytest.mark.parametrize(
    ("count", "of", "text"),
    [
        (61 * 1024, 256 << 10, "61 of 256 KB"),
        (62_000, 983040, "61 of 960 KB"),
        (261_631, 523_624, "256 of 511 KB"),
        (300 << 20, 1 << 30, "300 of 1,024 MB"),
        (2000, 2048, "2 of 2 KB"),
    ],
)
def test_a_share_is_written_in_the_unit_of_the_whole(count, of, text):
    assert size_text(count, of=of) == text


@given(st.integers(0, 1 << 40))
def test_what_is_needed_never_looks_smaller(count):
    number, unit = size_text(count).split()
    shown = float(number.replace(",", "")) * UNITS[unit]
    assert count <= shown <= count * 1.11 + 110


@given(st.integers(0, 1 << 40), st.integers(1, 1 << 40))
def test_what_looks_as_if_it_fits_does(count, of):
    needed, rest = size_text(count, of=of).split(" of ")
    there, _ = rest.split()
    if float(needed.replace(",", "")) <= float(there.replace(",", "")):
        assert count <= of

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.compatibility import size_text

UNITS = {"KiB": 1024, "MiB": 1024**2, "GiB": 1024**3}


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0 KiB"),
        (1, "0.1 KiB"),
        (1024, "1 KiB"),
        (1025, "1.1 KiB"),
        (61 * 1024, "61 KiB"),
        (61 * 1024 + 1, "62 KiB"),
        (983040, "960 KiB"),
        (2 << 20, "2,048 KiB"),
        (64 << 20, "64 MiB"),
        (16 << 30, "16 GiB"),
    ],
)
def test_examples(count, text):
    assert size_text(count) == text


@pytest.mark.parametrize(
    ("count", "of", "text"),
    [
        (61 * 1024, 256 << 10, "61 of 256 KiB"),
        (62_000, 983040, "61 of 960 KiB"),
        (261_631, 523_624, "256 of 511 KiB"),
        (300 << 20, 1 << 30, "300 of 1,024 MiB"),
        (2000, 2048, "2 of 2 KiB"),
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

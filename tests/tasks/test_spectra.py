"""The bands of a window, and how loud they are."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.domain.preprocessing import FrontEnd, SignalPreprocessing
from studio.tasks.spectra import bands_of, loudness, turns


@given(window=st.integers(2, 4096))
def test_bands_hold_every_frequency_once(window: int) -> None:
    bands = bands_of(window)
    assert bands[0] == 1
    assert bands[-1] == window // 2 + 1
    assert all(a < b for a, b in itertools.pairwise(bands))
    assert len(bands) - 1 == min(16, window // 2)


@pytest.mark.parametrize("window", [32, 52, 125, 256])
@pytest.mark.parametrize("k", [1, 3, 7, 12])
def test_a_tone_is_loudest_in_its_own_band(window: int, k: int) -> None:
    bands = bands_of(window)
    tone = np.sin(2 * np.pi * k * np.arange(window) / window + 0.7).astype(np.float32)
    [[levels]] = loudness(tone[None, None], np.zeros((1, 1), np.float32), bands)
    own = next(n for n, (a, b) in enumerate(itertools.pairwise(bands)) if a <= k < b)
    assert levels.argmax() == own


def test_it_agrees_with_a_fourier_transform_but_for_the_straight_logarithm() -> None:
    rng = np.random.default_rng(3)
    window = 64
    values = rng.normal(0, 2, (5, 3, window)).astype(np.float32)
    bands = bands_of(window)
    mean = values.mean(axis=2)
    made = loudness(values, mean, bands)
    hann = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(window) / window)
    power = np.abs(np.fft.rfft((values - mean[..., None]) * hann)) ** 2
    sums = [power[..., a:b].sum(axis=-1) for a, b in itertools.pairwise(bands)]
    # Straight lines between powers of two lie at most 0.0861 below the curve (Mitchell 1962).
    above = np.log2(np.stack(sums, axis=-1)) - made
    assert above.min() > -0.002
    assert above.max() < 0.0882


def test_a_turn_is_made_of_whole_32768ths() -> None:
    for table in turns(77):
        assert np.array_equal(table * 32768, np.rint(table * 32768))


@pytest.mark.parametrize(
    ("front_end", "bands"),
    [
        (FrontEnd.SPECTRUM, ()),
        (FrontEnd.SPECTRUM, (1,)),
        (FrontEnd.SPECTRUM, (0, 2)),
        (FrontEnd.SPECTRUM, (1, 6)),
        (FrontEnd.SPECTRUM, (2, 2)),
        (FrontEnd.STATISTICS, (1, 2)),
        (FrontEnd.RAW, (1, 2)),
    ],
)
def test_bands_that_make_no_sense_are_refused(front_end: FrontEnd, bands: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="bands"):
        SignalPreprocessing(
            channels=("x",), rate_hz=None, keep_every=1, window=8, stride=1,
            front_end=front_end, low=(0.0,), high=(1.0,), bands=bands,
        )  # fmt: skip

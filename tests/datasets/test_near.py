"""Laying pictures over one another: the warp is found, and odd input is no trouble."""

from __future__ import annotations

import numpy as np
import pytest

from studio.datasets.alignment import IDENTITY, align, edge_agreement
from studio.datasets.chains import Chains
from studio.datasets.looks import SIDE, stack
from studio.datasets.near import near_pictures
from tests.datasets.projects import scene
from tests.pictures import encoded


def looks(*images):  # type: ignore[no-untyped-def]
    return stack([encoded(image) for image in images], [min(image.size) for image in images])


def test_the_warp_of_a_crop_is_found() -> None:
    whole = scene(3, 200, 200)
    both = looks(whole, whole.crop((10, 4, 190, 188))).grey.astype(np.float32)
    warps = align(both[:1], both[1:], steps=12)
    # The crop is 0.9 of the width, its middle in the middle; 0.92 of the height, 4 px up.
    assert warps[0] == pytest.approx([0.9, 0.0, 0.92, -0.04], abs=0.01)
    assert edge_agreement(both[:1], both[1:], warps)[0] > 0.98


def test_a_picture_lies_on_itself() -> None:
    same = looks(scene(1)).grey.astype(np.float32)
    warps = align(same, same, steps=4)
    assert warps[0] == pytest.approx(IDENTITY, abs=1e-3)
    assert edge_agreement(same, same, warps)[0] == pytest.approx(1, abs=1e-4)


def test_no_pairs_are_no_trouble() -> None:
    none = np.empty((0, SIDE, SIDE), np.float32)
    assert edge_agreement(none, none, align(none, none, steps=2)).shape == (0,)


@pytest.mark.parametrize("count", [0, 1, 2, 7])
def test_few_and_different_pictures_have_no_copies(count: int) -> None:
    assert near_pictures(looks(*(scene(n) for n in range(count)))) == []


def test_a_long_burst_is_linked_to_one_chain() -> None:
    frames = [scene(5, 200, 200).crop((n, n, 180 + n, 180 + n)) for n in range(16)]
    chains: Chains[int] = Chains(range(16))
    for pair in near_pictures(looks(*frames)):
        chains.link(pair.first, pair.second)
    assert len(chains.groups()) == 1


def test_flat_pictures_are_not_compared() -> None:
    flat = np.full((3, SIDE, SIDE), 90, np.uint8)
    made = looks(scene(1), scene(2), scene(3))
    assert near_pictures(type(made)(flat, made.layout, made.short_sides)) == []

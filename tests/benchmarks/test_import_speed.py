"""Importing small pictures costs less than ten times reading and decoding them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from .bench_import import measure


@pytest.mark.benchmark
@pytest.mark.timeout(900)
def test_small_pictures(long_form: bool, tell: Callable[[str], None]) -> None:
    found = measure(10_000 if long_form else 500)
    tell("  ".join(f"{name} {value:.4g}" for name, value in found.items()))
    assert found["import_to_decode"] < 10

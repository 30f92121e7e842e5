"""All candidates on all devices come within seconds, and at once where nothing changed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from .bench_matrix import measure


@pytest.mark.benchmark
def test_twenty_candidates_on_every_device(tell: Callable[[str], None]) -> None:
    found = measure(20)
    tell("  ".join(f"{name} {value:.4g}" for name, value in found.items()))
    assert found["devices"] >= 59
    assert found["ratio"] < 1
    assert found["again"] < found["first"] / 2
    assert found["one_more"] < found["first"] / 2

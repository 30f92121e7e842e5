"""The project file keeps its promised speed; the short form has a tenth of the samples."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from .bench_store import measure


@pytest.mark.benchmark
@pytest.mark.timeout(900)
def test_a_million_labels(long_form: bool, tell: Callable[[str], None]) -> None:
    found = measure(100_000 if long_form else 10_000)
    tell("  ".join(f"{name} {value:.4g}" for name, value in found.items()))
    assert found["labels"] >= (1_000_000 if long_form else 100_000)
    assert found["open_s"] < 1
    assert max(value for name, value in found.items() if name.endswith("_p95_s")) < 0.05
    assert found["counts_s"] < 0.05
    assert found["rss_bytes"] < 400e6
    # Short, it is some tenths of a second and swings with the disk: 0.59 to 0.81 were seen on one
    # machine in one day. The promise is of the long form; the short one only notices a ruin.
    assert found["import_ratio"] >= (0.6 if long_form else 0.4)

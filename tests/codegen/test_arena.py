"""Working memory beside TensorFlow Lite Micro's, as its own interpreter measures it."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from studio.codegen import generate
from studio.runtimes.tflite_micro import ArenaMeter
from tests.codegen.exact import SANITIZED, compare
from tests.codegen.mcu_models import MCU_MODELS, Network

pytest.importorskip("tflite_micro")


@pytest.fixture(scope="module")
def meter() -> Iterator[ArenaMeter]:
    with ArenaMeter(timeout_s=120) as made:
        yield made


def part(content: bytes, meter: ArenaMeter) -> tuple[float, str]:
    """Return our arena as a part of theirs, and a line that says so."""
    ours, theirs = generate(content), meter.measure(content).value
    assert ours.arena_bytes >= ours.lower_bound_bytes
    assert theirs is not None
    line = f"arena {ours.arena_bytes} (bound {ours.lower_bound_bytes}), TFLM {theirs:.0f}"
    return ours.arena_bytes / theirs, line


def test_shared_models_take_half_of_the_arena(
    shared_model: bytes, meter: ArenaMeter, tell: Callable[[str], None]
) -> None:
    share, line = part(shared_model, meter)
    tell(f"{line}: {share:.2f}")
    assert share <= 0.5


def test_models_of_the_search_take_half_of_the_arena(
    meter: ArenaMeter, tell: Callable[[str], None]
) -> None:
    shares = []
    for network in MCU_MODELS:
        share, line = part(network.model(), meter)
        shares.append(share)
        tell(f"{network.block} {network.input}: {line}: {share:.2f}")
    tell(f"median of {len(shares)}: {statistics.median(shares):.2f}")
    assert statistics.median(shares) <= 0.5


@pytest.mark.parametrize("network", [MCU_MODELS[1], MCU_MODELS[2], MCU_MODELS[7]])
def test_models_of_the_search_are_exact(network: Network) -> None:
    with tempfile.TemporaryDirectory() as folder:
        result = compare(network.model(), Path(folder), count=3, kernels="dsp", flags=SANITIZED)
    assert result.differing == {}
    assert "slide(" in result.generated.files["net.c"]

"""What passes rearrange still computes every code of the reference kernels."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.codegen import generating
from studio.codegen.graph import Graph
from studio.codegen.passes.streaming import streamed
from studio.codegen.passes.trails import let_outputs_follow
from studio.codegen.steps import Step
from tests.codegen.exact import SANITIZED, compare
from tests.codegen.random_graphs import random_graph

seeds = st.integers(0, 1 << 30)


def assert_exact(content: bytes, kernels: str = "c99") -> None:
    with tempfile.TemporaryDirectory() as folder:
        result = compare(content, Path(folder), count=4, kernels=kernels, flags=SANITIZED)
    assert result.differing == {}
    assert set(result.generated.graph.outputs) <= result.compared


@given(seeds, st.sampled_from(["c99", "dsp"]))
@settings(max_examples=6, deadline=None)
def test_random_graphs_are_exact(seed: int, kernels: str) -> None:
    assert_exact(random_graph(seed), kernels)


@given(seeds, st.sampled_from(["c99", "dsp"]))
@settings(max_examples=6, deadline=None)
def test_whatever_steps_run_row_by_row(seed: int, kernels: str) -> None:
    def stream_some(graph: Graph, steps: Sequence[Step]) -> list[Step]:
        return _streamed_at_random(graph, steps, np.random.default_rng(seed))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(generating, "STEP_PASSES", (let_outputs_follow, stream_some))
        assert_exact(random_graph(seed), kernels)


def _streamed_at_random(
    graph: Graph, steps: Sequence[Step], rng: np.random.Generator
) -> list[Step]:
    """Return the steps, with streams of any length wherever they are possible."""
    made: list[Step] = []
    at = 0
    while at < len(steps):
        for end in range(min(len(steps), at + int(rng.integers(1, 9))), at, -1):
            others = [*steps[:at], *steps[end:]]
            kept = {tensor for step in others for tensor in step.inputs} | set(graph.outputs)
            stream = streamed(graph, steps[at:end], kept)
            if stream is not None:
                break
        made.append(stream or steps[at])
        at = end if stream else at + 1
    return made

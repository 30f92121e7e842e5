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
from studio.codegen.generating import lower
from studio.codegen.graph import Graph, Tensor
from studio.codegen.memory import demand, lower_bound, plan_memory
from studio.codegen.passes.channels import drop_dead_channels
from studio.codegen.passes.dead import drop_unread
from studio.codegen.passes.folding import fold_constants
from studio.codegen.passes.ordering import reordered
from studio.codegen.passes.parts import without_copies
from studio.codegen.passes.sound import refuse_unsound
from studio.codegen.passes.streaming import streamed
from studio.codegen.passes.trails import let_outputs_follow
from studio.codegen.reading import read_graph
from studio.codegen.steps import Step
from studio.domain.errors import ModelError
from tests.codegen.exact import SANITIZED, compare
from tests.codegen.making import Maker, Quantized
from tests.codegen.random_graphs import random_chain, random_graph

seeds = st.integers(0, 1 << 30)


def assert_exact(content: bytes, kernels: str = "c99") -> None:
    with tempfile.TemporaryDirectory() as folder:
        result = compare(content, Path(folder), count=4, kernels=kernels, flags=SANITIZED)
    assert result.differing == {}
    assert set(result.generated.graph.outputs) <= result.compared


@given(seeds, st.sampled_from(["c99", "dsp"]))
@settings(max_examples=4, deadline=None)
def test_random_graphs_are_exact(seed: int, kernels: str) -> None:
    assert_exact(random_graph(seed), kernels)


@given(seeds, st.sampled_from(["c99", "dsp"]))
@settings(max_examples=4, deadline=None)
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


@given(seeds)
@settings(max_examples=4, deadline=None)
def test_dead_channels_leave_every_code_as_it_was(seed: int) -> None:
    assert_exact(random_chain(seed))


@given(seeds)
@settings(max_examples=30, deadline=None)
def test_dead_channels_are_removed_once_and_for_all(seed: int) -> None:
    before = read_graph(random_chain(seed))
    after = drop_dead_channels(before)
    assert drop_dead_channels(after) is after
    outputs = [after.tensors[i].shape for i in after.outputs]
    assert outputs == [before.tensors[i].shape for i in before.outputs]


def test_constant_and_unread_channels_are_removed() -> None:
    # Of eight channels, two have filters of zeros and three are not read by the next layer; one
    # is both. As the layer has a multiple of four channels, four remain.
    maker, rng = Maker(), np.random.default_rng(0)
    x = maker.input((1, 4, 4, 2), "int8", Quantized(0.1, 3))
    first = rng.integers(1, 100, (8, 3, 3, 2)).astype(np.int8)
    first[[1, 2]] = 0
    second = rng.integers(1, 100, (4, 1, 1, 8)).astype(np.int8)
    second[..., [2, 5, 7]] = 0
    tensor = x
    for data in (first, second):
        weights = maker.tensor(data.shape, "int8", Quantized(0.01), data)
        y = maker.tensor((1, 4, 4, len(data)), "int8", Quantized(0.5, -7))
        options = {"strideH": 1, "strideW": 1}
        bias = maker.tensor((len(data),), "int32", Quantized(0.001), np.arange(len(data)) * 900)
        maker.node("CONV_2D", [tensor, weights, bias], [y], "Conv2DOptions", options)
        tensor = y
    content = maker.model([tensor])
    graph = drop_dead_channels(read_graph(content))
    assert [graph.tensors[n.inputs[1]].shape for n in graph.nodes] == [(4, 3, 3, 2), (4, 1, 1, 4)]
    assert_exact(content)


def test_what_nobody_reads_is_not_computed() -> None:
    maker = Maker()
    meaning = Quantized(0.1)
    x = maker.input((1, 4), "int8", meaning)
    tensors = [x, *(maker.tensor((1, 4), "int8", meaning) for _ in range(4))]
    for a, b in ((0, 1), (1, 2), (0, 3), (3, 4)):
        maker.node("ADD", [tensors[a]] * 2, [tensors[b]], "AddOptions", {})
    content = maker.model([tensors[4]])
    assert [n.outputs for n in drop_unread(read_graph(content)).nodes] == [(3,), (4,)]
    assert_exact(content)


def test_constants_are_moved_at_generation_time() -> None:
    maker, meaning = Maker(), Quantized(0.1, 5)
    x = maker.input((1, 3, 2), "int8", meaning)
    data = np.arange(6, dtype=np.int8).reshape(2, 3)
    constant = maker.tensor((2, 3), "int8", meaning, data)
    order = maker.tensor((2,), "int32", data=np.array([1, 0], np.int32))
    turned = maker.tensor((3, 2), "int8", meaning)
    maker.node("TRANSPOSE", [constant, order], [turned], "TransposeOptions")
    shape = maker.tensor((3,), "int32", data=np.array([1, 3, 2], np.int32))
    lifted = maker.tensor((1, 3, 2), "int8", meaning)
    maker.node("RESHAPE", [turned, shape], [lifted], "ReshapeOptions", {"newShape": [1, 3, 2]})
    y = maker.tensor((1, 3, 2), "int8", Quantized(0.2))
    maker.node("ADD", [x, lifted], [y], "AddOptions", {})
    content = maker.model([y])
    graph = fold_constants(read_graph(content))
    assert [node.operator for node in graph.nodes] == ["ADD"]
    np.testing.assert_array_equal(graph.tensors[lifted].data, data.T[None])
    assert_exact(content)


def test_constants_that_mean_something_else_afterwards_are_not_moved() -> None:
    maker = Maker()
    x = maker.input((2, 3), "int8", Quantized(0.1))
    constant = maker.tensor((3, 2), "int8", Quantized(0.1), np.ones((3, 2), np.int8))
    shape = maker.tensor((2,), "int32", data=np.array([2, 3], np.int32))
    other = maker.tensor((2, 3), "int8", Quantized(0.2))
    maker.node("RESHAPE", [constant, shape], [other], "ReshapeOptions", {"newShape": [2, 3]})
    y = maker.tensor((2, 3), "int8", Quantized(0.2))
    maker.node("ADD", [x, other], [y], "AddOptions", {})
    graph = read_graph(maker.model([y]))
    assert fold_constants(graph).nodes == graph.nodes


def joined(meanings: Sequence[Quantized], rows: int = 2) -> bytes:
    """Two additions and the concatenation of their results, which have 2 x `rows` elements."""
    maker, meaning = Maker(), Quantized(0.1)
    x = maker.input((1, 2, rows), "int8", meaning)
    parts = [maker.tensor((1, 2, rows), "int8", m) for m in meanings[:-1]]
    for part in parts:
        maker.node("ADD", [x, x], [part], "AddOptions", {})
    y = maker.tensor((1, 2 * len(parts), rows), "int8", meanings[-1])
    maker.node("CONCATENATION", parts, [y], "ConcatenationOptions", {"axis": 1})
    return maker.model([y])


def test_parts_of_a_concatenation_are_made_in_their_place() -> None:
    content = joined([Quantized(0.1)] * 4)
    graph = read_graph(content)
    steps = without_copies(graph, lower(graph))
    assert [step.kernel for step in steps] == ["add"] * 3 + [""]
    assert_exact(content)


def test_parts_that_would_begin_anywhere_are_copied() -> None:
    content = joined([Quantized(0.1)] * 4, rows=3)
    graph = read_graph(content)
    assert without_copies(graph, lower(graph))[-1].kernel == "join"
    assert_exact(content)


def test_an_input_that_is_concatenated_is_copied() -> None:
    maker, meaning = Maker(), Quantized(0.1)
    x = maker.input((1, 4), "int8", meaning)
    a, y = maker.tensor((1, 4), "int8", meaning), maker.tensor((3, 4), "int8", meaning)
    maker.node("ADD", [x, x], [a], "AddOptions", {})
    maker.node("CONCATENATION", [a, x, a], [y], "ConcatenationOptions", {"axis": 0})
    content = maker.model([y])
    graph = read_graph(content)
    assert without_copies(graph, lower(graph))[-1].kernel == "join"
    assert_exact(content)


def test_parts_of_a_split_are_read_in_their_place() -> None:
    maker, meaning = Maker(), Quantized(0.1)
    x = maker.input((4, 4), "int8", meaning)
    axis = maker.tensor((), "int32", data=np.array(0, np.int32))
    parts = [maker.tensor((2, 4), "int8", meaning) for _ in range(2)]
    maker.node("SPLIT", [axis, x], parts, "SplitOptions", {"numSplits": 2})
    sums = [maker.tensor((2, 4), "int8", meaning) for _ in range(3)]
    maker.node("ADD", [parts[0], parts[0]], [sums[0]], "AddOptions", {})
    maker.node("ADD", [parts[1], sums[0]], [sums[1]], "AddOptions", {})
    maker.node("ADD", [parts[0], sums[1]], [sums[2]], "AddOptions", {})
    content = maker.model([sums[2]])
    graph = read_graph(content)
    assert without_copies(graph, lower(graph))[0].is_alias
    assert_exact(content)


def largest_moment(graph: Graph, steps: Sequence[Step]) -> int:
    buffers, follows, _ = demand(graph, steps)
    return lower_bound(buffers, follows)


@given(seeds)
@settings(max_examples=30, deadline=None)
def test_another_order_never_needs_more(seed: int) -> None:
    graph = read_graph(random_graph(seed, 14))
    steps = let_outputs_follow(graph, lower(graph))
    after = reordered(graph, steps)
    assert sorted(s.outputs for s in after) == sorted(s.outputs for s in steps)
    made = {*graph.inputs, *(i for i, t in enumerate(graph.tensors) if t.data is not None)}
    for step in after:
        assert made.issuperset(step.inputs)
        made.update(step.outputs)
    before, afterwards = largest_moment(graph, steps), largest_moment(graph, after)
    assert afterwards < before or after == steps


def test_what_makes_much_of_little_is_done_late() -> None:
    # Two branches, each of which makes 40 bytes and then 4; the file makes both large ones first.
    sizes = [4, 40, 40, 4, 4, 4]
    tensors = tuple(Tensor(name="t", shape=(size,), dtype="int8") for size in sizes)
    graph = Graph(tensors=tensors, inputs=(0,), outputs=(5,), nodes=())
    wires = [((0,), 1), ((0,), 2), ((1,), 3), ((2,), 4), ((3, 4), 5)]
    steps = [Step(kernel="any", inputs=inputs, outputs=(output,)) for inputs, output in wires]
    assert plan_memory(graph, steps).arena_bytes == 84
    assert plan_memory(graph, reordered(graph, steps)).arena_bytes == 48


def test_a_tensor_that_is_written_twice_is_refused() -> None:
    maker, meaning = Maker(), Quantized(0.1)
    x, y = maker.input((1, 4), "int8", meaning), maker.tensor((1, 4), "int8", meaning)
    for _ in range(2):
        maker.node("ADD", [x, x], [y], "AddOptions", {})
    with pytest.raises(ModelError, match="written twice") as error:
        refuse_unsound(read_graph(maker.model([y])))
    assert error.value.code == "codegen.unsupported"

"""Buffers in the arena never share a byte that both still need."""

from __future__ import annotations

from itertools import combinations, permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from studio.codegen.graph import Graph, Tensor
from studio.codegen.memory import ALIGNMENT, Buffer, Follows, lower_bound, place, plan_memory
from studio.codegen.memory.placing import _greedy_orders, _laid, _neighbours
from studio.codegen.steps import Step, Trail


@st.composite
def demands(draw: st.DrawFn, most: int = 12) -> tuple[list[Buffer], list[Follows]]:
    """Buffers of a program, and pairs of them that may overlap."""
    steps = 6
    buffers = []
    for key in range(draw(st.integers(1, most))):
        first = draw(st.integers(-1, steps - 1))
        last = draw(st.integers(first, steps))
        size = ALIGNMENT * draw(st.integers(1, 40))
        buffers.append(Buffer(key=key, size_bytes=size, first=first, last=last))
    follows = [
        Follows(
            writer=w.key, reader=r.key, distance=draw(st.integers(0, w.size_bytes // 4)) * ALIGNMENT
        )
        for w in buffers
        for r in buffers
        if w is not r and r.last == w.first and r.first < r.last and draw(st.booleans())
    ]
    return buffers, follows


def arena(buffers: list[Buffer], offsets: dict[int, int]) -> int:
    return max(offsets[b.key] + b.size_bytes for b in buffers)


@given(demands())
@settings(max_examples=60, deadline=None)
def test_no_two_buffers_overlap_unless_one_follows(
    demand: tuple[list[Buffer], list[Follows]],
) -> None:
    buffers, follows = demand
    offsets = place(buffers, follows)
    distances = {(pair.writer, pair.reader): pair.distance for pair in follows}
    for one, other in combinations(buffers, 2):
        if one.last < other.first or other.last < one.first:
            continue
        a, b = offsets[one.key], offsets[other.key]
        apart = a + one.size_bytes <= b or b + other.size_bytes <= a
        behind = b - a >= distances.get((one.key, other.key), 1 << 30)
        behind |= a - b >= distances.get((other.key, one.key), 1 << 30)
        assert apart or behind
    assert all(offset >= 0 and offset % ALIGNMENT == 0 for offset in offsets.values())


@given(demands())
@settings(max_examples=60, deadline=None)
def test_the_arena_is_between_the_bound_and_the_greedy_plans(
    demand: tuple[list[Buffer], list[Follows]],
) -> None:
    buffers, follows = demand
    reached = arena(buffers, place(buffers, follows))
    neighbours = _neighbours(buffers, follows)
    for order in _greedy_orders(buffers):
        laid = _laid(order, neighbours)
        assert reached <= arena(buffers, dict(zip((b.key for b in buffers), laid, strict=True)))
    assert reached >= lower_bound(buffers, follows)
    assert place(buffers, follows) == place(list(buffers), list(follows))


@given(demands(most=6))
@settings(max_examples=25, deadline=None)
def test_few_buffers_are_placed_as_well_as_possible(
    demand: tuple[list[Buffer], list[Follows]],
) -> None:
    buffers, follows = demand
    neighbours = _neighbours(buffers, follows)
    keys = [b.key for b in buffers]
    best = min(
        arena(buffers, dict(zip(keys, _laid(order, neighbours), strict=True)))
        for order in permutations(range(len(buffers)))
    )
    assert arena(buffers, place(buffers, follows)) == best


def test_greedy_is_not_enough() -> None:
    spans = [(16, 1, 4), (12, 0, 4), (12, 0, 2), (4, 0, 4), (8, 2, 3), (8, 2, 2), (16, 3, 4)]
    buffers = [
        Buffer(key=key, size_bytes=size, first=first, last=last)
        for key, (size, first, last) in enumerate(spans)
    ]
    neighbours = _neighbours(buffers, [])
    greedy = [dict(enumerate(_laid(o, neighbours))) for o in _greedy_orders(buffers)]
    assert min(arena(buffers, offsets) for offsets in greedy) == 64
    assert arena(buffers, place(buffers)) == lower_bound(buffers) == 60


def graph(*sizes: int, inputs: tuple[int, ...], outputs: tuple[int, ...]) -> Graph:
    tensors = tuple(Tensor(name=str(i), shape=(s,), dtype="int8") for i, s in enumerate(sizes))
    return Graph(tensors=tensors, inputs=inputs, outputs=outputs, nodes=())


def step(inputs: tuple[int, ...], outputs: tuple[int, ...], in_place: bool = True) -> Step:
    places = tuple(range(len(inputs))) if in_place else ()
    return Step(kernel="any", inputs=inputs, outputs=outputs, in_place=places)


def alias(inputs: tuple[int, ...], outputs: tuple[int, ...]) -> Step:
    return Step(kernel="", inputs=inputs, outputs=outputs)


def test_an_addition_takes_over_what_is_not_read_again() -> None:
    made = plan_memory(graph(16, 16, 16, inputs=(0, 1), outputs=(2,)), [step((0, 1), (2,))])
    assert made.arena_bytes == 32
    assert made.distance_bytes == 0


def test_an_operand_that_is_read_again_is_kept() -> None:
    steps = [step((0,), (1,)), step((0, 1), (2,))]
    made = plan_memory(graph(16, 16, 16, inputs=(0,), outputs=(2,)), steps)
    assert made.arena_bytes == 32
    assert made.offsets[0] != made.offsets[1]


def test_an_operand_that_is_an_output_of_the_model_is_kept() -> None:
    made = plan_memory(graph(16, 16, inputs=(0,), outputs=(0, 1)), [step((0,), (1,))])
    assert made.arena_bytes == 32


def test_an_operand_that_is_seen_under_another_name_later_is_kept() -> None:
    steps = [alias((0,), (1,)), step((0,), (2,)), step((1, 2), (3,))]
    made = plan_memory(graph(16, 16, 16, 16, inputs=(0,), outputs=(3,)), steps)
    assert made.offsets[0] == made.offsets[1]
    assert abs(made.offsets[2] - made.offsets[0]) >= 16


def test_two_names_of_one_operand() -> None:
    steps = [alias((0,), (1,)), alias((0,), (2,)), step((1, 2), (3,))]
    made = plan_memory(graph(16, 16, 16, 16, inputs=(0,), outputs=(3,)), steps)
    assert made.arena_bytes == 16


def test_an_operand_that_may_not_be_overwritten_is_no_way_into_its_other_name() -> None:
    only_first = Step(kernel="any", inputs=(0, 1), outputs=(2,), in_place=(0,))
    steps = [alias((0,), (1,)), only_first]
    made = plan_memory(graph(16, 16, 16, inputs=(0,), outputs=(2,)), steps)
    assert made.arena_bytes == 32


def test_a_larger_result_never_begins_above_its_operand() -> None:
    made = plan_memory(graph(8, 16, inputs=(0,), outputs=(1,)), [step((0,), (1,))])
    assert made.arena_bytes == 16
    assert made.offsets[1] <= made.offsets[0]


def test_output_that_is_the_input_under_another_name() -> None:
    made = plan_memory(graph(8, 8, inputs=(0,), outputs=(1,)), [alias((0,), (1,))])
    assert made.offsets == {0: 0, 1: 0}


def test_output_that_is_the_input() -> None:
    made = plan_memory(graph(8, inputs=(0,), outputs=(0,)), [])
    assert made.offsets == {0: 0}
    assert made.arena_bytes == 8


def test_parts_lie_behind_each_other_in_what_they_make() -> None:
    steps = [step((0,), (1,)), step((0,), (2,)), alias((1, 2), (3,)), step((3,), (4,))]
    made = plan_memory(graph(16, 4, 8, 12, 12, inputs=(0,), outputs=(4,)), steps)
    assert made.offsets[1] == made.offsets[3]
    assert made.offsets[2] == made.offsets[3] + 4


def test_parts_of_a_whole_lie_in_it() -> None:
    steps = [alias((0,), (1, 2)), step((1, 2), (3,), in_place=False)]
    made = plan_memory(graph(8, 4, 4, 4, inputs=(0,), outputs=(3,)), steps)
    assert (made.offsets[1], made.offsets[2]) == (made.offsets[0], made.offsets[0] + 4)


def test_a_trail_keeps_its_distance() -> None:
    trailing = Step(
        kernel="any", inputs=(0,), outputs=(1,), trails=(Trail(input=0, output=0, distance=5),)
    )
    made = plan_memory(graph(16, 16, inputs=(0,), outputs=(1,)), [trailing])
    assert made.offsets[0] - made.offsets[1] == 8
    assert made.arena_bytes == made.lower_bound_bytes == 24


def test_scratch_memory_is_apart_from_all_in_use() -> None:
    working = Step(kernel="any", inputs=(0,), outputs=(1,), scratch_bytes=6, in_place=(0,))
    made = plan_memory(graph(8, 8, inputs=(0,), outputs=(1,)), [working])
    assert made.arena_bytes == 16
    assert made.scratch[0] not in (made.offsets[0], made.offsets[1])

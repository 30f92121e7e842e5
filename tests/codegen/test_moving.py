"""Operators that move elements give the reference kernels' elements, whatever their type."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.codegen import generate
from studio.domain.errors import ModelError
from tests.codegen.exact import SANITIZED, STRICT, compare
from tests.codegen.making import Maker, Quantized

SEEDS = st.integers(0, 2**32 - 1)
MEANING = Quantized(0.25, -7)


@dataclass(slots=True)
class Bench:
    """A model in which many operators work on one input, each told once."""

    rng: np.random.Generator
    shape: tuple[int, ...]
    dtype: str = "int8"
    maker: Maker = field(default_factory=Maker)
    outputs: list[int] = field(default_factory=list)
    x: int = -1

    def __post_init__(self) -> None:
        self.x = self.maker.input(self.shape, self.dtype, self.meaning)

    @property
    def meaning(self) -> Quantized | None:
        return MEANING if self.dtype == "int8" else None

    @property
    def grid(self) -> npt.NDArray[np.int64]:
        return np.arange(int(np.prod(self.shape))).reshape(self.shape)

    def constant(self, values: Any, dtype: str = "int32") -> int:
        data = np.asarray(values, dtype)
        return self.maker.tensor(data.shape, dtype, None, data)

    def output(self, shape: Sequence[int]) -> int:
        self.outputs.append(self.maker.tensor(shape, self.dtype, self.meaning))
        return self.outputs[-1]

    def node(self, operator: str, inputs: Sequence[int], shape: Sequence[int], *more: Any) -> None:
        self.maker.node(operator, inputs, [self.output(shape)], *more)

    def numbers(self, low: int, high: int, count: int | None = None) -> Any:
        return self.rng.integers(low, high, count)


def transpose(b: Bench) -> None:
    order = b.rng.permutation(len(b.shape))
    b.node("TRANSPOSE", [b.x, b.constant(order)], b.grid.transpose(order).shape, "TransposeOptions")


def cut(b: Bench) -> None:
    begin = [int(b.numbers(0, n)) for n in b.shape]
    size = [int(b.numbers(1, n - a + 1)) for n, a in zip(b.shape, begin, strict=True)]
    told = [-1 if a + s == n else s for a, s, n in zip(begin, size, b.shape, strict=True)]
    b.node("SLICE", [b.x, b.constant(begin), b.constant(told)], size, "SliceOptions")


def strided(b: Bench) -> None:
    bounds = [_bounds(b, n) for n in b.shape]
    begin, end, step = zip(*bounds, strict=True)
    masks = [int(b.numbers(0, 1 << len(b.shape))) for _ in range(3)]
    masks[2] &= sum(1 << place for place, along in enumerate(step) if along == 1)
    parts = [_subscript(masks, place, bound) for place, bound in enumerate(bounds)]
    shape = b.grid[tuple(parts)].shape
    if 0 in shape:
        return
    names = ("beginMask", "endMask", "shrinkAxisMask")
    inputs = [b.x, *(b.constant(v) for v in (begin, end, step))]
    b.node(
        "STRIDED_SLICE", inputs, shape, "StridedSliceOptions", dict(zip(names, masks, strict=True))
    )


def _bounds(b: Bench, size: int) -> tuple[int, int, int]:
    step = int(b.rng.choice([-3, -2, -1, 1, 2, 3]))
    a, z = sorted(int(v) for v in b.numbers(0, size, 2))
    first, last = (a, z + 1) if step > 0 else (z, a - 1 if a else -size - 1)
    return (first - size if b.rng.random() < 0.3 else first), last, step


def _subscript(masks: Sequence[int], place: int, bounds: tuple[int, int, int]) -> Any:
    first, last, step = bounds
    if masks[2] >> place & 1:
        return 0 if masks[0] >> place & 1 else first
    begin = None if masks[0] >> place & 1 else first
    return slice(begin, None if masks[1] >> place & 1 else last, step)


def pad(b: Bench) -> None:
    widths = b.numbers(0, 3, 2 * len(b.shape)).reshape(-1, 2)
    inputs, shape = [b.x, b.constant(widths)], widths.sum(axis=1) + b.shape
    if b.rng.random() < 0.5:
        b.node("PAD", inputs, shape.tolist(), "PadOptions")
        return
    value = np.array(b.numbers(-100, 100), b.dtype)
    inputs.append(b.maker.tensor([], b.dtype, b.meaning, value))
    b.node("PADV2", inputs, shape.tolist(), "PadV2Options")


def mirror(b: Bench) -> None:
    mode = int(b.numbers(0, 2))
    widths = np.array([[0, 0], *(b.numbers(0, n + mode, 2) for n in b.shape[1:3]), [0, 0]])
    shape = (widths.sum(axis=1) + b.shape).tolist()
    b.node("MIRROR_PAD", [b.x, b.constant(widths)], shape, "MirrorPadOptions", {"mode": mode})


def blocks(b: Bench) -> None:
    """Give depth to space and take it back."""
    n, h, w, c = b.shape
    side = int(b.numbers(1, 4))
    depth = b.maker.tensor([n, h, w, side * side * c], b.dtype, b.meaning)
    options = {"axis": 3}
    b.outputs.append(depth)
    b.maker.node("CONCATENATION", [b.x] * side * side, [depth], "ConcatenationOptions", options)
    wide = b.output([n, h * side, w * side, c])
    b.maker.node("DEPTH_TO_SPACE", [depth], [wide], "DepthToSpaceOptions", {"blockSize": side})
    block = {"blockSize": side}
    b.node("SPACE_TO_DEPTH", [wide], [n, h, w, c * side * side], "SpaceToDepthOptions", block)


def concatenation(b: Bench) -> None:
    axis, count = int(b.numbers(-len(b.shape), len(b.shape))), int(b.numbers(1, 4))
    parts = [b.x]
    for _ in range(count):
        shape = list(b.shape)
        shape[axis] = int(b.numbers(1, 4))
        data = b.numbers(-100, 100, int(np.prod(shape))).reshape(shape)
        parts.append(b.maker.tensor(shape, b.dtype, b.meaning, data))
    b.rng.shuffle(parts)
    shape = list(b.shape)
    shape[axis] = sum(b.maker._tensors[p].shape[axis] for p in parts)
    b.node("CONCATENATION", parts, shape, "ConcatenationOptions", {"axis": axis})


def split(b: Bench) -> None:
    axis = int(b.numbers(-len(b.shape), len(b.shape)))
    cuts = sorted(set(b.numbers(1, b.shape[axis], 2).tolist())) if b.shape[axis] > 1 else []
    sizes = np.diff([0, *cuts, b.shape[axis]])
    outputs = [b.output([*np.array_split(b.grid, cuts, axis)[i].shape]) for i in range(len(sizes))]
    settings = {"numSplits": len(sizes)}
    if len(set(sizes.tolist())) == 1:
        inputs = [b.constant(axis), b.x]
        b.maker.node("SPLIT", inputs, outputs, "SplitOptions", settings)
    else:
        inputs = [b.x, b.constant(sizes), b.constant(axis)]
        b.maker.node("SPLIT_V", inputs, outputs, "SplitVOptions", settings)


def stack(b: Bench) -> None:
    """Unpack along one dimension, pack along another."""
    axis, into = int(b.numbers(0, len(b.shape))), int(b.numbers(0, len(b.shape)))
    shape = list(b.shape)
    count = shape.pop(axis)
    parts = [b.output(shape) for _ in range(count)]
    b.maker.node("UNPACK", [b.x], parts, "UnpackOptions", {"num": count, "axis": axis})
    shape.insert(into, count)
    b.node("PACK", parts[::-1], shape, "PackOptions", {"valuesCount": count, "axis": into})


def gather(b: Bench) -> None:
    axis = int(b.numbers(0, len(b.shape)))
    places = b.numbers(0, b.shape[axis], int(b.numbers(1, 6)))
    shape = np.take(b.grid, places, axis).shape
    b.node("GATHER", [b.x, b.constant(places)], shape, "GatherOptions", {"axis": axis})


def nearest(b: Bench) -> None:
    n, h, w, c = b.shape
    size = b.numbers(1, 12, 2) if b.rng.random() < 0.6 else b.numbers(1, 4, 2) * [h, w]
    corners = bool(b.rng.random() < 0.4)
    asked = {
        "alignCorners": corners,
        "halfPixelCenters": bool(not corners and b.rng.random() < 0.5),
    }
    inputs, shape = [b.x, b.constant(size)], [n, *size.tolist(), c]
    b.node("RESIZE_NEAREST_NEIGHBOR", inputs, shape, "ResizeNearestNeighborOptions", asked)


MOVEMENTS: tuple[Callable[[Bench], None], ...] = (
    transpose, cut, strided, pad, mirror, blocks, concatenation, split, stack, gather, nearest,
)  # fmt: skip
TYPES = ("int8", "int8", "int16", "int32", "float32")
OWN_TYPES = {"mirror": ("int8", "int32"), "nearest": ("int8", "int16"), "blocks": ("int8", "int32")}


def model(seed: int) -> bytes:
    """Return a model with every movement, twice, of a random image."""
    rng = np.random.default_rng(seed)
    b = Bench(rng, (int(rng.integers(1, 3)), *rng.integers(1, 7, 3).tolist()), rng.choice(TYPES))
    for movement in MOVEMENTS * 2:
        if b.dtype in OWN_TYPES.get(movement.__name__, TYPES):
            movement(b)
    return b.maker.model(b.outputs)


def check(
    content: bytes, flags: tuple[str, ...] = STRICT, count: int = 3, kernels: str = "c99"
) -> None:
    """Compare every tensor of a model with the reference's."""
    with tempfile.TemporaryDirectory() as folder:
        result = compare(content, Path(folder), count=count, kernels=kernels, flags=flags)
    assert result.differing == {}
    assert result.compared


@given(SEEDS)
@settings(max_examples=4, deadline=None)
def test_movements_are_exact(seed: int) -> None:
    check(model(seed))


@pytest.mark.parametrize("movement", MOVEMENTS, ids=lambda movement: movement.__name__)
def test_a_movement_compiles_alone(movement: Callable[[Bench], None]) -> None:
    b = Bench(np.random.default_rng(4), (1, 4, 5, 3))
    movement(b)
    check(b.maker.model(b.outputs), count=1)


def test_movements_touch_only_their_memory() -> None:
    check(model(1), SANITIZED)


@pytest.mark.parametrize("mask", ["ellipsisMask", "newAxisMask"])
def test_a_slice_may_leave_out_and_add_dimensions(mask: str) -> None:
    b = Bench(np.random.default_rng(0), (2, 3, 4, 5))
    part, asked = (slice(None), slice(1, 3)), {mask: 1, "beginMask": 1, "endMask": 1}
    shape = b.grid[(Ellipsis if mask == "ellipsisMask" else None, *part[1:])].shape
    inputs = [b.x, *(b.constant(values) for values in ([0, 1], [0, 3], [1, 1]))]
    b.node("STRIDED_SLICE", inputs, shape, "StridedSliceOptions", asked)
    check(b.maker.model(b.outputs))


def refusal(content: bytes) -> str:
    """Return the sentence in which the generator refuses a model."""
    with pytest.raises(ModelError) as caught:
        generate(content)
    assert caught.value.code == "codegen.unsupported"
    return str(caught.value)


def test_places_that_are_computed_are_refused() -> None:
    b = Bench(np.random.default_rng(0), (1, 2, 2, 1))
    order = b.maker.input([4], "int32", None)
    b.node("TRANSPOSE", [b.x, order], b.shape, "TransposeOptions")
    assert "TRANSPOSE" in refusal(b.maker.model(b.outputs))
    assert "not constant" in refusal(b.maker.model(b.outputs))


def test_mirrors_that_reach_too_far_are_refused() -> None:
    b = Bench(np.random.default_rng(0), (1, 4, 4, 1))
    widths = b.constant([[0, 0], [2**31 - 1, 0], [0, 0], [0, 0]])
    b.node("MIRROR_PAD", [b.x, widths], [1, 9, 4, 1], "MirrorPadOptions", {"mode": 1})
    assert "beyond" in refusal(b.maker.model(b.outputs))


@pytest.mark.parametrize("shape", [(1, 9, 9, 1), (0,), ()])
def test_shapes_that_contradict_the_movement_are_refused(shape: tuple[int, ...]) -> None:
    b = Bench(np.random.default_rng(0), (1, 4, 4, 1))
    begin = b.constant([0, 9, 0, 0])
    b.node("SLICE", [b.x, begin, b.constant([1, 2, 2, 1])], shape, "SliceOptions")
    assert "SLICE" in refusal(b.maker.model(b.outputs))

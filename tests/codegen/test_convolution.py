"""Convolutions and dense layers at their corners."""

from __future__ import annotations

import math
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.codegen import Settings, generate
from studio.domain.errors import ModelError
from tests.codegen.exact import SANITIZED, compare
from tests.codegen.making import Maker, Quantized

_EXAMPLES = settings(max_examples=4, deadline=None)
_MOST_SIDE = 9
Shape = tuple[int, int, int]

windows = st.fixed_dictionaries(
    {
        name: st.integers(low, high)
        for name, low, high in (
            ("k_h", 1, 4), ("k_w", 1, 4), ("out", 1, 9), ("stride_h", 1, 3), ("stride_w", 1, 3),
            ("dilation_h", 1, 2), ("dilation_w", 1, 2), ("padding", 0, 1), ("activation", 0, 3),
            ("seed", 0, 10_000), ("per_channel", 0, 1), ("times", 1, 3), ("scales", 0, 2),
        )
    }
)  # fmt: skip
"""One convolution, plain or depthwise."""

shapes = st.tuples(st.integers(1, _MOST_SIDE), st.integers(1, _MOST_SIDE), st.integers(1, 9))
"""Height, width and channels of the input of all convolutions of a model."""


_SCALES: tuple[tuple[float, float, float] | None, ...] = (
    None,
    (0.1, 0.02, 0.2),
    (0.25, 0.0625, 0.5),
)
"""Of input, weights and output: any; round ones, whose products fall on halves; powers of two."""


def _out(size: int, p: dict[str, int], end: str) -> int:
    covers = (p[f"k_{end}"] - 1) * p[f"dilation_{end}"] + 1
    if p["padding"]:
        return math.ceil((size - covers + 1) / p[f"stride_{end}"])
    return math.ceil(size / p[f"stride_{end}"])


def _that_go_in(shape: Shape, nodes: list[dict[str, int]]) -> list[dict[str, int]]:
    """A window larger than the image needs padding."""
    return [
        p | {"padding": int(p["padding"] and _out(shape[0], p, "h") > 0 < _out(shape[1], p, "w"))}
        for p in nodes
    ]


def _meaning(rng: np.random.Generator, low: float, high: float) -> Quantized:
    return Quantized(float(np.float32(rng.uniform(low, high))), int(rng.integers(-128, 128)))


def _model(shape: Shape, nodes: list[dict[str, int]], *, depthwise: bool = False) -> bytes:
    """Convolutions side by side on one input, each of random weights and scales."""
    rng = np.random.default_rng(nodes[0]["seed"])
    maker = Maker()
    meaning = _meaning(rng, 0.01, 0.1)
    if round_ones := _SCALES[nodes[0].get("scales", 0)]:
        meaning = replace(meaning, scale=float(np.float32(round_ones[0])))
    x = maker.input((1, *shape), "int8", meaning)
    return maker.model([_convolution(maker, x, shape, meaning, p, depthwise) for p in nodes])


def _convolution(
    maker: Maker, x: int, shape: Shape, meaning: Quantized, p: dict[str, int], depthwise: bool
) -> int:
    rng = np.random.default_rng(p["seed"])
    in_c = shape[2]
    channels = in_c * p["times"] if depthwise else p["out"]
    filters = (p["k_h"], p["k_w"])
    filters = (1, *filters, channels) if depthwise else (channels, *filters, in_c)
    steps = [float(np.float32(v)) for v in rng.uniform(0.002, 0.05, channels)]
    steps, out = steps if p["per_channel"] else steps[:1], _meaning(rng, 0.02, 0.6)
    if round_ones := _SCALES[p.get("scales", 0)]:
        _, step, y_scale = (float(np.float32(scale)) for scale in round_ones)
        steps, out = [step] * len(steps), replace(out, scale=y_scale)
    data = rng.integers(-127, 128, filters).astype(np.int8)
    w = maker.tensor(filters, "int8", Quantized(steps, 0, 3 if depthwise else 0), data)
    bias = rng.integers(-20_000, 20_000, channels).astype(np.int32)
    b = maker.tensor((channels,), "int32", Quantized([0.01] * len(steps)), bias)
    sides = [_out(size, p, end) for size, end in zip(shape, ("h", "w"), strict=False)]
    y = maker.tensor((1, *sides, channels), "int8", out)
    set_to = {
        "padding": p["padding"], "strideH": p["stride_h"], "strideW": p["stride_w"],
        "dilationHFactor": p["dilation_h"], "dilationWFactor": p["dilation_w"],
        "fusedActivationFunction": p["activation"],
    }  # fmt: skip
    if depthwise:
        more = {"depthMultiplier": p["times"]}
        maker.node("DEPTHWISE_CONV_2D", [x, w, b], [y], "DepthwiseConv2DOptions", set_to | more)
    else:
        maker.node("CONV_2D", [x, w, b], [y], "Conv2DOptions", set_to)
    return y


def _check(content: bytes, kernels: str, flags: tuple[str, ...] = SANITIZED) -> None:
    with tempfile.TemporaryDirectory() as folder:
        result = compare(content, Path(folder), count=6, kernels=kernels, flags=flags)
    assert result.differing == {}


_SEVERAL = st.lists(windows, min_size=6, max_size=6)


@pytest.mark.parametrize("kernels", ["c99", "dsp"])
@_EXAMPLES
@given(shapes, _SEVERAL)
def test_convolutions(kernels: str, shape: Shape, nodes: list[dict[str, int]]) -> None:
    _check(_model(shape, _that_go_in(shape, nodes)), kernels)


@pytest.mark.parametrize("kernels", ["c99", "dsp"])
@_EXAMPLES
@given(shapes, _SEVERAL)
def test_depthwise_convolutions(kernels: str, shape: Shape, nodes: list[dict[str, int]]) -> None:
    _check(_model(shape, _that_go_in(shape, nodes), depthwise=True), kernels)


@pytest.mark.parametrize("kernels", ["c99", "dsp"])
@_EXAMPLES
@given(shapes, _SEVERAL)
def test_depthwise_convolutions_by_four(
    kernels: str, shape: Shape, nodes: list[dict[str, int]]
) -> None:
    shape = (*shape[:2], 4 * (1 + shape[2] % 3))
    nodes = [p | {"times": 1} for p in _that_go_in(shape, nodes)]
    _check(_model(shape, nodes, depthwise=True), kernels)


def _dense(
    seed: int, rows: int, depth: int, channels: int, per_channel: int, bias: int, scales: int = 0
) -> bytes:
    rng = np.random.default_rng(seed)
    maker = Maker()
    meaning, out = _meaning(rng, 0.01, 0.1), _meaning(rng, 0.05, 1.5)
    steps = [float(np.float32(v)) for v in rng.uniform(0.002, 0.05, channels)]
    if round_ones := _SCALES[scales]:
        x_scale, step, y_scale = (float(np.float32(scale)) for scale in round_ones)
        meaning, out = replace(meaning, scale=x_scale), replace(out, scale=y_scale)
        steps = [step] * channels
    steps = steps if per_channel else steps[:1]
    x = maker.input((rows, depth), "int8", meaning)
    data = rng.integers(-127, 128, (channels, depth)).astype(np.int8)
    w = maker.tensor((channels, depth), "int8", Quantized(steps), data)
    parts = [x, w]
    if bias:
        values = rng.integers(-30_000, 30_000, channels).astype(np.int32)
        scales = [float(np.float32(meaning.scale) * np.float32(step)) for step in steps]  # type: ignore[arg-type]
        parts.append(maker.tensor((channels,), "int32", Quantized(scales), values))
    y = maker.tensor((rows, channels), "int8", out)
    maker.node("FULLY_CONNECTED", parts, [y], "FullyConnectedOptions", {})
    return maker.model([y])


@pytest.mark.parametrize("kernels", ["c99", "dsp"])
@pytest.mark.parametrize("scales", range(len(_SCALES)))
@settings(max_examples=2, deadline=None)
@given(
    st.integers(0, 10_000), st.integers(1, 3), st.integers(1, 40), st.integers(1, 60),
    st.integers(0, 1), st.integers(0, 1),
)  # fmt: skip
def test_dense_layers(
    kernels: str, scales: int, seed: int, rows: int, depth: int, channels: int,
    per_channel: int, bias: int,
) -> None:  # fmt: skip
    content = _dense(seed, rows, depth, channels, per_channel, bias, scales)
    with tempfile.TemporaryDirectory() as folder:
        assert compare(content, Path(folder), count=60, kernels=kernels).differing == {}


@pytest.mark.parametrize("kernel", ["requantize.c", "requantize_double.c"])
def test_another_rounding_is_noticed(
    kernel: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The comparison is strict enough: one rounding constant changed, and codes differ."""
    p = dict.fromkeys(
        ("stride_h", "stride_w", "dilation_h", "dilation_w", "per_channel", "times"), 1
    ) | {"k_h": 3, "k_w": 3, "out": 9, "padding": 0, "activation": 0, "seed": 3}
    dense = kernel == "requantize_double.c"
    content = _dense(4, 8, 40, 60, 1, 1, 2) if dense else _model((9, 9, 9), [p])
    from studio.codegen import emit

    plain = emit._kernel

    def changed(name: str, sets: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
        needs, text = plain(name, sets)
        if f"{name}.c" == kernel:
            text = text.replace("(mask >> 1) + (high < 0)", "(mask >> 1)").replace(
                "((uint64_t)1 << (shift - 1))", "0"
            )
        return needs, text

    monkeypatch.setattr(emit, "_kernel", changed)
    assert compare(content, tmp_path, count=60).differing != {}


def test_sums_that_could_overflow_are_refused() -> None:
    maker = Maker()
    x = maker.input((1, 4), "int8", Quantized(0.1))
    w = maker.tensor((1, 4), "int8", Quantized(0.1), np.full((1, 4), 127, np.int8))
    b = maker.tensor((1,), "int32", Quantized(0.01), np.array([2**30], np.int32))
    y = maker.tensor((1, 1), "int8", Quantized(1.0))
    maker.node("FULLY_CONNECTED", [x, w, b], [y], "FullyConnectedOptions", {})
    with pytest.raises(ModelError, match=r"FULLY_CONNECTED.*30 bits") as caught:
        generate(maker.model([y]), Settings())
    assert caught.value.code == "codegen.unsupported"

"""Products of matrices, transposed and grouped convolutions and bilinear images are exact."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings

from tests.codegen.exact import SANITIZED
from tests.codegen.making import Maker, Quantized
from tests.codegen.test_moving import SEEDS, check, refusal
from tests.codegen.test_reducing import meaning


def spread(depth: int, *factors: float) -> float:
    """Return an output scale that sums of so many products of random codes fill."""
    return float(np.prod(factors) * 60 * np.sqrt(depth))


def matmul(m: Maker, rng: np.random.Generator) -> int:
    """Add matrices times matrices, computed or constant; return the output."""
    rows, depth, columns, batch = (int(v) for v in rng.integers(1, 9, 4))
    turned = [bool(v) for v in rng.integers(0, 2, 2)]
    serving = int(rng.integers(0, 3))  # which side has one matrix for all, if any
    shapes = [[depth, rows] if turned[0] else [rows, depth]]
    shapes.append([columns, depth] if turned[1] else [depth, columns])
    shapes = [[1 if side == serving else batch, 2, *s] for side, s in enumerate(shapes)]
    shapes = [[s[0], 1 if side == serving else 2, *s[2:]] for side, s in enumerate(shapes)]
    meanings = [meaning(rng, 0.1), meaning(rng, 0.1)]
    a = m.input(shapes[0], "int8", meanings[0])
    b = m.input(shapes[1], "int8", meanings[1])
    if rng.random() < 0.4:
        m.inputs.pop()
        m._tensors.pop()
        data = rng.integers(-128, 128, shapes[1])
        b = m.tensor(shapes[1], "int8", meanings[1], data)
    scale = spread(depth, float(meanings[0].scale), float(meanings[1].scale))  # type: ignore[arg-type]
    y = m.tensor([batch, 2, rows, columns], "int8", meaning(rng, scale))
    asked = {"adjX": turned[0], "adjY": turned[1]}
    m.node("BATCH_MATMUL", [a, b], [y], "BatchMatMulOptions", asked)
    return y


def filters(
    m: Maker, rng: np.random.Generator, shape: list[int], x: Quantized
) -> tuple[int, int, Quantized]:
    """Add weights and a bias for filters; return them and a fitting meaning of the output."""
    scales = np.exp(rng.normal(-4, 0.5, shape[0])).astype(np.float32)
    weights = rng.integers(-127, 128, shape)
    w = m.tensor(shape, "int8", Quantized(scales.tolist()), weights)
    products = (np.float32(float(x.scale)) * scales).tolist()  # type: ignore[arg-type]
    bias = m.tensor([shape[0]], "int32", Quantized(products), rng.integers(-2000, 2000, shape[0]))
    depth = int(np.prod(shape[1:]))
    return w, bias, meaning(rng, spread(depth, float(np.mean(products))))


def transposed(m: Maker, rng: np.random.Generator) -> int:
    """Add a transposed convolution; return its output."""
    h, w, c, out_c, k_h, k_w = (int(v) for v in rng.integers(1, 6, 6))
    strides, same = rng.integers(1, 4, 2).tolist(), bool(rng.random() < 0.5)
    q = meaning(rng, 0.1)
    x = m.input([1, h, w, c], "int8", q)
    weights, bias, y_means = filters(m, rng, [out_c, k_h, k_w, c], q)
    sides = [
        n * s if same else (n - 1) * s + max(k, 1)
        for n, s, k in zip((h, w), strides, (k_h, k_w), strict=True)
    ]
    shape = [1, *sides, out_c]
    y = m.tensor(shape, "int8", y_means)
    told = m.tensor([4], "int32", None, np.array(shape))
    asked = {
        "padding": 0 if same else 1, "strideH": strides[0], "strideW": strides[1],
        "fusedActivationFunction": int(rng.choice([0, 0, 1, 3])),
    }  # fmt: skip
    inputs = [told, weights, x, *([bias] if rng.random() < 0.7 else [])]
    m.node("TRANSPOSE_CONV", inputs, [y], "TransposeConvOptions", asked)
    return y


def bilinear(m: Maker, rng: np.random.Generator) -> int:
    """Add a bilinear resizing; return its output."""
    n, c = [int(v) for v in rng.integers(1, 9, 2)], int(rng.integers(1, 4))
    size, corners = rng.integers(1, 14, 2), bool(rng.random() < 0.4)
    q = meaning(rng)
    x = m.input([1, *n, c], "int8", q)
    y = m.tensor([1, *size.tolist(), c], "int8", q)
    asked = {"alignCorners": corners, "halfPixelCenters": not corners and bool(rng.random() < 0.6)}
    told = m.tensor([2], "int32", None, size)
    m.node("RESIZE_BILINEAR", [x, told], [y], "ResizeBilinearOptions", asked)
    return y


def grouped(m: Maker, rng: np.random.Generator) -> int:
    """Add a convolution in groups; return its output."""
    groups, depth, each, k_h, k_w = (int(v) for v in rng.integers([2, 1, 1, 1, 1], [4, 7, 4, 4, 4]))
    (h, w), strides = rng.integers(3, 8, 2).tolist(), rng.integers(1, 3, 2).tolist()
    q = meaning(rng, 0.1)
    x = m.input([1, h, w, groups * depth], "int8", q)
    weights, bias, y_means = filters(m, rng, [groups * each, k_h, k_w, depth], q)
    out = [-(-n // s) for n, s in zip((h, w), strides, strict=True)]
    y = m.tensor([1, *out, groups * each], "int8", y_means)
    asked = {"padding": 0, "strideH": strides[0], "strideW": strides[1]}
    m.node("CONV_2D", [x, weights, bias], [y], "Conv2DOptions", asked)
    return y


KINDS = (matmul, transposed, bilinear, grouped)


def model(seed: int) -> bytes:
    """Return a model with four operators of each kind, every scale random."""
    m, rng = Maker(), np.random.default_rng(seed)
    return m.model([kind(m, rng) for kind in KINDS * 4])


@given(SEEDS)
@settings(max_examples=4, deadline=None)
def test_products_are_exact(seed: int) -> None:
    check(model(seed), count=6)


@pytest.mark.parametrize("kernels", ["c99", "dsp"])
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_product_compiles_alone(kind: Callable[..., int], kernels: str) -> None:
    m = Maker()
    check(m.model([kind(m, np.random.default_rng(4))]), count=1, kernels=kernels)


def test_products_touch_only_their_memory() -> None:
    check(model(3), SANITIZED)


def test_sums_that_could_overflow_are_refused() -> None:
    m = Maker()
    x = m.input([1, 4, 40000], "int8", Quantized(1.0))
    y = m.tensor([1, 4, 4], "int8", Quantized(1.0))
    m.node("BATCH_MATMUL", [x, x], [y], "BatchMatMulOptions", {"adjY": True})
    assert "could pass" in refusal(m.model([y]))


def test_weights_that_are_computed_are_refused() -> None:
    m = Maker()
    shape = m.tensor([4], "int32", None, np.array([1, 4, 4, 1]))
    x = m.input([1, 4, 4, 1], "int8", Quantized(1.0))
    weights = m.input([1, 1, 1, 1], "int8", Quantized(1.0))
    y = m.tensor([1, 4, 4, 1], "int8", Quantized(1.0))
    asked = {"strideH": 1, "strideW": 1}
    m.node("TRANSPOSE_CONV", [shape, weights, x], [y], "TransposeConvOptions", asked)
    assert "TRANSPOSE_CONV" in refusal(m.model([y]))

"""Operators that give codes another meaning, or real numbers codes."""

from __future__ import annotations

from studio.codegen.graph import Graph, Node, Tensor
from studio.codegen.operators._checks import activation, fitting, quantized
from studio.codegen.operators._scaling import scaling
from studio.codegen.steps import Rule, Step, Value, refuse

__all__ = ["RULES"]

_RESCALING = {
    ("int8", "int8"): "rescale",
    ("int16", "int8"): "rescale_s16_s8",
    ("int16", "int16"): "rescale_s16",
}
"""What the reference kernel can do among codes, and the kernel that does it."""

_TO_CODES = {"int8": "quantize", "int16": "quantize_s16"}
_TO_REAL = {"int8": "dequantize", "int16": "dequantize_s16"}
_LIMITS = {"int8": (-128, 127), "int16": (-32768, 32767)}
_LARGEST = {"int8": 255, "int16": 65535}


def _quantize(node: Node, graph: Graph) -> Step:
    """Lower a change of scale, or from real numbers to codes.

    Source:
        ``Prepare`` of TensorFlow Lite's kernels/quantize.cc and ``AffineQuantize`` of
        kernels/internal/reference/quantize.h.
    """
    x, y = activation(node, graph), graph.tensors[node.outputs[0]]
    quantized(node, graph, y, types=tuple(_TO_CODES))
    low, high = _LIMITS[y.dtype]
    layer: dict[str, Value] = {"out_zero": y.zero_point, "low": low, "high": high}
    if x.dtype == "float32":
        return _step(_TO_CODES[y.dtype], node, x, y, layer | {"scale": y.scale})
    if (x.dtype, y.dtype) not in _RESCALING:
        raise refuse(node, graph, f"there is no kernel of it from {x.dtype} to {y.dtype}")
    quantized(node, graph, x, types=tuple(_LARGEST))
    if (x.dtype, y.dtype) == ("int16", "int16") and (x.zero_point or y.zero_point):
        raise refuse(node, graph, "its int16 codes have zero points other than 0")
    multiplier, shift = scaling(node, graph, x.scale / y.scale, _LARGEST[x.dtype])
    layer |= {"zero": x.zero_point, "multiplier": multiplier, "shift": shift}
    return _step(_RESCALING[x.dtype, y.dtype], node, x, y, layer)


def _dequantize(node: Node, graph: Graph) -> Step:
    x, y = activation(node, graph), graph.tensors[node.outputs[0]]
    quantized(node, graph, x, types=tuple(_TO_REAL))
    if y.dtype != "float32":
        raise refuse(node, graph, f"there is no kernel of it to {y.dtype}")
    layer: dict[str, Value] = {"zero": x.zero_point, "scale": x.scale}
    return _step(_TO_REAL[x.dtype], node, x, y, layer)


def _step(kernel: str, node: Node, x: Tensor, y: Tensor, layer: dict[str, Value]) -> Step:
    return Step(
        kernel=kernel,
        layer={"count": y.elements, **layer},
        inputs=node.inputs[:1],
        outputs=node.outputs,
        in_place=(0,) if y.size_bytes <= x.size_bytes else (),
    )


RULES = (
    Rule(operator="QUANTIZE", lower=fitting(_quantize)),
    Rule(operator="DEQUANTIZE", lower=fitting(_dequantize)),
)

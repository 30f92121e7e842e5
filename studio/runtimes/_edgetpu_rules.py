"""Which operators the Edge TPU's compiler takes, and under which conditions.

Sources:
    The table "supported operations" of Coral's page on models for the Edge TPU, compilers 13 to
    16, as Axis repeats it for the same chip (developer site, ARTPEC-7, "supported ops"), from
    ADD to RESIZE_BILINEAR; the rest of the alphabet from the same table of 2019, as the repository
    dgist-datalab/Datalab_Intern keeps it. TRANSPOSE and TRANSPOSE_CONV: google-coral/edgetpu
    issues 433, 684 and 686, where a compiler of version 16 calls them supported and yet leaves
    some; sizes that resizing is left for: its makers in issue 31, who do not publish them.
    SUM, RSQRT and SQUARED_DIFFERENCE may have been added by a late compiler; no list that could
    be read names them, so they count as not supported.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from studio.runtimes.tflite_file import Graph, Operator, Tensor

__all__ = ["OPERATORS", "Condition"]

Condition = Callable[[Graph, Operator], str]
"""Returns why an operator is left to the processor, as the end of a sentence, or nothing."""

_LONGEST_SOFTMAX = 16_000


def _no_activation(field: int) -> Condition:
    def check(graph: Graph, operator: Operator) -> str:
        return "it has a fused activation function" if _option(operator, field, "b") else ""

    return check


def _same_dilation(width: int, height: int) -> Condition:
    def check(graph: Graph, operator: Operator) -> str:
        x, y = _option(operator, width, "i", 1), _option(operator, height, "i", 1)
        return "" if x == y else f"it is dilated by {x} across and {y} down, not by the same"

    return check


def _constant_parameters(graph: Graph, operator: Operator) -> str:
    parameters = (graph.tensors[index] for index in operator.inputs[1:3] if index >= 0)
    return "" if all(p.data_bytes for p in parameters) else "its weights are not constant"


def _constants_pad_with_zeros(graph: Graph, operator: Operator) -> str:
    parts = [graph.tensors[index] for index in operator.inputs]
    constants = [part for part in parts if part.data_bytes]
    if not constants:
        return ""
    if len(parts) != 2:
        return "it joins a constant to more than one other part"
    return "" if all(map(_all_zero, constants)) else "it joins a constant that is not all zeros"


def _default_weights(graph: Graph, operator: Operator) -> str:
    return "its weights have a format of their own" if _option(operator, 1, "b") else ""


def _output_is_a_row(graph: Graph, operator: Operator) -> str:
    shape = graph.tensors[operator.outputs[0]].shape
    return "" if sum(size > 1 for size in shape) <= 1 else f"its output {shape} is not one row"


def _reduces(graph: Graph, operator: Operator) -> str:
    axes = _numbers(graph, operator, 1)
    if axes is None:
        return "its axes are not constant"
    rank = len(graph.tensors[operator.inputs[0]].shape)
    return "it works across the batch" if 0 in {axis % rank for axis in axes if rank} else ""


def _mean_depth(graph: Graph, operator: Operator) -> str:
    shape = graph.tensors[operator.inputs[0]].shape
    across = {axis % len(shape) for axis in _numbers(graph, operator, 1) or () if shape}
    if len(shape) - 1 in across and shape[-1] % 4:
        return f"it works across {shape[-1]} channels, not a multiple of 4"
    return ""


def _no_batch_axis(field: int) -> Condition:
    def check(graph: Graph, operator: Operator) -> str:
        return "" if _option(operator, field, "i") else "it works across the batch"

    return check


def _no_batch_padding(graph: Graph, operator: Operator) -> str:
    paddings = _numbers(graph, operator, 1)
    if paddings is None:
        return "its paddings are not constant"
    return "it pads the batch" if any(paddings[:2]) and len(paddings) > 2 else ""


def _slope_by_channel(graph: Graph, operator: Operator) -> str:
    shape = graph.tensors[operator.inputs[1]].shape
    return "" if all(size == 1 for size in shape[:-1]) else "its slopes differ by place"


def _one_row(graph: Graph, operator: Operator) -> str:
    shape = graph.tensors[operator.inputs[0]].shape
    if sum(size > 1 for size in shape) > 1:
        return f"its input {shape} is not one row"
    if max(shape, default=1) > _LONGEST_SOFTMAX:
        return f"its input is longer than {_LONGEST_SOFTMAX:,}"
    return ""


def _ones_lead(graph: Graph, operator: Operator) -> str:
    large = [size > 1 for size in graph.tensors[operator.inputs[0]].shape]
    leading = large.index(True) if any(large) else len(large)
    return "" if all(large[leading:]) else "it removes ones between other sizes"


def _steps_of_one(graph: Graph, operator: Operator) -> str:
    steps = _numbers(graph, operator, 3)
    if steps is None or any(step != 1 for step in steps):
        return "its steps are not all 1"
    return (
        "it makes new dimensions" if _option(operator, 2, "i") or _option(operator, 3, "i") else ""
    )


def _not_published(graph: Graph, operator: Operator) -> str:
    return (
        "whether the compiler takes it depends on sizes that its makers do not publish, so it "
        "counts as left"
    )


def _option(operator: Operator, field: int, layout: str, default: int = 0) -> int:
    return default if operator.options is None else operator.options.scalar(field, layout, default)


def _numbers(graph: Graph, operator: Operator, place: int) -> tuple[int, ...] | None:
    """Return a constant int32 input as numbers, row by row; None if it is no such constant."""
    if place >= len(operator.inputs) or operator.inputs[place] < 0:
        return None
    tensor = graph.tensors[operator.inputs[place]]
    if tensor.dtype != "int32" or not tensor.data_bytes:
        return None
    return tuple(np.frombuffer(tensor.data, "<i4").tolist())


def _all_zero(tensor: Tensor) -> bool:
    zero = tensor.zero_points[0] if tensor.zero_points else 0
    codes = np.frombuffer(tensor.data, np.uint8 if tensor.dtype == "uint8" else np.int8)
    return bool((codes == zero).all())


OPERATORS: Mapping[str, tuple[Condition, ...]] = {
    "ADD": (),
    "AVERAGE_POOL_2D": (_no_activation(5),),
    "CONCATENATION": (_no_activation(1), _constants_pad_with_zeros),
    "CONV_2D": (_constant_parameters, _same_dilation(4, 5)),
    "DEPTHWISE_CONV_2D": (_constant_parameters, _same_dilation(5, 6)),
    "EXPAND_DIMS": (),
    "FULLY_CONNECTED": (_constant_parameters, _default_weights, _output_is_a_row),
    "L2_NORMALIZATION": (),
    "LOGISTIC": (),
    "MAXIMUM": (),
    "MAX_POOL_2D": (_no_activation(5),),
    "MEAN": (_reduces, _mean_depth),
    "MINIMUM": (),
    "MUL": (),
    "PACK": (_no_batch_axis(1),),
    "PAD": (_no_batch_padding,),
    "PRELU": (_slope_by_channel,),
    "QUANTIZE": (),
    "REDUCE_MAX": (_reduces,),
    "REDUCE_MIN": (_reduces,),
    "RELU": (),
    "RELU6": (),
    "RELU_N1_TO_1": (),
    "RESHAPE": (),
    "RESIZE_BILINEAR": (_not_published,),
    "RESIZE_NEAREST_NEIGHBOR": (_not_published,),
    "SLICE": (),
    "SOFTMAX": (_one_row,),
    "SPACE_TO_DEPTH": (),
    "SPLIT": (),
    "SQUEEZE": (_ones_lead,),
    "STRIDED_SLICE": (_steps_of_one,),
    "SUB": (),
    "TANH": (),
    "TRANSPOSE": (_not_published,),
    "TRANSPOSE_CONV": (_not_published,),
    "UNIDIRECTIONAL_SEQUENCE_LSTM": (),
}
"""Operators the compiler takes, each with the conditions it sets; all must hold."""

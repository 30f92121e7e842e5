"""C that the studio generates: a model as a program without a runtime.

What the generator has stands here as data, because runtimes lie below it; a test holds this
list equal to the generator's own. An operator of the list may still be refused for what one
model makes of it; only generating the C tells.
"""

from __future__ import annotations

from studio.domain.candidate import ArtifactFormat, Precision
from studio.domain.figure import Figure
from studio.runtimes._runtime import Quantization, Runtime

__all__ = ["ENTRY"]

_OPERATORS = """
ABS ADD ARG_MAX ARG_MIN AVERAGE_POOL_2D BATCH_MATMUL CONCATENATION CONV_2D DEPTHWISE_CONV_2D
DEPTH_TO_SPACE DEQUANTIZE EXPAND_DIMS FULLY_CONNECTED GATHER HARD_SWISH LEAKY_RELU LOGISTIC
MAXIMUM MAX_POOL_2D MEAN MINIMUM MIRROR_PAD MUL PACK PAD PADV2 PRELU QUANTIZE REDUCE_MAX
REDUCE_MIN RELU RELU6 RELU_N1_TO_1 RESHAPE RESIZE_BILINEAR RESIZE_NEAREST_NEIGHBOR SLICE SOFTMAX
SPACE_TO_DEPTH SPLIT SPLIT_V SQUARED_DIFFERENCE SQUEEZE STRIDED_SLICE SUB SUM TANH TRANSPOSE
TRANSPOSE_CONV UNIDIRECTIONAL_SEQUENCE_LSTM UNPACK
"""
_NOT_LINKED = (
    "The linker measures it, where a C compiler for the device's core is installed; this model "
    "was not linked."
)

ENTRY = Runtime(
    id="generated-c",
    title="Generated C",
    formats=frozenset({ArtifactFormat.TFLITE}),
    precisions=frozenset({Precision.FLOAT32, Precision.INT8, Precision.INT16X8}),
    element_types=frozenset({"float32", "int8", "uint8", "int16", "int32", "int64", "bool"}),
    operators=frozenset(_OPERATORS.split()),
    static_shapes=True,
    hybrid=False,
    uses_arena=False,
    code=Figure.unknown("B", _NOT_LINKED),
    working=Figure.unknown("B", _NOT_LINKED),
    linked=True,
    quantization=Quantization(
        types=frozenset({"int8", "int16"}),
        per_channel=frozenset(
            {"CONV_2D", "DEPTHWISE_CONV_2D", "FULLY_CONNECTED", "TRANSPOSE_CONV"}
        ),
        only=False,
        source="the generator's own checks",
    ),
)

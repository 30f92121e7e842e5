"""The models whose latencies were published, layer by layer, and what they compute.

Two of their files are at hand where this was written, and a test counts the same in them; the
other two are told by the code that builds them, read at the commit that is named.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping

from studio.compatibility.latency_work import Kind, Layer, Work, work_of_layers

__all__ = ["MODELS"]


def dense(inputs: int, outputs: int) -> Layer:
    """Return a dense layer."""
    return Layer(kind=Kind.DENSE, macs=inputs * outputs, elements=outputs)


def conv(side: tuple[int, int], kernel: tuple[int, int], inputs: int, outputs: int) -> Layer:
    """Return a convolution that writes pictures of this side."""
    kind = Kind.POINTWISE if kernel == (1, 1) else Kind.CONV
    written = math.prod(side) * outputs
    return Layer(kind=kind, macs=written * math.prod(kernel) * inputs, elements=written)


def depthwise(side: tuple[int, int], channels: int) -> Layer:
    """Return a depthwise convolution of 3 x 3 that writes pictures of this side."""
    written = math.prod(side) * channels
    return Layer(kind=Kind.DEPTHWISE, macs=written * 9, elements=written)


def other(elements: int) -> Layer:
    """Return an operator without multiplications."""
    return Layer(kind=Kind.OTHER, macs=0, elements=elements)


def autoencoder() -> list[Layer]:
    """Return mlcommons/tiny@283d11f v0.1/benchmarks/anomaly_detection/keras_model.py."""
    sizes = (640, 128, 128, 128, 128, 8, 128, 128, 128, 128, 640)
    return [dense(*pair) for pair in itertools.pairwise(sizes)]


def keywords() -> list[Layer]:
    """Return the layers of mlcommons/tiny@1afd2c9 kws_ref_model.tflite."""
    side = (25, 5)
    block = [depthwise(side, 64), conv(side, (1, 1), 64, 64)]
    end = [other(8000), dense(64, 12), other(12)]
    return [conv(side, (10, 4), 1, 64), *block * 4, *end]


def resnet() -> list[Layer]:
    """Return the layers of mlcommons/tiny@1afd2c9 pretrainedResnet_quant.tflite."""
    first = [conv((32, 32), (3, 3), width, 16) for width in (3, 16, 16)]
    layers = [*first, other(16384)]
    for side, width in (((16, 16), 32), ((8, 8), 64)):
        layers += [conv(side, (3, 3), width // 2, width), conv(side, (3, 3), width, width)]
        layers += [conv(side, (1, 1), width // 2, width), other(math.prod(side) * width)]
    return [*layers, other(4096), dense(64, 10), other(10)]


def mobilenet(channels: int) -> list[Layer]:
    """Return mlcommons/tiny@4db82ca v0.1/benchmarks/visual_wake_words/vww_model.py.

    With one channel it is the person detection of TensorFlow Lite Micro.
    """
    side, width = 48, 8
    layers = [conv((side, side), (3, 3), channels, width)]
    for outputs, stride in (
        *((16, 1), (32, 2), (32, 1), (64, 2), (64, 1), (128, 2)),
        *((128, 1),) * 5,
        *((256, 2), (256, 1)),
    ):
        side = math.ceil(side / stride)
        layers += [depthwise((side, side), width), conv((side, side), (1, 1), width, outputs)]
        width = outputs
    return [*layers, other(side * side * width), dense(width, 2), other(2)]


MODELS: Mapping[str, tuple[str, Work]] = {
    "ad": ("MLPerf Tiny anomaly detection", work_of_layers(autoencoder())),
    "kws": ("MLPerf Tiny keyword spotting", work_of_layers(keywords())),
    "ic": ("MLPerf Tiny image classification", work_of_layers(resnet())),
    "vww": ("MLPerf Tiny visual wake words", work_of_layers(mobilenet(3))),
    "person": ("person detection, MobileNet V1 0.25, 96x96 grey", work_of_layers(mobilenet(1))),
}

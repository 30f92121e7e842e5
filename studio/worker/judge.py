"""Judging a configuration before training it: does it fit the device?

The cheapest test comes first. Weights and activations of an int8 network cannot take less
than one byte each, which needs no conversion to count; what passes by far more than the rest
of a file and an arena ever took is not converted before it is trained; only what lies between
is really converted and its arena really planned. Nothing becomes a candidate unmeasured: the
trained network is converted and judged again.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np

from studio.domain.candidate import ArtifactFormat, Precision
from studio.search import SearchSpec
from studio.worker.building import Bench
from studio.worker.convert import convert

__all__ = ["Judge", "Verdict", "lower_bounds", "operations_of", "upper_bounds"]

_COMPUTING = (
    keras.layers.Conv2D,
    keras.layers.DepthwiseConv2D,
    keras.layers.Dense,
    keras.layers.Add,
    keras.layers.GlobalAveragePooling2D,
    keras.layers.GlobalMaxPooling2D,
    keras.layers.AveragePooling2D,
    keras.layers.MaxPooling2D,
)
_BATCH = 32
_CALIBRATION_SAMPLES = 2
"""Random ones: the sizes do not depend on the ranges."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a configuration takes, and whether that fits.

    Attributes:
        flash_bytes: Of the model file, or a lower bound of it.
        ram_bytes: Of the arena, or a lower bound of it.
        bound: Whether the two are lower bounds.
        why: Empty if it fits, else which limit it breaks: ``flash`` or ``ram``.
    """

    flash_bytes: int
    ram_bytes: int
    bound: bool
    why: str

    @property
    def fits(self) -> bool:
        """Whether it may be trained."""
        return not self.why


class Judge:
    """Judges configurations of one search; remembers architectures it has seen."""

    def __init__(self, spec: SearchSpec, bench: Bench) -> None:
        self._spec = spec
        self._bench = bench
        self._known: dict[str, Verdict] = {}

    def judge(self, values: Mapping[str, Any]) -> Verdict:
        """Return whether a configuration fits, converting it only if its bounds leave it open."""
        if self._spec.flash_bytes is None and self._spec.ram_bytes is None:
            return Verdict(flash_bytes=-1, ram_bytes=-1, bound=True, why="")
        keras.backend.clear_session()  # or every network ever judged would stay in memory
        model = self._bench.build(self._spec.space, values)
        key = _architecture(model)
        if key not in self._known:
            self._known[key] = self._judge(model)
        return self._known[key]

    def operations(self, values: Mapping[str, Any]) -> int:
        """Return the multiplications of a configuration's network for one input."""
        return operations_of(self._bench.build(self._spec.space, values))

    def training_bytes(self, values: Mapping[str, Any]) -> float:
        """Return about what training a configuration takes: activations and weights, thrice."""
        model = self._bench.build(self._spec.space, values)
        activations = sum(_elements(layer.output) for layer in model.layers)
        return 12.0 * (_BATCH * activations + 2 * int(model.count_params()))

    def _judge(self, model: keras.Model) -> Verdict:
        bounds = self._verdict(*lower_bounds(model), bound=True)
        surely = self._verdict(*upper_bounds(model), bound=True)
        if not bounds.fits or surely.fits:
            return bounds
        return self.measure(_untrained_int8(model))

    def measure(self, int8: bytes) -> Verdict:
        """Return the verdict on a converted model; an arena nobody can measure fits nothing."""
        if self._spec.ram_bytes is None:
            return self._verdict(len(int8), -1, bound=False)
        arena = self._bench.meter.measure(int8).value
        return self._verdict(len(int8), math.inf if arena is None else arena, bound=False)

    def _verdict(self, flash: int, ram: float, *, bound: bool) -> Verdict:
        why = "flash" if flash > (self._spec.flash_bytes or math.inf) else ""
        why = why or ("ram" if ram > (self._spec.ram_bytes or math.inf) else "")
        known_ram = -1 if math.isinf(ram) else int(ram)
        return Verdict(flash_bytes=flash, ram_bytes=known_ram, bound=bound, why=why)


def lower_bounds(model: keras.Model) -> tuple[int, int]:
    """Return bytes of flash and RAM no int8 form of a model can go below.

    A weight is a byte of flash. While a layer computes, its inputs and its output are in RAM,
    a byte each; in-place operators are left out.
    """
    ram = 0
    for layer in model.layers:
        if isinstance(layer, _COMPUTING):
            ram = max(ram, _elements(layer.output) + sum(map(_elements, _inputs(layer))))
    return int(model.count_params()), ram


def upper_bounds(model: keras.Model) -> tuple[int, int]:
    """Return bytes of flash and RAM an int8 form of a model has never gone above.

    Flash: two bytes a weight and 40 a channel for scales and biases, 600 a layer, and 4 KiB.
    RAM: every activation alive at once in a stretch of four layers, 48 bytes a channel and
    400 a layer for the interpreter's own, and 4 KiB. Both hold with room to spare on every
    network of our spaces that was converted (`tests/worker/test_building.py`).
    """
    layers = [layer for layer in model.layers if isinstance(layer, _COMPUTING)]
    channels = sum(layer.output.shape[-1] for layer in layers)
    flash = 2 * int(model.count_params()) + 40 * channels + 600 * len(layers) + 4096
    sizes = [_elements(layer.output) + sum(map(_elements, _inputs(layer))) for layer in layers]
    alive = max((sum(sizes[i : i + 4]) for i in range(len(sizes))), default=0)
    return flash, alive + 48 * channels + 400 * len(layers) + 4096


def operations_of(model: keras.Model) -> int:
    """Return multiplications for one input; of layers without a kernel, the values they read."""
    return sum(_operations(layer) for layer in model.layers if isinstance(layer, _COMPUTING))


def _operations(layer: keras.layers.Layer) -> int:
    kernels = [weight for weight in layer.weights if len(weight.shape) > 1]
    if not kernels:
        return sum(map(_elements, _inputs(layer)))
    return int(math.prod(layer.output.shape[1:-1]) * math.prod(kernels[0].shape))


def _inputs(layer: keras.layers.Layer) -> list[Any]:
    return layer.input if isinstance(layer.input, list) else [layer.input]


def _elements(tensor: Any) -> int:
    return math.prod(tensor.shape[1:])


def _architecture(model: keras.Model) -> str:
    """Return what tells two untrained networks apart: kinds, shapes and strides of layers."""
    parts = [
        (
            type(layer).__name__,
            [list(weight.shape) for weight in layer.weights],
            list(getattr(layer, "strides", ())),
            [list(tensor.shape[1:]) for tensor in _inputs(layer)],
        )
        for layer in model.layers
    ]
    return json.dumps(parts)


def _untrained_int8(model: keras.Model) -> bytes:
    """Convert with noise for weights: the file is as large as it will be once trained.

    With the weights of a new model it is not: its biases are all zero, and the converter
    stores equal tensors once.
    """
    rng = np.random.default_rng(0)
    shape = model.inputs[0].shape[1:]
    model.set_weights([rng.uniform(0.5, 1.5, w.shape) for w in model.get_weights()])
    noise = rng.random((_CALIBRATION_SAMPLES, *shape), np.float32)
    return convert(model, Precision.INT8, ArtifactFormat.TFLITE, noise)

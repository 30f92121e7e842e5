"""A trained network as data, so that what changes it is a function from arrays to arrays.

Only what inference needs is kept: no dropout, no optimiser. Layers are Keras' own, named with
their settings, and `model_of` builds them again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

__all__ = [
    "INPUT",
    "ONLY_FOR_TRAINING",
    "Layer",
    "Network",
    "consumers",
    "model_of",
    "network_of",
    "tensors_of",
]

INPUT = "input"
"""Name of the network's input; every other tensor is named as the layer it comes from."""

_AT_ONCE = 64
ONLY_FOR_TRAINING = (keras.layers.Dropout,)
"""What an inference network leaves out."""

Arrays = tuple[NDArray[Any], ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Layer:
    """One layer.

    Attributes:
        name: Unique; also names the tensor it puts out.
        kind: Class of the layer.
        settings: As the class's ``from_config`` takes them.
        inputs: Names of the tensors it reads.
        weights: float32, in the order of Keras' ``get_weights``.
    """

    name: str
    kind: type[keras.layers.Layer]
    settings: Mapping[str, Any]
    inputs: tuple[str, ...]
    weights: Arrays = ()

    def is_a(self, *kinds: type[keras.layers.Layer]) -> bool:
        """Return whether it is of one of these classes."""
        return issubclass(self.kind, kinds)

    def changed(self, *, weights: Arrays | None = None, **settings: Any) -> Layer:
        """Return it with other weights or settings."""
        kept = self.weights if weights is None else tuple(w.astype(np.float32) for w in weights)
        return replace(self, weights=kept, settings={**self.settings, **settings})


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Network:
    """A network with one input and one output.

    Attributes:
        shape: Of one input, without the batch.
        layers: Each after those it reads; the last puts out the answer.
    """

    shape: tuple[int, ...]
    layers: tuple[Layer, ...]

    def __getitem__(self, name: str) -> Layer:
        """Return a layer by name; KeyError if there is none."""
        for layer in self.layers:
            if layer.name == name:
                return layer
        raise KeyError(name)

    def with_layers(self, changed: Mapping[str, Layer]) -> Network:
        """Return it with some layers replaced, by name."""
        return replace(self, layers=tuple(changed.get(one.name, one) for one in self.layers))


def network_of(model: keras.Model) -> Network:
    """Return a Keras model with one input and one output as a network; weights are copied."""
    names: dict[int, str] = {}
    kept: list[Any] = []  # or an id could be that of another tensor later
    layers: list[Layer] = []

    def call(layer: Any, *args: Any, **kwargs: Any) -> Any:
        if isinstance(layer, ONLY_FOR_TRAINING):
            return args[0]
        kwargs.pop("training", None)
        made = layer(*args, **kwargs)
        read = args[0] if isinstance(args[0], list | tuple) else [args[0]]
        name = layer.name if layer.name not in names.values() else f"{layer.name}_{len(layers)}"
        layers.append(
            Layer(
                name=name,
                kind=type(layer),
                settings={**layer.get_config(), "name": name},
                inputs=tuple(names[id(tensor)] for tensor in read),
                weights=tuple(np.array(weight, np.float32) for weight in layer.get_weights()),
            )
        )
        names[id(made)] = name
        kept.append(made)
        return made

    shape = tuple(model.inputs[0].shape[1:])
    inputs = keras.Input(shape, dtype="float32", name=INPUT)
    names[id(inputs)] = INPUT
    keras.models.clone_model(
        model, input_tensors=inputs, call_function=call, clone_function=lambda layer: layer
    )
    return Network(shape=shape, layers=tuple(layers))


def model_of(
    network: Network,
    *,
    make: Callable[[Layer], keras.layers.Layer] = lambda layer: layer.kind.from_config(
        dict(layer.settings)
    ),
    after: Callable[[str, Any], Any] = lambda name, tensor: tensor,
    every: bool = False,
) -> keras.Model:
    """Return the Keras model of a network, for any number of inputs at once.

    Args:
        network: What to build.
        make: Makes the layer; its weights are set afterwards.
        after: Puts something behind the tensor of this name.
        every: Whether every tensor is an output, in the order of the layers.
    """
    inputs = keras.Input(network.shape, dtype="float32", name=INPUT)
    tensors = {INPUT: after(INPUT, inputs)}
    for layer in network.layers:
        made = make(layer)
        read = [tensors[name] for name in layer.inputs]
        out = made(read if len(read) > 1 else read[0])
        if layer.weights:
            made.set_weights(list(layer.weights))
        tensors[layer.name] = after(layer.name, out)
    outputs = [tensors[layer.name] for layer in network.layers]
    return keras.Model(inputs, outputs if every else outputs[-1], name="classifier")


def tensors_of(
    network: Network,
    inputs: NDArray[np.float32],
    look: Callable[[NDArray[np.float32]], NDArray[np.float32]] = lambda tensor: tensor,
) -> Mapping[str, NDArray[np.float32]]:
    """Return what there is to see of every tensor on some inputs, the input's among them.

    Args:
        network: Which.
        inputs: ``(inputs, ...)``.
        look: Makes of ``(some, ...)`` what is wanted of each input, ``(some, ...)`` again, so
            that whole tensors of many inputs are never held at once.

    Returns:
        ``(inputs, ...)`` by name.
    """
    model = model_of(network, every=True)
    parts: dict[str, list[NDArray[np.float32]]] = defaultdict(list)
    for start in range(0, len(inputs), _AT_ONCE):
        some = inputs[start : start + _AT_ONCE]
        found = model(some, training=False)
        found = found if isinstance(found, list | tuple) else [found]
        parts[INPUT].append(look(some))
        for layer, tensor in zip(network.layers, found, strict=True):
            parts[layer.name].append(look(np.asarray(tensor)))
    return {name: np.concatenate(arrays) for name, arrays in parts.items()}


def consumers(network: Network) -> Mapping[str, tuple[Layer, ...]]:
    """Return the layers that read each tensor, by its name; those nobody reads are absent."""
    found: dict[str, list[Layer]] = defaultdict(list)
    for layer in network.layers:
        for name in layer.inputs:
            found[name].append(layer)
    return {name: tuple(layers) for name, layers in found.items()}

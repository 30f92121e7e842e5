"""Networks made by hand, in numpy; weights are small whole numbers where exactness is shown.

Sums of products of small whole numbers are exact in float32 in whatever order they are added,
so what changes no answer must change no bit.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import keras
import numpy as np

from studio.worker.converting.network import INPUT, Layer, Network

__all__ = ["chain", "conv", "dense", "layer", "outputs", "picture_net"]


def layer(
    kind: type, name: str, inputs: Sequence[str], weights: Sequence[Any] = (), **settings: Any
) -> Layer:
    """Return a layer of Keras with its usual settings but for some."""
    sizes = {"Conv2D": (1, 1), "Dense": (1,), "DepthwiseConv2D": (1,)}
    made = kind(*sizes.get(kind.__name__, ()), name=name)
    return Layer(
        name=name,
        kind=kind,
        settings={**made.get_config(), **settings},
        inputs=tuple(inputs),
        weights=tuple(np.asarray(weight, np.float32) for weight in weights),
    )


def dense(name: str, before: str, kernel: Any, bias: Any, **settings: Any) -> Layer:
    """Return a dense layer."""
    kernel = np.asarray(kernel, np.float32)
    return layer(
        keras.layers.Dense, name, [before], [kernel, bias], units=kernel.shape[1], **settings
    )


def conv(name: str, before: str, kernel: Any, bias: Any, **settings: Any) -> Layer:
    """Return a convolution whose padding keeps the size."""
    kernel = np.asarray(kernel, np.float32)
    usual = {"filters": kernel.shape[3], "kernel_size": kernel.shape[:2], "padding": "same"}
    return layer(keras.layers.Conv2D, name, [before], [kernel, bias], **{**usual, **settings})


def chain(shape: tuple[int, ...], *layers: Layer) -> Network:
    """Return the network of these layers."""
    return Network(shape=shape, layers=layers)


def outputs(network: Network, inputs: np.ndarray) -> np.ndarray:
    """Return a network's outputs, from Keras."""
    from studio.worker.converting.network import model_of

    return np.asarray(model_of(network)(inputs.astype(np.float32), training=False))


def picture_net(
    rng: np.random.Generator, widths: tuple[int, int, int], *, killed: float
) -> Network:
    """Return a network of whole numbers with a shortcut, some of whose channels are dead.

    A convolution, one across and one depthwise, an addition, a mean over 4x4 and a dense layer.

    Args:
        rng: Draws the weights.
        widths: Channels of the first, of the middle, and outputs.
        killed: Share of channels made dead, by weights of 0 or by a bias far below.
    """
    first, middle, last = widths

    def whole(*shape: int) -> np.ndarray:
        return rng.integers(-2, 3, shape).astype(np.float32)

    def with_dead(kernel: np.ndarray, bias: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        dead = rng.random(len(bias)) < killed
        nothing = rng.random(len(bias)) < 0.5
        kernel = np.where(dead & nothing, 0, kernel)
        return kernel, np.where(dead, np.where(nothing, -1, -(10.0**4)), bias)

    relu = keras.layers.ReLU
    return chain(
        (4, 4, 2),
        conv("a", INPUT, *with_dead(whole(3, 3, 2, first), whole(first))),
        layer(relu, "ra", ["a"]),
        conv("b", "ra", *with_dead(whole(1, 1, first, middle), whole(middle))),
        layer(relu, "rb", ["b"], max_value=6.0),
        layer(
            keras.layers.DepthwiseConv2D,
            "d",
            ["rb"],
            [whole(3, 3, middle, 1), -np.abs(whole(middle))],
            kernel_size=(3, 3),
            padding="same",
        ),
        layer(relu, "rd", ["d"]),
        conv("c", "rd", *with_dead(whole(1, 1, middle, first), whole(first))),
        layer(relu, "rc", ["c"]),
        layer(keras.layers.Add, "s", ["rc", "ra"]),
        layer(keras.layers.GlobalAveragePooling2D, "g", ["s"]),
        dense("z", "g", whole(first, last), whole(last)),
    )

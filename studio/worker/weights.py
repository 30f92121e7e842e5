"""A network's weights, out of it and into it."""

from __future__ import annotations

import keras

from studio.worker.arrays import do_not_match, dump_arrays, load_arrays

__all__ = ["dump", "load"]


def dump(model: keras.Model) -> bytes:
    """Return a model's weights as an ``.npz`` file, in layer order."""
    return dump_arrays(model.get_weights())


def load(model: keras.Model, content: bytes) -> None:
    """Put weights back into a model of the same hyperparameters.

    Raises:
        ModelError: ``model.weights_do_not_match``.
    """
    try:
        model.set_weights(load_arrays(content))
    except ValueError as error:
        raise do_not_match() from error

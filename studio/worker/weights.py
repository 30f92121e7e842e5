"""Weights as plain arrays: what a candidate keeps instead of a saved model."""

from __future__ import annotations

import io
import zipfile

import keras
import numpy as np

from studio.domain.errors import ModelError

__all__ = ["dump", "load"]


def dump(model: keras.Model) -> bytes:
    """Return a model's weights as an ``.npz`` file, named ``0``, ``1``... in layer order."""
    out = io.BytesIO()
    np.savez(out, **{str(i): value for i, value in enumerate(model.get_weights())})
    return out.getvalue()


def load(model: keras.Model, content: bytes) -> None:
    """Put weights back into a model of the same hyperparameters.

    Raises:
        ModelError: ``model.weights_do_not_match``.
    """
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            values = [arrays[str(i)] for i in range(len(arrays.files))]
        model.set_weights(values)
    except (ValueError, KeyError, OSError, EOFError, zipfile.BadZipFile) as error:
        raise ModelError(
            "The candidate's weights do not belong to its hyperparameters.",
            "Choose another candidate, or search again.",
            code="model.weights_do_not_match",
        ) from error

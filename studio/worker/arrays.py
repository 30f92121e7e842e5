"""Weights as plain arrays: what a candidate keeps instead of a saved model."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.domain.errors import ModelError

__all__ = ["dump_arrays", "load_arrays"]


def dump_arrays(arrays: Sequence[NDArray[Any]]) -> bytes:
    """Return arrays as an ``.npz`` file, named ``0``, ``1``... in their order."""
    out = io.BytesIO()
    np.savez(out, **{str(i): value for i, value in enumerate(arrays)})  # type: ignore[arg-type]
    return out.getvalue()


def load_arrays(content: bytes) -> list[NDArray[Any]]:
    """Return the arrays of `dump_arrays`; nothing is ever unpickled.

    Raises:
        ModelError: ``model.weights_do_not_match``.
    """
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            return [arrays[str(i)] for i in range(len(arrays.files))]
    except (ValueError, KeyError, OSError, EOFError, zipfile.BadZipFile) as error:
        raise do_not_match() from error


def do_not_match() -> ModelError:
    """Return what is said of weights that are not those of their hyperparameters."""
    return ModelError(
        "The candidate's weights do not belong to its hyperparameters.",
        "Choose another candidate, or search again.",
        code="model.weights_do_not_match",
    )

"""Filters from the data: pieces of them, decorrelated, and for signals random ones as well."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from studio.worker.instant.bank import CEILING, Bank, Form, unfold
from studio.worker.instant.quantizing import by_last_axis
from studio.worker.instant.records import as_inputs

__all__ = ["draw_filters"]

_SAMPLES, _PIECES = 400, 20_000
"""Of the training side, to learn from what its pieces look like."""

_LOADING = 0.03
"""Added to the variances, of which the mean is 1, before they are divided by."""

_SATURATED = 0.998
"""Share of responses that stay below the ceiling."""


def draw_filters(pixels: NDArray[np.uint8], form: Form, seed: int) -> Bank:
    """Return a bank of a form for training inputs, ``(samples, height, width, channels)``.

    Each filter comes with its negative, so that the ReLU loses nothing. Its weights are such
    that int8 keeps them exactly.
    """
    rng = np.random.default_rng(seed)
    pieces = _pieces(pixels, form, rng)
    mean = pieces.mean(axis=0)
    centred = pieces - mean
    half = form.filters // 2
    if pixels.shape[2] == 1 and form.kernel[0] > 2:
        rows = [_whitened(centred, half - half // 2, rng), _dilated(form, half // 2, pixels, rng)]
        drawn = np.concatenate(rows)
    else:
        drawn = _whitened(centred, half, rng)
    drawn = np.concatenate([drawn, -drawn])
    top = np.quantile(centred @ drawn.T, _SATURATED, axis=0)
    scaled = drawn * (CEILING / np.maximum(top, 1e-6))[:, np.newaxis]
    kernel = by_last_axis(scaled.T.astype(np.float32))
    return Bank(
        form=form,
        kernel=kernel.reshape(*form.kernel, pixels.shape[3], 2 * half),
        bias=-(mean @ kernel),
    )


def _pieces(pixels: NDArray[np.uint8], form: Form, rng: np.random.Generator) -> NDArray[np.float32]:
    chosen = pixels[rng.permutation(len(pixels))[:_SAMPLES]]
    a_sample = -(-2 * _PIECES // len(chosen))
    found = []
    for sample in chosen:
        all_of_it = unfold(as_inputs(sample[np.newaxis]), form)
        flat = all_of_it.reshape(-1, all_of_it.shape[-1])
        found.append(flat[rng.permutation(len(flat))[:a_sample]])
    pieces = np.concatenate(found)
    return pieces[rng.permutation(len(pieces))[:_PIECES]]


def _whitened(
    centred: NDArray[np.float32], count: int, rng: np.random.Generator
) -> NDArray[np.float64]:
    """Return pieces that stand out, as filters of decorrelated pieces (ZCA)."""
    covariance = centred.T @ centred / len(centred)
    values, vectors = np.linalg.eigh(covariance.astype(np.float64))
    loading = _LOADING * values.mean() or 1.0
    whitening = (vectors / np.sqrt(np.maximum(values, 0) + loading)) @ vectors.T
    white = centred @ whitening
    sizes = np.linalg.norm(white, axis=1)
    strong = white[sizes >= np.median(sizes) / 2]
    chosen = strong[rng.integers(len(strong), size=count)]
    unit = chosen / np.maximum(np.linalg.norm(chosen, axis=1, keepdims=True), 1e-9)
    filters: NDArray[np.float64] = unit @ whitening
    return filters


def _dilated(
    form: Form, count: int, pixels: NDArray[np.uint8], rng: np.random.Generator
) -> NDArray[np.float64]:
    """Return random filters of few taps, more or less far apart, on some of the channels.

    Source:
        Dempster, Petitjean, Webb 2019, arXiv 1910.13051 (ROCKET).
    """
    length, channels = form.kernel[0], pixels.shape[3]
    filters = np.zeros((count, length, channels))
    for one in filters:
        taps = min(length, int(rng.choice([3, 5, 7, 9])))
        widest = (length - 1) // (taps - 1)
        step = int(2 ** rng.uniform(0, np.log2(widest + 0.99)))
        weights = rng.normal(size=(taps, channels))
        weights -= weights.mean(axis=0)
        kept = np.asarray(rng.random(channels) < 0.7)
        kept[rng.integers(channels)] = True
        one[: taps * step : step][:taps] = weights * kept
    return filters.reshape(count, -1)

"""Linear models in closed form, or nearly: ridge regression and calibrated probabilities."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import linalg, optimize

from studio.worker.instant.quantizing import by_last_axis
from studio.worker.instant.records import Material

__all__ = ["Linear", "best_logistic", "best_ridge", "loss_of", "softmax"]

_ALPHAS = tuple(10.0**power for power in range(-5, 3))
"""Regularisation tried, in units of the mean eigenvalue of the matrix it is added to."""

_STRENGTHS = tuple(10.0**power for power in range(0, -6, -1))
"""Regularisation of logistic regression tried, strongest first; features have variance 1."""

_STEPS = 40
"""Of the optimiser for each of them."""

_SHARPNESS = np.geomspace(0.5, 200, 60)
"""Factors tried between what a ridge says and the softmax; 1 is the ridge's own scale."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Linear:
    """``outputs = features @ kernel + bias``; a softmax follows where classes are learned.

    Attributes:
        kernel: float32 ``(features, outputs)``.
        bias: float32 ``(outputs,)``.
        loss: On the validation side.
    """

    kernel: NDArray[np.float32]
    bias: NDArray[np.float32]
    loss: float

    def __call__(self, features: NDArray[np.float32], *, classes: bool) -> NDArray[np.float32]:
        """Return probabilities or amounts, ``(samples, outputs)``."""
        raw = features @ self.kernel + self.bias
        return softmax(raw) if classes else raw


def best_ridge(
    features: NDArray[np.float32], held: NDArray[np.float32], material: Material
) -> Linear:
    """Return the ridge regression that does best on the validation side, its weights in int8.

    That side chooses, not leave-one-out: windows of one recording are near copies, so
    leaving one out leaves its copies in.

    Args:
        features: ``(training samples, features)``.
        held: ``(validation samples, features)``.
        material: What belongs to them.
    """
    best: Linear | None = None
    for kernel, bias in _ridges(features, material.targets):
        kernel = by_last_axis(kernel)
        raw = held @ kernel + bias
        sharpness = _sharpness(raw, material.held_truth) if material.classes else 1.0
        loss = loss_of(sharpness * raw, material)
        # Not better: then the smoother one, which comes later.
        if best is None or loss <= best.loss:
            best = Linear(
                kernel=(kernel * sharpness).astype(np.float32),
                bias=(bias * sharpness).astype(np.float32),
                loss=loss,
            )
    assert best is not None
    return best


def best_logistic(
    features: NDArray[np.float32], held: NDArray[np.float32], material: Material
) -> Linear:
    """Return the logistic regression that does best on the validation side, weights in int8.

    Arguments as of `best_ridge`. The strengths go from strong to weak, each from where the
    one before ended; two that are no better end it.
    """
    mean, spread = features.mean(axis=0), features.std(axis=0)
    spread = np.where(spread > 1e-6, spread, 1)
    x = np.column_stack([(features - mean) / spread, np.ones(len(features))])
    weights = np.zeros((x.shape[1], material.outputs))
    best: Linear | None = None
    worse = 0
    for strength in _STRENGTHS:
        weights = _fit_logistic(x, material.targets, weights, strength)
        kernel = by_last_axis(weights[:-1] / spread[:, np.newaxis])
        bias = weights[-1] - mean @ kernel
        loss = loss_of(held @ kernel + bias, material)
        worse = worse + 1 if best is not None and loss >= best.loss else 0
        if not worse:
            best = Linear(kernel=kernel.astype(np.float32), bias=bias.astype(np.float32), loss=loss)
        if worse == 2:
            break
    assert best is not None
    return best


def _fit_logistic(
    x: NDArray[np.float64],
    targets: NDArray[np.float64],
    start: NDArray[np.float64],
    strength: float,
) -> NDArray[np.float64]:
    """Minimise the mean log loss plus ``strength / 2`` times the squared weights."""
    penalty = np.full((x.shape[1], 1), strength)
    penalty[-1] = 0  # the last column is the constant

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights = flat.reshape(start.shape)
        raw = x @ weights
        top = raw.max(axis=1, keepdims=True)
        powers = np.exp(raw - top)
        total = powers.sum(axis=1, keepdims=True)
        log_loss = (np.log(total) + top).sum() - (targets * raw).sum()
        slope = x.T @ (powers / total - targets) / len(x) + penalty * weights
        return log_loss / len(x) + 0.5 * (penalty * weights**2).sum(), slope.ravel()

    options = {"maxiter": _STEPS}
    found = optimize.minimize(loss, start.ravel(), jac=True, method="L-BFGS-B", options=options)
    fitted: NDArray[np.float64] = found.x.reshape(start.shape)
    return fitted


def _ridges(
    features: NDArray[np.float32], targets: NDArray[np.float64]
) -> Iterator[tuple[NDArray[np.float64], NDArray[np.float64]]]:
    """Yield kernel and bias for every strength, weakest first.

    With fewer samples than features the dual form is solved, which is the smaller one
    (Saunders, Gammerman, Vovk 1998, "Ridge regression learning algorithm in dual variables").
    """
    mean, target_mean = features.mean(axis=0, dtype=np.float64), targets.mean(axis=0)
    x, y = features - mean.astype(np.float32), targets - target_mean
    dual = len(x) < x.shape[1]
    gram = np.asarray(x @ x.T if dual else x.T @ x, np.float64)
    unit = float(np.trace(gram)) / len(gram) or 1.0
    right = y if dual else x.T @ y
    for alpha in _ALPHAS:
        loaded = gram + alpha * unit * np.eye(len(gram))
        try:
            solved = linalg.solve(loaded, right, assume_a="pos", check_finite=False)
        except linalg.LinAlgError:  # features that repeat one another need more
            continue
        kernel = x.T @ solved if dual else solved
        yield kernel, target_mean - mean @ kernel


def _sharpness(raw: NDArray[np.float64], truth: NDArray[np.int64]) -> float:
    """Return the factor that makes probabilities of a ridge's outputs mean what they say.

    Source:
        Temperature scaling: Guo et al. 2017, arXiv 1706.04599.
    """
    losses = [_log_loss(factor * raw, truth) for factor in _SHARPNESS]
    return float(_SHARPNESS[int(np.argmin(losses))])


def loss_of(raw: NDArray[Any], material: Material) -> float:
    """Return the loss on the validation side of outputs before the softmax."""
    if material.classes:
        return _log_loss(raw, material.held_truth)
    return float(((raw[:, 0] - material.held_truth) ** 2).mean())


def _log_loss(raw: NDArray[Any], truth: NDArray[np.int64]) -> float:
    top = raw.max(axis=1)
    total = top + np.log(np.exp(raw - top[:, np.newaxis]).sum(axis=1))
    return float((total - raw[np.arange(len(truth)), truth]).mean())


def softmax(raw: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return probabilities; each row adds up to 1."""
    powers = np.exp(raw - raw.max(axis=1, keepdims=True))
    ratio: NDArray[np.float32] = powers / powers.sum(axis=1, keepdims=True)
    return ratio

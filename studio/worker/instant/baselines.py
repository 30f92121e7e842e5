"""What usual methods reach that no microcontroller runs: figures a search must not fall below."""

from __future__ import annotations

import time
import warnings
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import (
    ExtraTreesClassifier,
    ExtraTreesRegressor,
    HistGradientBoostingClassifier,
    HistGradientBoostingRegressor,
)
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

from studio.worker.instant.records import Baseline, Material, as_inputs
from studio.worker.instant.threads import one_thread

__all__ = ["flat", "learn_baselines", "method", "predict"]

_MOST_VALUES = 20_000_000
"""Numbers a baseline is learned from; of more, as many samples as that allows are used."""

_METHODS: Mapping[str, tuple[type[Any], type[Any], Mapping[str, Any]]] = {
    "decision tree": (
        DecisionTreeClassifier,
        DecisionTreeRegressor,
        {"max_depth": 6, "min_samples_leaf": 3},
    ),
    "nearest neighbours": (
        KNeighborsClassifier,
        KNeighborsRegressor,
        {"n_neighbors": 5, "weights": "distance"},
    ),
    "extremely randomised trees": (
        ExtraTreesClassifier,
        ExtraTreesRegressor,
        {"n_estimators": 200, "min_samples_leaf": 1},
    ),
    "gradient boosting": (
        HistGradientBoostingClassifier,
        HistGradientBoostingRegressor,
        {"max_iter": 100, "early_stopping": False},
    ),
}
"""Usual settings, no choice by validation."""

_MOST_BOOSTED = 4_000_000
"""Samples times features times outputs up to which boosting takes seconds, not minutes."""

_SEEDLESS = ("nearest neighbours",)


def learn_baselines(material: Material, seconds: float) -> list[Baseline]:
    """Return how each method does on the validation side, the quick ones first.

    Args:
        material: Of any shape; pictures and windows become rows.
        seconds: None is begun after half of them.
    """
    started = time.monotonic()
    found: list[Baseline] = []
    for name in _METHODS:
        if found and time.monotonic() - started > seconds / 2:
            break
        if name == "gradient boosting" and _trees_of_boosting(material) > _MOST_BOOSTED:
            continue
        begun = time.monotonic()
        outputs = predict(method(name, material), flat(material.held_pixels), material)
        took = time.monotonic() - begun
        found.append(Baseline(name=name, outputs=outputs, seconds=took))
    return found


def _trees_of_boosting(material: Material) -> int:
    """Return a measure of the time it takes; two classes need one tree a step, as amounts do."""
    return material.pixels.size * (material.outputs if material.outputs > 2 else 1)


def method(name: str, material: Material) -> Any:
    """Return a method of scikit-learn fitted to the training side."""
    classifier, regressor, settings = _METHODS[name]
    seeded = {} if name in _SEEDLESS else {"random_state": material.seed}
    made = (classifier if material.classes else regressor)(**settings, **seeded)
    x, y = flat(material.pixels), material.truth
    most = max(1, _MOST_VALUES // x.shape[1])
    if len(x) > most:
        rows = np.random.default_rng(material.seed).permutation(len(x))[:most]
        x, y = x[rows], y[rows]
    with one_thread(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of classes with few samples
        return made.fit(x, y)


def flat(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return inputs as rows."""
    return as_inputs(pixels).reshape(len(pixels), -1)


def predict(made: Any, x: NDArray[np.float32], material: Material) -> NDArray[np.float32]:
    """Return ``(samples, outputs)``; a class the training side lacks gets 0."""
    if not material.classes:
        return np.asarray(made.predict(x), np.float32)[:, np.newaxis]
    outputs = np.zeros((len(x), material.outputs), np.float32)
    outputs[:, made.classes_.astype(int)] = made.predict_proba(x)
    return outputs

"""Wide multilayer perceptrons for rows of tables, alone or as ensembles."""

from __future__ import annotations

from typing import Any

import keras_tuner

from studio.worker.space import Space
from studio.worker.spaces._layers import perceptron

__all__ = ["ENTRY"]


def features(hp: keras_tuner.HyperParameters, inputs: Any) -> Any:
    """Add one to eight perceptrons of one to four layers."""
    return perceptron(
        inputs,
        width=hp.Choice("width", [32, 64, 128, 256, 512], default=128),
        depth=hp.Int("depth", 1, 4, default=2),
        dropout=hp.Choice("dropout", [0.0, 0.1, 0.3], default=0.1),
        shortcut=hp.Boolean("shortcut", default=False),
        members=hp.Choice("ensemble", [1, 4, 8], default=1),
    )


def training(hp: keras_tuner.HyperParameters) -> None:
    """Ask for the learning rate, regularisation and augmentation."""
    hp.Choice("learning_rate", [1e-3, 3e-3, 1e-2], default=3e-3)
    hp.Choice("weight_decay", [0.0, 1e-3, 1e-2, 1e-1], default=1e-2)
    hp.Choice("label_smoothing", [0.0, 0.1], default=0.0)
    hp.Choice("noise", [0.0, 0.01, 0.03, 0.1], default=0.0)
    hp.Choice("mixup", [0.0, 0.2, 0.5], default=0.0)


ENTRY = Space(
    id="large-mlp",
    features=features,
    training=training,
    first=(
        {"width": 128},
        {"width": 64, "learning_rate": 1e-2, "noise": 0.03},
        {"width": 256, "depth": 3, "dropout": 0.3},
        {"width": 128, "shortcut": True},
    ),
)

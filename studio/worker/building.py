"""What the trials of one job share, and building their networks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import keras

from studio.domain.preprocessing import Preprocessing
from studio.jobs import JobDirectory
from studio.runtimes.tflite_micro import ArenaMeter
from studio.search import Order
from studio.worker import weights
from studio.worker.data import Snapshot
from studio.worker.space import CLASSIFICATION, REGRESSION, SPACES, build_model

__all__ = ["Bench"]


class Bench:
    """What every trial of a job works with.

    Attributes:
        directory: The job's.
        classes: Class names in output order; empty for amounts.
        variants: What the snapshot's inputs went through, by name.
        snapshot: The inputs.
        meter: Measures arenas.
    """

    def __init__(
        self,
        directory: JobDirectory,
        meter: ArenaMeter,
        *,
        classes: tuple[str, ...],
        variants: Mapping[str, Preprocessing],
    ) -> None:
        self.directory = directory
        self.classes = classes
        self.variants = variants
        self.snapshot = Snapshot(directory.data)
        self.meter = meter

    def build(self, space: str, values: Mapping[str, Any]) -> keras.Model:
        """Return the untrained network of a space and hyperparameters, ``input`` among them."""
        shape = self.variants[values["input"]].shape
        goal = CLASSIFICATION if self.classes else REGRESSION
        return build_model(SPACES[space], values, shape, len(self.classes) or 1, goal)

    def network_of(self, order: Order) -> keras.Model:
        """Return the network of an order as its training finds it.

        Raises:
            SearchError: if the weights to go on from are damaged.
            ModelError: ``model.weights_do_not_match``.
        """
        keras.backend.clear_session()  # layers are numbered from one, and so named in the files
        keras.utils.set_random_seed(order.seed)
        model = self.build(order.space, order.hyperparameters)
        if order.weights is not None:
            weights.load(model, self.directory.read_artifact(order.weights))
        return model

"""Training one network: a pure function of network, data, hyperparameters and seed.

Only a shortage of time changes the result: then the planned number of steps is cut, which
the number of epochs tells.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from studio.worker.data import Part

__all__ = ["EpochReport", "Plan", "planned_epochs", "train"]

BATCH = 32
_FEWEST_EPOCHS, _MOST_EPOCHS = 20, 150
_USUAL_STEPS = 1000
"""Optimiser steps after which the small networks of our spaces gain little more."""

_WARM_UP = 0.1
_STEPS_TO_TIME = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How to train.

    Attributes:
        learning_rate: Peak of a linear warm-up followed by a cosine to zero.
        shift: Training pictures are moved by up to this share of their side.
        seed: Of the order and the shifts.
        epochs: How many to train if time allows.
        seconds: Time there is for training.
    """

    learning_rate: float
    shift: float
    seed: int
    epochs: int
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class EpochReport:
    """How training stands after an epoch, counted from 1; ``epochs`` are planned."""

    epoch: int
    epochs: int
    loss: float
    accuracy: float
    val_loss: float
    val_accuracy: float


def planned_epochs(samples: int) -> int:
    """Return how many epochs give about the usual number of steps."""
    wanted = math.ceil(_USUAL_STEPS / math.ceil(samples / BATCH))
    return min(max(wanted, _FEWEST_EPOCHS), _MOST_EPOCHS)


def train(
    model: keras.Model,
    training: Part,
    validation: Part,
    plan: Plan,
    *,
    tick: Callable[[], bool],
    report: Callable[[EpochReport], None],
) -> int:
    """Train a model in place; it ends with the weights of its best epoch.

    Args:
        model: Untrained, ending in a softmax.
        training: What to learn from.
        validation: What tells the best epoch.
        plan: How.
        tick: Called after every step; True ends the training with what there is. It may
            raise, which leaves the model as it is.
        report: Called after every epoch.

    Returns:
        Epochs trained, the last perhaps in part.
    """
    run = _Run(model, plan, math.ceil(len(training.truth) / BATCH))
    started = time.monotonic()
    while run.epoch < run.epochs and not run.stopped:
        loss, accuracy = run.train_epoch(training, tick, started)
        val_loss, val_accuracy = run.validate(validation)
        report(
            EpochReport(
                epoch=run.epoch,
                epochs=run.epochs,
                loss=loss,
                accuracy=accuracy,
                val_loss=val_loss,
                val_accuracy=val_accuracy,
            )
        )
    run.take_best()
    return run.epoch


class _Run:
    """The state of one training."""

    def __init__(self, model: keras.Model, plan: Plan, steps_per_epoch: int) -> None:
        self._model = model
        self._plan = plan
        self._steps_per_epoch = steps_per_epoch
        self._rng = np.random.default_rng(plan.seed)
        self._optimizer = keras.optimizers.Adam(plan.learning_rate)
        self._optimizer.build(model.trainable_variables)
        self._step = _train_step(model, self._optimizer)
        self._predict = tf.function(lambda x: model(x, training=False), reduce_retracing=True)
        self._best: tuple[tuple[float, float], list[NDArray[np.float32]]] | None = None
        self.epochs = plan.epochs
        self.epoch = 0
        self.steps = 0
        self.stopped = False

    def train_epoch(
        self, part: Part, tick: Callable[[], bool], started: float
    ) -> tuple[float, float]:
        """Train one epoch, or as much of it as `tick` allows; return loss and accuracy."""
        losses, hits, seen = 0.0, 0.0, 0
        for pixels, truth in self._batches(part):
            self._optimizer.learning_rate.assign(self._learning_rate())
            loss, right = self._step(pixels, truth)
            losses += float(loss) * len(truth)
            hits += float(right)
            seen += len(truth)
            self.steps += 1
            self._fit_to_time(started)
            if tick():
                self.stopped = True
                break
        self.epoch += 1
        return losses / seen, hits / seen

    def _fit_to_time(self, started: float) -> None:
        """Once steps can be timed, cut the plan to what there is time for."""
        if self.steps == 1:
            self._timed_from = time.monotonic()  # the first step also compiles
        if self.steps != _STEPS_TO_TIME:
            return
        now = time.monotonic()
        per_step = (now - self._timed_from) / (_STEPS_TO_TIME - 1)
        left = self._plan.seconds - (now - started)
        affordable = int(left / (per_step * 1.2) / self._steps_per_epoch)  # 1.2: validation
        self.epochs = max(self.epoch + 1, min(self.epochs, affordable))

    def _learning_rate(self) -> float:
        total = self.epochs * self._steps_per_epoch
        warm = max(1, round(total * _WARM_UP))
        if self.steps < warm:
            return self._plan.learning_rate * (self.steps + 1) / warm
        done = min(1.0, (self.steps - warm) / max(1, total - warm))
        return self._plan.learning_rate * 0.5 * (1 + math.cos(math.pi * done))

    def _batches(self, part: Part) -> Iterator[tuple[NDArray[np.float32], NDArray[np.int32]]]:
        order = self._rng.permutation(len(part.truth))
        for start in range(0, len(order), BATCH):
            chosen = order[start : start + BATCH]
            pixels = part.pixels[chosen].astype(np.float32) / np.float32(255)
            yield self._shifted(pixels), part.truth[chosen]

    def _shifted(self, pixels: NDArray[np.float32]) -> NDArray[np.float32]:
        """Move each picture by whole pixels; its edge is repeated where it moved away."""
        height, width = pixels.shape[1:3]
        dy, dx = round(self._plan.shift * height), round(self._plan.shift * width)
        if not dy and not dx:
            return pixels
        rows = np.arange(height) + self._rng.integers(-dy, dy + 1, len(pixels))[:, None]
        columns = np.arange(width) + self._rng.integers(-dx, dx + 1, len(pixels))[:, None]
        rows, columns = rows.clip(0, height - 1), columns.clip(0, width - 1)
        first = np.arange(len(pixels))[:, None, None]
        moved: NDArray[np.float32] = pixels[first, rows[:, :, None], columns[:, None, :]]
        return moved

    def validate(self, part: Part) -> tuple[float, float]:
        """Return loss and accuracy on a part; remember the weights if they are the best."""
        chunks = [
            self._predict(part.inputs[start : start + 256]).numpy()
            for start in range(0, len(part.truth), 256)
        ]
        outputs = np.concatenate(chunks)
        likely = outputs[np.arange(len(part.truth)), part.truth]
        loss = float(-np.log(np.maximum(likely, 1e-7)).mean())
        accuracy = float((outputs.argmax(axis=1) == part.truth).mean())
        if self._best is None or (accuracy, -loss) > self._best[0]:
            self._best = ((accuracy, -loss), self._model.get_weights())
        return loss, accuracy

    def take_best(self) -> None:
        """Put the weights of the best epoch into the model."""
        if self._best is not None:
            self._model.set_weights(self._best[1])


def _train_step(
    model: keras.Model, optimizer: keras.optimizers.Optimizer
) -> Callable[..., tuple[tf.Tensor, tf.Tensor]]:
    @tf.function(reduce_retracing=True)  # type: ignore[untyped-decorator]
    def step(pixels: tf.Tensor, truth: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        with tf.GradientTape() as tape:
            outputs = model(pixels, training=True)
            losses = keras.losses.sparse_categorical_crossentropy(truth, outputs)
            loss = tf.reduce_mean(losses)
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply(gradients, model.trainable_variables)
        guesses = tf.argmax(outputs, axis=1, output_type=truth.dtype)
        return loss, tf.reduce_sum(tf.cast(guesses == truth, tf.float32))

    return step  # type: ignore[no-any-return]

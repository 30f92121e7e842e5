"""Training one network: a pure function of network, data, hyperparameters and seed.

Only a shortage of time changes the result: then the planned number of steps is cut, which
the number of epochs tells.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from studio.search.scoring import score
from studio.worker.augment import augment, mix
from studio.worker.data import Part

__all__ = ["EpochReport", "Plan", "planned_epochs", "predict", "train"]

_SMALL_BATCH, _LARGE_BATCH = 32, 128
_LARGE_DATA = 5000
"""Inputs from which a larger batch uses the processor better and costs no accuracy."""

_FEWEST_EPOCHS, _MOST_EPOCHS = 20, 150
_USUAL_STEPS = 1200
"""Optimiser steps after which the small networks of our spaces gain little more."""

_WARM_UP = 0.1
_STEPS_TO_TIME = 8
_PATIENCE = 0.4
"""Training ends when nothing got better for this share of the planned epochs."""

_FEWEST_PATIENT_EPOCHS = 12
_PREDICTED_AT_ONCE = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How to train.

    Attributes:
        classes: How many there are; 0 where the network tells an amount.
        values: Hyperparameters of training: ``learning_rate``, the peak of a linear warm-up
            followed by a cosine to zero; optionally ``weight_decay``, ``label_smoothing``,
            ``mixup`` and what `studio.worker.augment` knows.
        seed: Of order and augmentation.
        epochs: How many to train if time allows; 0 for none.
        seconds: Time there is for training.
        continued: Whether the network has been trained before.
    """

    classes: int
    values: Mapping[str, Any] = field(default_factory=dict)
    seed: int
    epochs: int
    seconds: float
    continued: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EpochReport:
    """How training stands after an epoch, counted from 1; ``epochs`` are planned.

    Of amounts, ``accuracy`` and ``val_accuracy`` are the coefficient of determination.
    """

    epoch: int
    epochs: int
    loss: float
    accuracy: float
    val_loss: float
    val_accuracy: float


def planned_epochs(samples: int, share: float = 1.0) -> int:
    """Return how many epochs give about this share of the usual number of steps."""
    wanted = math.ceil(_USUAL_STEPS / math.ceil(samples / batch_size(samples)))
    return max(1, round(share * min(max(wanted, _FEWEST_EPOCHS), _MOST_EPOCHS)))


def batch_size(samples: int) -> int:
    """Return how many inputs make a step."""
    return min(samples, _LARGE_BATCH if samples >= _LARGE_DATA else _SMALL_BATCH)


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
        model: Ending in a softmax, or in one linear output for amounts.
        training: What to learn from.
        validation: What tells the best epoch.
        plan: How.
        tick: Called every few steps; True ends the training with what there is. It may
            raise, which leaves the model as it is.
        report: Called after every epoch.

    Returns:
        Epochs trained, the last perhaps in part.
    """
    if not plan.epochs:
        return 0
    run = _Run(model, training, plan)
    if plan.continued:
        run.validate(validation)  # so that it never ends worse than it began
    while run.epoch < run.epochs and not run.stopped and not run.is_stuck:
        loss, accuracy = run.train_epoch(tick)
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


def predict(model: keras.Model, inputs: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return a network's outputs, ``(samples, outputs)``."""
    return _outputs(_predictor(model), inputs)


def _outputs(predictor: Callable[..., Any], inputs: NDArray[np.float32]) -> NDArray[np.float32]:
    steps = range(0, len(inputs), _PREDICTED_AT_ONCE)
    return np.concatenate([predictor(inputs[i : i + _PREDICTED_AT_ONCE]).numpy() for i in steps])


def _predictor(model: keras.Model) -> Callable[..., Any]:
    signature = tf.TensorSpec((None, *model.inputs[0].shape[1:]), tf.float32)
    call = lambda x: model(x, training=False)  # noqa: E731
    return tf.function(call, input_signature=[signature], autograph=False)  # type: ignore[no-any-return]


class _Run:
    """The state of one training."""

    def __init__(self, model: keras.Model, training: Part, plan: Plan) -> None:
        self._model = model
        self._training = training
        self._plan = plan
        self._batch = batch_size(len(training.truth))
        self._steps_per_epoch = math.ceil(len(training.truth) / self._batch)
        self._rng = np.random.default_rng(plan.seed)
        self._step, self._rate = _train_step(model, plan)
        self._predict = _predictor(model)
        self._best: tuple[float, list[NDArray[np.float32]]] | None = None
        self._best_epoch = 0
        self._started = time.monotonic()
        self._timed = self._started
        self.epochs = plan.epochs
        self.epoch = 0
        self.done = 0
        self.stopped = False

    @property
    def is_stuck(self) -> bool:
        """Whether nothing got better for so long that nothing will."""
        patience = max(_FEWEST_PATIENT_EPOCHS, math.ceil(_PATIENCE * self.epochs))
        return self.epoch - self._best_epoch >= patience

    def train_epoch(self, tick: Callable[[], bool]) -> tuple[float, float]:
        """Train one epoch, or as much of it as `tick` allows; return loss and accuracy."""
        losses, hits, batches = 0.0, 0.0, 0
        for x, y in self._batches():
            self._rate.assign(self._learning_rate())
            loss, right = self._step(x, y)
            losses += float(loss)
            hits += float(right)
            batches += 1
            self.done += 1
            self._fit_to_time()
            if self._is_told_to_end(tick):
                self.stopped = True
                break
        self.epoch += 1
        return losses / batches, hits / (batches * self._batch)

    def _is_told_to_end(self, tick: Callable[[], bool]) -> bool:
        """Ask; the time that is rested meanwhile, in a pause, does not count."""
        begun = time.monotonic()
        told = tick()
        rested = time.monotonic() - begun
        self._started += rested
        self._timed += rested
        return told

    def _fit_to_time(self) -> None:
        """Once steps can be timed, cut the plan to what there is time for."""
        if self.done == 1:
            self._timed = time.monotonic()  # the first step also compiled
        if self.done < _STEPS_TO_TIME or self.done % _STEPS_TO_TIME:
            return
        now = time.monotonic()
        per_epoch = (now - self._timed) / (self.done - 1) * self._steps_per_epoch
        left = self._plan.seconds - (now - self._started)
        affordable = self.done / self._steps_per_epoch + left / per_epoch
        self.epochs = max(self.epoch + 1, min(self.epochs, int(affordable)))

    def _learning_rate(self) -> float:
        total = self.epochs * self._steps_per_epoch
        warm = max(1, round(total * _WARM_UP))
        peak = float(self._plan.values["learning_rate"])
        if self.done < warm:
            return peak * (self.done + 1) / warm
        gone = min(1.0, (self.done - warm) / max(1, total - warm))
        return peak * 0.5 * (1 + math.cos(math.pi * gone))

    def _batches(self) -> Iterator[tuple[NDArray[np.float32], NDArray[np.float32]]]:
        """Return the epoch's batches, all of one size; the last is filled up from the first."""
        wanted = self._steps_per_epoch * self._batch
        order = np.resize(self._rng.permutation(len(self._training.truth)), wanted)
        for chosen in order.reshape(self._steps_per_epoch, self._batch):
            yield self._batch_of(chosen)

    def _batch_of(
        self, chosen: NDArray[np.intp]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        x = self._training.pixels[chosen].astype(np.float32) / np.float32(255)
        x = augment(x, self._plan.values, self._rng)
        y = targets(self._training.truth[chosen], self._plan.classes)
        amount = float(self._plan.values.get("mixup", 0) or 0)
        return mix(x, y, amount, self._rng) if amount > 0 else (x, y)

    def validate(self, part: Part) -> tuple[float, float]:
        """Return loss and accuracy on a part; remember the weights if they are the best."""
        outputs = _outputs(self._predict, part.inputs)
        reached = score(outputs, part.truth, classification=bool(self._plan.classes))
        if self._best is None or reached > self._best[0]:
            self._best, self._best_epoch = (reached, self._model.get_weights()), self.epoch
        return _told(outputs, part, self._plan.classes)

    def take_best(self) -> None:
        """Put the weights of the best epoch into the model."""
        if self._best is not None:
            self._model.set_weights(self._best[1])


def targets(truth: NDArray[Any], classes: int) -> NDArray[np.float32]:
    """Return what a network should put out: ``(samples, classes)`` one-hot, or ``(samples, 1)``."""
    if not classes:
        return truth.astype(np.float32)[:, np.newaxis]
    one_hot: NDArray[np.float32] = np.eye(classes, dtype=np.float32)[truth]
    return one_hot


def _told(outputs: NDArray[np.float32], part: Part, classes: int) -> tuple[float, float]:
    """Return loss and accuracy, or squared error and coefficient of determination."""
    if not classes:
        error = float(np.mean((outputs[:, 0] - part.truth) ** 2))
        return error, score(outputs, part.truth, classification=False)
    likely = outputs[np.arange(len(part.truth)), part.truth]
    loss = float(-np.log(np.maximum(likely, 1e-7)).mean())
    return loss, float((outputs.argmax(axis=1) == part.truth).mean())


def _train_step(
    model: keras.Model, plan: Plan
) -> tuple[Callable[..., tuple[tf.Tensor, tf.Tensor]], keras.Variable]:
    """Return a function that makes one step, and the learning rate it makes it with."""
    decay = float(plan.values.get("weight_decay", 0) or 0)
    optimizer = keras.optimizers.AdamW(1e-3, weight_decay=decay, clipnorm=5.0)
    optimizer.exclude_from_weight_decay(var_names=["bias", "gamma", "beta"])
    optimizer.build(model.trainable_variables)
    loss_of = _loss(plan)

    @tf.function(autograph=False)  # type: ignore[untyped-decorator]
    def step(x: tf.Tensor, y: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        with tf.GradientTape() as tape:
            outputs = model(x, training=True)
            loss = tf.reduce_mean(loss_of(y, outputs))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply(gradients, model.trainable_variables)
        return loss, _right(y, outputs, plan.classes)

    return step, optimizer.learning_rate


def _loss(plan: Plan) -> Callable[[Any, Any], Any]:
    if not plan.classes:
        return lambda y, outputs: tf.square(outputs - y)
    smoothing = float(plan.values.get("label_smoothing", 0) or 0)
    return lambda y, outputs: keras.losses.categorical_crossentropy(
        y, outputs, label_smoothing=smoothing
    )


def _right(y: tf.Tensor, outputs: tf.Tensor, classes: int) -> tf.Tensor:
    """Return how many are called rightly; of amounts, 1 less the squared error, summed."""
    if not classes:
        return tf.reduce_sum(1 - tf.square(outputs - y))
    hits = tf.argmax(outputs, axis=1) == tf.argmax(y, axis=1)
    return tf.reduce_sum(tf.cast(hits, tf.float32))

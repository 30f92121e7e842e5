"""Stock AutoKeras: ``ImageClassifier``, ``StructuredDataClassifier``, ``StructuredDataRegressor``.

Nothing of it is changed but what it lacks, an end by the clock. A Keras callback remembers the
weights of the best epoch of all trials, by validation loss, in memory; so even a trial that is
under way counts. When the time is nearly over it leaves the search by the exception KerasTuner
provides for that, and the remembered model predicts. Where no batch ends for so long (its
second and third picture models take seconds a batch), a thread predicts with a clone instead.

With ``--option first``: one trial, trained and exported as its manual shows; when it can be used.
"""

from __future__ import annotations

import contextlib
import os
import threading
import time
from pathlib import Path
from typing import Any

import numpy as np

from .common import Asked, asked, versions_of

_RESERVE, _PATIENCE = 4.0, 1.5
"""Seconds kept for the predictions, and how long the search may take to notice."""


def main() -> None:
    """Search until the time is over and answer."""
    told = asked()
    os.environ.setdefault("KERAS_BACKEND", "tensorflow")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    import autokeras
    import keras_tuner

    class TimeIsUp(keras_tuner.errors.FatalError):  # type: ignore[misc]
        """Leaves a KerasTuner search; any other exception only fails a trial."""

    data = told.arrays()
    memory = _callback(told, TimeIsUp)
    first = told.option == "first"
    model = _stock(autokeras, told, max_trials=1 if first else 100)
    watch = _Answering(told, model, memory, data["test_x"])
    if not first:
        watch.start_watching()
    with contextlib.suppress(TimeIsUp):
        model.fit(
            _input(data["train_x"]),
            _target(data["train_y"], told),
            validation_data=(_input(data["val_x"]), _target(data["val_y"], told)),
            callbacks=[memory],
            verbose=0,
        )
    if first:
        _export_first(told, model, data["test_x"], memory)
    else:
        watch.answer("the search")
    os._exit(0)  # not waiting for threads of TensorFlow


def _stock(autokeras: Any, told: Asked, max_trials: int) -> Any:
    kind = told.about["kind"]
    name = "ImageClassifier" if kind == "image" else "StructuredDataRegressor"
    if kind != "image" and told.is_classification:
        name = "StructuredDataClassifier"
    return getattr(autokeras, name)(
        directory=str(told.scratch), overwrite=True, seed=told.seed, max_trials=max_trials
    )


def _input(x: np.ndarray) -> np.ndarray:
    return x.astype(np.float32)


def _target(y: np.ndarray, told: Asked) -> np.ndarray:
    # Whole numbers in a column of their own are labels to AutoKeras.
    return y if told.is_classification else y.astype(np.float32)[:, None]


def _callback(told: Asked, time_is_up: type[Exception]) -> Any:
    import keras

    class Memory(keras.callbacks.Callback):  # type: ignore[misc]
        """Remembers the best epoch; ends the search by the clock."""

        def __init__(self) -> None:
            super().__init__()
            self.best: tuple[float, Any, list[np.ndarray]] | None = None
            self.epochs: list[list[float]] = []
            self.trials = 0

        def __deepcopy__(self, memo: object) -> Memory:
            return self  # KerasTuner copies callbacks for every trial

        def on_train_begin(self, logs: Any = None) -> None:
            self.trials += 1

        def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
            if told.seconds_left(_RESERVE) < 0:
                raise time_is_up("the time is up")

        def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
            loss = float((logs or {}).get("val_loss", np.inf))
            reached = float((logs or {}).get("val_accuracy", np.nan))
            at = round(time.time() - told.began, 2)
            told_reached = None if np.isnan(reached) else round(reached, 5)
            self.epochs.append([self.trials, epoch, at, loss, told_reached])  # type: ignore[list-item]
            if self.best is None or loss < self.best[0]:
                self.best = (loss, self.model, [w.copy() for w in self.model.get_weights()])

    return Memory()


class _Answering:
    """Answers once, from the search's end or from a thread that watches the clock."""

    def __init__(self, told: Asked, model: Any, memory: Any, test_x: np.ndarray) -> None:
        self._told, self._model, self._memory, self._test = told, model, memory, test_x
        self._begun = threading.Lock()

    def start_watching(self) -> None:
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        time.sleep(max(0.0, self._told.seconds_left(_RESERVE - _PATIENCE)))
        self.answer("a clone")
        os._exit(0)

    def answer(self, by: str) -> None:
        """Predict with the best there is; the second to come waits for ever."""
        self._begun.acquire()
        best = self._memory.best
        outputs = None if best is None else self._predict(best, clone=by == "a clone")
        self._told.answer(
            outputs,
            versions=versions_of("autokeras", "keras", "tensorflow"),
            answered_by=by,
            trials_begun=self._memory.trials,
            validation_loss=None if best is None else best[0],
            epochs=self._memory.epochs,
        )

    def _predict(self, best: tuple[float, Any, list[np.ndarray]], *, clone: bool) -> np.ndarray:
        import keras

        model = best[1]
        if clone:
            model = keras.models.clone_model(model)
        model.set_weights(best[2])
        return _outputs(self._told, _run(model, self._transformed()))

    def _transformed(self) -> Any:
        """Return the test inputs as AutoKeras' own pipeline makes them."""
        from autokeras import pipeline

        saved = sorted(Path(self._told.scratch).rglob("pipeline"), key=lambda p: p.stat().st_mtime)
        adapted = self._model._adapt(_input(self._test), self._model.inputs)
        return pipeline.load_pipeline(str(saved[0])).transform_x(adapted)


def _run(model: Any, inputs: Any) -> np.ndarray:
    import tree

    x = tree.flatten(inputs)[0]
    parts = [np.asarray(model(x[i : i + 256], training=False)) for i in range(0, len(x), 256)]
    return np.concatenate(parts)


def _outputs(told: Asked, raw: np.ndarray) -> np.ndarray:
    """Return a column a class: two classes are one output to AutoKeras."""
    if told.is_classification and raw.shape[1] == 1:
        return np.concatenate([1 - raw, raw], axis=1)
    return raw


def _export_first(told: Asked, model: Any, test_x: np.ndarray, memory: Any) -> None:
    """Export as a person would: to Keras, to a TFLite file; and measure that."""
    import tensorflow as tf

    trained = model.export_model()
    content = tf.lite.TFLiteConverter.from_keras_model(trained).convert()
    (told.out / "first.tflite").write_bytes(content)
    runner = tf.lite.Interpreter(model_content=content)
    given, made = runner.get_input_details()[0], runner.get_output_details()[0]
    x = _input(test_x).reshape(len(test_x), *given["shape"][1:])
    outputs = []
    runner.allocate_tensors()
    for sample in x:
        runner.set_tensor(given["index"], sample[None].astype(given["dtype"]))
        runner.invoke()
        outputs.append(runner.get_tensor(made["index"])[0].copy())
    told.answer(
        _outputs(told, np.stack(outputs)),
        versions=versions_of("autokeras", "keras", "tensorflow"),
        size_bytes=len(content),
        epochs=memory.epochs,
    )


if __name__ == "__main__":
    main()

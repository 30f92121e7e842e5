"""Makes the small models the export tests carry: run it by hand when they must change.

    KERAS_BACKEND=tensorflow python tests/export/data/make_model.py

An 8x8 grey picture of a bar: lying, standing or slanting. TensorFlow is needed here only;
the tests themselves read the three files beside this script.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

os.environ.setdefault("KERAS_BACKEND", "tensorflow")

import keras
import numpy as np
import tensorflow as tf

HERE = Path(__file__).parent


def bars(count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return noisy bars, float32 (N, 8, 8, 1) in 0..1, and their class numbers (N,)."""
    rng = np.random.default_rng(seed)
    pictures = rng.uniform(0, 0.35, (count, 8, 8, 1)).astype("float32")
    classes = rng.integers(0, 3, count)
    for picture, kind in zip(pictures, classes, strict=True):
        at = rng.integers(1, 7)
        for i in range(8):
            row, column = ((at, i), (i, at), (i, i))[kind]
            picture[row, column, 0] = rng.uniform(0.6, 1.0)
    return pictures, classes


def train() -> keras.Model:
    """Return the trained network, batch 1, static shapes."""
    keras.utils.set_random_seed(7)
    layers = [
        keras.layers.Conv2D(4, 3, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(3),
        keras.layers.Softmax(),
    ]
    trained = keras.Sequential([keras.Input((8, 8, 1)), *layers])
    trained.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    x, y = bars(1500, 1)
    trained.fit(x, y, epochs=12, verbose=0)
    image = keras.Input(batch_shape=(1, 8, 8, 1))
    out = image
    for layer in layers:
        out = layer(out)
    return keras.Model(image, out)


def main() -> None:
    """Write the three files."""
    model = train()
    calibration, _ = bars(200, 2)
    calibration[0], calibration[1] = 0.0, 1.0  # the input scale becomes exactly 1/255

    plain = tf.lite.TFLiteConverter.from_keras_model(model)
    (HERE / "bars_float32.tflite").write_bytes(plain.convert())

    full = tf.lite.TFLiteConverter.from_keras_model(model)
    full.optimizations = [tf.lite.Optimize.DEFAULT]
    full.representative_dataset = lambda: ([one[None]] for one in calibration)
    full.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
    full.inference_input_type = full.inference_output_type = tf.int8
    (HERE / "bars_int8.tflite").write_bytes(full.convert())

    model(calibration[:1])
    with tempfile.TemporaryDirectory() as folder:
        model.export(f"{folder}/bars.onnx", format="onnx", verbose=False)
        (HERE / "bars_float32.onnx").write_bytes(Path(folder, "bars.onnx").read_bytes())


if __name__ == "__main__":
    main()

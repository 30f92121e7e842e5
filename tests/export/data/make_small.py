"""Makes the small int8 models of rows and windows the export tests carry: run it by hand.

    KERAS_BACKEND=tensorflow python tests/export/data/make_small.py

They are trained on made-up numbers: what is tested is the bundle around them.
"""

from __future__ import annotations

import os
from pathlib import Path

os.environ.setdefault("KERAS_BACKEND", "tensorflow")

import keras
import numpy as np
import tensorflow as tf

HERE = Path(__file__).parent
Layers = list[keras.layers.Layer]


def converted(shape: tuple[int, ...], layers: Layers, truth: np.ndarray, loss: str) -> bytes:
    """Return an int8 model trained a little; its input scale is exactly 1/255."""
    rng = np.random.default_rng(1)
    x = rng.integers(0, 256, (len(truth), *shape)).astype("float32") / 255
    trained = keras.Sequential([keras.Input(shape), *layers])
    trained.compile("adam", loss)
    trained.fit(x, truth, epochs=8, verbose=0)
    one = keras.Input(batch_shape=(1, *shape))
    out = one
    for layer in layers:
        out = layer(out)
    x[0], x[1] = 0.0, 1.0
    full = tf.lite.TFLiteConverter.from_keras_model(keras.Model(one, out))
    full.optimizations = [tf.lite.Optimize.DEFAULT]
    full.representative_dataset = lambda: ([sample[None]] for sample in x[:100])
    full.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
    full.inference_input_type = full.inference_output_type = tf.int8
    return full.convert()


def main() -> None:
    """Write the files."""
    keras.utils.set_random_seed(7)
    rng = np.random.default_rng(2)
    classes, amounts = rng.integers(0, 3, 500), rng.normal(0, 1, 500).astype("float32")
    dense = keras.layers.Dense
    cross = "sparse_categorical_crossentropy"
    flat = keras.layers.Flatten

    def small() -> Layers:
        return [dense(8, activation="relu"), dense(3, activation="softmax")]

    made = {
        "rows": ((6,), small()),
        "statistics": ((12,), small()),
        "windows": (
            (8, 1, 2),
            [flat(), *small()],
        ),
    }
    for name, (shape, layers) in made.items():
        content = converted(shape, layers, classes, cross)
        (HERE / f"{name}_int8.tflite").write_bytes(content)
    content = converted((6,), [dense(8, activation="relu"), dense(1)], amounts, "mse")
    (HERE / "amounts_int8.tflite").write_bytes(content)


if __name__ == "__main__":
    main()

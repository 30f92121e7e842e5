"""Make the small TensorFlow Lite files beside this script: ``python tests/data/make_models.py``.

They are checked in, so the tests need no TensorFlow. `one_operator` is also used by tests.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent


def one_operator(code: int, custom: str = "", version: int = 1) -> bytes:
    """Return a model of one operator with that built-in code, one float tensor in and out."""
    import flatbuffers
    from ai_edge_litert import schema_py_generated as schema

    model, graph = schema.ModelT(), schema.SubGraphT()
    operator_code, operator = schema.OperatorCodeT(), schema.OperatorT()
    operator_code.builtinCode = code
    operator_code.deprecatedBuiltinCode = min(code, 127)
    operator_code.customCode = custom or None
    operator_code.version = version
    operator.inputs, operator.outputs = [0], [1]
    graph.tensors = [_tensor(schema, name) for name in ("in", "out")]
    graph.inputs, graph.outputs, graph.operators = [0], [1], [operator]
    model.version, model.description = 3, "one operator"
    model.operatorCodes, model.subgraphs = [operator_code], [graph]
    model.buffers = [schema.BufferT()]
    builder = flatbuffers.Builder(1024)
    builder.Finish(model.Pack(builder), file_identifier=b"TFL3")
    return bytes(builder.Output())


def _tensor(schema, name):
    tensor = schema.TensorT()
    tensor.name, tensor.shape, tensor.type = name, [1, 4], schema.TensorType.FLOAT32
    return tensor


def _network():
    import keras

    keras.utils.set_random_seed(1)
    layers = keras.layers
    return keras.Sequential(
        [
            keras.Input((8, 8, 1), batch_size=1),
            layers.Conv2D(4, 3, activation="relu"),
            layers.DepthwiseConv2D(3, activation="relu"),
            layers.GlobalAveragePooling2D(),
            layers.Dense(3, activation="softmax"),
        ]
    )


def _wide_network():
    """Return one whose weights are many enough for the converter to quantize them alone."""
    import keras

    keras.utils.set_random_seed(1)
    layers = keras.layers
    return keras.Sequential(
        [
            keras.Input((8, 8, 1), batch_size=1),
            layers.Flatten(),
            layers.Dense(24, activation="relu"),
            layers.Dense(3),
        ]
    )


def _convert(network, precision: str) -> bytes:
    import tensorflow as tf

    converter = tf.lite.TFLiteConverter.from_keras_model(network)
    if precision != "float32":
        converter.optimizations = [tf.lite.Optimize.DEFAULT]
    if precision == "int8":
        samples = np.random.default_rng(1).random((50, 1, 8, 8, 1), dtype=np.float32)
        samples[0], samples[1] = 0.0, 1.0  # the whole range, so a byte is a code
        converter.representative_dataset = lambda: ([sample] for sample in samples)
        converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
        converter.inference_input_type = converter.inference_output_type = tf.int8
    return converter.convert()


def main() -> None:
    """Write every file."""
    network = _network()
    for precision in ("float32", "int8"):
        (HERE / f"tiny_{precision}.tflite").write_bytes(_convert(network, precision))
    (HERE / "tiny_dynamic.tflite").write_bytes(_convert(_wide_network(), "dynamic"))
    (HERE / "custom_operator.tflite").write_bytes(one_operator(32, "StrangersOp"))
    (HERE / "unsupported_operator.tflite").write_bytes(one_operator(150))  # GELU


if __name__ == "__main__":
    sys.exit(main())

"""Search spaces: what they build converts to the operators every target has, and stays."""

from __future__ import annotations

import hashlib
import json

import numpy as np
import pytest

pytestmark = pytest.mark.filterwarnings("ignore")  # TensorFlow's own, at import and conversion

SHAPES = {
    "mcu-image-cnn": [(24, 24, 1)],
    "large-image-cnn": [(24, 24, 3)],
    "mcu-signal-cnn": [(40, 1, 3), (18,)],
    "large-signal-cnn": [(40, 1, 3), (18,)],
    "mcu-mlp": [(9,)],
    "large-mlp": [(9,)],
}
CASES = [(id, shape) for id, shapes in SHAPES.items() for shape in shapes]
EVERY_BLOCK = [
    ("mcu-image-cnn", (24, 24, 1), {"width": 4, "block": "residual", "blocks": 2}),
    ("large-image-cnn", (24, 24, 3), {"width": 16, "block": "inverted", "stages": 2, "depth": 2}),
    ("mcu-signal-cnn", (40, 1, 3), {"width": 4, "blocks": 2, "stem_stride": 1}),
    ("mcu-signal-cnn", (18,), {"width": 4, "blocks": 2}),
    ("large-signal-cnn", (40, 1, 3), {"width": 16, "block": "inverted", "stages": 2, "depth": 2}),
    ("large-mlp", (9,), {"width": 32, "depth": 2, "ensemble": 2, "shortcut": True}),
]
OPERATORS = {"CONV_2D", "DEPTHWISE_CONV_2D", "ADD", "MEAN", "FULLY_CONNECTED", "SOFTMAX", "PAD"}


@pytest.fixture(scope="module")
def spaces():  # type: ignore[no-untyped-def]
    """The module; importing it imports TensorFlow."""
    from studio.worker import space

    return space


def converted(model):  # type: ignore[no-untyped-def]
    from studio.domain.candidate import ArtifactFormat, Precision
    from studio.runtimes.tflite_file import read_model
    from studio.worker.convert import convert

    rng = np.random.default_rng(0)
    model.set_weights([rng.uniform(0.5, 1.5, w.shape) for w in model.get_weights()])
    noise = rng.random((2, *model.inputs[0].shape[1:]), np.float32)
    return read_model(convert(model, Precision.INT8, ArtifactFormat.TFLITE, noise))


@pytest.mark.parametrize(("id", "shape", "values"), EVERY_BLOCK)
def test_int8_has_only_operators_every_target_has(spaces, id: str, shape, values) -> None:  # type: ignore[no-untyped-def]
    model = spaces.build_model(spaces.SPACES[id], values, shape, 1, "regression")
    assert model.layers[-1].name != "probabilities"
    read = converted(model)
    assert dict(read.operators).keys() <= OPERATORS
    assert read.outputs[0].shape == (1, 1)


@pytest.mark.parametrize(("id", "shape"), CASES)
def test_every_first_configuration_can_be_built_and_trained(spaces, id: str, shape) -> None:  # type: ignore[no-untyped-def]
    space = spaces.SPACES[id]
    sizes = set()
    for values in space.first:
        model = spaces.build_model(space, values, shape, 3)
        outputs = np.asarray(model(np.random.default_rng(0).random((2, *shape), np.float32)))
        assert outputs.sum(axis=1) == pytest.approx(1, abs=1e-5)
        sizes.add(model.count_params())
    assert max(sizes) > 2 * min(sizes)


@pytest.mark.parametrize("id", SHAPES)
def test_what_is_asked_does_not_depend_on_the_shape_of_the_input(spaces, id: str) -> None:  # type: ignore[no-untyped-def]
    import keras
    import keras_tuner

    asked = []
    for shape in (*SHAPES[id], *((2 * n for n in shape) for shape in SHAPES[id])):
        hp = keras_tuner.HyperParameters()
        spaces.SPACES[id].features(hp, keras.Input(tuple(shape)))
        spaces.SPACES[id].training(hp)
        asked.append([parameter.get_config() for parameter in hp.space])
    assert all(one == asked[0] for one in asked)
    assert {"learning_rate", "weight_decay", "label_smoothing"} <= {p["name"] for p in asked[0]}


RELEASED = [
    ({}, "ac2173650128de2f"),
    (
        {
            "width": 8,
            "block": "residual",
            "blocks": 4,
            "kernel_0": 5,
            "growth_3": 1.5,
            "dropout": 0.2,
        },
        "2dedefaf60c2cc7f",
    ),
    (
        {
            "width": 4,
            "block": "separable",
            "blocks": 2,
            "growth_1": 1.5,
            "kernel_1": 5,
            "stem_stride": 1,
        },
        "3bdb25bc7e0a1449",
    ),
    ({"width": 16, "block": "residual", "blocks": 2, "growth_0": 1.0}, "651fde3f82c25d02"),
]
"""Taken from the space as it was released."""

_TELLING = {
    "strides",
    "padding",
    "kernel_size",
    "max_value",
    "use_bias",
    "rate",
    "momentum",
    "epsilon",
}


@pytest.mark.parametrize(("values", "digest"), RELEASED)
def test_a_released_space_builds_what_it_built(spaces, values, digest: str) -> None:  # type: ignore[no-untyped-def]
    model = spaces.build_model(spaces.SPACES["mcu-image-cnn"], values, (32, 32, 1), 3)
    told = [
        (
            type(layer).__name__,
            [list(weight.shape) for weight in layer.weights],
            list(layer.output.shape),
            sorted((k, str(v)) for k, v in layer.get_config().items() if k in _TELLING),
        )
        for layer in model.layers
    ]
    assert hashlib.sha256(json.dumps(told).encode()).hexdigest()[:16] == digest

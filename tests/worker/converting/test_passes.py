"""What changes a network: which answers stay, to the bit where nothing is rounded."""

from __future__ import annotations

import keras
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.worker.converting.channels import channels_of, keep_channels
from studio.worker.converting.dead import drop_dead_channels
from studio.worker.converting.equalisation import equalise
from studio.worker.converting.folding import fold_normalization
from studio.worker.converting.network import INPUT, model_of, network_of, tensors_of
from studio.worker.converting.pruning import prune_channels, worth_of_channels
from studio.worker.space import SPACES, build_model
from tests.worker.converting.nets import chain, conv, dense, layer, outputs, picture_net

pytestmark = [
    pytest.mark.filterwarnings("ignore"),  # TensorFlow's own
    pytest.mark.together("TensorFlow in the test process"),
]

RELU = keras.layers.ReLU


def pictures(count: int = 6, shape: tuple[int, ...] = (4, 4, 2), seed: int = 3) -> np.ndarray:
    """Return pictures of noughts and ones."""
    return np.random.default_rng(seed).integers(0, 2, (count, *shape)).astype(np.float32)


def noisy(model: keras.Model, seed: int = 0) -> keras.Model:
    """Give a model weights as of a training: normalizations that do something."""
    rng = np.random.default_rng(seed)
    for one in model.layers:
        if isinstance(one, keras.layers.BatchNormalization):
            shapes = [weight.shape for weight in one.get_weights()]
            one.set_weights(
                [
                    rng.uniform(0.5, 1.5, shapes[0]),
                    *(rng.normal(0, 0.3, s) for s in shapes[1:3]),
                    rng.uniform(0.5, 2, shapes[3]),
                ]
            )
    return model


CONFIGURATIONS = [
    ("mcu-image-cnn", {"width": 8, "blocks": 2, "dropout": 0.2}, (16, 16, 1)),
    ("mcu-image-cnn", {"width": 8, "block": "residual", "blocks": 2}, (16, 16, 3)),
    ("large-image-cnn", {"width": 16, "block": "inverted", "depth": 2, "stages": 2}, (16, 16, 3)),
    ("mcu-signal-cnn", {"width": 4, "blocks": 2}, (32, 1, 3)),
    ("mcu-mlp", {"width": 16, "depth": 3, "shortcut": True, "ensemble": 2}, (9,)),
    ("instant-image", {"filters": 12, "kernel": 3, "stride": 2, "grid": 2}, (12, 12, 1)),
    ("instant-table", {"units": 20}, (7,)),
]


@pytest.mark.parametrize(("space", "values", "shape"), CONFIGURATIONS)
def test_every_space_goes_through_data_and_back(space, values, shape) -> None:
    model = noisy(build_model(SPACES[space], values, shape, 4))
    inputs = np.random.default_rng(1).random((5, *shape), np.float32)
    wanted = np.asarray(model(inputs, training=False))
    network = network_of(model)
    assert np.array_equal(outputs(network, inputs), wanted)
    folded = fold_normalization(network)
    assert outputs(folded, inputs) == pytest.approx(wanted, abs=2e-6)
    left = sum(one.is_a(keras.layers.BatchNormalization) for one in folded.layers)
    assert left == 0
    assert outputs(equalise(network, inputs), inputs) == pytest.approx(wanted, abs=1e-4)
    half = prune_channels(network, 0.5, inputs)
    assert outputs(half, inputs).shape == wanted.shape
    weights = [sum(w.size for one in n.layers for w in one.weights) for n in (network, half)]
    assert weights[1] < 0.75 * weights[0] or space == "instant-table"
    nothing = prune_channels(network, 0.0, inputs)
    assert np.array_equal(outputs(nothing, inputs), wanted)


@given(
    st.integers(0, 10_000), st.tuples(*[st.integers(1, 6)] * 3), st.sampled_from([0.0, 0.4, 1.0])
)
@settings(max_examples=10)
def test_without_its_dead_channels_a_network_answers_the_same_to_the_bit(
    seed, widths, killed
) -> None:
    network = picture_net(np.random.default_rng(seed), widths, killed=killed)
    smaller = drop_dead_channels(network)
    x = pictures()
    assert outputs(smaller, x).tobytes() == outputs(network, x).tobytes()
    assert drop_dead_channels(smaller) is smaller


def test_dead_channels_go_and_living_ones_stay() -> None:
    kernel = np.ones((1, 1, 2, 4))
    kernel[..., 0] = 0  # nothing comes in, and the bias is not above zero
    bias = [0, -3, 0.5, -1]  # two ones and a bias of -3 are never above zero
    network = chain(
        (4, 4, 2),
        conv("a", INPUT, kernel, bias),
        layer(RELU, "r", ["a"]),
        conv("b", "r", np.ones((1, 1, 4, 3)), np.zeros(3)),
    )
    smaller = drop_dead_channels(network)
    assert smaller["a"].settings["filters"] == 2
    assert smaller["a"].weights[1].tolist() == [0.5, -1]
    assert smaller["b"].weights[0].shape == (1, 1, 2, 3)
    assert outputs(smaller, pictures()).tobytes() == outputs(network, pictures()).tobytes()


def test_a_channel_is_not_dead_where_its_zero_becomes_something() -> None:
    """Depthwise with a bias makes something of nothing, and an addition needs both to be dead."""
    zero = np.zeros((1, 1, 2, 2))
    depthwise = layer(keras.layers.DepthwiseConv2D, "d", ["r"], [np.ones((1, 1, 2, 1)), [1, -1]])
    network = chain(
        (4, 4, 2),
        conv("a", INPUT, zero, [-1, -1]),
        layer(RELU, "r", ["a"]),
        depthwise,
        layer(RELU, "rd", ["d"]),
        conv("b", "rd", np.ones((1, 1, 2, 1)), [0]),
    )
    smaller = drop_dead_channels(network)
    assert smaller["d"].weights[1].tolist() == [1]
    both = chain(
        (4, 4, 2),
        conv("a", INPUT, zero, [-1, -1]),
        layer(RELU, "ra", ["a"]),
        conv("b", INPUT, np.eye(2).reshape(1, 1, 2, 2), [0, -5]),
        layer(RELU, "rb", ["b"]),
        layer(keras.layers.Add, "s", ["ra", "rb"]),
        conv("c", "s", np.ones((1, 1, 2, 1)), [0]),
    )
    smaller = drop_dead_channels(both)
    assert [smaller[name].settings["filters"] for name in "abc"] == [1, 1, 1]
    assert outputs(smaller, pictures()).tobytes() == outputs(both, pictures()).tobytes()


def test_what_flows_out_of_a_layer_nobody_knows_is_left_alone() -> None:
    network = chain(
        (4, 4, 2),
        conv("a", INPUT, np.zeros((1, 1, 2, 2)), [-1, -1]),
        layer(RELU, "r", ["a"]),
        layer(keras.layers.Flatten, "f", ["r"]),
        dense("z", "f", np.ones((32, 1)), [0]),
    )
    assert drop_dead_channels(network) is network
    assert worth_of_channels(network, pictures()) == {}


def test_pruning_takes_the_channels_that_tell_least() -> None:
    rng = np.random.default_rng(5)
    kernel = rng.normal(size=(3, 3, 2, 6))
    kernel[..., [1, 4]] *= 1e-3
    network = chain(
        (4, 4, 2),
        conv("a", INPUT, kernel, np.zeros(6)),
        layer(RELU, "r", ["a"]),
        conv("b", "r", rng.normal(size=(1, 1, 6, 2)), np.zeros(2)),
    )
    pruned = prune_channels(network, 1 / 3, pictures())
    assert np.array_equal(pruned["a"].weights[0], network["a"].weights[0][..., [0, 2, 3, 5]])
    assert outputs(pruned, pictures()) == pytest.approx(outputs(network, pictures()), abs=0.05)
    assert prune_channels(network, 1.0, pictures())["a"].settings["filters"] == 1


def test_channels_that_are_added_go_together() -> None:
    network = picture_net(np.random.default_rng(1), (4, 3, 2), killed=0)
    sets = channels_of(network).set_of
    assert sets["a"] == sets["ra"] == sets["c"] == sets["s"] == sets["g"]
    assert sets["b"] == sets["rd"] != sets["a"]
    cut = keep_channels(network, {sets["a"]: np.array([0, 2])})
    assert [cut[name].settings["filters"] for name in "abc"] == [2, 3, 2]
    assert cut["z"].weights[0].shape == (2, 2)


def test_equalising_gives_channels_like_ranges_and_changes_no_answer() -> None:
    rng = np.random.default_rng(2)
    spread = 10.0 ** np.array([-3, -1, 0, 2])
    network = chain(
        (4, 4, 2),
        conv("a", INPUT, rng.normal(size=(3, 3, 2, 4)) * spread, np.zeros(4)),
        layer(RELU, "r", ["a"]),
        layer(
            keras.layers.DepthwiseConv2D,
            "d",
            ["r"],
            [rng.normal(size=(3, 3, 4, 1)), np.zeros(4)],
            kernel_size=(3, 3),
        ),
        layer(RELU, "rd", ["d"]),
        conv("b", "rd", rng.normal(size=(1, 1, 4, 2)) / spread.reshape(4, 1), np.zeros(2)),
    )
    x = pictures(20)
    even = equalise(network, x)
    assert outputs(even, x) == pytest.approx(outputs(network, x), rel=1e-4, abs=1e-5)
    for name in ("r", "rd"):
        tops = [tensors_of(n, x)[name].max(axis=(0, 1, 2)) for n in (network, even)]
        assert tops[0].max() / tops[0].min() > 1e4
        assert tops[1].max() / tops[1].min() < 20


def test_equalising_leaves_alone_what_reaches_its_cap() -> None:
    network = chain(
        (4, 4, 2),
        conv("a", INPUT, np.array([[9, 0.01], [9, 0.01]]).reshape(1, 1, 2, 2), [0, 0]),
        layer(RELU, "r", ["a"], max_value=6.0),
        conv("b", "r", np.ones((1, 1, 2, 1)), [0]),
    )
    x = pictures(20)
    even = equalise(network, x)
    assert np.array_equal(even["a"].weights[0][..., 0], network["a"].weights[0][..., 0])
    assert even["a"].weights[0].max(axis=(0, 1, 2))[1] > 0.1
    assert tensors_of(even, x)["r"][..., 1].max() <= 6
    assert outputs(even, x) == pytest.approx(outputs(network, x), rel=1e-5)


def test_one_layer_between_two_is_built_with_what_is_put_behind_it() -> None:
    network = chain((3,), dense("a", INPUT, np.eye(3), np.zeros(3)))
    doubled = model_of(network, after=lambda name, t: t * 2 if name == "a" else t)
    assert np.asarray(doubled(np.ones((1, 3), np.float32))).tolist() == [[2, 2, 2]]

"""The trap of tables, and which runtimes run what, shown by running it."""

from __future__ import annotations

import json
from collections.abc import Iterator

import keras
import numpy as np
import pytest
from sklearn.datasets import load_wine

from studio.conversion import CATALOGUE, judge, outputs_of, runtimes_of
from studio.domain.candidate import ArtifactFormat, Precision
from studio.domain.conversion import GateLimits, Verdict
from studio.domain.dataset import Split
from studio.runtimes.litert import run_reference
from studio.runtimes.tflite_micro import ArenaMeter
from studio.tasks import Given, rows
from studio.tasks.row_fitting import class_variants
from studio.worker.convert import to_file
from studio.worker.converting.material import Case, Material
from studio.worker.converting.network import INPUT, Network, model_of, network_of
from studio.worker.converting.telling import arena_of
from studio.worker.data import Part
from studio.worker.space import SPACES, build_model
from tests.worker.converting.nets import chain, layer, outputs

pytestmark = [
    pytest.mark.filterwarnings("ignore"),  # TensorFlow's own
    pytest.mark.together("TensorFlow in the test process"),
]


def givens_of(table: np.ndarray, names: list[str]) -> list[Given]:
    columns = dict.fromkeys(names, "number")
    contents = [json.dumps(dict(zip(names, row.tolist(), strict=True))).encode() for row in table]
    return [
        Given(
            name=str(n), digest=str(n), media_type="application/json", facts=None,
            read=lambda content=content: content, columns=columns,
        )
        for n, content in enumerate(contents)
    ]  # fmt: skip


def part_of(pixels: np.ndarray, truth: np.ndarray) -> Part:
    numbers = np.arange(len(pixels))
    return Part(
        pixels=pixels,
        truth=truth.astype(np.int32),
        groups=numbers.astype(np.int32),
        numbers=numbers,
    )


def test_normalization_of_a_table_stands_outside_of_the_int8_graph() -> None:
    """Inside, the one scale of the input must serve proline (to 1,680) and hue (to 1.7)."""
    wine = load_wine()
    order = np.random.default_rng(0).permutation(len(wine.target))
    table, truth = wine.data[order].astype(np.float32), wine.target[order]
    givens = givens_of(table, wine.feature_names)
    how = class_variants(givens[:100])["scaled"]
    pixels = np.stack([made[0] for made in rows.prepare_all(givens, [how])[0]])
    training, testing = part_of(pixels[:100], truth[:100]), part_of(pixels[100:], truth[100:])
    material = Material(
        training=training, validation=training, classes=("a", "b", "c"),
        hyperparameters={"learning_rate": 1e-2}, seed=1,
    )  # fmt: skip
    model = build_model(SPACES["mcu-mlp"], {"width": 16}, (pixels.shape[1],), 3)
    material.train(model, share=0.4, rate=1)
    network = network_of(model)
    before = outputs(network, testing.inputs)
    outside = Case(network=network, samples=material.samples())
    after = outputs_of(
        outside.file(Precision.INT8, ArtifactFormat.TFLITE), ArtifactFormat.TFLITE, testing.pixels
    )
    inside = with_normalization(network, how)
    content = to_file(model_of(inside), Precision.INT8, ArtifactFormat.TFLITE, table[:100])
    trapped = run_reference(content, table[100:])

    def gate(found: np.ndarray):  # type: ignore[no-untyped-def]
        return judge(
            before, found, testing.truth, classes=material.classes, split=Split.TEST,
            limits=GateLimits(),
        )  # fmt: skip

    # As float the two are one function, but for bytes and clipping.
    alike = outputs(inside, table[100:]).argmax(axis=1) == before.argmax(axis=1)
    assert alike.mean() > 0.95
    assert gate(before).overall.before > 0.93
    assert gate(after).overall.drop <= 0.02
    assert gate(trapped).verdict is Verdict.FAILS
    assert gate(trapped).overall.drop > 0.2


def with_normalization(network: Network, how) -> Network:  # type: ignore[no-untyped-def]
    """Return the network with what the preprocessing does to numbers as its first layer."""
    low, high = (np.array([f.knots[end] for f in how.features]) for end in (0, -1))
    least, most = (np.array([f.levels[end] / 255 for f in how.features]) for end in (0, -1))
    gain = (most - least) / (high - low)
    first = layer(
        keras.layers.BatchNormalization, "n", [INPUT],
        [gain, least, low, np.ones_like(low)], epsilon=0.0,
    )  # fmt: skip
    moved = tuple(
        one if INPUT not in one.inputs else type(one)(
            name=one.name, kind=one.kind, settings=one.settings, inputs=("n",), weights=one.weights
        )
        for one in network.layers
    )  # fmt: skip
    return chain(network.shape, first, *moved)


@pytest.fixture(scope="module")
def meter() -> Iterator[ArenaMeter]:
    with ArenaMeter() as made:
        yield made


@pytest.fixture(scope="module")
def wide_enough() -> Case:
    """A network with weights so many that dynamic range stores them in 8 bits."""
    keras.utils.set_random_seed(1)
    values = {"width": 16, "blocks": 2, "block": "residual"}
    model = build_model(SPACES["mcu-image-cnn"], values, (12, 12, 1), 3)
    samples = np.random.default_rng(0).random((20, 12, 12, 1), np.float32)
    return Case(network=network_of(model), samples=samples)


@pytest.mark.parametrize("id", [id for id, recipe in CATALOGUE.items() if not recipe.pruned])
def test_the_runtimes_of_a_recipe_run_it_and_no_others(wide_enough, meter, id: str) -> None:
    recipe = CATALOGUE[id]
    content = wide_enough.file(recipe.precision, recipe.format)
    pixels = np.random.default_rng(1).integers(0, 256, (10, 12, 12, 1), np.uint8)
    found = outputs_of(content, recipe.format, pixels)  # in the reference of its format
    wanted = outputs(wide_enough.network, pixels / 255)
    assert np.abs(found - wanted).max() < (0.05 if recipe.is_integer else 0.02)
    arena = arena_of(meter, content, recipe.format)
    assert (arena.value is not None) == ("tflite-micro" in runtimes_of(recipe)), arena.source

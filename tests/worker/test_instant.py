"""Instant models are what their networks compute, fit what they are told, and know something."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.worker.instant import Learned, Material, distil, learn, learn_baselines, learn_one
from studio.worker.instant.bank import Form
from studio.worker.instant.linear import softmax
from studio.worker.instant.quantizing import by_last_axis

pytestmark = pytest.mark.filterwarnings("ignore")  # TensorFlow's own, at import and conversion

SHAPES = {"instant-image": (14, 12, 1), "instant-signal": (40, 1, 2), "instant-table": (7,)}


def material(shape: tuple[int, ...], goal: str = "classification", count: int = 90) -> Material:
    """Inputs whose brightness, from left to right or from early to late, tells what they are."""
    rng = np.random.default_rng(3)
    truth = rng.integers(0, 3, 2 * count)
    slope = np.linspace(-1, 1, shape[0]).reshape(-1, *[1] * (len(shape) - 1))
    lift = (truth - 1).reshape(-1, *[1] * len(shape)) * slope * 60
    noise = rng.normal(128, 25, (2 * count, *shape))
    pixels = np.clip(noise + lift, 0, 255).astype(np.uint8)
    amount = truth.astype(np.float32) - 1
    wanted = truth.astype(np.int32) if goal == "classification" else amount
    return Material(
        pixels=pixels[:count],
        truth=wanted[:count],
        held_pixels=pixels[count:],
        held_truth=wanted[count:],
        outputs=3 if goal == "classification" else 1,
        goal=goal,
        seed=1,
    )


@pytest.fixture(scope="module")
def networks():  # type: ignore[no-untyped-def]
    """From an instant model to its network."""
    from studio.worker.space import SPACES, build_model

    def build(learned: Learned, given: Material):  # type: ignore[no-untyped-def]
        shape = given.pixels.shape[1:]
        space, values = SPACES[learned.space], learned.hyperparameters
        model = build_model(space, values, shape, given.outputs, given.goal)
        model.set_weights(list(learned.weights))
        return model

    return build


@pytest.mark.parametrize("goal", ["classification", "regression"])
@pytest.mark.parametrize("space", SHAPES)
def test_the_network_says_what_the_numbers_said(networks, space: str, goal: str) -> None:  # type: ignore[no-untyped-def]
    given = material(SHAPES[space], goal)
    found = learn(given, 5)
    inputs = given.held_pixels.astype(np.float32) / 255
    for learned in (found[0], found[-1]):
        assert learned.space == space
        said = np.asarray(networks(learned, given)(inputs))
        assert np.abs(said - learned.outputs).max() < 1e-4
    assert [learned.loss for learned in found] == sorted(learned.loss for learned in found)
    guess = found[0].outputs[:, 0] if goal == "regression" else found[0].outputs.argmax(axis=1)
    if goal == "regression":
        assert ((guess - given.held_truth) ** 2).mean() < 0.5 * given.held_truth.var()
    else:
        assert (guess == given.held_truth).mean() > 0.8


@pytest.mark.parametrize("space", SHAPES)
def test_int8_keeps_what_was_learned(networks, space: str) -> None:  # type: ignore[no-untyped-def]
    from studio.conversion import outputs_of
    from studio.domain.candidate import ArtifactFormat, Precision
    from studio.runtimes.tflite_file import read_model
    from studio.worker.convert import convert

    given = material(SHAPES[space])
    learned = learn(given, 5)[0]
    calibration = given.pixels.astype(np.float32) / 255
    model = networks(learned, given)
    content = convert(model, Precision.INT8, ArtifactFormat.TFLITE, calibration)
    said = outputs_of(content, ArtifactFormat.TFLITE, given.held_pixels)
    assert (said.argmax(axis=1) == learned.outputs.argmax(axis=1)).mean() > 0.95
    assert len(content) >= learned.flash_bytes
    assert dict(read_model(content).operators).keys() <= {
        "CONV_2D",
        "AVERAGE_POOL_2D",
        "MEAN",
        "FULLY_CONNECTED",
        "SOFTMAX",
    }


@pytest.mark.parametrize("space", SHAPES)
def test_what_cannot_fit_is_not_learned(space: str) -> None:
    given = material(SHAPES[space])
    roomy = learn(given, 5)
    flash = sorted(learned.flash_bytes for learned in roomy)[len(roomy) // 2]
    ram = sorted(learned.ram_bytes for learned in roomy)[len(roomy) // 2]
    small = learn(given, 5, flash_bytes=flash, ram_bytes=ram)
    assert 0 < len(small) < len(roomy)
    assert all(one.flash_bytes <= flash and one.ram_bytes <= ram for one in small)
    assert learn(given, 5, ram_bytes=1) == []


def test_the_same_seed_learns_the_same() -> None:
    given = material(SHAPES["instant-signal"])
    first, second = (learn(given, 5)[0] for _ in range(2))
    assert [w.tobytes() for w in first.weights] == [w.tobytes() for w in second.weights]


def test_little_time_means_few_samples_but_a_model() -> None:
    given = material(SHAPES["instant-image"], count=400)
    assert len(learn(given, 1e-6)) == 1


@pytest.mark.parametrize("shape", SHAPES.values())
def test_constant_inputs_are_survived(shape: tuple[int, ...]) -> None:
    given = material(shape)
    grey = np.full_like(given.pixels, 77)
    dull = Material(
        pixels=grey,
        truth=given.truth,
        held_pixels=grey,
        held_truth=given.held_truth,
        outputs=3,
        goal="classification",
        seed=1,
    )
    outputs = learn(dull, 5)[0].outputs
    assert np.isfinite(outputs).all()
    assert outputs.sum(axis=1) == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize("goal", ["classification", "regression"])
def test_baselines_are_there_to_compare_with(goal: str) -> None:
    given = material(SHAPES["instant-table"], goal)
    found = learn_baselines(given, 60)
    assert [one.name for one in found][:2] == ["decision tree", "nearest neighbours"]
    for one in found:
        assert one.outputs.shape == (len(given.held_truth), given.outputs)
        assert np.isfinite(one.outputs).all()


def test_a_class_without_training_samples_gets_nothing() -> None:
    given = material(SHAPES["instant-table"])
    without = given.with_training(np.flatnonzero(given.truth != 1))
    assert all((one.outputs[:, 1] == 0).all() for one in learn_baselines(without, 1e-6))
    assert learn(without, 5)[0].outputs.shape[1] == 3


def test_distilled_rows_are_made_of_the_columns_of_real_ones() -> None:
    given = material(SHAPES["instant-table"])
    rows, said = distil(given, "extremely randomised trees", 50)
    for column in range(rows.shape[1]):
        assert set(rows[:, column]) <= set(given.pixels[:, column])
    assert said.shape == (50, 3)
    assert said.sum(axis=1) == pytest.approx(1, abs=1e-5)
    assert not (rows[:, np.newaxis] == given.pixels).all(axis=2).any(axis=1).all()


def test_learning_needs_no_tensorflow() -> None:
    code = "import studio.worker.instant, sys; assert 'tensorflow' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


@settings(max_examples=50, deadline=None)
@given(
    st.integers(1, 40), st.integers(1, 40), st.integers(1, 3), st.integers(1, 8), st.integers(1, 9)
)
def test_a_forms_arithmetic_holds(
    high: int, wide: int, channels: int, stride: int, grid: int
) -> None:
    """Cells never reach past the positions, nor positions past the input."""
    shape = (high, wide, channels)
    form = Form(filters=4, kernel=(min(3, high), min(3, wide)), stride=stride, grid=grid)
    for n, k, step, at, cell, cells in zip(
        shape[:2],
        form.kernel,
        form.step(shape),
        form.positions(shape),
        form.cell(shape),
        form.cells(shape),
        strict=True,
    ):
        assert 0 <= n - ((at - 1) * step + k) < step
        assert min(grid, at) <= cells
        assert cells * cell <= at


@settings(max_examples=50, deadline=None)
@given(st.lists(st.floats(-1e3, 1e3), min_size=2, max_size=30))
def test_rounding_to_int8_is_fine_and_final(values: list[float]) -> None:
    weights = np.array(values)[:, np.newaxis]
    rounded = by_last_axis(weights)
    assert np.abs(rounded - weights).max() <= np.abs(weights).max() / 254 * (1 + 1e-9)
    assert by_last_axis(rounded) == pytest.approx(rounded)
    assert softmax(rounded.T.astype(np.float32)).sum() == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize("space", SHAPES)
def test_hyperparameters_alone_give_the_model_again(space: str) -> None:
    given = material(SHAPES[space])
    best = learn(given, 5)[0]
    again = learn_one(given, {**best.hyperparameters, "input": "usual"})
    assert again.hyperparameters == best.hyperparameters
    assert all(map(np.array_equal, again.weights, best.weights))

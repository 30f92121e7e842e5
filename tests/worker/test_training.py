"""Training is a pure function of network, data, plan and seed."""

from __future__ import annotations

import numpy as np
import pytest

pytestmark = [
    pytest.mark.filterwarnings("ignore"),  # TensorFlow's own
    pytest.mark.together("TensorFlow in the test process"),
]


def blobs(count: int, seed: int):  # type: ignore[no-untyped-def]
    """Bright upper halves against bright lower halves, in noise."""
    from studio.worker.data import Part

    rng = np.random.default_rng(seed)
    truth = rng.integers(0, 2, count).astype(np.int32)
    pixels = rng.integers(0, 120, (count, 8, 8, 1), dtype=np.uint8)
    for picture, label in zip(pixels, truth, strict=True):
        picture[4 * label : 4 * label + 4] += 100
    numbers = np.arange(count)
    return Part(pixels=pixels, truth=truth, groups=numbers.astype(np.int32), numbers=numbers)


def run(seed: int = 1, seconds: float = 1000.0, stop_after: int = 10**9):  # type: ignore[no-untyped-def]
    import keras

    from studio.worker.space import SPACES, build_model
    from studio.worker.training import Plan, train

    keras.utils.set_random_seed(seed)
    model = build_model(SPACES["mcu-image-cnn"], {"width": 4, "blocks": 1}, (8, 8, 1), 2)
    plan = Plan(classes=2, values={"learning_rate": 0.02}, seed=seed, epochs=6, seconds=seconds)
    reports: list[object] = []
    steps = iter(range(10**9))
    epochs = train(
        model,
        blobs(96, 1),
        blobs(48, 2),
        plan,
        tick=lambda: next(steps) >= stop_after,
        report=reports.append,
    )
    return model, reports, epochs


def test_it_learns_and_ends_with_the_best_epoch() -> None:
    model, reports, epochs = run()
    best = max(r.val_accuracy for r in reports)
    part = blobs(48, 2)
    accuracy = (np.asarray(model(part.inputs)).argmax(axis=1) == part.truth).mean()
    assert epochs == len(reports) == 6
    assert accuracy == best > 0.9


def test_the_same_seed_gives_the_same_weights() -> None:
    first, second, other = run(1)[0], run(1)[0], run(2)[0]
    weights = [[w.tobytes() for w in model.get_weights()] for model in (first, second, other)]
    assert weights[0] == weights[1]
    assert weights[0] != weights[2]


def test_it_ends_when_told_and_keeps_what_it_has() -> None:
    _, reports, epochs = run(stop_after=3)
    assert epochs == len(reports) == 2  # three steps an epoch; the fourth step was the last


def test_a_shortage_of_time_cuts_the_plan() -> None:
    _, reports, epochs = run(seconds=1e-6)
    assert epochs < 6
    assert reports[-1].epochs == epochs


def test_what_was_trained_before_never_ends_worse() -> None:
    from studio.worker.training import Plan, train

    model, _, _ = run()
    before = [w.copy() for w in model.get_weights()]
    ruinous = {"learning_rate": 50.0}
    plan = Plan(classes=2, values=ruinous, seed=1, epochs=1, seconds=100, continued=True)
    train(model, blobs(96, 1), blobs(48, 2), plan, tick=lambda: False, report=lambda _: None)
    assert all(np.array_equal(a, b) for a, b in zip(before, model.get_weights(), strict=True))


def test_amounts_are_learned() -> None:
    import keras

    from studio.worker.data import Part
    from studio.worker.space import REGRESSION, SPACES, build_model
    from studio.worker.training import Plan, predict, train

    rng = np.random.default_rng(0)
    pixels = rng.integers(0, 256, (400, 5), dtype=np.uint8)
    truth = (pixels[:, 0].astype(np.float32) - pixels[:, 1]) / 100
    numbers = np.arange(400)
    part = Part(pixels=pixels, truth=truth, groups=numbers.astype(np.int32), numbers=numbers)
    keras.utils.set_random_seed(1)
    values = {"width": 16, "depth": 1, "learning_rate": 0.01, "weight_decay": 0.001}
    model = build_model(SPACES["mcu-mlp"], values, (5,), 1, REGRESSION)
    plan = Plan(classes=0, values=values, seed=1, epochs=12, seconds=100)
    train(model, part, part, plan, tick=lambda: False, report=lambda _: None)
    off = predict(model, part.inputs)[:, 0] - truth
    assert np.abs(off).mean() < 0.2 * np.abs(truth - truth.mean()).mean()


@pytest.mark.parametrize("shape", [(6, 8, 8, 3), (6, 40, 1, 3), (6, 9)])
def test_augmentation_keeps_shape_and_range_and_is_the_seeds(shape: tuple[int, ...]) -> None:
    from studio.worker.augment import augment

    x = np.random.default_rng(0).random(shape, np.float32)
    wishes = dict.fromkeys(("shift", "flip", "brightness", "time_shift", "scale", "noise"), 0.2)
    made = [augment(x, wishes, np.random.default_rng(seed)) for seed in (1, 1, 2)]
    assert made[0].shape == shape
    assert made[0].dtype == np.float32
    assert 0 <= made[0].min() <= made[0].max() <= 1
    assert np.array_equal(made[0], made[1])
    assert not np.array_equal(made[0], made[2])
    assert np.array_equal(augment(x, {}, np.random.default_rng(1)), x)


@pytest.mark.parametrize("share", [0.0, 0.25])
def test_shifting_moves_whole_pictures(share: float) -> None:
    from studio.worker.augment import augment

    picture = np.zeros((50, 8, 8, 1), np.float32)
    picture[:, 3:5, 3:5] = 1
    moved = augment(picture, {"shift": share}, np.random.default_rng(0))
    assert (moved.sum(axis=(1, 2, 3)) == 4).all()  # nothing is cut off or smeared here
    assert np.array_equal(moved, picture) is (share == 0.0)

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
    return Part(pixels=pixels, truth=truth)


def run(seed: int = 1, seconds: float = 1000.0, stop_after: int = 10**9):  # type: ignore[no-untyped-def]
    import keras

    from studio.worker.space import SPACES, build_model
    from studio.worker.training import Plan, train

    keras.utils.set_random_seed(seed)
    model = build_model(SPACES["mcu-image-cnn"], {"width": 4, "blocks": 1}, (8, 8, 1), 2)
    plan = Plan(learning_rate=0.02, shift=0.0, seed=seed, epochs=6, seconds=seconds)
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


@pytest.mark.parametrize("share", [0.0, 0.25])
def test_shifting_moves_whole_pictures(share: float) -> None:
    from types import SimpleNamespace

    from studio.worker.training import _Run

    fake = SimpleNamespace(_plan=SimpleNamespace(shift=share), _rng=np.random.default_rng(0))
    picture = np.zeros((50, 8, 8, 1), np.float32)
    picture[:, 3:5, 3:5] = 1
    moved = _Run._shifted(fake, picture)
    assert moved.shape == picture.shape
    assert (moved.sum(axis=(1, 2, 3)) == 4).all()  # nothing is cut off or smeared here
    assert np.array_equal(moved, picture) is (share == 0.0)

"""From hyperparameters to a network, to files, and back from plain weights."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from studio.conversion import RECIPES, outputs_of
from studio.domain.candidate import ArtifactFormat, Precision
from studio.domain.errors import ModelError
from studio.domain.preprocessing import ImagePreprocessing
from studio.jobs import JobDirectory
from studio.runtimes.litert import run_reference_raw
from studio.runtimes.tflite_file import read_model
from studio.runtimes.tflite_micro import ArenaMeter
from studio.search import SearchSpec

pytestmark = [
    pytest.mark.filterwarnings("ignore"),  # TensorFlow's own, at import and conversion
    pytest.mark.together("TensorFlow in the test process"),
]

SHAPE = (16, 16, 1)
SMALL = {"width": 4, "blocks": 2, "growth_1": 1.5, "input": "16-grey"}


@pytest.fixture(scope="module")
def worker():  # type: ignore[no-untyped-def]
    """The worker's modules; importing them imports TensorFlow."""
    from types import SimpleNamespace

    from studio.worker import building, convert, judge, space, weights

    return SimpleNamespace(
        building=building, convert=convert, judge=judge, space=space, weights=weights
    )


@pytest.fixture(scope="module")
def image_space(worker):  # type: ignore[no-untyped-def]
    return worker.space.SPACES["mcu-image-cnn"]


@pytest.fixture(scope="module")
def meter() -> Iterator[ArenaMeter]:
    with ArenaMeter() as made:
        yield made


def spec(flash: int | None, ram: int | None) -> SearchSpec:
    return SearchSpec(
        space="mcu-image-cnn",
        classes=("a", "b", "c"),
        variants={"16-grey": ImagePreprocessing(width=16, height=16, channels=1)},
        dataset_digest="d",
        seconds=60,
        trials=1,
        seed=1,
        flash_bytes=flash,
        ram_bytes=ram,
    )


def judge_of(worker, meter, flash: int | None, ram: int | None):  # type: ignore[no-untyped-def]
    asked = spec(flash, ram)
    bench = worker.building.Bench(
        JobDirectory(Path("nowhere")), meter, classes=asked.classes, variants=asked.variants
    )
    return worker.judge.Judge(asked, bench)


def measured(worker, image_space, meter, values):  # type: ignore[no-untyped-def]
    """Return the verdict on a configuration in room so tight that it must be converted."""
    model = worker.space.build_model(image_space, values, SHAPE, 3)
    flash, ram = worker.judge.upper_bounds(model)
    verdict = judge_of(worker, meter, flash - 1, ram - 1).judge(values)
    assert not verdict.bound
    return verdict


def pixels(count: int = 12) -> np.ndarray:
    return np.random.default_rng(0).integers(0, 256, (count, *SHAPE), dtype=np.uint8)


def test_files_agree_with_the_model_they_came_from(worker, image_space) -> None:  # type: ignore[no-untyped-def]
    model = worker.space.build_model(image_space, {**SMALL, "dropout": 0.2}, SHAPE, 3)
    inputs = pixels().astype(np.float32) / 255
    wanted = np.asarray(model(inputs, training=False))
    for recipe in RECIPES:
        content = worker.convert.convert(model, recipe.precision, recipe.format, inputs)
        found = outputs_of(content, recipe.format, pixels())
        tolerance = 0.05 if recipe.precision is Precision.INT8 else 1e-5
        assert np.abs(found - wanted).max() < tolerance, recipe.id


def test_an_int8_model_takes_bytes_minus_128_and_has_fixed_shapes(worker, image_space) -> None:  # type: ignore[no-untyped-def]
    model = worker.space.build_model(image_space, SMALL, SHAPE, 3)
    dim = pixels().astype(np.float32) / 255 * 0.5 + 0.2  # calibration that meets neither end
    content = worker.convert.convert(model, Precision.INT8, ArtifactFormat.TFLITE, dim)
    read = read_model(content)
    assert read.inputs[0].shape == (1, *SHAPE)
    assert read.inputs[0].scales == pytest.approx([1 / 255])
    assert read.inputs[0].zero_points == (-128,)
    codes = (pixels().astype(np.int16) - 128).astype(np.int8)
    raw = run_reference_raw(content, codes)
    real = outputs_of(content, ArtifactFormat.TFLITE, pixels())
    assert np.array_equal(raw.argmax(axis=1), real.argmax(axis=1))


def test_conversion_is_the_same_every_time(worker, image_space) -> None:  # type: ignore[no-untyped-def]
    model = worker.space.build_model(image_space, SMALL, SHAPE, 3)
    inputs = pixels().astype(np.float32) / 255
    made = [
        worker.convert.convert(model, Precision.INT8, ArtifactFormat.TFLITE, inputs)
        for _ in range(2)
    ]
    assert made[0] == made[1]


def test_weights_come_back_exactly(worker, image_space) -> None:  # type: ignore[no-untyped-def]
    first, second = (worker.space.build_model(image_space, SMALL, SHAPE, 3) for _ in range(2))
    worker.weights.load(second, worker.weights.dump(first))
    inputs = pixels().astype(np.float32) / 255
    assert np.array_equal(first(inputs), second(inputs))


@pytest.mark.parametrize("content", [b"", b"PK\x05\x06" + bytes(18), b"not an archive"])
def test_weights_that_do_not_match_are_a_sentence(worker, image_space, content: bytes) -> None:  # type: ignore[no-untyped-def]
    model = worker.space.build_model(image_space, SMALL, SHAPE, 3)
    with pytest.raises(ModelError) as caught:
        worker.weights.load(model, content)
    assert caught.value.code == "model.weights_do_not_match"


def test_bounds_are_bounds(worker, image_space, meter) -> None:  # type: ignore[no-untyped-def]
    """What the cheap tests say lies around what conversion and planning find."""
    kinds = itertools.product(("separable", "residual"), (1, 2))
    for block, stem in kinds:
        values = {**SMALL, "block": block, "stem_stride": stem}
        model = worker.space.build_model(image_space, values, SHAPE, 3)
        (low_flash, low_ram), (flash, ram) = (
            bounds(model) for bounds in (worker.judge.lower_bounds, worker.judge.upper_bounds)
        )
        verdict = measured(worker, image_space, meter, values)
        assert 0 < low_flash <= verdict.flash_bytes <= flash
        assert 0 < low_ram <= verdict.ram_bytes <= ram


@pytest.mark.parametrize("block", ["separable", "residual"])
def test_a_trained_model_is_as_large_as_it_was_judged(worker, image_space, meter, block) -> None:  # type: ignore[no-untyped-def]
    values = {**SMALL, "block": block}
    verdict = measured(worker, image_space, meter, values)
    trained = worker.space.build_model(image_space, values, SHAPE, 3)
    rng = np.random.default_rng(1)
    # None so small that a channel is dead: those are taken out.
    trained.set_weights([rng.uniform(0.4, 1.6, w.shape) for w in trained.get_weights()])
    inputs = pixels().astype(np.float32) / 255
    content = worker.convert.convert(trained, Precision.INT8, ArtifactFormat.TFLITE, inputs)
    assert abs(len(content) - verdict.flash_bytes) <= 64
    assert meter.measure(content).value == verdict.ram_bytes


def test_the_limit_is_kept_to_the_byte(worker, image_space, meter) -> None:  # type: ignore[no-untyped-def]
    roomy = measured(worker, image_space, meter, SMALL)
    for flash, ram, why in ((0, 0, ""), (-1, 0, "flash"), (0, -1, "ram")):
        limited = judge_of(worker, meter, roomy.flash_bytes + flash, roomy.ram_bytes + ram)
        assert limited.judge(SMALL).why == why


def test_what_is_far_too_large_is_never_converted(worker, image_space, meter, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(worker.judge, "convert", lambda *_: pytest.fail("it was converted"))
    verdict = judge_of(worker, meter, 100, 10**6).judge(SMALL)
    assert (verdict.why, verdict.bound) == ("flash", True)


def test_what_surely_fits_is_not_converted_either(worker, meter, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(worker.judge, "convert", lambda *_: pytest.fail("it was converted"))
    for room in ((10**6, 10**6), (None, None), (10**6, None)):
        assert judge_of(worker, meter, *room).judge(SMALL).fits

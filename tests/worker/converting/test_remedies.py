"""Each remedy does what it says, on a network made to need it."""

from __future__ import annotations

import keras
import numpy as np
import onnx
import pytest

from studio.conversion import CATALOGUE, REMEDIES, outputs_of
from studio.conversion.representatives import USUAL
from studio.domain.candidate import ArtifactFormat, Precision
from studio.domain.conversion import GateLimits, Outcome, Verdict
from studio.domain.errors import ModelError
from studio.runtimes.tflite_file import read_model
from studio.runtimes.tflite_micro import ArenaMeter
from studio.worker.converting.making import Maker
from studio.worker.converting.material import Case, Material
from studio.worker.converting.mixing import damage_of_int8, mix, operator_count
from studio.worker.converting.network import INPUT, Network, model_of
from studio.worker.converting.remedies import REMEDY_OF, NotApplicable
from studio.worker.data import Part
from tests.worker.converting.nets import chain, conv, dense, layer, outputs

pytestmark = [
    pytest.mark.filterwarnings("ignore"),  # TensorFlow's own
    pytest.mark.together("TensorFlow in the test process"),
]

TFLITE = ArtifactFormat.TFLITE
RELU = keras.layers.ReLU


def part_of(pixels: np.ndarray, truth: np.ndarray | None = None) -> Part:
    numbers = np.arange(len(pixels))
    truth = np.zeros(len(pixels), np.float32) if truth is None else truth
    return Part(pixels=pixels, truth=truth, groups=numbers.astype(np.int32), numbers=numbers)


def material_of(training: Part, classes: tuple[str, ...] = ()) -> Material:
    return Material(
        training=training,
        validation=training,
        classes=classes,
        hyperparameters={"learning_rate": 1e-2},
        seed=1,
    )


def error_of(case: Case, truth: Network, pixels: np.ndarray, precision=Precision.INT8) -> float:
    """Return the root mean square by which a file misses what float answers."""
    found = outputs_of(case.file(precision, TFLITE), TFLITE, pixels)
    wanted = outputs(truth, pixels.astype(np.float32) / 255)
    return float(np.sqrt(np.mean((found - wanted) ** 2)))


def both_high(gain: float, edge: float) -> Network:
    """Return a network that puts out x0, and much more where x0 and x1 are both high."""
    return chain(
        (2,),
        dense("a", INPUT, [[1, gain], [0, gain]], [0, -gain * edge]),
        layer(RELU, "r", ["a"]),
        dense("z", "r", [[1], [1]], [0]),
    )


def test_every_remedy_that_is_named_is_there() -> None:
    assert set(REMEDY_OF) == set(REMEDIES)


def test_more_samples_find_what_few_do_not() -> None:
    network, rng = both_high(4, 1.2), np.random.default_rng(0)
    calm = rng.integers(0, 120, (1500, 2), np.uint8)
    rare = rng.integers(230, 256, (4, 2), np.uint8)
    material = material_of(part_of(np.concatenate([calm, rare])))
    case = Case(network=network, samples=material.samples())
    assert len(case.samples) == USUAL
    assert case.samples.min(axis=1).max() < 0.9
    more = REMEDY_OF["more-samples"](case, material)
    assert len(more.samples) == 1000
    assert more.samples.min(axis=1).max() > 0.9
    before, after = (error_of(one, network, rare) for one in (case, more))
    assert after < before / 5
    with pytest.raises(NotApplicable):
        REMEDY_OF["more-samples"](more, material)


def test_calmer_samples_forget_what_hardly_ever_happens() -> None:
    network, rng = both_high(400, 1.9), np.random.default_rng(0)
    calm = rng.integers(0, 200, (198, 2), np.uint8)
    wild = np.full((2, 2), 255, np.uint8)
    material = material_of(part_of(np.concatenate([calm, wild])))
    case = Case(network=network, samples=material.samples())
    calmer = REMEDY_OF["calmer-samples"](case, material)
    assert len(calmer.samples) == len(case.samples) - 2
    before, after = (error_of(one, network, calm) for one in (case, calmer))
    assert after < before / 10
    with pytest.raises(NotApplicable):
        REMEDY_OF["calmer-samples"](calmer, material)


def test_weights_have_a_scale_a_channel_already() -> None:
    rng = np.random.default_rng(0)
    network = chain(
        (6, 6, 1),
        conv("a", INPUT, rng.normal(size=(3, 3, 1, 5)), np.zeros(5)),
        layer(RELU, "r", ["a"]),
        layer(keras.layers.GlobalAveragePooling2D, "g", ["r"]),
        dense("z", "g", rng.normal(size=(5, 4)), np.zeros(4)),
    )
    samples = rng.random((20, 6, 6, 1), np.float32)
    case = Case(network=network, samples=samples)
    with pytest.raises(NotApplicable, match="already"):
        REMEDY_OF["per-channel"](case, material_of(part_of(np.zeros((1, 6, 6, 1), np.uint8))))
    tensors = read_model(case.file(Precision.INT8, TFLITE)).graphs[0].tensors
    scales = [len(t.scales) for t in tensors if t.dtype == "int8" and t.data_bytes]
    assert sorted(scales) == [4, 5]
    found = onnx.load_model_from_string(case.file(Precision.INT8, ArtifactFormat.ONNX))
    held = {one.name: list(one.dims) for one in found.graph.initializer}
    zero_points = [held[n.input[1]] for n in found.graph.node if n.op_type == "DequantizeLinear"]
    assert [5] in zero_points
    assert [4] in zero_points


def uneven(rng: np.random.Generator) -> Network:
    """Return a network whose first channels differ by a factor of 10,000."""
    spread = np.array([1e-3, 1e-2, 1, 10])
    return chain(
        (8, 8, 1),
        conv("a", INPUT, rng.uniform(0.2, 1, (3, 3, 1, 4)) * spread, np.zeros(4)),
        layer(RELU, "r", ["a"]),
        conv("b", "r", rng.normal(size=(3, 3, 4, 4)) / spread.reshape(4, 1), np.zeros(4)),
        layer(RELU, "rb", ["b"]),
        layer(keras.layers.GlobalAveragePooling2D, "g", ["rb"]),
        dense("z", "g", rng.normal(size=(4, 3)), np.zeros(3)),
    )


def test_equalised_channels_share_the_steps_fairly() -> None:
    rng = np.random.default_rng(7)
    network, pixels = uneven(rng), rng.integers(0, 256, (40, 8, 8, 1), np.uint8)
    case = Case(network=network, samples=pixels.astype(np.float32) / 255)
    even = REMEDY_OF["equalise"](case, material_of(part_of(pixels)))
    assert error_of(even, network, pixels) < error_of(case, network, pixels) / 5


@pytest.fixture(scope="module")
def close() -> tuple[Case, np.ndarray]:
    """A case whose answer is a small difference of large numbers, and pixels to ask about."""
    network = chain(
        (2,),
        dense("h", INPUT, np.eye(2), np.zeros(2)),
        layer(RELU, "rh", ["h"]),
        dense("a", "rh", np.eye(2), [100, 100]),
        layer(RELU, "r", ["a"]),
        dense("z", "r", [[1], [-1]], [0]),
    )
    pixels = np.random.default_rng(7).integers(0, 256, (100, 2), np.uint8)
    return Case(network=network, samples=pixels.astype(np.float32) / 255), pixels


def test_the_worst_operators_are_kept_in_int16x8_and_only_those(close) -> None:
    case, pixels = close
    wider = REMEDY_OF["widen"](case, material_of(part_of(pixels)))
    assert wider.widened == {1, 2}  # what makes the large numbers, and what subtracts them
    before, after = (error_of(one, case.network, pixels) for one in (case, wider))
    assert after < before / 10
    content = wider.file(Precision.INT8, TFLITE)
    graph = read_model(content).graphs[0]
    made = [graph.tensors[i].dtype for o in graph.operators for i in o.outputs]
    assert made == ["int8", "int16", "int16", "int16", "int8"]
    assert graph.tensors[graph.inputs[0]].scales == pytest.approx([1 / 255])
    with ArenaMeter() as meter:  # TensorFlow Lite Micro runs the mixture, in more RAM
        arenas = [meter.measure(one).value for one in (case.file(Precision.INT8, TFLITE), content)]
    assert arenas[0] < arenas[1]


def test_damage_is_nil_where_int8_loses_nothing(close) -> None:
    case, _ = close
    narrow, wide = (case.file(p, TFLITE) for p in (Precision.INT8, Precision.INT16X8))
    damage = damage_of_int8(narrow, wide, case.samples[:32])
    assert damage[0] < 1e-3 * damage[1]
    assert len(damage) == operator_count(narrow) == 3


def test_mixing_nothing_is_the_int8_file_and_everything_is_int16x8(close) -> None:
    case, pixels = close
    narrow, wide = (case.file(p, TFLITE) for p in (Precision.INT8, Precision.INT16X8))
    nothing = outputs_of(mix(narrow, wide, ()), TFLITE, pixels)
    assert nothing.tobytes() == outputs_of(narrow, TFLITE, pixels).tobytes()
    every = outputs_of(mix(narrow, wide, range(3)), TFLITE, pixels)
    step = read_model(narrow).outputs[0].scales[0]
    assert np.abs(every - outputs_of(wide, TFLITE, pixels)).max() < step
    other = Case(network=both_high(1, 1), samples=np.eye(2, dtype=np.float32))
    with pytest.raises(ModelError) as caught:
        mix(narrow, other.file(Precision.INT16X8, TFLITE), [0])
    assert caught.value.code == "model.operators_differ"


@pytest.fixture(scope="module")
def learned() -> tuple[Network, Part, tuple[str, ...]]:
    """A trained classifier of bars, its channels then made uneven: no answer changes."""
    rng = np.random.default_rng(3)
    truth = rng.integers(0, 4, 400).astype(np.int32)
    pixels = rng.integers(0, 150, (400, 6, 6, 1), np.uint8)
    for number, true in enumerate(truth):
        place = (slice(None), 1 + 3 * (true % 2)) if true < 2 else (1 + 3 * (true % 2), slice(None))
        pixels[number][place] += 60
    start = chain(
        (6, 6, 1),
        conv("a", INPUT, rng.normal(0, 0.4, (3, 3, 1, 8)), np.zeros(8)),
        layer(RELU, "r", ["a"]),
        conv("z", "r", rng.normal(0, 0.2, (6, 6, 8, 4)), np.zeros(4), padding="valid"),
        layer(keras.layers.GlobalAveragePooling2D, "g", ["z"]),
        layer(keras.layers.Softmax, "p", ["g"]),
    )
    part, classes = part_of(pixels, truth), ("a", "b", "c", "d")
    model = model_of(start)
    material_of(part, classes).train(model, share=0.5, rate=1)
    kernel, bias = (np.array(w) for w in model.get_layer("a").get_weights())
    after, last = (np.array(w) for w in model.get_layer("z").get_weights())
    spread = 10.0 ** np.linspace(-2.2, 1, 8)
    changed = {
        "a": start["a"].changed(weights=(kernel * spread, bias * spread)),
        "z": start["z"].changed(weights=(after / spread.reshape(8, 1), last)),
    }
    return start.with_layers(changed), part, classes


def test_fine_tuning_with_the_rounding_brings_accuracy_back(learned) -> None:
    network, part, classes = learned
    material = material_of(part, classes)
    case = Case(network=network, samples=material.samples())

    def right(one: Case) -> float:
        found = outputs_of(one.file(Precision.INT8, TFLITE), TFLITE, part.pixels)
        return float((found.argmax(axis=1) == part.truth).mean())

    exact = float((outputs(network, part.inputs).argmax(axis=1) == part.truth).mean())
    tuned = REMEDY_OF["fine-tune"](case, material)
    before, after = right(case), right(tuned)
    assert before < exact - 0.05
    assert after > before + 0.5 * (exact - before)


def test_the_ladder_is_climbed_until_the_gate_is_passed_and_everything_is_told(learned) -> None:
    network, part, classes = learned
    told: list[str] = []
    maker = Maker(network, material_of(part, classes), GateLimits(), told.append)
    made = maker.make(CATALOGUE["int8-tflite"])
    outcomes = {one.remedy: one.outcome for one in made.attempts}
    assert made.gate.verdict is Verdict.PASSES
    assert list(outcomes) == ["more-samples", "calmer-samples", "per-channel", "equalise"]
    assert outcomes["per-channel"] is Outcome.NOT_TRIED
    assert outcomes["equalise"] is Outcome.HELPED
    assert made.attempts[-1].verdict is Verdict.PASSES
    assert told == [REMEDIES[remedy] for remedy in outcomes]
    assert maker.make(CATALOGUE["float32-tflite"]).attempts == ()


def test_pruning_makes_file_and_ram_smaller(learned) -> None:
    network, part, classes = learned
    maker = Maker(network, material_of(part, classes), GateLimits(), lambda step: None)
    whole, pruned = (maker.make(CATALOGUE[id]) for id in ("int8-tflite", "int8-pruned-tflite"))
    assert len(pruned.content) < len(whole.content)
    with ArenaMeter() as meter:
        arenas = [meter.measure(one.content).value for one in (whole, pruned)]
    assert arenas[1] < arenas[0]
    assert "of the channels are gone" in pruned.notes[0]
    assert pruned.gate.verdict is Verdict.PASSES

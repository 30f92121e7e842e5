import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.domain.placement import Where
from studio.runtimes import RUNTIMES
from studio.runtimes.tflite_file import Graph, Operator, Tensor, read_model

PAIRS = Path(__file__).resolve().parents[3] / "shared" / "truth" / "edgetpu_pairs.json"
EDGE_TPU = RUNTIMES["edge-tpu"]
WITH_FILES = 7
ONE_PART = "one part"


def placed(content):
    return EDGE_TPU.place(read_model(content).graphs[0])


@pytest.fixture(scope="module")
def pairs():
    """Return what the real compiler did with each model."""
    if not PAIRS.is_file():
        pytest.skip("what the compiler did (../shared/truth) is not here")
    return json.loads(PAIRS.read_text())


def test_the_compiler_and_we_map_and_leave_the_same(pairs, truth, tell):
    checked, without_file = [], []
    for pair in pairs:
        path = truth / "edgetpu" / pair["model"]
        if not path.is_file():
            assert not pair["model_here"]
            without_file.append(pair["model"])
            continue
        placement = placed(path.read_bytes())
        left = {name.removeprefix("custom:"): n for name, n in pair["left_on_cpu"].items()}
        assert placement.counted(Where.ACCELERATOR) == pair["mapped"], pair["model"]
        assert placement.counted(Where.PROCESSOR) == left, pair["model"]
        assert len(placement.operators) == pair["n_ops"]
        checked.append(pair["model"])
    tell(
        f"Edge TPU: operators mapped and left as its compiler did for {len(checked)} models; not "
        f"checkable, their files are not here: {', '.join(without_file)}"
    )
    assert len(checked) == WITH_FILES


@pytest.mark.parametrize(
    ("model", "reasons"),
    [
        (
            "deeplabv3_mnv2_dm05_pascal_quant",
            {
                ("RESIZE_BILINEAR", "do not publish"): 3,
                ("CONCATENATION", ONE_PART): 1,
                ("CONV_2D", ONE_PART): 2,
                ("ARG_MAX", "no operator ARG_MAX"): 1,
            },
        ),
        (
            "posenet_mobilenet_v1_075_353_481_quant_decoder",
            {("PosenetDecoderOp", "no operator"): 1},
        ),
        ("bodypix_mobilenet_v1_075_512_512_16_quant_decoder", {("PosenetDecoderOp", "no op"): 1}),
        ("mobilenet_v1_0.25_128_quant", {}),
        ("mobilenet_v1_0.5_160_quant", {}),
        ("keras_lstm_mnist_ptq", {}),
        ("split_concat", {}),
    ],
)
def test_each_operator_left_has_its_reason(truth, model, reasons):
    placement = placed((truth / "edgetpu" / f"{model}.tflite").read_bytes())
    left = [place for place in placement.operators if place.reason]
    found = Counter(
        (name, said)
        for place in left
        for name, said in reasons
        if place.name == name and said in place.reason
    )
    assert found == reasons
    assert len(left) == sum(reasons.values())
    assert {place.where for place in left} <= {Where.PROCESSOR}


def test_every_model_at_hand_gets_a_place_for_each_operator(any_model):
    placement = placed(any_model)
    for place in placement.operators:
        assert (place.where is Where.ACCELERATOR) is not bool(place.reason)
        assert not place.reason or place.reason.endswith(".")


def test_nothing_of_a_float_model_is_taken(float_model):
    placement = placed(float_model)
    assert not placement.counted(Where.ACCELERATOR)
    assert all("float32, not int8 or uint8" in place.reason for place in placement.operators)


def act(*shape, dtype="int8", **more):
    return Tensor(name="a", shape=shape, dtype=dtype, **more)


def const(*numbers):
    data = np.array(numbers, "<i4").tobytes()
    shape = (len(numbers),)
    return Tensor(name="c", shape=shape, dtype="int32", data=memoryview(data), data_bytes=len(data))


def chain(*nodes, tensors, inputs=(0,)):
    """Return a graph of nodes ``(name, inputs, outputs)``; its last tensor is the output."""
    made = tuple(Operator(name=name, inputs=x, outputs=y) for name, x, y in nodes)
    return Graph(tensors=tensors, inputs=inputs, outputs=(len(tensors) - 1,), operators=made)


def test_what_follows_an_unsupported_operator_stays_and_what_stands_beside_it_does_not():
    graph = chain(
        ("RELU", (0,), (1,)),
        ("FLOOR_MOD", (1,), (2,)),
        ("LOGISTIC", (1,), (3,)),
        ("ADD", (2, 3), (4,)),
        ("TANH", (4,), (5,)),
        tensors=(act(1, 8),) * 6,
    )
    places = EDGE_TPU.place(graph).operators
    assert [place.where is Where.ACCELERATOR for place in places] == [
        True,
        False,
        True,
        False,
        False,
    ]
    assert ONE_PART in places[3].reason
    assert ONE_PART in places[4].reason


def test_real_numbers_may_stand_at_both_ends():
    graph = chain(
        ("QUANTIZE", (0,), (1,)),
        ("RELU", (1,), (2,)),
        ("DEQUANTIZE", (2,), (3,)),
        tensors=(act(1, 8, dtype="float32"), act(1, 8), act(1, 8), act(1, 8, dtype="float32")),
    )
    assert EDGE_TPU.place(graph).counted(Where.ACCELERATOR) == {"RELU": 1}


@pytest.mark.parametrize(
    ("name", "tensors", "said"),
    [
        ("MEAN", (act(1, 4, 4, 6), const(1, 2), act(1, 6)), ""),
        ("MEAN", (act(1, 4, 4, 6), const(0), act(4, 4, 6)), "across the batch"),
        ("MEAN", (act(1, 4, 4, 6), const(-1), act(1, 4, 4)), "not a multiple of 4"),
        ("MEAN", (act(1, 4, 4, 8), const(-1), act(1, 4, 4)), ""),
        ("MEAN", (act(1, 4, 4, 6), act(1, dtype="int32"), act(1, 6)), "not int8 or uint8"),
        ("PAD", (act(1, 4, 4, 2), const(0, 0, 1, 1, 1, 1, 0, 0), act(1, 6, 6, 2)), ""),
        (
            "PAD",
            (act(1, 4, 2), const(1, 0, 1, 1, 0, 0), act(2, 6, 2)),
            "pads the batch",
        ),
        ("SOFTMAX", (act(1, 16_000), act(1, 16_000)), ""),
        ("SOFTMAX", (act(1, 16_001), act(1, 16_001)), "longer than 16,000"),
        ("SOFTMAX", (act(1, 5, 5), act(1, 5, 5)), "not one row"),
        ("RELU", (act(2, 3, 4, 5), act(2, 3, 4, 5)), "more than three sizes"),
        ("RELU", (act(1, 8, open_dimensions=(1,)), act(1, 8)), "leaves a size open"),
        ("RELU", (act(1, 8, open_dimensions=(0,)), act(1, 8)), ""),
        ("RELU", (act(1, 8, dtype="int16"), act(1, 8)), "int16, not int8 or uint8"),
        ("SQUEEZE", (act(1, 1, 5, 10), act(5, 10)), ""),
        ("SQUEEZE", (act(5, 1, 10), act(5, 10)), "removes ones between"),
        ("TRANSPOSE", (act(1, 5, 10), const(0, 2, 1), act(1, 10, 5)), "do not publish"),
        ("CONV_2D", (act(1, 4, 4, 2), act(1, 3, 3, 2), act(1, 2, 2, 1)), "not constant"),
        ("PRELU", (act(1, 4, 4, 2),), "lacks an input"),
    ],
)
def test_each_condition_is_kept_or_named(name, tensors, said):
    count = len(tensors)
    graph = chain((name, tuple(range(max(1, count - 1))), (count - 1,)), tensors=tensors)
    reason = EDGE_TPU.place(graph).operators[0].reason
    assert said in reason
    assert bool(reason) is bool(said)


@st.composite
def graphs(draw):
    """Return a graph of operators that read what the input or earlier ones made."""
    names = st.sampled_from(["RELU", "ADD", "FLOOR_MOD", "TANH", "ARG_MAX", "DEQUANTIZE"])
    nodes = []
    for number, name in enumerate(draw(st.lists(names, min_size=1, max_size=12))):
        read = st.integers(0, number)
        nodes.append((name, (draw(read), draw(read)), (number + 1,)))
    return chain(*nodes, tensors=(act(1, 8),) * (len(nodes) + 1))


@given(graphs())
def test_the_part_that_is_taken_needs_nothing_from_the_rest_and_nothing_more_fits_it(graph):
    taken = [p.where is Where.ACCELERATOR for p in EDGE_TPU.place(graph).operators]
    made_there = {0} | {n + 1 for n, there in enumerate(taken) if there}
    for operator, there in zip(graph.operators, taken, strict=True):
        able = operator.name in EDGE_TPU.operators and made_there.issuperset(operator.inputs)
        assert there is able

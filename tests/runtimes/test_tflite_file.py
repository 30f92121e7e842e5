import random
import struct
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.domain.errors import ModelError
from studio.runtimes import _schema, tflite_file
from studio.runtimes.tflite_file import read_model, tensor_bytes

OURS = sorted((Path(__file__).resolve().parents[1] / "data").glob("*.tflite"))

SMALL = [path.read_bytes() for path in OURS]


def code_of(content):
    """Return the error code, or None if the file was taken."""
    try:
        read_model(content)
    except ModelError as error:
        return error.code if error.happened and error.remedy else "without a sentence"
    return None


def test_reads_our_int8_model(int8_model):
    model = read_model(int8_model)
    assert dict(model.operators) == {
        "CONV_2D": 1,
        "DEPTHWISE_CONV_2D": 1,
        "MEAN": 1,
        "FULLY_CONNECTED": 1,
        "SOFTMAX": 1,
    }
    (source,), (target,) = model.inputs, model.outputs
    assert (source.shape, source.dtype) == ((1, 8, 8, 1), "int8")
    assert source.scales == (pytest.approx(1 / 255),)
    assert source.zero_points == (-128,)
    assert (target.shape, target.dtype) == ((1, 3), "int8")
    assert model.size_bytes == len(int8_model)


def test_agrees_with_the_interpreter(any_model):
    from ai_edge_litert.interpreter import Interpreter

    model = read_model(any_model)
    if any(node.custom for graph in model.graphs for node in graph.operators):
        pytest.skip("the interpreter does not have a stranger's operator")
    details = Interpreter(model_content=any_model).get_tensor_details()
    for detail in details:
        if detail["index"] >= len(model.tensors):
            continue  # made by the interpreter for itself
        ours = model.tensors[detail["index"]]
        assert ours.shape == tuple(detail["shape"])
        assert ours.dtype == detail["dtype"].__name__
        if len(ours.scales) == 1:
            assert detail["quantization"] == (pytest.approx(ours.scales[0]), ours.zero_points[0])


def test_names_a_custom_operator():
    model = read_model(next(p for p in OURS if p.stem == "custom_operator").read_bytes())
    assert model.operators == (("StrangersOp", 1),)
    assert model.graphs[0].operators[0].custom


def test_real_models_keep_an_open_batch(truth):
    model = read_model((truth / "models" / "kws_ref_model.tflite").read_bytes())
    assert model.inputs[0].shape == (1, 49, 10, 1)
    assert model.inputs[0].open_dimensions == (0,)


def test_operator_names_are_those_of_the_schema():
    from ai_edge_litert import schema_py_generated as schema

    for names, table in (
        (schema.BuiltinOperator, _schema.BUILTIN_OPERATORS),
        (schema.TensorType, tuple(name.upper() for name in _schema.TENSOR_TYPES)),
    ):
        theirs = {name: code for name, code in vars(names).items() if not name.startswith("_")}
        assert theirs == {name: code for code, name in enumerate(table)}


@pytest.mark.parametrize("content", [b"", b"TFL3", b"\0" * 100, b"PK\3\4" * 20, b"\x89PNG\r\n"])
def test_another_kind_of_file_is_not_tflite(content):
    assert code_of(content) == "model.not_tflite"


def test_a_huge_file_is_refused_before_it_is_read(monkeypatch, int8_model):
    monkeypatch.setattr(tflite_file, "_LARGEST_BYTES", len(int8_model) - 1)
    assert code_of(int8_model) == "model.too_large"


def test_every_cut_is_noticed_or_harmless(int8_model):
    half = len(int8_model) // 2
    assert code_of(int8_model[:half]) == "model.damaged"
    for length in range(0, len(int8_model), 7):
        assert code_of(int8_model[:length]) in {None, "model.damaged", "model.not_tflite"}


def test_half_of_any_model_is_damaged(any_model):
    assert code_of(any_model[: len(any_model) // 2]) == "model.damaged"


@settings(max_examples=300, deadline=None)
@given(
    content=st.sampled_from(SMALL),
    edits=st.lists(st.tuples(st.integers(0, 1 << 20), st.integers(0, 255)), max_size=12),
)
def test_changed_bytes_never_do_more_than_raise(content, edits):
    changed = bytearray(content)
    for place, value in edits:
        changed[place % len(changed)] = value
    code_of(bytes(changed))


@settings(max_examples=300, deadline=None)
@given(
    content=st.sampled_from(SMALL),
    place=st.integers(0, 1 << 20),
    number=st.sampled_from([0, 1, 4, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0xFFFFFFFC, 1 << 24]),
)
def test_hostile_offsets_and_lengths_never_do_more_than_raise(content, place, number):
    changed = bytearray(content)
    struct.pack_into("<I", changed, place % (len(changed) - 4), number)
    code_of(bytes(changed))


@given(st.binary(max_size=400))
def test_noise_behind_the_identifier_is_refused(noise):
    assert code_of(noise[:4].ljust(4, b"\0") + b"TFL3" + noise[4:]) in {None, "model.damaged"}


def test_random_damage_to_real_models_is_never_slow(any_model):
    chance = random.Random(1)
    begin = time.perf_counter()
    for _ in range(40):
        changed = bytearray(any_model)
        for _ in range(chance.choice((1, 4, 64))):
            # Most of a large file is weights; the tables stand at both ends.
            place = chance.choice((chance.randrange(4096), chance.randrange(1 << 30)))
            changed[place % len(changed)] = chance.randrange(256)
        code_of(bytes(changed))
    assert time.perf_counter() - begin < 40 * 2.0  # a hostile file may take two seconds, not more


def test_one_table_named_over_and_over_is_refused_quickly():
    # 200,000 offsets that all lead to one empty table: small on disk, long to read.
    count = 200_000
    root_at, vector_at = 24, 32
    table_at = vector_at + 4 + 4 * count + 4
    head = struct.pack("<I4sxxxxHHHHHxx", root_at, b"TFL3", 10, 8, 0, 0, 4)
    root = struct.pack("<iI", root_at - 12, vector_at - (root_at + 4))
    entries = range(vector_at + 4, vector_at + 4 + 4 * count, 4)
    offsets = struct.pack(f"<{count}I", *(table_at - entry for entry in entries))
    table = struct.pack("<HHi", 4, 4, 4)
    content = head + root + struct.pack("<I", count) + offsets + table
    begin = time.perf_counter()
    with pytest.raises(ModelError, match="more parts than any real model"):
        read_model(content)
    assert time.perf_counter() - begin < 5


def test_what_interpreters_crash_on_is_refused(float_model):
    # Found by mutation: the last operator reads what it is to write; a batch of 13 million.
    assert read_model(float_model).graphs[0].operators[-2].name == "FULLY_CONNECTED"
    for place, before, after, said in (
        (1116, 9, 6, "nothing has written"),
        (2494, 0, 0xCD, "larger than 2 GB"),
    ):
        changed = bytearray(float_model)
        assert changed[place] == before
        changed[place] = after
        with pytest.raises(ModelError, match=said):
            read_model(bytes(changed))


@pytest.mark.parametrize(
    ("shape", "dtype", "expected"),
    [((1, 96, 96, 3), "int8", 27648), ((), "float32", 4), ((3,), "int4", 2), ((0, 5), "int8", 0)],
)
def test_tensor_bytes(shape, dtype, expected):
    assert tensor_bytes(shape, dtype) == expected


def test_open_or_textual_tensors_have_no_size():
    assert tensor_bytes((-1, 5), "int8") is None
    assert tensor_bytes((2,), "string") is None


def test_strange_names_are_made_printable(one_operator):
    name = "Op\n\x1b[31m<b>\u202e" + "x" * 500
    (found, _), *_ = read_model(one_operator(32, name)).operators
    assert found.isprintable()
    assert len(found) <= 80

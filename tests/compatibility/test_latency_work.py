import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.compatibility.latency_work import Kind, Layer, count_work, work_of_layers
from studio.runtimes.tflite_file import read_model
from tests.compatibility.conftest import DATA
from tests.compatibility.latency_scripts import script

MODELS = script("latency_models").MODELS

layers = st.builds(
    Layer,
    kind=st.sampled_from([kind for kind in Kind if kind is not Kind.OTHER]),
    macs=st.integers(1, 10**9),
    elements=st.integers(1, 10**6),
)


@pytest.mark.parametrize(
    ("file", "model"), [("kws_ref_model", "kws"), ("pretrainedResnet_quant", "ic")]
)
def test_models_told_layer_by_layer_compute_what_their_files_do(truth, file, model):
    work = count_work(read_model((truth / "models" / f"{file}.tflite").read_bytes()))
    assert work == MODELS[model][1]


def test_a_small_model_counted_by_hand():
    # 8x8 by 3x3 to 6x6x4; by 3x3 each to 4x4x4; to their 4 means; to 3; their softmax.
    work = count_work(read_model((DATA / "tiny_int8.tflite").read_bytes()))
    assert work.macs == {
        Kind.CONV: 6 * 6 * 4 * 9,
        Kind.DEPTHWISE: 4 * 4 * 4 * 9,
        Kind.DENSE: 4 * 3,
    }
    assert work.elements == 6 * 6 * 4 + 4 * 4 * 4 + 4 * 4 * 4 + 3 + 3


@pytest.mark.parametrize(
    ("file", "named"), [("custom_operator", "StrangersOp"), ("unsupported_operator", "GELU")]
)
def test_an_operator_nobody_timed_is_an_obstacle_and_named(file, named):
    work = count_work(read_model((DATA / f"{file}.tflite").read_bytes()))
    assert named in work.obstacle
    assert not work.macs


@given(st.lists(layers, max_size=6), st.lists(layers, max_size=6))
def test_work_adds_up(first, second):
    one, other, both = map(work_of_layers, (first, second, first + second))
    assert both.total_macs == one.total_macs + other.total_macs
    assert both.elements == one.elements + other.elements
    assert (both.fingerprint == one.fingerprint) is (not second)


def test_the_published_models_are_told_apart():
    prints = [work.fingerprint for _, work in MODELS.values()]
    assert len(set(prints)) == len(MODELS)
    assert "" not in prints

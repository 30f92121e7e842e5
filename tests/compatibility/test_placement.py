import pytest

from studio.codegen.operators import RULES
from studio.codegen.reading import _TYPES
from studio.compatibility import check_model, facts_of
from studio.domain.figure import Figure, FigureKind
from studio.domain.placement import Where
from studio.domain.report import MemoryRegion, Verdict
from studio.runtimes import RUNTIMES

from .conftest import DATA, TRUTH

ARENA = Figure.measured(2112, "B", "in a test")
EDGE_TPU = ("edge-tpu", "litert")


def facts(path):
    return facts_of(path.read_bytes(), ARENA)


def texts(report):
    return [finding.text() for finding in report.findings]


def test_each_operator_of_a_model_has_a_place(device):
    report = check_model(facts(DATA / "tiny_int8.tflite"), device())
    assert report.placement.runtime == "tflite-micro"
    assert [place.name for place in report.placement.operators] == [
        "CONV_2D", "DEPTHWISE_CONV_2D", "MEAN", "FULLY_CONNECTED", "SOFTMAX",
    ]  # fmt: skip
    assert {place.where for place in report.placement.operators} == {Where.PROCESSOR}


def test_an_operator_that_nothing_runs_says_why(device):
    report = check_model(facts(DATA / "unsupported_operator.tflite"), device())
    (place,) = report.placement.operators
    assert place.where is Where.NOWHERE
    assert place.reason == "TensorFlow Lite Micro has no operator GELU."


def test_an_accelerator_takes_its_part_and_the_processor_the_rest(linux, truth):
    model = facts(truth / "edgetpu" / "deeplabv3_mnv2_dm05_pascal_quant.tflite")
    report = check_model(model, linux(runtimes=EDGE_TPU))
    assert report.verdict is Verdict.FITS
    assert report.runtime == "litert"
    assert report.placement.runtime == "edge-tpu"
    assert "The Edge TPU runs 64 of 71 operators." in texts(report)
    assert any(text.startswith("On the processor: 3 RESIZE_BILINEAR.") for text in texts(report))
    assert any("1 ARG_MAX. The Edge TPU has no operator" in text for text in texts(report))
    assert not any("convert it to int8" in text for text in texts(report))


def test_an_order_of_runtimes_does_not_change_who_does_what(linux, truth):
    model = facts(truth / "edgetpu" / "mobilenet_v1_0.25_128_quant.tflite")
    first, second = (check_model(model, linux(runtimes=r)) for r in (EDGE_TPU, EDGE_TPU[::-1]))
    assert first == second


def test_a_float_model_gets_nothing_from_an_accelerator_of_whole_numbers(linux):
    model = facts(DATA / "tiny_float32.tflite")
    report = check_model(model, linux(runtimes=EDGE_TPU))
    assert "The Edge TPU runs 0 of 5 operators." in texts(report)
    assert any("int8, uint8 only" in text and "float32" in text for text in texts(report))
    alone = check_model(model, linux(runtimes=("edge-tpu",)))
    assert alone.verdict is Verdict.DOES_NOT_FIT
    assert "Edge TPU does not compute with float32" in alone.for_engineer.text()


def test_a_model_of_dynamic_range_is_named_too(linux):
    report = check_model(facts(DATA / "tiny_dynamic.tflite"), linux(runtimes=EDGE_TPU))
    assert any("convert it to int8 throughout" in text for text in texts(report))


def test_scales_per_channel_are_named_where_a_runtime_wants_one(linux):
    report = check_model(facts(DATA / "tiny_int8.tflite"), linux(runtimes=EDGE_TPU))
    (said,) = [text for text in texts(report) if "one per channel" in text]
    assert "all weights of FULLY_CONNECTED, and" in said
    plain = check_model(facts(DATA / "tiny_int8.tflite"), linux())
    assert not any("per channel" in text for text in texts(plain))


def test_generated_c_has_the_generator_s_operators_and_types():
    runtime = RUNTIMES["generated-c"]
    assert runtime.operators == set(RULES)
    assert runtime.element_types == _TYPES


def test_generated_c_is_never_said_to_fit_before_it_was_linked(device):
    small = facts(DATA / "tiny_int8.tflite")
    report = check_model(small, device(runtimes=("generated-c",)))
    assert report.verdict is Verdict.UNKNOWN
    assert report.flash.kind is report.ram.kind is FigureKind.UNKNOWN
    assert {line.part for line in report.memory if line.region is MemoryRegion.RAM} == {
        "tensor arena", "sensor buffer", "sketch and startup data", "stack of the sketch",
    }  # fmt: skip
    assert any("linker measures it" in line.figure.source for line in report.memory)


def test_demands_name_operators_their_runtime_has():
    for runtime in RUNTIMES.values():
        if runtime.quantization is not None:
            assert runtime.quantization.per_channel <= runtime.operators
            assert runtime.quantization.types <= runtime.element_types
            assert runtime.quantization.source
            assert runtime.host == "" or runtime.host in RUNTIMES


def test_whole_truth_is_placed(linux, tell):
    if not TRUTH.is_dir():
        pytest.skip("the models from outside (../shared/truth) are not here")
    for path in sorted(TRUTH.glob("*/*.tflite")):
        report = check_model(facts(path), linux(runtimes=EDGE_TPU))
        places = report.placement.operators
        tell(f"{path.stem}: {sum(p.where is Where.ACCELERATOR for p in places)} of {len(places)}")
        assert len(places) == sum(use.count for use in report.operators)

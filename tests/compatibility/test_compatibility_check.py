import importlib.util
import itertools
import time
from dataclasses import replace
from pathlib import Path

import pytest

from studio.compatibility import check_model, facts_of
from studio.devices import catalogue
from studio.domain.candidate import Precision
from studio.domain.device import DeviceKind, Fact
from studio.domain.figure import Figure, FigureKind
from studio.domain.report import MemoryRegion, Verdict
from studio.runtimes.tflite_micro import ArenaMeter

DATA = Path(__file__).resolve().parents[1] / "data"
FLASH, RAM = MemoryRegion.FLASH, MemoryRegion.RAM
NO_ARENA = Figure.unknown("B", "Nobody measured it.")


def model(name, arena=NO_ARENA):
    return facts_of((DATA / f"{name}.tflite").read_bytes(), arena)


def keys(report):
    return [finding.key for finding in report.findings]


def parts(report, region):
    return {line.part: line.figure for line in report.memory if line.region is region}


def test_a_small_model_fits_and_says_how_much(device, facts):
    report = check_model(facts(), device())
    assert report.verdict is Verdict.FITS
    assert report.runtime == "tflite-micro"
    assert report.precision is Precision.INT8
    assert report.summary.text() == "It fits the Board and uses at most 12 % of its memory."
    assert report.for_engineer.text() == (
        "TensorFlow Lite Micro needs 14 KiB – 21 KiB of 256 KiB RAM and 53 KiB – 120 KiB of"
        " 1,024 KiB flash."
    )
    assert keys(report) == ["sensor-unknown"]
    assert report.limits_verified
    assert (report.flash_limit_bytes, report.ram_limit_bytes) == (1 << 20, 256 << 10)


def test_every_part_is_named_with_its_kind(device, facts):
    report = check_model(facts(), device())
    flash, ram = parts(report, FLASH), parts(report, RAM)
    assert set(flash) == {"model", "runtime code", "sketch and startup code"}
    assert set(ram) == {
        "tensor arena",
        "input buffer",
        "sensor buffer",
        "stack",
        "sketch and startup data",
    }
    assert flash["model"].kind is ram["tensor arena"].kind is FigureKind.MEASURED
    for part in (flash["runtime code"], flash["sketch and startup code"], ram["stack"]):
        assert part.kind is FigureKind.ESTIMATED
        assert part.source
    assert "four MLPerf Tiny models, Cortex-M4" in flash["runtime code"].source


def test_the_totals_are_the_sums_of_the_worst_ends(device, facts):
    report = check_model(facts(), device())
    for region, figure in ((FLASH, report.flash), (RAM, report.ram)):
        known = [f for f in parts(report, region).values() if f.value is not None]
        assert figure.value == sum(f.value if f.high is None else f.high for f in known)
        assert figure.low == sum(f.value if f.low is None else f.low for f in known)
        assert figure.kind is FigureKind.ESTIMATED


def test_it_fits_only_if_the_worst_end_fits(device, facts):
    worst = int(check_model(facts(), device()).ram.value)
    least = int(check_model(facts(), device()).ram.low)

    def verdict(ram):
        return check_model(facts(), device(ram_bytes=Fact(value=ram, sources=("a", "b")))).verdict

    assert verdict(worst) is Verdict.FITS
    assert verdict(worst - 1) is Verdict.UNKNOWN
    assert verdict(least) is Verdict.UNKNOWN
    assert verdict(least - 1) is Verdict.DOES_NOT_FIT


def test_a_model_that_may_not_fit_gives_its_range(device, facts):
    report = check_model(facts(arena=Figure.measured(255_000, "B", "")), device())
    assert report.verdict is Verdict.UNKNOWN
    assert report.summary.text() == (
        "It may not fit the Board: it could need 260 KiB of RAM, and there are 256 KiB."
    )
    assert report.findings[0].text() == (
        "It needs between 254 KiB and 260 KiB of RAM, depending on the program."
    )


def test_too_large_a_model_says_what_it_needs(device, facts):
    report = check_model(facts(size_bytes=4 << 20), device())
    assert report.verdict is Verdict.DOES_NOT_FIT
    text = report.summary.text()
    assert text.startswith("It does not fit the Board: it needs at least 4,1")
    assert text.endswith("KiB of flash, and there are 1,024 KiB.")


@pytest.mark.parametrize("field", ["ram_bytes", "flash_bytes"])
def test_an_unknown_limit_is_never_kept(device, facts, field):
    report = check_model(facts(), device(**{field: Fact(value=None)}))
    assert report.verdict is Verdict.UNKNOWN
    assert report.summary.text().startswith("Whether it fits is not known: nobody states how much")
    assert "of ? " in report.for_engineer.text()
    assert not report.limits_verified


def test_an_unknown_arena_is_never_small_enough(device, facts):
    report = check_model(facts(arena=NO_ARENA), device())
    assert report.verdict is Verdict.UNKNOWN
    assert report.ram.kind is FigureKind.UNKNOWN
    assert any("Nobody measured it." in finding.text() for finding in report.findings)


def test_known_parts_alone_can_be_too_much(device, facts):
    report = check_model(facts(arena=NO_ARENA, input_bytes=1 << 20), device())
    assert report.verdict is Verdict.DOES_NOT_FIT


def test_an_unverified_limit_is_found(device, facts):
    report = check_model(facts(), device(ram_bytes=Fact(value=256 << 10, sources=("one",))))
    assert report.verdict is Verdict.FITS
    assert not report.limits_verified
    assert "unverified-ram" in keys(report)


def test_operators_the_runtime_lacks_are_named():
    report = check_model(model("unsupported_operator"), catalogue()["nano33ble"])
    assert report.verdict is Verdict.DOES_NOT_FIT
    assert "GELU" in report.for_engineer.text()
    assert report.summary.key == "fit-runs-not"
    assert [(use.name, use.supported) for use in report.operators] == [("GELU", False)]


def test_a_custom_operator_is_not_mistaken_for_a_built_in_one(device, facts):
    disguised = facts(operators=(("CONV_2D", 1),), custom_operators=frozenset({"CONV_2D"}))
    assert check_model(disguised, device()).verdict is Verdict.DOES_NOT_FIT
    assert "StrangersOp" in str(check_model(model("custom_operator"), device()).for_engineer)


def test_dynamic_range_runs_on_linux_but_not_on_a_microcontroller(device, linux):
    facts = model("tiny_dynamic")
    assert facts.hybrid
    assert facts.precision is None
    assert "dynamic range" in str(check_model(facts, device()).for_engineer)
    assert check_model(facts, linux()).verdict is Verdict.FITS


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"element_types": frozenset({"uint8"}), "precision": None}, "uint8"),
        ({"element_types": frozenset({"float16", "float32"}), "precision": None}, "float16"),
        ({"open_shapes": True}, "every size fixed"),
    ],
)
def test_what_micro_cannot_compute_is_said(device, linux, facts, change, said):
    report = check_model(facts(**change), device())
    assert report.verdict is Verdict.DOES_NOT_FIT
    assert said in report.for_engineer.text()
    assert check_model(facts(**change), linux()).verdict is Verdict.FITS


def test_nothing_runs_on_an_avr(facts):
    report = check_model(facts(), catalogue()["uno"])
    assert report.verdict is Verdict.DOES_NOT_FIT
    assert report.runtime == ""
    assert report.summary.text() == "The Arduino Uno cannot run this model as it is."
    assert str(report.for_engineer) == "No runtime of the studio runs on the Arduino Uno."


def test_a_runtime_this_version_does_not_know_is_none(device, facts):
    assert check_model(facts(), device(runtimes=("later",))).runtime == ""
    assert check_model(facts(), device(runtimes=("later", "tflite-micro"))).runtime
    assert check_model(facts(), device(runtimes=("onnx-runtime",))).runtime == ""


def test_on_linux_the_ram_decides_and_storage_is_named(linux, facts):
    report = check_model(facts(), linux())
    assert report.verdict is Verdict.FITS
    assert report.for_engineer.key == "needs-ram"
    assert report.limits_verified
    assert "storage" in keys(report)
    assert {"operating system", "runtime", "model", "tensors"} <= set(parts(report, RAM))
    unknown = check_model(facts(), linux(ram_bytes=Fact(value=None)))
    assert unknown.verdict is Verdict.UNKNOWN
    small = check_model(facts(), linux(ram_bytes=Fact(value=32 << 20, sources=("a", "b"))))
    assert small.verdict is Verdict.DOES_NOT_FIT


def test_facts_of_our_models():
    int8, float32 = model("tiny_int8"), model("tiny_float32")
    assert int8.precision is Precision.INT8
    assert float32.precision is Precision.FLOAT32
    assert (int8.input_bytes, float32.input_bytes) == (64, 256)
    assert dict(int8.operators)["CONV_2D"] == 1
    assert int8.activations.low <= int8.activations.high
    assert not int8.hybrid
    assert not int8.open_shapes


def test_the_mislabelled_mlperf_model_is_recognised(truth):
    content = (truth / "models" / "kws_ref_model_float32.tflite").read_bytes()
    assert facts_of(content, NO_ARENA).hybrid  # its name says float32, its weights are int8


def test_edge_tpu_models_do_not_run_on_microcontrollers(truth):
    facts = facts_of(
        (truth / "edgetpu" / "mobilenet_v1_0.25_128_quant.tflite").read_bytes(), NO_ARENA
    )
    assert "uint8" in str(check_model(facts, catalogue()["nano33ble"]).for_engineer)
    assert check_model(facts, catalogue()["rpi5"]).verdict is Verdict.FITS


@pytest.mark.skipif(
    importlib.util.find_spec("tflite_micro") is None,
    reason="TensorFlow Lite Micro has no wheel for this computer",
)
def test_verdicts_for_real_models_are_what_the_interpreter_does(truth):
    paths = [*truth.glob("*/*.tflite"), *DATA.glob("*.tflite")]
    with ArenaMeter() as meter:
        for path in paths:
            content = path.read_bytes()
            facts = facts_of(content, meter.measure(content))
            board = replace(catalogue()["ek_ra8d1"], runtimes=("tflite-micro",))
            refused = check_model(facts, board).summary.key == "fit-runs-not"
            assert refused is (facts.arena.value is None), path.name


@pytest.mark.parametrize("id", sorted(catalogue()))
def test_every_device_gets_a_whole_report(id):
    device = catalogue()[id]
    report = check_model(model("tiny_int8", Figure.measured(2112, "B", "measured")), device)
    assert report.device_id == id
    for sentence in (report.summary, report.for_engineer, *report.findings):
        assert sentence.text().endswith(".")
        assert "None" not in sentence.text()
    if device.ram_bytes.value is None and device.runtimes:
        assert report.verdict is Verdict.UNKNOWN
    if report.verdict is Verdict.FITS:
        assert report.ram.value <= device.ram_bytes.value
        micro = device.kind is DeviceKind.MICROCONTROLLER
        assert not micro or report.flash.value <= device.flash_bytes.value


@pytest.mark.benchmark
def test_twenty_models_on_all_devices(facts, tell):
    models = [facts(size_bytes=1000 * n) for n in range(1, 21)]
    begin = time.perf_counter()
    reports = list(itertools.starmap(check_model, itertools.product(models, catalogue().values())))
    seconds = time.perf_counter() - begin
    tell(f"{len(reports)} verdicts in {seconds:.3f} s (target: well under 1 s)")
    assert len(reports) == 20 * len(catalogue())

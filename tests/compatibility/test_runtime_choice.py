"""Which of a device's runtimes a report is about, and what generated C takes there."""

import dataclasses
import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from studio.codegen import estimate_footprint, measure_footprint
from studio.compatibility import check_model, facts_of, sensor_buffer
from studio.compatibility.banks import bank_uses
from studio.devices import catalogue
from studio.domain.candidate import Precision
from studio.domain.device import Fact, MemoryBank
from studio.domain.figure import Figure, FigureKind
from studio.domain.footprint import Footprint
from studio.domain.preprocessing import FrontEnd, ImagePreprocessing, SignalPreprocessing
from studio.domain.report import MemoryLine, MemoryRegion, Verdict
from studio.runtimes.tflite_micro import measure_arena
from tests.benchmarks import fit_truth
from tests.codegen.making import Maker, Quantized

DATA = Path(__file__).resolve().parents[1] / "data"
TINY = (DATA / "tiny_int8.tflite").read_bytes()
BOTH = ("tflite-micro", "generated-c")
FLASH, RAM = MemoryRegion.FLASH, MemoryRegion.RAM


def figure(low, high):
    return Figure(
        value=high, unit="B", kind=FigureKind.ESTIMATED, low=low, high=high, source="in a test"
    )


def footprint(code=(3000, 5000), arena=6000, instructions=None):
    counted = Figure.unknown("instructions", "nobody counted")
    if instructions:
        counted = Figure(
            value=instructions, unit="instructions", kind=FigureKind.EMULATED, source="in a test"
        )
    return Footprint(
        core="Cortex-M4F",
        kernels="dsp",
        code=figure(*code),
        weights=Figure.measured(20_000, "B", "in a test"),
        variables=Figure.measured(0, "B", "in a test"),
        arena=Figure.measured(arena, "B", "in a test"),
        stack=Figure.measured(400, "B", "in a test"),
        instructions=counted,
    )


def told(facts, **fields):
    made = fields.pop("made", None) or footprint(**fields)
    return dataclasses.replace(facts(), footprint=lambda core: made)


def parts(report, region):
    return {line.part: line.figure for line in report.memory if line.region is region}


def test_generated_c_is_chosen_among_equals_and_the_other_is_told(device, facts):
    report = check_model(told(facts), device(runtimes=BOTH))
    assert report.verdict is Verdict.FITS
    assert report.runtime == "generated-c"
    [other] = report.alternatives
    assert (other.runtime, other.verdict, other.why) == ("tflite-micro", Verdict.FITS, None)
    assert other.flash.value > report.flash.value


def test_what_fits_comes_before_what_may_fit_and_that_before_what_does_not(device, facts):
    small = device(runtimes=BOTH, flash_bytes=Fact(value=60_000, sources=("a", "b")))
    assert check_model(told(facts), small).runtime == "generated-c"
    huge = check_model(told(facts, arena=300_000), device(runtimes=BOTH))
    assert (huge.runtime, huge.verdict) == ("tflite-micro", Verdict.FITS)
    assert huge.alternatives[0].verdict is Verdict.DOES_NOT_FIT


def test_a_model_without_c_runs_on_the_other_runtime_and_says_why_not(device, facts):
    none = Footprint.none("Cortex-M4F", "dsp", "There is no kernel for GELU.")
    report = check_model(told(facts, made=none), device(runtimes=BOTH))
    assert report.runtime == "tflite-micro"
    assert report.alternatives[0].verdict is Verdict.DOES_NOT_FIT
    assert "no kernel for GELU" in report.alternatives[0].why.text()


def test_generated_c_that_nobody_generated_is_not_weighed(device, facts):
    report = check_model(facts(), device(runtimes=BOTH))
    assert report.runtime == "tflite-micro"
    assert report.alternatives == ()


def test_every_part_of_generated_c_is_named(device, facts):
    report = check_model(told(facts), device(runtimes=BOTH))
    assert set(parts(report, FLASH)) == {"weights", "code", "sketch and startup code"}
    ram = parts(report, RAM)
    assert set(ram) == {
        "tensor arena",
        "input buffer",
        "sensor buffer",
        "stack",
        "stack of the sketch",
        "sketch and startup data",
    }
    assert ram["input buffer"].value == 0
    assert "inside the tensor arena" in ram["input buffer"].source
    assert report.ram_left_bytes == (256 << 10) - report.ram.high
    assert "code-estimated" in [finding.key for finding in report.findings]


@pytest.mark.parametrize("field", ["ram_bytes", "flash_bytes"])
def test_no_runtime_fits_an_unknown_memory(device, facts, field):
    report = check_model(told(facts), device(runtimes=BOTH, **{field: Fact(value=None)}))
    assert report.verdict is Verdict.UNKNOWN
    assert all(other.verdict is not Verdict.FITS for other in report.alternatives)
    for sentence in (report.summary, report.for_engineer, *report.findings):
        assert "It fits" not in sentence.text()


def test_emulated_instructions_become_a_range_of_time(device, facts):
    report = check_model(told(facts, instructions=1_000_000), device(runtimes=BOTH))
    assert report.latency.kind is FigureKind.ESTIMATED
    assert report.latency.low < report.latency.value < report.latency.high
    assert "1,000,000 emulated instructions" in report.latency.source
    elsewhere = check_model(
        told(facts, instructions=1_000_000), device(runtimes=BOTH, core="Cortex-M7F")
    )
    assert elsewhere.latency.kind is FigureKind.UNKNOWN


def test_a_camera_and_a_window_need_a_buffer_of_their_own(device, facts):
    picture = sensor_buffer(ImagePreprocessing(width=96, height=96, channels=3))
    assert (picture.low, picture.high) == (0, 96 * 96 * 2)
    window = SignalPreprocessing(
        channels=("x", "y", "z"),
        rate_hz=100.0,
        keep_every=1,
        window=128,
        stride=64,
        front_end=FrontEnd.RAW,
        low=(-1.0,) * 3,
        high=(1.0,) * 3,
    )
    assert (sensor_buffer(window).low, sensor_buffer(window).high) == (768, 1536)
    report = check_model(dataclasses.replace(facts(), sensor=picture), device())
    assert parts(report, RAM)["sensor buffer"] == picture
    assert "sensor-unknown" not in [finding.key for finding in report.findings]


def line(part, low, high):
    return MemoryLine(part=part, region=RAM, figure=figure(low, high))


def test_parts_are_placed_in_banks_and_none_is_cut_in_two(device, facts):
    banks = tuple(MemoryBank(name=n, bytes=s, sources=("a",)) for n, s in (("A", 100), ("B", 60)))
    board = device(regions=banks, ram_bytes=Fact(value=160, sources=("a", "b")))
    uses, homeless = bank_uses(board, [line("arena", 90, 90), line("stack", 20, 20)], worst=True)
    assert not homeless
    assert {use.name: use.parts for use in uses} == {"A": ("arena",), "B": ("stack",)}
    assert bank_uses(board, [line("arena", 90, 110)], worst=True)[1] == "arena"
    assert bank_uses(board, [line("arena", 90, 110)], worst=False)[1] == ""
    assert bank_uses(device(), [line("arena", 90, 110)], worst=True) == ((), "")
    # Where the banks are less than the RAM, one of them is not among them.
    assert bank_uses(device(regions=banks), [line("arena", 90, 110)], worst=True) == ((), "")


def test_an_arena_larger_than_every_bank_does_not_fit(device, facts):
    banks = tuple(
        MemoryBank(name=name, bytes=128 << 10, sources=("a",)) for name in ("SRAM1", "SRAM2")
    )
    large = told(facts, arena=200_000)
    board = device(runtimes=("generated-c",), regions=banks)
    report = check_model(large, board)
    assert report.verdict is Verdict.DOES_NOT_FIT
    assert "several places" in report.summary.text()
    whole = check_model(large, device(runtimes=("generated-c",)))
    assert whole.verdict is Verdict.FITS


def test_int16x8_is_recognised():
    maker = Maker()
    x = maker.input((1, 8), "int16", Quantized(0.01, 0))
    y = maker.tensor((1, 8), "int16", Quantized(0.01, 0))
    maker.node("RELU", [x], [y])
    facts = facts_of(maker.model([y]), Figure.unknown("B", "not asked"))
    assert facts.precision is Precision.INT16X8


def test_estimates_hold_what_is_measured(tell):
    for core in ("Cortex-M0+",):
        guessed = estimate_footprint(TINY, core)
        exact = measure_footprint(TINY, core, count=False)
        for name in ("code", "weights", "stack"):
            ends, real = getattr(guessed, name), getattr(exact, name)
            assert ends.kind is FigureKind.ESTIMATED
            assert ends.low <= real.value <= ends.high, (core, name)
            tell(f"{name} on {core}: {ends.low:.0f} to {ends.high:.0f}, measured {real.value}")
        assert guessed.arena.value == exact.arena.value


def test_a_core_nobody_compiles_for_gets_the_range_of_all_and_an_avr_none():
    xtensa = estimate_footprint(TINY, "Xtensa LX7 (dual)")
    assert "no Xtensa LX7 (dual) was among" in xtensa.code.source
    known = estimate_footprint(TINY, "RISC-V RV32IMC")
    assert xtensa.code.low <= known.code.low
    assert "16 bits" in estimate_footprint(TINY, "AVR").refused
    assert (
        "no kernel"
        in estimate_footprint(
            (DATA / "unsupported_operator.tflite").read_bytes(), "Cortex-M4F"
        ).refused
    )


def test_verdicts_are_those_of_a_linker_with_the_device_s_memories(tell):
    """The short form of ``tests/benchmarks/fit_truth.py``: memories around what is needed."""
    board = dataclasses.replace(catalogue()["nano33ble"], runtimes=("generated-c",))
    exact = measure_footprint(TINY, board.core, count=False)
    facts = dataclasses.replace(
        facts_of(TINY, Figure.unknown("B", "not asked")), footprint=lambda core: exact
    )
    needed = check_model(facts, board)
    devices = [
        dataclasses.replace(
            board,
            id=f"{flash:.0f} {ram:.0f}",
            flash_bytes=Fact(value=int(flash), sources=("a", "b")),
            ram_bytes=Fact(value=int(ram), sources=("a", "b")),
        )
        for flash in (needed.flash.low - 64, needed.flash.low + 64, needed.flash.high)
        for ram in (needed.ram.low - 64, needed.ram.high - 64, needed.ram.high + 16)
    ]
    found = list(fit_truth.judge_all(TINY, "tiny", devices))
    said = [one.said["measured"] for one in found]
    assert {Verdict.FITS, Verdict.UNKNOWN, Verdict.DOES_NOT_FIT} == set(said)
    assert not any(one.false_fits(how) for one in found for how in one.said)
    assert not any(one.false_refusal(how) for one in found for how in one.said)
    refused = [one for one in found if one.said["measured"] is Verdict.DOES_NOT_FIT]
    assert not any(one.takes_best for one in refused)
    assert all(one.takes_worst for one in found if one.said["measured"] is Verdict.FITS)


@pytest.mark.skipif(not shutil.which("arm-none-eabi-size"), reason="no arm-none-eabi-size here")
def test_flash_and_ram_are_those_of_the_size_tool(tell):
    ours, tool = fit_truth.size_tool_agrees(TINY, "Cortex-M4F")
    assert ours == tool
    tell(f"flash and RAM of the firmware: {ours}, arm-none-eabi-size: {tool}")


@pytest.mark.skipif(
    importlib.util.find_spec("tflite_micro") is None,
    reason="TensorFlow Lite Micro has no wheel for this computer",
)
def test_the_arena_is_the_least_that_the_interpreter_takes(truth, tell):
    paths = [*sorted((truth / "models").glob("*.tflite")), DATA / "tiny_int8.tflite"]
    program = Path(__file__).with_name("least_arena.py")
    for path in paths:
        done = subprocess.run(
            [sys.executable, str(program), str(path)], capture_output=True, text=True, check=True
        )
        found = measure_arena(path.read_bytes()).value
        if not done.stdout.strip():
            assert found is None
            continue
        least = int(done.stdout)
        tell(f"arena of {path.stem}: {found} told, {least} is the least that will do")
        assert abs(found - least) <= 0.1 * least


@pytest.mark.skipif(not shutil.which("arm-none-eabi-size"), reason="no arm-none-eabi-size here")
def test_the_lines_of_a_report_add_up_to_the_linked_file():
    exact = measure_footprint(TINY, "Cortex-M4F", count=False)
    _, (flash, ram) = fit_truth.size_tool_agrees(TINY, "Cortex-M4F")
    program = flash - exact.code.value - exact.weights.value
    assert 0 < program < 1024  # vectors, startup and main: what a sketch has of its own
    assert ram == exact.arena.value + exact.variables.value + 2048

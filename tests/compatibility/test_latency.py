import json
import shutil
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.compatibility import check_model, facts_of, generated_latency
from studio.compatibility.latency_data import counted, published
from studio.compatibility.latency_work import Kind, Work
from studio.devices import catalogue
from studio.domain.candidate import Precision
from studio.domain.figure import Figure, FigureKind
from tests.compatibility.conftest import DATA, ROOT, fact, make_device, make_facts
from tests.compatibility.latency_scripts import script

MODELS = {key: work for key, (_, work) in script("latency_models").MODELS.items()}
OWN = Work(macs={Kind.CONV: 10**6, Kind.DENSE: 10**4}, elements=20_000, fingerprint="own")


@pytest.mark.parametrize(
    ("model", "board", "value", "whose"),
    [
        ("kws", "nucleo_l4r5zi", 181.9174, "TensorFlow Lite Micro 2.3.1"),
        ("vww", "nrf5340dk", 232.0186, "CMSIS-NN"),
        ("ic", "xg24_dk2601b", 120.9336, "accelerator"),
        ("person", "esp32-s3-devkitc-1", 54, "ESP-NN"),
        ("ad", "ek_ra8d1", 0.5307, "does not name"),
    ],
)
def test_a_published_model_on_its_board_has_the_published_figure(facts, model, board, value, whose):
    report = check_model(facts(work=MODELS[model]), catalogue()[board])
    assert report.latency.kind is FigureKind.PUBLISHED
    assert report.latency.value == value
    assert whose in report.latency.source


def test_the_very_file_is_known_by_what_it_computes(truth):
    content = (truth / "models" / "kws_ref_model.tflite").read_bytes()
    facts = facts_of(content, Figure.measured(22_772, "B", "in a test"))
    report = check_model(facts, catalogue()["nucleo_l4r5zi"])
    assert report.latency.value == 181.9174
    assert (report.energy.kind, report.energy.value) == (FigureKind.PUBLISHED, 7373.704)


def test_a_model_of_the_persons_own_is_estimated_as_a_range(facts, device):
    latency = check_model(facts(work=OWN), device()).latency
    assert latency.kind is FigureKind.ESTIMATED
    assert latency.low < latency.value < latency.high < 2.5 * latency.low
    assert "nobody published" in latency.source


def test_a_known_model_has_the_narrower_range(facts, device):
    known, own = (check_model(facts(work=w), device()).latency for w in (MODELS["kws"], OWN))
    assert known.high / known.low < own.high / own.low


@pytest.mark.parametrize(
    ("change", "board", "why"),
    [
        ({}, {"core": "Cortex-M3"}, "Cortex-M3"),
        ({}, {"core": "Cortex-M85"}, "Renesas"),
        ({}, {"core": "Cortex-M55"}, "Cortex-M55"),
        ({}, {"core": "RISC-V RV32IMC"}, "RISC-V"),  # the ESP32-C3's figures are not all of these
        ({}, {"clock_hz": fact(None)}, "clock"),
        ({}, {"runtimes": ("litert",)}, "LiteRT"),
        ({"precision": Precision.FLOAT32}, {}, "int8"),
        ({"work": Work(macs={}, obstacle="what LSTM costs was never published")}, {}, "LSTM"),
        ({"work": Work(macs={}, elements=100)}, {}, "multiplies nothing"),
        ({"work": None}, {}, "not counted"),
    ],
)
def test_nothing_is_estimated_without_figures_and_the_reason_is_said(
    facts, device, change, board, why
):
    latency = check_model(facts(**{"work": OWN, **change}), device(**board)).latency
    assert latency.kind is FigureKind.UNKNOWN
    assert why in latency.source


def test_a_size_beyond_those_published_is_said(facts, device):
    small = Work(macs={Kind.DENSE: 1000}, elements=10, fingerprint="small")
    assert "smaller than every model" in check_model(facts(work=small), device()).latency.source
    assert "than every model" not in check_model(facts(work=OWN), device()).latency.source


@given(
    core=st.sampled_from(["Cortex-M0+", "Cortex-M4F", "Cortex-M33F", "Cortex-M7"]),
    macs=st.integers(1000, 10**8),
    more=st.integers(1, 10**8),
    mhz=st.integers(1, 600),
)
def test_more_work_takes_longer_and_a_faster_clock_is_faster(core, macs, more, mhz):
    def time(macs, mhz):
        work = Work(macs={Kind.POINTWISE: macs}, elements=100, fingerprint="x")
        board = make_device(core=core, clock_hz=fact(mhz * 10**6))
        return check_model(make_facts(work=work), board).latency.value

    assert time(macs + more, mhz) > time(macs, mhz)
    assert time(macs, 2 * mhz) == pytest.approx(time(macs, mhz) / 2)


def test_energy_is_of_boards_whose_energy_was_published_only(facts, device):
    board = catalogue()["nucleo_u575zi_q"]
    report = check_model(facts(work=OWN), board)
    assert report.energy.kind is FigureKind.ESTIMATED
    powers = [r.power_mw for r in published() if r.device == board.id and r.power_mw]
    assert min(powers) <= report.energy.value / report.latency.value <= max(powers)
    assert report.energy.low == pytest.approx(report.latency.low * min(powers))
    assert check_model(facts(work=OWN), device()).energy.kind is FigureKind.UNKNOWN
    # Measured with its accelerator, which TensorFlow Lite Micro alone does not use.
    assert check_model(facts(work=OWN), catalogue()["xg24_dk2601b"]).energy.value is None


def test_generated_code_has_a_figure_only_where_its_instructions_were_counted(device):
    counts = generated_latency(12_700_000, device(clock_hz=fact(120_000_000)))
    cycles = counted()["Cortex-M4"].cycles
    assert counts.value == pytest.approx(12_700_000 * cycles / 120_000)
    assert counts.high / counts.value >= 1.2
    assert "not with generated code" in counts.source
    assert generated_latency(None, device()).kind is FigureKind.UNKNOWN
    assert "Cortex-M7F" in generated_latency(1, device(core="Cortex-M7F")).source
    assert "clock" in generated_latency(1, device(clock_hz=fact(None))).source


@pytest.mark.skipif(not shutil.which("qemu-system-arm"), reason="no qemu-system-arm here")
def test_the_command_tells_time_and_energy():
    devices = ("--device", "nucleo_l4r5zi", "--device", "bluepill_f103c8", "--measure", "--json")
    done = subprocess.run(
        [sys.executable, "-m", "studio", "check", str(DATA / "tiny_int8.tflite"), *devices],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    known, unknown = json.loads(done.stdout)["reports"]
    assert known["latency"]["kind"] == known["energy"]["kind"] == "estimated"
    assert known["latency"]["low"] < known["latency"]["high"]
    assert unknown["latency"]["value"] is None
    assert "Cortex-M3" in unknown["latency"]["source"]

import csv
import importlib.util
import re
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from studio.domain.errors import DeviceError, ModelError
from studio.domain.figure import FigureKind
from studio.domain.placement import Where
from studio.runtimes import ethos_u
from studio.runtimes.ethos_u import ACCELERATORS, ENTRY, ask_vela, vela_version

needs_vela = pytest.mark.skipif(
    importlib.util.find_spec("ethosu") is None, reason="Vela (extra `vela`) is not installed"
)
RESNET = "models/pretrainedResnet_quant.tflite"


def by_hand(path, accelerator, folder):
    """Return the summary that Vela writes when a person runs it."""
    vela = [sys.executable, "-c", "from ethosu.vela.vela import main; main()", str(path)]
    asked = ["--accelerator-config", accelerator, "--output-dir", str(folder)]
    subprocess.run([*vela, *asked], check=True, capture_output=True)
    (table,) = folder.glob("*_summary_*.csv")
    (row,) = csv.DictReader(table.read_text().splitlines())
    return row


@needs_vela
@pytest.mark.parametrize("accelerator", ["ethos-u55-128", "ethos-u65-256", "ethos-u85-256"])
def test_figures_are_vela_s_own(truth, tmp_path, accelerator, tell):
    path = truth / RESNET
    row, answer = by_hand(path, accelerator, tmp_path), ask_vela(path.read_bytes(), accelerator)
    assert answer.why == ""
    for area in ("sram", "dram", "on_chip_flash", "off_chip_flash"):
        given = float(row[f"{area}_memory_used"]) * 1024
        assert (answer.memory[area].value if area in answer.memory else 0) == given
    assert answer.latency.value == float(row["inference_time"]) * 1000
    assert answer.latency.kind is FigureKind.ESTIMATED
    assert answer.macs.value == int(row["nn_macs"])
    assert answer.setting == f"{row['system_config']}, {row['memory_mode']}"
    assert set(answer.placement.counted(Where.ACCELERATOR)) <= ENTRY.operators
    assert len(answer.placement.operators) == 16
    kib = {area: figure.value / 1024 for area, figure in answer.memory.items()}
    tell(f"{accelerator}: {kib} KiB, {answer.latency.value:.3f} ms, {answer.setting}")


@needs_vela
def test_what_vela_leaves_has_vela_s_reason(truth):
    model = truth / "edgetpu" / "posenet_mobilenet_v1_075_353_481_quant_decoder.tflite"
    placement = ask_vela(model.read_bytes(), "ethos-u55-128").placement
    assert placement.counted(Where.PROCESSOR) == {"PosenetDecoderOp": 1}
    assert [p.reason for p in placement.operators if p.reason] == ["Unsupported opType."]


@needs_vela
def test_operators_that_vela_cannot_list_are_not_guessed(truth):
    model = truth / "edgetpu" / "deeplabv3_mnv2_dm05_pascal_quant.tflite"
    answer = ask_vela(model.read_bytes(), "ethos-u55-128")
    assert answer.placement is None
    assert answer.memory["sram"].kind is FigureKind.MEASURED


@needs_vela
def test_two_runs_at_once_do_not_meet(int8_model, truth):
    models = (int8_model, (truth / RESNET).read_bytes())
    one_by_one = [ask_vela(content, "ethos-u55-128") for content in models]
    with ThreadPoolExecutor() as pool:
        together = list(pool.map(lambda content: ask_vela(content, "ethos-u55-128"), models))
    assert together == one_by_one
    assert together[0] != together[1]


@needs_vela
def test_float_models_are_refused_in_a_sentence(float_model):
    answer = ask_vela(float_model, "ethos-u55-128")
    assert "whole numbers only" in answer.why
    assert answer.memory == {}
    assert answer.latency.kind is answer.macs.kind is FigureKind.UNKNOWN


@needs_vela
def test_a_model_that_takes_too_long_is_stopped(int8_model):
    answer = ask_vela(int8_model, "ethos-u55-128", timeout_s=0.01)
    assert answer.why == "Vela took over 0.01 s with this model."


def test_without_vela_it_says_what_was_not_done(monkeypatch, int8_model):
    monkeypatch.setattr(ethos_u, "vela_version", lambda: None)
    answer = ask_vela(int8_model, "ethos-u55-128")
    assert answer.why.startswith("Not done: Vela")
    assert answer.placement is None


def test_damaged_files_and_strange_accelerators_never_reach_vela(int8_model):
    with pytest.raises(ModelError) as damaged:
        ask_vela(int8_model[:500], "ethos-u55-128")
    assert damaged.value.code == "model.damaged"
    with pytest.raises(DeviceError) as strange:
        ask_vela(int8_model, "--output-dir")
    assert strange.value.code == "device.no_accelerator"


def test_importing_does_not_load_vela():
    code = (
        "import sys, studio.runtimes.ethos_u as e; e.vela_version();"
        "print([m for m in sys.modules if m.startswith('ethosu.')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_operators_are_those_vela_prints(truth):
    text = (truth / "vela_supported_ops.md").read_text()
    table = text.split("## Ethos-U55 and Ethos-U65 TFLite Summary Table")[1].split("\n## ")[0]
    assert ENTRY.operators == set(re.findall(r"^\| ([A-Z0-9_]+) \|", table, re.MULTILINE))


@needs_vela
def test_accelerators_are_those_vela_knows():
    done = subprocess.run(
        [sys.executable, "-c", "from ethosu.vela.vela import main; main()", "--help"],
        capture_output=True,
        text=True,
        check=True,
    )
    found = re.search(r"--accelerator-config \{([^}]*)\}", done.stdout)[1]
    assert Counter(re.sub(r"\s", "", found).split(",")) == Counter(ACCELERATORS)
    assert vela_version()

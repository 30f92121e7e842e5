"""Arm's Ethos-U: which operators it takes, its memory and its time, as Vela itself says.

Vela is Arm's compiler for these accelerators. It is optional, runs in a child process with an
output folder of its own, and what it writes is read from there and from its output; nothing
here imports it.
"""

from __future__ import annotations

import csv
import importlib.metadata
import importlib.util
import math
import os
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from studio.domain.candidate import ArtifactFormat, Precision
from studio.domain.errors import DeviceError
from studio.domain.figure import Figure, FigureKind
from studio.domain.placement import OperatorPlace, Placement, Where
from studio.runtimes._runtime import Quantization, Runtime
from studio.runtimes.tflite_file import Graph, read_model

__all__ = ["ACCELERATORS", "ENTRY", "VelaAnswer", "ask_vela", "vela_version"]

ACCELERATORS = (
    "ethos-u55-32", "ethos-u55-64", "ethos-u55-128", "ethos-u55-256",
    "ethos-u65-256", "ethos-u65-512",
    "ethos-u85-128", "ethos-u85-256", "ethos-u85-512", "ethos-u85-1024", "ethos-u85-2048",
)  # fmt: skip
"""What Vela 5.2.0 compiles for: the family and its multiplications a cycle."""

_OPERATORS = """
ABS ADD ARG_MAX AVERAGE_POOL_2D BATCH_MATMUL CONCATENATION CONV_2D DEPTHWISE_CONV_2D ELU EXP
EXPAND_DIMS FULLY_CONNECTED GELU HARD_SWISH LEAKY_RELU LOG LOGISTIC MAXIMUM MAX_POOL_2D MEAN
MINIMUM MIRROR_PAD MUL NEG PACK PAD PADV2 PRELU QUANTIZE REDUCE_MAX REDUCE_MIN RELU RELU6
RELU_0_TO_1 RELU_N1_TO_1 RESHAPE RESIZE_BILINEAR RESIZE_NEAREST_NEIGHBOR REVERSE_V2 RSQRT SLICE
SOFTMAX SPLIT SPLIT_V SQUARED_DIFFERENCE SQUEEZE STRIDED_SLICE SUB SUM TANH TILE TRANSPOSE
TRANSPOSE_CONV UNIDIRECTIONAL_SEQUENCE_LSTM UNPACK
"""
_WHOLE = frozenset({"int8", "uint8", "int16"})
_LARGEST_OUTPUT_BYTES = 16 << 20
_NAME_LENGTH = 200
_ON_PROCESSOR = re.compile(r"^ +CPU: \S+ = (.*) \(outputs \[[-\d, ]*\]\)$", re.MULTILINE)
_COUNTED = re.compile(r"^CPU operators = (\d+) ", re.MULTILINE)
_REFUSED = re.compile(
    r"^Warning \(supported operators\) operator: \S+, ofm: '(.*)'\nReason: (.*)$", re.MULTILINE
)

ENTRY = Runtime(
    id="ethos-u",
    title="Ethos-U",
    formats=frozenset({ArtifactFormat.TFLITE}),
    precisions=frozenset({Precision.INT8, Precision.INT16X8}),
    element_types=frozenset({"int8", "uint8", "int16", "int32", "int64"}),
    operators=frozenset(_OPERATORS.split()),
    static_shapes=True,
    hybrid=False,
    uses_arena=False,
    code=Figure.unknown("B", "Vela joins code and weights; it was not run."),
    quantization=Quantization(
        types=_WHOLE,
        per_channel=frozenset(
            {"CONV_2D", "DEPTHWISE_CONV_2D", "FULLY_CONNECTED", "TRANSPOSE_CONV"}
        ),
        only=True,
        source="the constraints that Vela 5.2.0 prints for Ethos-U55 and Ethos-U65",
    ),
    host="tflite-micro",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class VelaAnswer:
    """What Vela said of one model.

    Attributes:
        accelerator: Which one it was asked about; one of `ACCELERATORS`.
        why: Why nothing is known, as a sentence; empty where Vela answered.
        setting: System and memory mode that Vela assumed, as it names them.
        placement: Where each operator runs; None where that is not known.
        memory: Bytes by the name Vela gives the memory: ``sram``, ``dram``, ``on_chip_flash``,
            ``off_chip_flash``.
        latency: One run in milliseconds, the accelerator's part alone.
        macs: Multiplications and additions of one run on the accelerator.
        compiled: The TensorFlow Lite file that Vela wrote; empty where it wrote none.
        summary: The table Vela wrote beside it, CSV.
    """

    accelerator: str
    why: str = ""
    setting: str = ""
    placement: Placement | None = None
    memory: Mapping[str, Figure]
    latency: Figure
    macs: Figure
    compiled: bytes = b""
    summary: bytes = b""


def vela_version() -> str | None:
    """Return the version of Vela, or None where it is not installed."""
    if importlib.util.find_spec("ethosu") is None:
        return None
    return importlib.metadata.version("ethos-u-vela")


def ask_vela(content: bytes, accelerator: str, timeout_s: float = 120.0) -> VelaAnswer:
    """Have Vela compile a model and return what it says of it.

    Args:
        content: A TensorFlow Lite file, ours or a stranger's.
        accelerator: One of `ACCELERATORS`.
        timeout_s: Longest time for it.

    Returns:
        Its figures as it gives them; nothing but the reason where Vela is not installed, the
        model computes with real numbers, or Vela does not take it.

    Raises:
        DeviceError: ``device.no_accelerator`` if there is no such accelerator.
        ModelError: if the file is damaged or not TensorFlow Lite.
    """
    if accelerator not in ACCELERATORS:
        raise DeviceError(
            f"Vela knows no accelerator {accelerator!r}.",
            f"Give one of {', '.join(ACCELERATORS)}.",
            code="device.no_accelerator",
        )
    graph = read_model(content).graphs[0]
    version = vela_version()
    if version is None:
        why = "Not done: Vela, Arm's compiler for the Ethos-U, is not installed (extra `vela`)."
        return _nothing(accelerator, why)
    if not any(t.dtype in _WHOLE for t in graph.tensors if not t.data_bytes):
        why = "The Ethos-U runs whole numbers only, and this model computes with real ones."
        return _nothing(accelerator, why)
    with tempfile.TemporaryDirectory(prefix="vela-") as folder:
        return _compile(content, graph, accelerator, Path(folder), timeout_s, version)


def _nothing(accelerator: str, why: str) -> VelaAnswer:
    return VelaAnswer(
        accelerator=accelerator,
        why=why,
        memory={},
        latency=Figure.unknown("ms", why),
        macs=Figure.unknown("MAC", why),
    )


def _compile(
    content: bytes, graph: Graph, accelerator: str, folder: Path, timeout_s: float, version: str
) -> VelaAnswer:
    (folder / "model.tflite").write_bytes(content)
    # Listing operators crashes Vela 5.2.0 on some models that it compiles otherwise.
    code = _run(folder, accelerator, timeout_s, "--show-cpu-operations")
    if code:
        code = _run(folder, accelerator, timeout_s)
    said = (folder / "said").read_bytes()[:_LARGEST_OUTPUT_BYTES].decode("utf-8", "replace")
    tables = list((folder / "out").glob("*_summary_*.csv"))
    made = folder / "out" / "model_vela.tflite"
    if code is None:
        return _nothing(accelerator, f"Vela took over {timeout_s:g} s with this model.")
    if code or len(tables) != 1:
        return _nothing(accelerator, f"Vela did not take this model: {_last_line(said)}.")
    with tables[0].open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    answer = _answer(row, _placement(graph, said, version), accelerator, version)
    compiled = made.read_bytes() if made.is_file() else b""
    return replace(answer, compiled=compiled, summary=tables[0].read_bytes())


def _run(folder: Path, accelerator: str, timeout_s: float, *options: str) -> int | None:
    """Run Vela in a folder; return its exit code, or None if it was stopped."""
    command = [sys.executable, "-m", "studio.runtimes._vela_child", "model.tflite"]
    command += ["--output-dir", "out", "--accelerator-config", accelerator, *options]
    root = str(Path(__file__).resolve().parents[2])
    path = os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH")]))
    with (folder / "said").open("wb") as said:
        child = subprocess.Popen(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            env={**os.environ, "PYTHONPATH": path, "OPENBLAS_NUM_THREADS": "1"},
            start_new_session=True,  # Ctrl+C is for the program in front, not for its child
        )
        try:
            return child.wait(timeout_s)
        except subprocess.TimeoutExpired:
            return None
        finally:
            child.kill()
            child.wait()


def _last_line(said: str) -> str:
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    last = next((line for line in reversed(lines) if not line.startswith("Warning")), "it crashed")
    return "".join(c for c in last if c.isprintable())[:_NAME_LENGTH].rstrip(".")


def _answer(
    row: Mapping[str, str], placement: Placement | None, accelerator: str, version: str
) -> VelaAnswer:
    setting = f"{row['system_config']}, {row['memory_mode']}"
    how = f"Vela {version} for {row['accelerator_configuration']}, {setting}"
    memory = {
        area: Figure.measured(1024 * float(row[f"{area}_memory_used"]), "B", f"allocated by {how}")
        for area in ("sram", "dram", "on_chip_flash", "off_chip_flash")
    }
    return VelaAnswer(
        accelerator=accelerator,
        setting=setting,
        placement=placement,
        memory={area: figure for area, figure in memory.items() if figure.value},
        latency=_latency(1000 * float(row["inference_time"]), how),
        macs=Figure.measured(int(row["nn_macs"]), "MAC", f"counted by {how}"),
    )


def _latency(milliseconds: float, how: str) -> Figure:
    if not milliseconds or not math.isfinite(milliseconds):
        return Figure.unknown("ms", "Nothing of the model runs on the Ethos-U.")
    return Figure(
        value=milliseconds,
        unit="ms",
        kind=FigureKind.ESTIMATED,
        low=milliseconds,
        high=milliseconds,
        source=f"{how}: its own estimate of the accelerator's part, given without a range; what "
        "stays on the processor comes on top",
    )


def _placement(graph: Graph, said: str, version: str) -> Placement | None:
    """Return where each operator runs, by the names of the tensors that Vela gives.

    None where what it lists is not what it counts, or no operator is told by it.
    """
    left = [_shown(name) for name in _ON_PROCESSOR.findall(said)]
    reasons: dict[str, str] = defaultdict(lambda: "Vela leaves it to the processor.")
    reasons |= {_shown(name): f"{why.rstrip('.')}." for name, why in _REFUSED.findall(said)}
    counted = _COUNTED.search(said)
    makers = [
        {graph.tensors[index].name for index in operator.outputs} for operator in graph.operators
    ]
    told = [[name for name in left if name in names] for names in makers]
    if counted is None or int(counted[1]) != len(left) or sum(map(bool, told)) != len(left):
        return None
    places = tuple(
        OperatorPlace(
            number=number,
            name=operator.name,
            where=Where.PROCESSOR if names else Where.ACCELERATOR,
            reason=reasons[names[0]] if names else "",
        )
        for number, (operator, names) in enumerate(zip(graph.operators, told, strict=True))
    )
    return Placement(runtime=ENTRY.id, operators=places, how=f"Vela {version}'s own list")


def _shown(name: str) -> str:
    """Return a tensor's name as our reader of files shows it."""
    return "".join(c for c in name if c.isprintable())[:_NAME_LENGTH]

"""Generated C beside TensorFlow Lite Micro: memory, flash, instructions, and that it is exact.

    python -m tests.benchmarks.bench_codegen MODEL.tflite... [--device ID] [--inputs N] [--cores]

One line a model for memory and flash, and with ``--cores`` one a core and set of kernels: the
instructions of one inference and the bytes in which any tensor differs from the reference.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from studio.codegen import Settings, generate, prove, toolchain
from studio.codegen.proving import c_source, random_inputs
from studio.devices import find_device
from studio.domain.errors import StudioError
from studio.runtimes.reference import Bytes, reference_tensors
from studio.runtimes.tflite_file import read_model
from studio.runtimes.tflite_micro import measure_arena

_MICRO_CODE_BYTES = 45 << 10
"""What the reference kernels and interpreter of TensorFlow Lite Micro took for kws (published)."""

_CORES = (
    ("Cortex-M0", "c99"), ("Cortex-M3", "c99"), ("Cortex-M4F", "c99"), ("Cortex-M4F", "dsp"),
    ("Cortex-M7F", "dsp"), ("Cortex-M33F", "dsp"), ("Cortex-M55", "dsp"),
)  # fmt: skip
_TRACED, _COUNTED = 20, 3


def memory_line(path: Path, device_id: str, inputs: int) -> str:
    """Return what a model takes, as generated code and as TensorFlow Lite Micro would."""
    content = path.read_bytes()
    settings = Settings(name="net", kernels="dsp")
    started = time.perf_counter()
    generated = generate(content, settings)
    generating = time.perf_counter() - started
    started = time.perf_counter()
    proof = prove(content, settings, count=inputs, device=find_device(device_id))
    proving = time.perf_counter() - started
    items = {item.id: item for item in proof.items}
    figures = items["device"].figures
    micro = measure_arena(content).value
    flash, code = figures["flash"].value, figures["code"].value
    beside = len(content) + _MICRO_CODE_BYTES
    arena = "?" if micro is None else f"{micro:,.0f} ({generated.arena_bytes / micro:.2f} x)"
    return (
        f"{path.stem[:28]:28} arena {generated.arena_bytes:,} of TFLM's {arena}, lower bound "
        f"{generated.lower_bound_bytes:,}; flash {flash:,.0f} of {beside:,} "
        f"({(flash or 0) / beside:.2f} x), code {code:,.0f}; {proof.differing_bytes} bytes differ; "
        f"generated in {generating:.2f} s, proved on {inputs} in {proving:.1f} s"
    )


def core_lines(path: Path) -> Iterator[str]:
    """Yield a line a core and set of kernels."""
    content = path.read_bytes()
    for core, kernels in _CORES:
        try:
            yield f"{path.stem[:28]:28} {core:12} {kernels}: {_on_core(content, core, kernels)}"
        except StudioError as error:
            yield f"{path.stem[:28]:28} {core:12} {kernels}: not done: {error}"


def _on_core(content: bytes, core: str, kernels: str) -> str:
    settings = Settings(name="net", kernels=kernels, trace=True)
    traced, plain = generate(content, settings), generate(content, replace(settings, trace=False))
    inputs = random_inputs(traced, _TRACED)
    told = toolchain.emulate(c_source(traced), core, inputs.view(np.int8), trace=True)
    tensors = sorted(i for i in told.tensors if i < len(read_model(content).tensors))
    wanted = reference_tensors(content, inputs, tensors)
    differing = sum(_differing(told.tensors[i].view(np.uint8), wanted[i]) for i in tensors)
    counted = toolchain.emulate(c_source(plain), core, inputs[:_COUNTED].view(np.int8))
    return (
        f"{max(counted.instructions) / 1e6:.2f} M instructions, {counted.stack_bytes} bytes of "
        f"stack; {differing} bytes differ in {len(tensors)} tensors of {_TRACED} inputs"
        f" ({counted.compiler})"
    )


def _differing(ours: Bytes, reference: Bytes) -> int:
    return int(np.count_nonzero(ours != reference))


def main() -> None:
    """Measure what the command line names."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    parser.add_argument("models", type=Path, nargs="+")
    parser.add_argument("--device", default="nano33ble")
    parser.add_argument("--inputs", type=int, default=200)
    parser.add_argument("--cores", action="store_true")
    options = parser.parse_args()
    for path in options.models:
        print(memory_line(path, options.device, options.inputs), flush=True)
        for line in core_lines(path) if options.cores else ():
            print(line, flush=True)


if __name__ == "__main__":
    main()

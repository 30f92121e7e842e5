"""Is a verdict about generated C true? Held against a linker that has the device's own memories.

    python -m tests.benchmarks.fit_truth

Every model of ``../shared/truth`` and of ``tests/data``, and ten networks of the search's
spaces, on every device whose core has a
compiler. A report's parts beside the model (start-up code, the sketch's data and stack) are
ranges, so the linker is asked twice: with memories less the best ends of these parts, and less
their worst ends. Then

- a false "fits": the report says so, and the linker refuses the worst ends;
- a false "does not fit": the report says so, and the linker takes the best ends.

Both are counted twice: for reports from estimates, and for measured ones. A model is compiled
once a core and linked anew for each device. Besides, flash and RAM as reported are compared
with what ``arm-none-eabi-size`` says of the linked file.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from studio.codegen import Settings, estimate_footprint, generate, measure_footprint
from studio.codegen.proving import c_source
from studio.codegen.toolchain import Core, core_named
from studio.codegen.toolchain.firmware import Objects, compiled, compiler_for, link
from studio.codegen.toolchain.linking import linker_script, sizes_of
from studio.compatibility import ModelFacts, check_model, facts_of
from studio.devices import catalogue
from studio.domain.device import Device, DeviceKind
from studio.domain.errors import ModelError, ToolchainError
from studio.domain.figure import Figure
from studio.domain.footprint import Footprint
from studio.domain.report import CompatibilityReport, MemoryRegion, Verdict
from tests.codegen.mcu_models import MCU_MODELS

ROOT = Path(__file__).resolve().parents[2]
TRUTH = ROOT.parent / "shared" / "truth"
_OURS = frozenset({"weights", "code", "tensor arena", "variables"})
"""Parts that the linker places itself; all others are kept free of it."""

_ENDLESS = 1 << 26


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One model on one device: what was said, and what the linker does."""

    model: str
    device: str
    said: Mapping[str, Verdict]
    takes_best: bool
    takes_worst: bool

    def false_fits(self, how: str) -> bool:
        return self.said[how] is Verdict.FITS and not self.takes_worst

    def false_refusal(self, how: str) -> bool:
        return self.said[how] is Verdict.DOES_NOT_FIT and self.takes_best


@dataclass(frozen=True, slots=True, kw_only=True)
class Linker:
    """A compiled model, to be linked for one device after the other.

    Attributes:
        objects: What was compiled.
        program_bytes: Flash of the startup code and ``main`` that are linked with it; they stand
            for those of the sketch, which have a line of their own.
    """

    objects: Objects
    program_bytes: int

    @classmethod
    def of(cls, objects: Objects) -> Linker:
        """Link once without bounds to know what the program around the model takes."""
        core = objects.core
        script = linker_script(
            flash=(core.flash, _ENDLESS), ram=(core.ram, _ENDLESS), stack_bytes=0
        )
        assert not link(objects, script, timeout_s=120.0)
        sizes = sizes_of((objects.folder / "program.elf").read_bytes())
        return cls(objects=objects, program_bytes=sizes.firmware)

    def takes(self, device: Device, report: CompatibilityReport, *, worst: bool) -> bool:
        """Ask the linker whether it takes the program beside what else must be in memory."""
        flash, ram = device.flash_bytes.value, device.ram_bytes.value
        if flash is None or ram is None:
            return False
        free_flash = flash - _beside(report, MemoryRegion.FLASH, worst=worst) + self.program_bytes
        free_ram = ram - _beside(report, MemoryRegion.RAM, worst=worst)
        if min(free_flash, free_ram) <= 0:
            return False
        core = self.objects.core
        script = linker_script(
            flash=(core.flash, free_flash), ram=(core.ram, free_ram), stack_bytes=0
        )
        return not link(self.objects, script, timeout_s=120.0)


def boards() -> list[Device]:
    """Return the devices that code can be linked for, judged by generated C alone."""
    found = []
    for device in catalogue().values():
        if device.kind is not DeviceKind.MICROCONTROLLER:
            continue
        try:
            core = core_named(device.core)
        except ToolchainError:
            continue
        if core.firmware != "none" and not core.why_not:
            found.append(replace(device, runtimes=("generated-c",)))
    return found


def models() -> dict[str, bytes]:
    """Return every model at hand, by name; the networks fill the small boards."""
    paths = [*sorted(TRUTH.glob("*/*.tflite")), *sorted((ROOT / "tests/data").glob("*.tflite"))]
    networks = {f"network {n}": network.model() for n, network in enumerate(MCU_MODELS)}
    return {path.stem: path.read_bytes() for path in paths} | networks


def judge_all(content: bytes, name: str, devices: list[Device]) -> Iterator[Judged]:
    """Yield a model on devices; compiled once a core."""
    by_core: dict[str, list[Device]] = {}
    for device in devices:
        by_core.setdefault(device.core, []).append(device)
    for core_name, there in by_core.items():
        core = core_named(core_name)
        measured = measure_footprint(content, core_name, count=False)
        with tempfile.TemporaryDirectory() as folder:
            linker = None
            if not measured.refused:
                linker = Linker.of(_objects(content, core, Path(folder)))
            for device in there:
                yield _judge(content, name, device, measured, linker)


def _judge(
    content: bytes, name: str, device: Device, measured: Footprint, linker: Linker | None
) -> Judged:
    estimated = check_model(_facts(content, lambda c: estimate_footprint(content, c)), device)
    exact = check_model(_facts(content, lambda _: measured), device)
    return Judged(
        model=name,
        device=device.id,
        said={"estimated": estimated.verdict, "measured": exact.verdict},
        takes_best=linker is not None and linker.takes(device, exact, worst=False),
        takes_worst=linker is not None and linker.takes(device, exact, worst=True),
    )


def _facts(content: bytes, footprint: Callable[[str], Footprint]) -> ModelFacts:
    nothing = Figure.unknown("B", "not asked: only generated C is judged here")
    return replace(facts_of(content, nothing), footprint=footprint)


def _objects(content: bytes, core: Core, folder: Path) -> Objects:
    source = c_source(generate(content, Settings(kernels=core.kernels)))
    return compiled(
        source,
        core,
        folder,
        ours=["firmware_main.c"],
        compiler=compiler_for(core),
        options=("-O2",),
        timeout_s=120.0,
    )


def _beside(report: CompatibilityReport, region: MemoryRegion, *, worst: bool) -> int:
    figures = [
        line.figure for line in report.memory if line.region is region and line.part not in _OURS
    ]
    ends = (figure.high if worst else figure.low for figure in figures)
    return int(
        sum(
            figure.value or 0 if end is None else end
            for figure, end in zip(figures, ends, strict=True)
        )
    )


def size_tool_agrees(content: bytes, core_name: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return flash and RAM as this program reads them and as ``arm-none-eabi-size`` does."""
    core = core_named(core_name)
    with tempfile.TemporaryDirectory() as folder:
        objects = _objects(content, core, Path(folder))
        script = linker_script(
            flash=(core.flash, _ENDLESS), ram=(core.ram, _ENDLESS), stack_bytes=2048
        )
        assert not link(objects, script, timeout_s=120.0)
        elf = Path(folder) / "program.elf"
        done = subprocess.run(
            ["arm-none-eabi-size", str(elf)], capture_output=True, text=True, check=True
        )
        text, data, bss = (int(word) for word in done.stdout.splitlines()[1].split()[:3])
        sizes = sizes_of(elf.read_bytes())
    return (sizes.flash, sizes.ram), (text + data, data + bss)


def main() -> None:
    """Judge everything and print the table."""
    devices, counted, wrong = boards(), Counter[tuple[str, str]](), []
    for name, content in models().items():
        try:
            found = list(judge_all(content, name, devices))
        except ModelError as error:
            print(f"{name}: {error.happened}")
            continue
        for one in found:
            for how, verdict in one.said.items():
                counted[how, str(verdict)] += 1
                if one.false_fits(how) or one.false_refusal(how):
                    wrong.append((how, one))
        said = Counter(str(one.said["measured"]) for one in found)
        print(f"{name}: {len(found)} devices, {dict(said)}; {len(wrong)} wrong so far", flush=True)
    for (how, verdict), count in sorted(counted.items()):
        print(f"{how:10} {verdict:14} {count:5}")
    fits = sum(one.false_fits(how) for how, one in wrong)
    print(f"false 'fits': {fits}; false 'does not fit': {len(wrong) - fits}")
    for how, one in wrong[:20]:
        print(how, one)
    if shutil.which("arm-none-eabi-size"):
        _tell_sizes()


def _tell_sizes() -> None:
    cores = sorted({device.core for device in boards() if device.core.startswith("Cortex-M")})
    for name, content in models().items():
        for core in cores:
            try:
                ours, tool = size_tool_agrees(content, core)
            except ModelError:
                continue
            print(f"{name} {core}: flash, RAM {ours}; arm-none-eabi-size {tool}; {ours == tool}")


if __name__ == "__main__":
    main()

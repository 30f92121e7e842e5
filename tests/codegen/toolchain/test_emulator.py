"""Generated C on every emulated core: answers, counts that are true, and what goes wrong."""

from __future__ import annotations

import numpy as np
import pytest

from studio.codegen.toolchain import (
    Compiler,
    cores,
    cross_compilers,
    emulate,
    emulator_version,
    why_not_emulated,
)
from studio.codegen.toolchain.cores import core_named
from studio.domain.errors import ToolchainError
from studio.domain.figure import FigureKind
from tests.codegen.toolchain.handmade import SUMS_TENSOR, answers, handmade, inputs, sums

needs_qemu = pytest.mark.skipif(
    emulator_version() is None, reason="the emulator qemu-system-arm is not on this computer"
)
each_core = pytest.mark.parametrize(
    "core", [core.name for core in cores().values() if core.machine]
)
_ASM = '__asm__ volatile("1: subs %%0, %%0, #1\\n bne 1b" : "+l"(turns) : : "cc");'


def _loop(turns: int) -> str:
    """Return C that takes two instructions a turn."""
    text = _ASM.replace("%%", "%")
    return f"{{ unsigned turns = {turns}; __{text[2:]} }}"


def _array(count: int) -> str:
    """Return C that has, writes and reads an array on the stack."""
    write = f"for (int i = 0; i < {count}; ++i) deep[i] = x[0];"
    return f"volatile int8_t deep[{count}]; {write} y[5] = deep[x[1] & 7];"


@needs_qemu
@each_core
def test_every_emulated_core_answers_and_counts_right(core: str) -> None:
    rows = inputs(4)
    short = emulate(handmade(then=_loop(1000)), core, rows)
    assert (short.outputs == answers(rows)).all()
    longer = emulate(handmade(then=_loop(101_000)), core, rows)
    # 100,000 more turns of two instructions; a count is exact to a tick at either end.
    for before, after in zip(short.instructions, longer.instructions, strict=True):
        assert abs(after - before - 200_000) <= 2 * short.resolution + 20
    assert {figure.kind for figure in short.figures().values()} == {FigureKind.EMULATED}


@needs_qemu
@pytest.mark.parametrize("compiler", cross_compilers(), ids=lambda compiler: compiler.id)
def test_a_trace_tells_tensors_and_no_counts(compiler: Compiler) -> None:
    rows = inputs(5)
    run = emulate(handmade(), "Cortex-M4F", rows, trace=True, compiler=compiler)
    assert (run.tensors[SUMS_TENSOR].copy().view(np.int32) == sums(rows)).all()
    assert run.instructions == ()
    assert run.figures()["instructions"].kind is FigureKind.UNKNOWN


@needs_qemu
def test_counts_and_stack_repeat() -> None:
    once, again = (emulate(handmade(), "Cortex-M7F", inputs(3)) for _ in range(2))
    assert once.instructions == again.instructions
    assert once.stack_bytes == again.stack_bytes


@needs_qemu
@pytest.mark.slow
def test_the_counter_goes_on_when_it_is_full() -> None:
    # SysTick has 24 bits, which are 524 million instructions on this machine.
    run = emulate(handmade(then=_loop(270_000_000)), "Cortex-M55", inputs(1))
    assert abs(run.instructions[0] - 540_000_000) < 10_000


@needs_qemu
@pytest.mark.parametrize("core", ["Cortex-M0", "Cortex-M33F"])
def test_the_stack_is_measured_where_it_is_touched(core: str) -> None:
    flat = emulate(handmade(), core, inputs(1)).stack_bytes
    assert 0 < flat < 500
    deep = emulate(handmade(then=_array(5000)), core, inputs(1)).stack_bytes
    assert 5000 <= deep < 5000 + flat + 64


@needs_qemu
@pytest.mark.parametrize(
    ("then", "code", "words"),
    [
        ("((int8_t *)arena)[97] = 1;", "toolchain.outside_arena", "outside its arena"),
        ("*(volatile int32_t *)0xF0000000u = 1;", "toolchain.crashed", "fault"),
        (
            _array(65_530),
            "toolchain.crashed",
            "65,536 bytes of stack",
        ),
        ("for (volatile int i = 0; i < 1; ) {}", "toolchain.too_slow", "did not answer within 8 s"),
    ],
)
def test_a_program_that_goes_wrong_is_told(then: str, code: str, words: str) -> None:
    patience_s = 8 if code == "toolchain.too_slow" else 120
    with pytest.raises(ToolchainError, match=words) as refused:
        emulate(handmade(then=then), "Cortex-M4F", inputs(1), timeout_s=patience_s)
    assert refused.value.code == code


@needs_qemu
def test_a_model_too_large_for_the_machine_is_told() -> None:
    huge = "static const uint8_t pad[5000000] = {1};"
    with pytest.raises(ToolchainError, match=r"bytes too large for the FLASH") as refused:
        emulate(handmade(more=huge, then="y[5] = (int8_t)pad[x[0] + 128];"), "Cortex-M3", inputs(1))
    assert refused.value.code == "toolchain.too_large"


def test_without_the_emulator_a_sentence_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert "not on this computer" in why_not_emulated(core_named("Cortex-M4F"))
    with pytest.raises(ToolchainError, match="qemu-system-arm") as refused:
        emulate(handmade(), "Cortex-M4F", inputs(1))
    assert refused.value.code == "toolchain.no_emulator"

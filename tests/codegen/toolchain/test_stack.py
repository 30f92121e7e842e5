"""The stack that a compiler's own account gives, against the painted stack of an emulator."""

from __future__ import annotations

import shutil

import numpy as np
import pytest

from studio.codegen import Settings, generate
from studio.codegen.proving import c_source, random_inputs
from studio.codegen.toolchain import Compiler, core_named, cross_compilers, emulate
from studio.codegen.toolchain.stack import calls_of, deepest, frames_in, frames_of, stack_of
from studio.domain.errors import ToolchainError
from tests.codegen.mcu_models import MCU_MODELS
from tests.codegen.toolchain.handmade import handmade

_HELPER_BYTES = 64


@pytest.mark.skipif(not shutil.which("qemu-system-arm"), reason="no qemu-system-arm here")
@pytest.mark.parametrize("compiler", cross_compilers(), ids=lambda compiler: compiler.id)
@pytest.mark.parametrize("core", ["Cortex-M0+", "Cortex-M4F"])
def test_it_is_what_an_emulated_run_paints(core: str, compiler: Compiler, tell) -> None:
    generated = generate(MCU_MODELS[2].model(), Settings(kernels=core_named(core).kernels))
    source = c_source(generated)
    told = stack_of(source, core_named(core), compiler=compiler)
    inputs = random_inputs(generated, 2).view(np.int8)
    painted = emulate(source, core, inputs, compiler=compiler).stack_bytes
    spare = _HELPER_BYTES if told.helpers else 0
    tell(f"stack on {core} by {compiler.id}: {told.bytes} bytes told, {painted} painted")
    assert painted <= told.bytes + spare
    assert told.bytes <= painted + 32


def test_a_frame_grows_by_what_is_put_in_it() -> None:
    core, compiler = core_named("Cortex-M4F"), cross_compilers()[0]
    plain = stack_of(handmade(), core, compiler=compiler).bytes
    larger = handmade(
        then="volatile int8_t more[512]; more[y[0] & 255] = 1; y[1] = more[y[2] & 255];"
    )
    assert stack_of(larger, core, compiler=compiler).bytes >= plain + 512


def test_the_deepest_chain_is_taken_and_helpers_are_named() -> None:
    frames = {"run": 8, "left": 100, "right": 40, "leaf": 30}
    calls = {
        "run": frozenset({"left", "right"}),
        "left": frozenset(),
        "right": frozenset({"leaf", "__muldi3"}),
        "leaf": frozenset(),
    }
    assert deepest("run", frames, calls) == (108, {"__muldi3"})
    assert deepest("run", {**frames, "leaf": 90}, calls)[0] == 8 + 40 + 90


@pytest.mark.parametrize(
    "text",
    ["f:\n\tblx\tr3\n", "f:\n\tbx\tr3\n", "f:\n\tjalr\ta5\n"],
)
def test_a_call_through_a_pointer_is_not_told(text: str) -> None:
    with pytest.raises(ToolchainError, match="pointer") as refused:
        calls_of(text)
    assert refused.value.code == "toolchain.no_stack"


def test_a_circle_a_growing_frame_and_a_missing_one_are_not_told() -> None:
    with pytest.raises(ToolchainError, match="calls itself"):
        deepest("f", {"f": 8, "g": 8}, {"f": frozenset({"g"}), "g": frozenset({"f"})})
    with pytest.raises(ToolchainError, match="no fixed size"):
        frames_of("m.c:3:5:f\t80\tdynamic\n")
    with pytest.raises(ToolchainError, match="does not tell the frame of f"):
        deepest("f", {}, {"f": frozenset()})


def test_both_compilers_listings_are_read() -> None:
    assert frames_of("m.c:3:5:f\t80\tstatic\nm.c:9:5:g.constprop\t0\tstatic\n") == {
        "f": 80,
        "g.constprop": 0,
    }
    listing = (
        'f:\n\tbl\tg\n\t.section\t.stack_sizes,"o",%progbits,.text\n\t.long\t.Lfunc_begin0\n'
        '\t.ascii\t"\\320>"\n\t.text\ng:\n\tbx\tlr\n'
        '\t.section\t.stack_sizes,"o",%progbits,.text\n\t.long\t.Lfunc_begin1\n\t.byte\t8\n'
    )
    assert frames_in(listing) == {"f": 8016, "g": 8}
    assert calls_of(listing) == {"f": frozenset({"g"}), "g": frozenset()}

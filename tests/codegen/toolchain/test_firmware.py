"""Programs linked for devices: sizes by part, and the exact byte at which one no longer fits."""

from __future__ import annotations

import dataclasses
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.codegen.toolchain import Compiler, Overflow, build_for, core_named, cross_compilers
from studio.codegen.toolchain.elf import sections
from studio.codegen.toolchain.linking import overflows
from studio.devices import catalogue, find_device
from studio.domain.device import Device, Fact
from studio.domain.errors import ToolchainError
from studio.domain.figure import FigureKind
from tests.codegen.toolchain.handmade import handmade

_PAD = 40_000
_PADDED = handmade(
    more=f"static const uint8_t pad[{_PAD}] = {{1}};", then="y[5] = (int8_t)pad[x[0] + 128];"
)

each_compiler = pytest.mark.parametrize(
    "compiler", cross_compilers(), ids=lambda compiler: compiler.id
)


def _one_a_core() -> list[str]:
    found = {device.core: id for id, device in catalogue().items() if device.core}
    return sorted(id for core, id in found.items() if core_named(core).zig)


def _with(device: Device, *, flash: int | None, ram: int | None) -> Device:
    def fact(value: int | None) -> Fact:
        return Fact(value=value, sources=("this test",) if value is not None else ())

    return dataclasses.replace(device, flash_bytes=fact(flash), ram_bytes=fact(ram))


@pytest.mark.parametrize("id", _one_a_core())
def test_a_model_is_built_for_every_core_of_the_catalogue(id: str) -> None:
    build = build_for(_PADDED, find_device(id))
    assert build.sizes.arena == 96
    assert _PAD <= build.sizes.weights <= _PAD + 400
    assert 50 < build.sizes.code < 2000
    assert build.sizes.data == build.sizes.bss == 0
    figures = build.figures()
    assert {figure.kind for figure in figures.values()} == {FigureKind.MEASURED}
    assert figures["flash"].value == build.sizes.flash
    assert "stack" not in figures


@pytest.mark.skipif(not shutil.which("arm-none-eabi-size"), reason="no arm-none-eabi-size here")
@each_compiler
@pytest.mark.parametrize("id", ["zero", "bluepill_f103c8", "nucleo_l4r5zi"])
def test_the_sizes_are_those_of_the_size_tool(id: str, compiler: Compiler, tmp_path: Path) -> None:
    build = build_for(_PADDED, find_device(id), compiler=compiler)
    (tmp_path / "program.elf").write_bytes(build.elf)
    done = subprocess.run(
        ["arm-none-eabi-size", str(tmp_path / "program.elf")],
        capture_output=True,
        text=True,
        check=True,
    )
    text, data, bss = (int(word) for word in done.stdout.splitlines()[1].split()[:3])
    assert (build.sizes.flash, build.sizes.ram) == (text + data, data + bss)


@each_compiler
def test_the_linker_refuses_from_the_first_byte_too_many(compiler: Compiler) -> None:
    board = find_device("bluepill_f103c8")
    build = build_for(_PADDED, board, compiler=compiler)
    assert build.fits is True
    there = [section for section in sections(build.elf) if section.bytes]
    origin = core_named(board.core).flash
    flash = max(s.address + s.bytes for s in there if not s.writable) - origin
    ram_end = max(s.address + s.bytes for s in there if s.writable)
    ram = ram_end - core_named(board.core).ram

    exact = build_for(_PADDED, _with(board, flash=flash, ram=ram), compiler=compiler)
    assert exact.fits is True
    refused = build_for(_PADDED, _with(board, flash=flash - 1, ram=ram - 7), compiler=compiler)
    assert refused.fits is False
    assert refused.overflows == (
        Overflow(region="FLASH", bytes=1),
        Overflow(region="RAM", bytes=7),
    )
    assert refused.sizes == exact.sizes == build.sizes


def test_a_memory_nobody_knows_is_not_judged() -> None:
    board = _with(find_device("bluepill_f103c8"), flash=None, ram=20480)
    build = build_for(handmade(), board)
    assert build.fits is None
    assert build.unknown == ("FLASH",)
    small = build_for(handmade(), _with(board, flash=None, ram=1024))
    assert small.fits is False
    assert [overflow.region for overflow in small.overflows] == ["RAM"]


def test_the_stack_is_kept_and_helpers_are_counted_apart() -> None:
    # The 64-bit product and shift are functions of the compiler on a core without them.
    small = build_for(handmade(), find_device("zero"), stack_bytes=512)
    assert small.sizes.stack == 512
    assert small.sizes.helpers > 0
    assert build_for(handmade(), find_device("nucleo_l4r5zi")).sizes.helpers == 0


def test_where_no_compiler_is_a_sentence_says_so() -> None:
    for id, word in (("esp32-s3-devkitc-1", "Xtensa"), ("uno", "16 bits")):
        with pytest.raises(ToolchainError, match=word) as refused:
            build_for(handmade(), find_device(id))
        assert refused.value.code == "toolchain.not_for_core"


def test_what_linkers_say_is_read() -> None:
    lld = (
        "ld.lld: error: section '.model_weights' will not fit in region 'FLASH': overflowed by"
        " 242 bytes\nld.lld: error: section '.helpers' will not fit in region 'FLASH': overflowed"
        " by 5054 bytes\nld.lld: error: section '.bss' will not fit in region 'RAM': overflowed"
        " by 212 bytes"
    )
    expected = (Overflow(region="FLASH", bytes=5054), Overflow(region="RAM", bytes=212))
    assert overflows(lld) == expected
    assert overflows("ld: region `RAM' overflowed by 12 bytes") == (
        Overflow(region="RAM", bytes=12),
    )
    assert overflows("undefined symbol: main") == ()


@given(st.data())
def test_a_damaged_elf_file_is_refused(data: st.DataObject) -> None:
    start = data.draw(st.sampled_from([b"", b"\x7fELF\x01\x01\x01", b"\x7fELF\x02\x01\x01"]))
    content = start + data.draw(st.binary(max_size=200))
    try:
        found = sections(content)
    except ValueError:
        return
    assert all(section.bytes >= 0 for section in found)

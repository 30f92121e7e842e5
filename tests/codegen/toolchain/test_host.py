"""Generated C on this computer: answers, traces, and every way a program can go wrong."""

from __future__ import annotations

import dataclasses
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.codegen.toolchain import (
    Compiler,
    CSource,
    build_for,
    host_compilers,
    host_program,
    run_on_host,
    sanitizing_compilers,
)
from studio.codegen.toolchain.answers import as_rows, read_answers
from studio.codegen.toolchain.children import run_child
from studio.devices import find_device
from studio.domain.errors import ToolchainError
from tests.codegen.toolchain.handmade import SUMS_TENSOR, answers, handmade, inputs, sums


@pytest.mark.parametrize("compiler", host_compilers(), ids=lambda compiler: compiler.id)
def test_the_answers_are_right_with_every_compiler(compiler: Compiler) -> None:
    rows = inputs(200)
    with host_program(handmade(), compiler=compiler, trace=True) as program:
        folder = program.folder
        traced = program.run(rows)
        again = program.run(rows[:3])
    assert (traced.outputs == answers(rows)).all()
    assert (traced.tensors[SUMS_TENSOR].copy().view(np.int32) == sums(rows)).all()
    assert (again.outputs == answers(rows[:3])).all()
    assert compiler.id in traced.compiler
    assert not folder.exists()


def test_without_a_trace_only_the_outputs_are_told() -> None:
    run = run_on_host(handmade(), inputs(2))
    assert run.tensors == {}
    assert run.outputs.shape == (2, 6)


@pytest.mark.parametrize("name", ["model", "string", "studio_model", "main"])
def test_no_name_of_a_model_meets_one_of_ours(name: str) -> None:
    plain = handmade()
    texts = {
        file.replace("hand", name): text.replace("hand", name).replace("HAND", name.upper())
        for file, text in plain.files.items()
    }
    source = dataclasses.replace(plain, name=name, files=texts, header=f"{name}.h")
    run = run_on_host(source, inputs(3), trace=True)
    assert (run.outputs == answers(inputs(3))).all()
    assert SUMS_TENSOR in run.tensors
    build_for(source, find_device("nucleo_l4r5zi"))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": "*/"}, "not a name in C"),
        ({"macro": "1A"}, "not a name in C"),
        ({"header": "other.h"}, "a header"),
        ({"inputs": ()}, "needed"),
        ({"outputs": (6, 0)}, "needed"),
        ({"files": {"hand.h": "", "../hand.c": ""}}, "not the name of a C file"),
    ],
)
def test_a_source_that_makes_no_sense_is_refused(wrong: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        dataclasses.replace(handmade(), **wrong)


def test_several_inputs_and_outputs_of_any_type() -> None:
    header = """\
#include <stdint.h>
#define PAIR_ARENA_BYTES 32
int16_t *pair_input_0(void *arena);
uint8_t *pair_input_1(void *arena);
const int32_t *pair_output_0(const void *arena);
const uint8_t *pair_output_1(const void *arena);
void pair_run(void *arena);
"""
    body = """\
#include "pair.h"
int16_t *pair_input_0(void *arena) { return arena; }
uint8_t *pair_input_1(void *arena) { return (uint8_t *)arena + 4; }
const int32_t *pair_output_0(const void *arena) { return (const int32_t *)arena + 2; }
const uint8_t *pair_output_1(const void *arena) { return (const uint8_t *)arena + 12; }
void pair_run(void *arena)
{
    ((int32_t *)arena)[2] = ((int16_t *)arena)[0] * ((int16_t *)arena)[1];
    ((uint8_t *)arena)[12] = (uint8_t)(((uint8_t *)arena)[4] + 1);
}
"""
    pair = CSource(
        name="pair",
        files={"pair.h": header, "pair.c": body},
        inputs=(4, 1),
        outputs=(4, 1),
        header="pair.h",
    )
    kind = [("factors", "<i2", 2), ("more", "u1")]
    asked = np.array([((-300, 200), 7), ((21, 2), 255)], dtype=kind)
    told = run_on_host(pair, asked).outputs.copy().view([("product", "<i4"), ("more", "u1")])
    assert told["product"].ravel().tolist() == [-60000, 42]
    assert told["more"].ravel().tolist() == [8, 0]


@pytest.mark.parametrize(
    ("then", "code", "words"),
    [
        ("((int8_t *)arena)[100] = 1;", "toolchain.outside_arena", "outside its arena"),
        ("((int8_t *)arena)[-3] = 1;", "toolchain.outside_arena", "outside its arena"),
        ("__builtin_trap();", "toolchain.crashed", "crashed"),
        ("for (volatile int i = 0; i < 1; ) {}", "toolchain.too_slow", "within 2 s"),
    ],
)
def test_a_program_that_goes_wrong_is_told(then: str, code: str, words: str) -> None:
    with host_program(handmade(then=then)) as program:
        with pytest.raises(ToolchainError, match=words) as refused:
            program.run(inputs(2), timeout_s=2 if code == "toolchain.too_slow" else 60)
        assert refused.value.code == code


def test_what_an_inference_leaves_behind_does_not_reach_the_next() -> None:
    # A model that reads memory it never wrote answers the same input differently.
    lazy = handmade(then="y[0] = ((int8_t *)arena)[90];")
    told = run_on_host(lazy, np.zeros((2, 24), np.int8)).outputs[:, 0]
    assert told[0] != told[1]


@pytest.mark.skipif(not sanitizing_compilers(), reason="no compiler with sanitizers here")
@pytest.mark.parametrize(
    ("then", "words"),
    [
        ("y[0] = (int8_t)(sums[0] + 2147483647 + sums[1] + 2147483647);", "overflow"),
        ("y[0] = weights[y[1] & 1][24 + (y[2] & 7)];", "out of bounds|overflow"),
        ("((volatile int8_t *)arena)[96] = 0;", "heap-buffer-overflow"),
    ],
)
def test_sanitizers_find_what_the_answers_do_not_show(then: str, words: str) -> None:
    rows = np.full((1, 24), 1, np.int8)
    with (
        host_program(handmade(then=then), sanitize=True) as program,
        pytest.raises(ToolchainError, match=words) as refused,
    ):
        program.run(rows)
    assert refused.value.code == "toolchain.sanitizer"


@pytest.mark.skipif(not sanitizing_compilers(), reason="no compiler with sanitizers here")
def test_the_driver_itself_is_clean() -> None:
    for compiler in sanitizing_compilers():
        with host_program(handmade(), compiler=compiler, trace=True, sanitize=True) as program:
            assert (program.run(inputs()).outputs == answers(inputs())).all()


@pytest.mark.parametrize("more", ["int unused_name", "static int never_called(void) { return 1; }"])
def test_code_that_is_not_strict_c99_is_refused(more: str) -> None:
    with (
        pytest.raises(ToolchainError, match="does not take the generated code") as refused,
        host_program(handmade(more=more)),
    ):
        pass
    assert refused.value.code == "toolchain.refused"


def test_without_a_compiler_a_sentence_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(ToolchainError, match="extra `compile`") as refused:
        run_on_host(handmade(), inputs(1))
    assert refused.value.code == "toolchain.no_compiler"


def test_inputs_of_another_size_are_refused() -> None:
    with pytest.raises(ValueError, match="24 bytes"):
        as_rows(np.zeros((3, 5), np.int8), 24)
    with pytest.raises(ValueError, match="24 bytes"):
        as_rows(np.zeros((0, 24), np.int8), 24)


@given(
    st.lists(
        st.tuples(st.integers(-3, 500), st.binary(max_size=30)),
        min_size=1,
        unique_by=lambda record: record[0],
    ),
    st.integers(1, 5),
    st.data(),
)
def test_a_stream_gives_back_what_was_written(
    records: list[tuple[int, bytes]], count: int, data: st.DataObject
) -> None:
    one = b"".join(
        index.to_bytes(4, "little", signed=True) + len(content).to_bytes(4, "little") + content
        for index, content in records
    )
    told = read_answers(np.frombuffer(one * count, np.int8), count)
    assert {index: rows[-1].tobytes() for index, rows in told.items()} == dict(records)
    assert all(len(rows) == count for rows in told.values())
    cut = data.draw(st.integers(1, min(7, len(one) - 1)))
    with pytest.raises(ValueError, match=r"cut off|that many"):
        read_answers(np.frombuffer(one[:-cut], np.int8), 1)


@pytest.mark.skipif(os.name != "posix", reason="process groups are POSIX")
def test_a_child_that_is_ended_takes_its_children_along(tmp_path: Path) -> None:
    script = "sleep 600 & echo $! > grandchild; wait"
    ended = run_child(["sh", "-c", script], folder=tmp_path, timeout_s=1)
    assert ended.late
    grandchild = Path("/proc") / (tmp_path / "grandchild").read_text().strip()
    assert not grandchild.exists() or "Z" in (grandchild / "stat").read_text().split(")")[1][:3]

"""Damaged and hostile models: a sentence or safe code, never a crash, never a hang."""

from __future__ import annotations

import random
import struct
import subprocess
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from studio.codegen import Settings, generate
from studio.domain.errors import StudioError
from tests.codegen.exact import SANITIZED, STRICT, compare
from tests.codegen.making import Maker, Quantized

_LONGEST_SECONDS = 5.0
_LONG, _SHORT = 10_000, 300


def small_model() -> bytes:
    """A little of everything: small, so that a mutation hits something that matters."""
    maker = Maker()
    rng = np.random.default_rng(0)
    x = maker.input((1, 6, 6, 2), "int8", Quantized(0.05, -3))
    w = maker.tensor(
        (4, 3, 3, 2), "int8", Quantized([0.01] * 4), rng.integers(-127, 128, (4, 3, 3, 2))
    )
    b = maker.tensor((4,), "int32", Quantized([0.0005] * 4), np.arange(4))
    y = maker.tensor((1, 6, 6, 4), "int8", Quantized(0.1, 4))
    maker.node("CONV_2D", [x, w, b], [y], "Conv2DOptions", {"strideH": 1, "strideW": 1})
    pooled = maker.tensor((1, 3, 3, 4), "int8", Quantized(0.1, 4))
    maker.node(
        "AVERAGE_POOL_2D", [y], [pooled], "Pool2DOptions",
        {"strideH": 2, "strideW": 2, "filterHeight": 2, "filterWidth": 2},
    )  # fmt: skip
    flat = maker.tensor((1, 36), "int8", Quantized(0.1, 4))
    shape = maker.tensor((2,), "int32", None, np.array([1, 36]))
    maker.node("RESHAPE", [pooled, shape], [flat], "ReshapeOptions", {"newShape": [1, 36]})
    dw = maker.tensor((3, 36), "int8", Quantized(0.02), rng.integers(-127, 128, (3, 36)))
    out = maker.tensor((1, 3), "int8", Quantized(0.2, 0))
    maker.node("FULLY_CONNECTED", [flat, dw, -1], [out], "FullyConnectedOptions", {})
    sure = maker.tensor((1, 3), "int8", Quantized(1 / 256, -128))
    maker.node("SOFTMAX", [out], [sure], "SoftmaxOptions", {"beta": 1.0})
    return maker.model([sure])


def _flip(content: bytearray, rng: random.Random) -> None:
    for _ in range(rng.choice((1, 1, 2, 5))):
        content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)


def _number(content: bytearray, rng: random.Random) -> None:
    at = rng.randrange(0, len(content) - 4, 4)
    value = rng.choice((0, 1, -1, 2**31 - 1, -(2**31), 2**16, 255, rng.randrange(2**31)))
    content[at : at + 4] = struct.pack("<i", value)


def _cut(content: bytearray, rng: random.Random) -> None:
    del content[rng.randrange(8, len(content)) :]


def _repeat(content: bytearray, rng: random.Random) -> None:
    size = rng.choice((4, 16, 64))
    start, to = (rng.randrange(len(content) - size) for _ in range(2))
    content[to : to + size] = content[start : start + size]


_WAYS: tuple[Callable[[bytearray, random.Random], None], ...] = (_flip, _number, _cut, _repeat)


def test_mutated_models(long_form: bool, tell: Any) -> None:
    """Every mutant becomes code or a sentence, quickly; some of the code is compiled and run."""
    good = small_model()
    rng = random.Random(20261121)
    said: Counter[str] = Counter()
    slowest = 0.0
    for _ in range(_LONG if long_form else _SHORT):
        content = bytearray(good)
        rng.choice(_WAYS)(content, rng)
        started = time.monotonic()
        try:
            generate(bytes(content))
            said["code"] += 1
        except StudioError as error:
            said[error.code] += 1
        slowest = max(slowest, time.monotonic() - started)
    assert slowest < _LONGEST_SECONDS
    assert said["code"] > 0 < said["model.damaged"]
    tell(f"mutated models: {dict(said)}, slowest {slowest:.2f} s")


def test_code_of_mutants_stays_in_its_memory(tmp_path: Path, long_form: bool) -> None:
    """What is generated from a mutant compiles, runs and touches no memory but its own."""
    good, rng, ran = small_model(), random.Random(7), 0
    while ran < (60 if long_form else 6):
        content = bytearray(good)
        rng.choice(_WAYS)(content, rng)
        try:
            generated = generate(bytes(content), Settings(name="net"))
        except StudioError:
            continue
        if sum(t.size_bytes for t in generated.graph.tensors) > 1 << 24:
            continue
        _compile_and_run(generated.files, tmp_path)
        ran += 1


_MAIN = """
#include "net.c"
NET_ARENA(arena);
int main(void)
{
    net_run(arena);
    return 0;
}
"""


def _compile_and_run(files: dict[str, str], folder: Path) -> None:
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "main.c").write_text(_MAIN, encoding="utf-8")
    command = ["gcc", *SANITIZED, "main.c", "-o", "program"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=120)
    subprocess.run([folder / "program"], check=True, capture_output=True, timeout=120)


_NAMES = ("*/ int main(void) {}", "int", "🌱 잎", "??/", 'a"b\\', "", "1st", "\n#error", "__LINE__")


@pytest.mark.parametrize("name", _NAMES)
def test_hostile_names_compile(name: str, tmp_path: Path) -> None:
    classes = [name, *_NAMES][:3]
    generated = generate(small_model(), Settings(name=name, classes=classes, about=[name, "*/"]))
    prefix = generated.prefix
    for file, text in generated.files.items():
        assert text.isascii()
        (tmp_path / file).write_text(text, encoding="ascii")
    main = f"""
#include <stdio.h>
#include "{prefix}.h"
static const char *const names[] = {prefix.upper()}_CLASS_NAMES;
int main(void) {{ fputs(names[0], stdout); return sizeof names / sizeof names[0] - 3; }}
"""
    (tmp_path / "main.c").write_text(main, encoding="ascii")
    command = ["gcc", *STRICT, "-Wno-trigraphs", "main.c", f"{prefix}.c", "-o", "program"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    said = subprocess.run([tmp_path / "program"], capture_output=True, check=True).stdout
    assert said.decode("utf-8") == name


def _unlike(change: Callable[[Maker], bytes]) -> bytes:
    return change(Maker())


def _float_model(maker: Maker) -> bytes:
    x = maker.input((1, 4, 4, 1), "float32", None)
    y = maker.tensor((1, 4, 4, 1), "float32")
    maker.node("TANH", [x], [y])
    return maker.model([y])


def _unknown_operator(maker: Maker) -> bytes:
    x = maker.input((1, 4), "int8", Quantized(0.1))
    y = maker.tensor((1, 4), "int8", Quantized(0.1))
    maker.node("COS", [x], [y])
    return maker.model([y])


def _computed_weights(maker: Maker) -> bytes:
    x = maker.input((1, 4), "int8", Quantized(0.1))
    w = maker.input((2, 4), "int8", Quantized(0.1))
    y = maker.tensor((1, 2), "int8", Quantized(0.1))
    maker.node("CONV_2D", [x, w], [y], "Conv2DOptions", {})
    return maker.model([y])


def _too_large_an_output(maker: Maker) -> bytes:
    """A convolution that would write behind its output, or read behind its biases."""
    x = maker.input((1, 4, 4, 1), "int8", Quantized(0.1))
    w = maker.tensor((2, 3, 3, 1), "int8", Quantized(0.1), np.ones((2, 3, 3, 1)))
    b = maker.tensor((1,), "int32", Quantized(0.01), np.ones(1))
    y = maker.tensor((1, 2, 4, 1), "int8", Quantized(0.1))
    maker.node("CONV_2D", [x, w, b], [y], "Conv2DOptions", {"strideH": 1, "strideW": 1})
    return maker.model([y])


_UNLIKE = (_float_model, _unknown_operator, _computed_weights, _too_large_an_output)


@pytest.mark.parametrize("model", _UNLIKE)
def test_what_cannot_be_expressed_is_told(model: Callable[[Maker], bytes]) -> None:
    with pytest.raises(StudioError) as caught:
        generate(_unlike(model))
    assert caught.value.code == "codegen.unsupported"
    assert "tensor_" in str(caught.value)


def test_the_small_model_is_exact(tmp_path: Path) -> None:
    assert compare(small_model(), tmp_path).differing == {}

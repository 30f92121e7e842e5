"""A proof proves: it notices what differs, and says what it did not do."""

from __future__ import annotations

import numpy as np
import pytest

from studio.codegen import Settings, Standing, emit, prove
from studio.codegen.toolchain import emulator_version, host_compilers
from studio.devices import find_device
from tests.codegen.making import Maker, Quantized
from tests.codegen.test_hostile import small_model

pytestmark = pytest.mark.skipif(not host_compilers(), reason="no C compiler is installed")


def test_right_code_is_proved_here_and_on_an_emulated_core() -> None:
    proof = prove(small_model(), Settings(name="net"), count=30, emulate=True)
    items = {item.id: item for item in proof.items}
    assert proof.passed
    assert proof.differing_bytes == 0
    if emulator_version():
        assert items["emulation"].standing is Standing.PROVED
        assert items["emulation"].figures["instructions"].kind == "emulated"
    else:
        assert items["emulation"].standing is Standing.NOT_DONE


def test_a_wrong_kernel_is_not_proved(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = emit._kernel

    def changed(name: str, sets: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
        needs, text = plain(name, sets)
        return needs, text.replace("sum + count / 2", "sum") if "pool" in name else text

    monkeypatch.setattr(emit, "_kernel", changed)
    proof = prove(small_model(), Settings(name="net"), count=30)
    assert not proof.passed
    assert proof.differing_bytes
    assert proof.items[0].standing is Standing.FAILED
    assert "differ" in proof.items[0].sentence


def test_a_device_too_small_is_told_in_bytes() -> None:
    maker = Maker()
    x = maker.input((1, 200, 200, 8), "int8", Quantized(0.1))
    w = maker.tensor((8, 1, 1, 8), "int8", Quantized([0.01] * 8), np.ones((8, 1, 1, 8)))
    y = maker.tensor((1, 200, 200, 8), "int8", Quantized(0.1))
    b = maker.tensor((8,), "int32", Quantized([0.001] * 8), np.zeros(8))
    maker.node("CONV_2D", [x, w, b], [y], "Conv2DOptions", {"strideH": 1, "strideW": 1})
    proof = prove(maker.model([y]), Settings(), count=2, device=find_device("nano33ble"))
    device = {item.id: item for item in proof.items}["device"]
    if device.standing is Standing.NOT_DONE:
        pytest.skip(device.sentence)
    assert device.standing is Standing.FAILED
    assert "RAM" in device.sentence
    assert not proof.passed


def test_a_reference_that_is_wrong_proves_nothing() -> None:
    maker = Maker()
    x = maker.input((1, 4, 4, 2), "int8", Quantized(0.1, -128))
    axes = maker.tensor((2,), "int32", None, np.array([1, 2]))
    y = maker.tensor((1, 2), "int8", Quantized(1.0, 0))
    maker.node("SUM", [x, axes], [y], "ReducerOptions", {})
    proof = prove(maker.model([y]), Settings(), count=2)
    assert not proof.passed
    assert proof.differing_bytes is None
    assert proof.items[0].standing is Standing.NOT_DONE
    assert "SUM" in proof.items[0].sentence

"""Devices and models with chosen figures, and real ones."""

from pathlib import Path

import pytest

from studio.compatibility import ModelFacts
from studio.domain.candidate import Precision
from studio.domain.device import Device, DeviceKind, Fact
from studio.domain.figure import Figure, FigureKind

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "tests" / "data"
TRUTH = ROOT.parent / "shared" / "truth"


def fact(value, sources=2):
    """Return a figure with so many sources, or an unknown one."""
    if value is None:
        return Fact(value=None)
    return Fact(value=value, sources=tuple(f"source {n}" for n in range(sources)))


def make_device(**fields):
    """Return a microcontroller with 256 KiB RAM and 1 MiB flash, changed by the arguments."""
    usual = {
        "id": "board",
        "name": "Board",
        "vendor": "Somebody",
        "kind": DeviceKind.MICROCONTROLLER,
        "core": "Cortex-M4F",
        "clock_hz": fact(64_000_000),
        "ram_bytes": fact(256 << 10),
        "flash_bytes": fact(1 << 20),
        "runtimes": ("tflite-micro",),
        "sdk": "arduino-stm32",
    }
    return Device(**{**usual, **fields})


def make_linux(**fields):
    """Return a Linux board with 1 GiB RAM and no known storage."""
    usual = {
        "kind": DeviceKind.LINUX_BOARD,
        "ram_bytes": fact(1 << 30),
        "flash_bytes": fact(None),
        "runtimes": ("litert", "onnx-runtime"),
        "sdk": "",
    }
    return make_device(**{**usual, **fields})


def make_facts(**fields):
    """Return a small int8 model, changed by the arguments."""
    usual = {
        "operators": (("CONV_2D", 2), ("SOFTMAX", 1)),
        "precision": Precision.INT8,
        "element_types": frozenset({"int8"}),
        "size_bytes": 20_000,
        "arena": Figure.measured(10_000, "B", "in a test"),
        "input_bytes": 1024,
        "activations": Figure(
            value=12_000, unit="B", kind=FigureKind.ESTIMATED, low=6_000, high=12_000
        ),
    }
    return ModelFacts(**{**usual, **fields})


@pytest.fixture
def device():
    return make_device


@pytest.fixture
def linux():
    return make_linux


@pytest.fixture
def facts():
    return make_facts


@pytest.fixture
def truth():
    if not TRUTH.is_dir():
        pytest.skip("the models from outside (../shared/truth) are not here")
    return TRUTH

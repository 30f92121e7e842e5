"""What a program needs beside the model, as data.

Where somebody published the size of an (almost) empty program, the range goes from the smallest
such figure to a quarter above the largest: the quarter is our allowance for the program's own
lines. Where nobody did, the range spans everything published for others. Nothing here was
measured on a board by us, so every figure is an estimate and says so.
"""

from __future__ import annotations

from dataclasses import dataclass

from studio.domain.figure import Figure, FigureKind

__all__ = ["OPERATING_SYSTEM", "SKETCH_STACK", "STACK", "SdkCost", "estimate", "sdk_cost"]


def estimate(low: float, high: float, source: str) -> Figure:
    """Return an estimated number of bytes; its value is the worst end."""
    return Figure(
        value=high, unit="B", kind=FigureKind.ESTIMATED, low=low, high=high, source=source
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SdkCost:
    """Startup code, libraries and a minimal program, in bytes."""

    flash: Figure
    ram: Figure


_PUBLISHED: dict[str, tuple[tuple[int, int], tuple[int, int], str]] = {
    # sdk: ((smallest, largest flash), (smallest, largest RAM), where)
    "arduino-mbed": (
        (78_496, 85_328),
        (44_552, 52_656),
        "build logs of an empty sketch on the Nano 33 BLE and of Blink on the RP2040 "
        "(earlephilhower/arduino-pico issue 117)",
    ),
    "arduino-pico": (
        (57_808, 61_012),
        (10_572, 11_640),
        "build logs of Blink (earlephilhower/arduino-pico issue 117) and of a small sketch",
    ),
    "arduino-samd": ((14_636, 14_636), (3_224, 3_224), "build log of a small sketch, MKR 1010"),
    "arduino-stm32": ((10_256, 10_256), (1_092, 1_092), "build log of a small sketch"),
    "arduino-esp32": (
        (234_532, 234_532),
        (15_204, 31_928),
        "build logs of a small sketch; the larger RAM of one with TensorFlow Lite Micro",
    ),
}
_ANY_FLASH, _ANY_RAM = (10_256, 85_328), (1_092, 20_736)
_ANY = (
    "no figure for this kit was found; the range spans those published for other kits, of the "
    "RAM up to Blink on the Portenta C33 (arduino/ArduinoCore-renesas issue 250)"
)
_ALLOWANCE = "; the upper end is a quarter above the largest, our allowance"

SKETCH_STACK = estimate(
    1 << 10, 4 << 10, "our allowance for the program around the model; not measured"
)
STACK = estimate(2 << 10, 8 << 10, "our allowance; not measured")
OPERATING_SYSTEM = estimate(
    64 << 20, 256 << 20, "our allowance for the operating system and its services"
)


def sdk_cost(sdk: str) -> SdkCost:
    """Return what a minimal program of a kit takes; the widest range for an unknown kit."""
    flash, ram, where = _PUBLISHED.get(sdk, (_ANY_FLASH, _ANY_RAM, _ANY))
    return SdkCost(
        flash=estimate(flash[0], flash[1] * 5 // 4, where + _ALLOWANCE),
        ram=estimate(ram[0], ram[1] * 5 // 4, where + _ALLOWANCE),
    )

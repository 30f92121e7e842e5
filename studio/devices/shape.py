"""What the fields of a device may say: limits, patterns and lists, for the checker and the schema.

``assets/devices.schema.json`` says the same as JSON Schema; a test holds the two together.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache

from studio.domain.device import DeviceKind
from studio.resources import assets

__all__ = [
    "ACCELERATOR",
    "FORMAT",
    "HIGHEST_HZ",
    "ID",
    "LARGEST_BYTES",
    "MOST_BANKS",
    "MOST_TEXTS",
    "OPTIONAL_TEXT",
    "RUNTIMES",
    "SIZE",
    "SPEED",
    "TEXT",
    "core_like",
    "core_names",
    "core_pattern",
    "default_runtimes",
]

FORMAT = 1
ID = re.compile(r"[a-z0-9][a-z0-9_.-]{0,63}")
TEXT = re.compile(r"[^\x00-\x20\x7f][^\x00-\x1f\x7f]*")
"""Text that says something and hides nothing."""
OPTIONAL_TEXT = re.compile(f"({TEXT.pattern})?")
SIZE = re.compile(r"[1-9][0-9]{0,6}K|[1-9][0-9]{0,3}M|[1-9][0-9]{0,2}G")
"""A size in words; K is 1,024 bytes."""
SPEED = re.compile(r"[1-9][0-9]{0,3}MHz")
ACCELERATOR = re.compile(
    r"edgetpu|ethos-u55(-(32|64|128|256))?|ethos-u65(-(256|512))?"
    r"|ethos-u85(-(128|256|512|1024|2048))?"
)
LARGEST_BYTES = 1 << 40
"""A terabyte: more is a slip of the finger."""
HIGHEST_HZ = 10_000_000_000
MOST_TEXTS = 32
MOST_BANKS = 16
RUNTIMES = ("generated-c", "tflite-micro", "litert", "onnx-runtime", "edge-tpu", "ethos-u")
"""Ids of `studio.runtimes`, which lies beside this package; a test holds them equal."""
_CLUSTER = r"(?:[1-9][0-9]{0,2}x )?"
_DUAL = r"(?: \(dual\))?"
_CLASSES_OF_ACCELERATORS = {"edgetpu": "edge-tpu", "ethos": "ethos-u"}


@cache
def core_names() -> tuple[str, ...]:
    """Return the cores whose rows stand in ``assets/toolchain/cores.toml``."""
    text = (assets() / "toolchain" / "cores.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text))


@cache
def core_pattern() -> re.Pattern[str]:
    """Return the pattern of a core: a name of the table, several of it, or two that share."""
    names = "|".join(map(re.escape, core_names()))
    return re.compile(f"{_CLUSTER}({names}){_DUAL}")


def core_like(text: str) -> str:
    """Return a core as the table spells it: ``m4f`` and ``cortex m4f`` are ``Cortex-M4F``.

    What is like no core comes back as it is, for the checker to refuse.
    """
    wanted = _plain(text)
    for name in core_names():
        if wanted in (_plain(name), _plain(name.removeprefix("Cortex-"))):
            return name
    return text.strip()


def default_runtimes(kind: DeviceKind, core: str, accelerator: str = "") -> tuple[str, ...]:
    """Return what runs models on such a device, the preferred one first, accelerators last."""
    if kind is not DeviceKind.MICROCONTROLLER:
        found = ["litert", "onnx-runtime"]
    else:
        # Neither is made for the 16-bit integers of an AVR.
        found = [] if core == "AVR" else ["generated-c", "tflite-micro"]
    beside = _CLASSES_OF_ACCELERATORS.get(accelerator.partition("-")[0])
    return (*found, *([beside] if beside else []))


def _plain(text: str) -> str:
    return "".join(c for c in text[:80].casefold() if c.isalnum() or c == "+")

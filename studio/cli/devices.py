"""What the command line says of devices, and how it names their fields."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from typing import Any

from studio.app import DeviceFilter
from studio.cli.arguments import size
from studio.domain.device import FEATURES, DeviceKind

__all__ = ["add_fields", "add_filter", "fields_of", "filter_of"]

_MOST_MHZ = 10_000


def megahertz(text: str) -> int:
    """Return hertz from ``64``, ``64M`` or ``64MHz``."""
    number = text.casefold().removesuffix("hz").removesuffix("m").strip()
    try:
        value = float(number)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is no clock; write 64MHz") from None
    if not 0 < value <= _MOST_MHZ:
        raise ArgumentTypeError(f"{text} is not the clock of a processor; it is in MHz")
    return round(value * 1e6)


def features(text: str) -> frozenset[str]:
    """Return some of `FEATURES` from ``camera,radio``."""
    found = [word.strip() for word in text.split(",")]
    unknown = [word for word in found if word not in FEATURES]
    if unknown:
        raise ArgumentTypeError(f"{unknown[0]!r} is none of {', '.join(FEATURES)}")
    return frozenset(found)


def add_filter(parser: ArgumentParser) -> None:
    """Add what chooses among devices; all conditions must hold."""
    group = parser.add_argument_group("which devices to list; all that is given must hold")
    group.add_argument("--search", metavar="TEXT", default="", help="words of name, core and so on")
    group.add_argument("--vendor", metavar="NAME", default="", help="or its beginning")
    group.add_argument(
        "--with",
        dest="features",
        metavar="THINGS",
        type=features,
        default=frozenset(),
        help="what a source says is on it: camera, microphone, radio, or several as camera,radio",
    )
    group.add_argument(
        "--accelerated", action="store_true", default=None, help="with an Edge TPU or Ethos-U"
    )
    group.add_argument("--own", action="store_true", default=None, help="those you added")


def add_fields(parser: ArgumentParser) -> None:
    """Add what a person says of a device of their own."""
    group = parser.add_argument_group("an own device, for `add` and `change`")
    group.add_argument("--name", help="what to call it")
    group.add_argument("--ram", metavar="SIZE", type=size, help="data memory, for example 96K")
    group.add_argument("--flash", metavar="SIZE", type=size, help="program memory: 512K")
    group.add_argument("--clock", metavar="MHZ", type=megahertz, help="highest clock: 64MHz")
    group.add_argument("--accelerator", metavar="NAME", help="edgetpu, ethos-u55-128 and so on")
    group.add_argument("--notes", metavar="TEXT", help="what to remember about it")


def filter_of(options: Namespace) -> DeviceFilter:
    """Return the conditions a person gave."""
    return DeviceFilter(
        text=options.search,
        vendor=options.vendor,
        core=options.core or "",
        kind=None if options.kind is None else DeviceKind(options.kind),
        features=options.features,
        accelerated=options.accelerated,
        own=options.own,
    )


def fields_of(options: Namespace) -> dict[str, Any]:
    """Return what a person said of an own device, by the names of its fields."""
    given = {
        "name": options.name,
        "vendor": options.vendor or None,
        "kind": options.kind,
        "core": options.core,
        "ram_bytes": options.ram,
        "flash_bytes": options.flash,
        "clock_hz": options.clock,
        "accelerator": options.accelerator,
        "notes": options.notes,
        **{feature: [feature] for feature in sorted(options.features)},
    }
    return {name: value for name, value in given.items() if value is not None}

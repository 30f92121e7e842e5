"""``shop``: which boards would do, and what smaller ones cost."""

from __future__ import annotations

import math
from argparse import ArgumentParser, ArgumentTypeError, Namespace

from studio.app import Session, Shopped, device_catalogue, shop_for_file
from studio.cli.arguments import path, size
from studio.cli.command import Command, Outcome, Surroundings, WrongUse
from studio.cli.devices import add_filter, filter_of
from studio.cli.sources import is_project
from studio.cli.surveys import shopping_document, shopping_text
from studio.domain.device import DeviceKind
from studio.domain.shopping import Wishes

_LONGEST_MS = 1e9


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "source", metavar="PROJECT|MODEL.tflite", type=path, help="a project, or any .tflite file"
    )
    parser.add_argument(
        "--accuracy",
        metavar="SHARE",
        type=_share,
        help="least share called rightly on the validation side, for example 0.95",
    )
    parser.add_argument(
        "--error",
        metavar="AMOUNT",
        type=_above_zero,
        help="where amounts are learned: largest mean absolute error, in their unit",
    )
    parser.add_argument(
        "--latency-ms", metavar="MS", type=_above_zero, help="longest time of one run"
    )
    for name in ("ram", "flash"):
        parser.add_argument(
            f"--{name}",
            metavar="SIZE",
            type=size,
            help=f"most {name if name == 'flash' else 'RAM'} the whole program may take,"
            " for example 64K",
        )
    parser.add_argument("--core", metavar="NAME", help="only boards with it: m4, Cortex-M7")
    kinds = (DeviceKind.MICROCONTROLLER, DeviceKind.LINUX_BOARD)
    parser.add_argument("--kind", choices=list(map(str, kinds)))
    add_filter(parser)


def _share(text: str) -> float:
    value = _above_zero(text)
    if value > 1:
        raise ArgumentTypeError(f"{text} is no share of one; 95 % is 0.95")
    return value


def _above_zero(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is no number") from None
    if not (math.isfinite(value) and 0 < value <= _LONGEST_MS):
        raise ArgumentTypeError(f"{text} is not a number above 0")
    return value


def _run(options: Namespace, surroundings: Surroundings) -> Outcome:
    if options.accuracy is not None and options.error is not None:
        raise WrongUse("--accuracy is for classes and --error for amounts; give one of them")
    surroundings.terminal.live("Looking at every board")
    wishes = _wishes(options)
    shopped = _shopped(options, wishes)
    return Outcome(document=shopping_document(shopped, wishes), text=shopping_text(shopped))


def _wishes(options: Namespace) -> Wishes:
    return Wishes(
        accuracy=options.accuracy,
        error=options.error,
        latency_ms=options.latency_ms,
        ram_bytes=options.ram,
        flash_bytes=options.flash,
    )


def _shopped(options: Namespace, wishes: Wishes) -> Shopped:
    if is_project(options.source):
        with Session.open(options.source) as session:
            return session.fitting.shop(wishes, wanted=filter_of(options))
    if wishes.most_error is not None:
        raise WrongUse("nothing is known of how accurate a model file is; give a project")
    among = filter_of(options).among(device_catalogue().values())
    return shop_for_file(options.source, {device.id: device for device in among}, wishes)


ENTRY = Command(
    id="shop",
    order=65,
    summary="find the smallest boards for wishes of accuracy, speed and memory",
    arguments=_arguments,
    run=_run,
)

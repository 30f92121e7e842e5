"""``devices``: the catalogue."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from studio.app import device_catalogue
from studio.cli.command import Command, Outcome, Surroundings
from studio.cli.documents import device_document
from studio.cli.wording import device_table


def _arguments(parser: ArgumentParser) -> None:
    """It takes none of its own."""


def _run(options: Namespace, surroundings: Surroundings) -> Outcome:
    devices = sorted(device_catalogue().values(), key=lambda device: device.id)
    document = {"devices": [device_document(device) for device in devices]}
    return Outcome(document=document, text=device_table(devices))


ENTRY = Command(
    id="devices",
    order=60,
    summary="list the boards, phones and computers that are known",
    arguments=_arguments,
    run=_run,
)

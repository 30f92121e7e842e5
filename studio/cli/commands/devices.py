"""``devices``: the catalogue, what of it fits, and a person's own devices."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from studio.app import Session, check_model_file, device_catalogue
from studio.cli.arguments import add_candidate, path
from studio.cli.command import Command, Outcome, Surroundings, WrongUse
from studio.cli.devices import add_fields, add_filter, fields_of, filter_of
from studio.cli.documents import device_document
from studio.cli.sources import is_project
from studio.cli.table import plain
from studio.cli.wording import counted, device_table
from studio.domain.device import Device, DeviceKind
from studio.domain.report import CompatibilityReport, Verdict
from studio.domain.wording import bytes_text


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "action", nargs="?", choices=sorted(_ACTIONS), help="what to do with an own device"
    )
    parser.add_argument(
        "what", nargs="?", metavar="FILE|ID", help="`add`: a TOML file; otherwise the device's id"
    )
    parser.add_argument(
        "--project", metavar="PROJECT", type=path, help="the project that keeps own devices"
    )
    parser.add_argument("--core", metavar="NAME", help="for example Cortex-M4F, or m4 to look for")
    parser.add_argument("--kind", choices=list(map(str, DeviceKind)))
    parser.add_argument(
        "--fits",
        metavar="MODEL|PROJECT",
        type=path,
        help="only devices that a .tflite or .onnx file, or a candidate of a project, fits",
    )
    add_candidate(parser)
    add_filter(parser)
    add_fields(parser)


def _run(options: Namespace, surroundings: Surroundings) -> Outcome:
    if options.action is None:
        return _listed(options)
    if options.project is None:
        raise WrongUse(f"`devices {options.action}` needs --project, which keeps the device")
    if options.fits is not None:
        raise WrongUse("--fits chooses what to list; it does not go with an own device")
    with Session.open(options.project) as session:
        return _ACTIONS[options.action](session, options)


def _listed(options: Namespace) -> Outcome:
    if options.candidate is not None and options.fits is None:
        raise WrongUse("--candidate goes with --fits PROJECT")
    known = _known(options.project)
    reports: Mapping[str, CompatibilityReport] = {}
    if options.fits is not None:
        known, reports = _fitting(options, known)
    wanted = sorted(filter_of(options).among(known.values()), key=lambda device: device.id)
    if options.fits is None:
        return Outcome(document=_document(wanted), text=device_table(wanted))
    fitting = [d for d in wanted if d.id in reports and reports[d.id].verdict is Verdict.FITS]
    unknown = [d for d in wanted if d.id in reports and reports[d.id].verdict is Verdict.UNKNOWN]
    document = {**_document(fitting), "unknown": [device.id for device in unknown]}
    said = f"{counted(len(fitting), 'device')} of {len(wanted)} that it fits."
    if unknown:
        said += f" For {counted(len(unknown), 'other')} it is not known; `check` says why."
    return Outcome(document=document, text=f"{device_table(fitting)}\n{said}")


def _known(project: Path | None) -> Mapping[str, Device]:
    if project is None:
        return device_catalogue()
    with Session.open(project) as session:
        return session.devices.all()


def _fitting(
    options: Namespace, known: Mapping[str, Device]
) -> tuple[Mapping[str, Device], Mapping[str, CompatibilityReport]]:
    """Return the devices that were looked at, and the report of the model on each, by id."""
    found: Iterable[CompatibilityReport]
    if not is_project(options.fits):
        if options.candidate is not None:
            raise WrongUse("--candidate goes with a project, not with a model file")
        own = {id: device for id, device in known.items() if device.own}
        found, devices = check_model_file(options.fits, own=own), known
    else:
        with Session.open(options.fits) as session:
            found, devices = session.check(options.candidate), session.devices.all()
    return devices, {report.device_id: report for report in found}


def _document(devices: Iterable[Device]) -> dict[str, object]:
    return {"devices": [device_document(device) for device in devices]}


def _add(session: Session, options: Namespace) -> Outcome:
    fields = fields_of(options)
    if (options.what is None) is not bool(fields):
        raise WrongUse("give either a TOML file, or --name, --core and what else is known")
    if options.what is None:
        return _kept(session.devices.add(fields), "Added")
    return _kept(session.devices.add_file(path(options.what)), "Added")


def _change(session: Session, options: Namespace) -> Outcome:
    fields = fields_of(options)
    if options.what is None or not fields:
        raise WrongUse("give the id of an own device and what is to change, for example --ram 64K")
    return _kept(session.devices.change(options.what, fields), "Changed")


def _remove(session: Session, options: Namespace) -> Outcome:
    if options.what is None or fields_of(options):
        raise WrongUse("give the id of an own device, and nothing else")
    session.devices.remove(options.what)
    said = f"Removed {plain(options.what)}. `undo` brings it back."
    return Outcome(document={"removed": options.what}, text=said)


def _kept(device: Device, done: str) -> Outcome:
    facts = ", ".join(
        f"{'unknown' if fact.value is None else bytes_text(fact.value)} {name}"
        for name, fact in (("RAM", device.ram_bytes), ("flash", device.flash_bytes))
    )
    said = (
        f"{done} {plain(device.name)}: {device.core or 'core unknown'}, {facts} (your own figures,"
        " which nobody verified).\n"
        f"Its id is {device.id}: name it with --device in the commands of this project."
        " `undo` takes it back."
    )
    return Outcome(document={"device": device_document(device)}, text=said)


_ACTIONS: Mapping[str, Callable[[Session, Namespace], Outcome]] = {
    "add": _add,
    "change": _change,
    "remove": _remove,
}


ENTRY = Command(
    id="devices",
    order=60,
    summary="list boards, phones and computers, what of them a model fits, or add your own",
    arguments=_arguments,
    run=_run,
)

"""``deploy``: put a bundle's program on a device with Linux, through SSH."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from studio.app import DeployStep, DeploySummary, Login, Target, deploy_bundle
from studio.cli.arguments import path
from studio.cli.command import Command, Outcome, Surroundings
from studio.cli.commands.selftest import document as run_document
from studio.cli.commands.selftest import text as run_text
from studio.cli.table import plain
from studio.domain.errors import BundleError
from studio.domain.wording import bytes_text

_STEPS = {
    "host": "Looking at the host key",
    "connect": "Connecting",
    "check": "Connected",
    "copy": "Copying",
    "install": "Installing there",
    "selftest": "Running the self-test there",
    "switch": "Switching to the new version",
}


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "bundle", metavar="BUNDLE", type=path, help="a zip of `export --as python`, or its folder"
    )
    parser.add_argument("target", metavar="USER@HOST[:PORT]", help="the device")
    parser.add_argument(
        "--key",
        metavar="FILE",
        type=path,
        help="a private key (default: the agent's, and what the SSH configuration names)",
    )
    parser.add_argument(
        "--accept-new-host-key",
        metavar="FINGERPRINT",
        default="",
        help="take in the device's key if this is its fingerprint: SHA256:...",
    )
    parser.add_argument(
        "--known-hosts", metavar="FILE", type=path, help="the list of host keys (default: yours)"
    )
    parser.add_argument(
        "--folder",
        metavar="FOLDER",
        default="",
        help="where to on the device (default: one of the program's name, in the home folder)",
    )
    parser.add_argument(
        "--wheels",
        metavar="FOLDER",
        type=path,
        help="packages to send along, for a device without a network",
    )
    parser.add_argument(
        "--from-index",
        action="store_true",
        help="let the device fetch packages it lacks from its package index",
    )
    parser.add_argument(
        "--project",
        metavar="PROJECT",
        type=path,
        help="record the self-test there as measured on the device",
    )
    parser.add_argument("--dry-run", action="store_true", help="only look whether it could be done")


def _run(options: Namespace, surroundings: Surroundings) -> Outcome:
    def told(step: DeployStep) -> None:
        share = f" {step.done * 100 // step.of} %" if step.of else ""
        surroundings.terminal.live(f"{_STEPS[step.id]}{share}")

    summary = deploy_bundle(
        options.bundle,
        Target.of(options.target),
        Login(
            key=options.key,
            known_hosts=options.known_hosts,
            fingerprint=options.accept_new_host_key,
        ),
        folder=options.folder,
        wheels=options.wheels,
        index=options.from_index,
        project=options.project,
        dry_run=options.dry_run,
        told=told,
    )
    return Outcome(document=document(summary), text=text(summary), failure=failure(summary))


def document(summary: DeploySummary) -> dict[str, object]:
    """Return what came of it, for machines."""
    done, run = summary.deployed, summary.selftest
    return {
        "target": done.target,
        "folder": done.folder,
        "version": done.version,
        "before": done.before or None,
        "switched": done.switched,
        "device": {
            "python": done.facts.python,
            "machine": done.facts.machine,
            "system": done.facts.system,
            "free_bytes": done.facts.free_bytes,
            "missing": list(done.facts.missing),
        },
        "selftest": None if run is None else run.text,
        "recorded": None if summary.recorded is None else run_document(summary.recorded),
        "not_recorded": summary.not_recorded or None,
    }


def text(summary: DeploySummary) -> str:
    """Return what came of it, for a person."""
    done = summary.deployed
    lines = [
        f"{done.target}: {plain(done.facts.system)} {plain(done.facts.machine)}, Python"
        f" {plain(done.facts.python)}, {bytes_text(done.facts.free_bytes)} free",
        f"Lacks: {plain(', '.join(done.facts.missing))}" if done.facts.missing else "",
        _version(done.switched, done.version, done.before),
    ]
    if summary.selftest is not None:
        lines += [
            "The self-test passed on the device:",
            *(f"  {plain(line)}" for line in summary.selftest.text.splitlines()),
            f"Start it there: {done.folder}/current/run --help",
            "A program that runs there already goes on with its version until it is started anew.",
        ]
    if summary.recorded is not None:
        lines.append(run_text(summary.recorded))
    return "\n".join(filter(None, lines))


def _version(switched: bool, version: str, before: str) -> str:
    was = f"before: {plain(before)}" if before else "nothing was there before"
    if switched:
        return f"Version {plain(version)} is in use now; {was}."
    return f"Version {plain(version)} would be put there; {was}. Nothing was written."


def failure(summary: DeploySummary) -> BundleError | None:
    """Return what it is told as when it is in use there, but not of the project."""
    if not summary.not_recorded:
        return None
    return BundleError(
        "It is in use on the device, but it was not recorded.",
        summary.not_recorded,
        code="deploy.not_recorded",
    )


ENTRY = Command(
    id="deploy",
    order=96,
    summary="put a bundle's program on a device with Linux, through SSH",
    arguments=_arguments,
    run=_run,
)

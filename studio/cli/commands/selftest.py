"""``selftest``: what a device said of itself, compared with the project and recorded."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import asdict

from studio.app import DeviceRun, Session
from studio.cli.arguments import add_project, path
from studio.cli.command import Command, Outcome, Surroundings
from studio.cli.table import plain, render
from studio.cli.wording import figure_text
from studio.domain.errors import BundleError


def _arguments(parser: ArgumentParser) -> None:
    add_project(parser)
    parser.add_argument(
        "--log",
        metavar="FILE",
        type=path,
        help="the text a device's self-test printed, others among it (default: list the recorded)",
    )
    parser.add_argument(
        "--emulated",
        action="store_true",
        help="it ran in an emulator: its time is recorded as emulated, not as measured",
    )


def _run(options: Namespace, surroundings: Surroundings) -> Outcome:
    with Session.open(options.project) as session:
        if options.log is None:
            runs = session.device_runs.all()
            return Outcome(document={"runs": [document(run) for run in runs]}, text=table(runs))
        run = session.device_runs.record(options.log, emulated=options.emulated)
    return Outcome(document=document(run), text=text(run), failure=failure(run))


def document(run: DeviceRun) -> dict[str, object]:
    """Return one self-test, for machines."""
    return {**asdict(run), "latency": run.latency.as_json()}


def text(run: DeviceRun) -> str:
    """Return one self-test, for a person."""
    where = "in an emulator" if run.emulated else "on the device"
    return (
        f"{'PASS' if run.passed else 'FAIL'}: candidate #{run.candidate_id} for"
        f" {plain(run.device_id)}, {where}.\n"
        f"Inputs prepared as the studio does: {_of(run.inputs)}\n"
        f"Outputs the same, byte for byte: {_of(run.outputs)}\n"
        f"Answers the same: {_of(run.answers)}\n"
        f"Time of an inference: {figure_text(run.latency)}"
    )


def table(runs: tuple[DeviceRun, ...]) -> str:
    """Return the recorded self-tests, a line each."""
    if not runs:
        return "No self-test of a device was recorded yet."
    rows = [
        (
            f"#{run.candidate_id}",
            run.device_id,
            "PASS" if run.passed else "FAIL",
            "emulator" if run.emulated else "device",
            figure_text(run.latency),
        )
        for run in runs
    ]
    return render(("candidate", "device", "result", "ran on", "inference"), rows)


def _of(pair: tuple[int, int]) -> str:
    return f"{pair[0]} of {pair[1]}"


def failure(run: DeviceRun) -> BundleError | None:
    """Return what a device that fails is told as; the record is kept."""
    if run.passed:
        return None
    return BundleError(
        "The device does not do what the studio does; the record is kept.",
        "Look at which step failed: the preparation, the model or the answer.",
        code="selftest.fails",
    )


ENTRY = Command(
    id="selftest",
    order=95,
    summary="record what a device's self-test printed",
    arguments=_arguments,
    run=_run,
)

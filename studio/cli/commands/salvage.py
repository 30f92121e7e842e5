"""``salvage``: what can still be read of a damaged project, as a new one."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import asdict

from studio.app import salvage_project
from studio.cli.arguments import add_project, path
from studio.cli.command import Command, Outcome, Surroundings


def _arguments(parser: ArgumentParser) -> None:
    add_project(parser)
    parser.add_argument("--out", metavar="NEW.automl", type=path, required=True, help="where to")


def _run(options: Namespace, surroundings: Surroundings) -> Outcome:
    report = salvage_project(options.project, options.out)
    lines = [f"Wrote {options.out}.", *report.sentences()]
    return Outcome(document=asdict(report), text="\n".join(lines))


ENTRY = Command(
    id="salvage",
    order=115,
    summary="copy what can be read of a damaged project into a new one",
    arguments=_arguments,
    run=_run,
)

"""``advise``: the smallest change with which a model fits a device, really tried."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from studio.app import Session, advise_file
from studio.cli.advising import advice_document, advice_text
from studio.cli.arguments import add_candidate, add_minutes, path
from studio.cli.command import Command, Outcome, Surroundings, WrongUse
from studio.cli.sources import is_project
from studio.domain.advice import Advice


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "source", metavar="PROJECT|MODEL.tflite", type=path, help="a project, or any .tflite file"
    )
    parser.add_argument("--device", metavar="ID", required=True, help="where it is to run")
    add_candidate(parser)
    parser.add_argument(
        "--quick",
        action="store_true",
        help="try only what takes seconds: no file is converted and fine-tuned",
    )
    add_minutes(
        parser,
        help="search so long for the device if nothing else fits; what is found stays in the"
        " project (default: no search)",
    )


def _run(options: Namespace, surroundings: Surroundings) -> Outcome:
    found = _advised(options, surroundings)
    return Outcome(document=advice_document(found), text=advice_text(found))


def _advised(options: Namespace, surroundings: Surroundings) -> Advice:
    surroundings.terminal.live("Checking")
    if not is_project(options.source):
        if options.candidate is not None or options.minutes is not None:
            raise WrongUse("--candidate and --minutes go with a project")
        return advise_file(options.source, options.device)
    with Session.open(options.source) as session:
        return session.fitting.advise(
            options.device,
            options.candidate,
            converting=not options.quick,
            minutes=options.minutes or 0.0,
            progress=surroundings.terminal.live,
        )


ENTRY = Command(
    id="advise",
    order=71,
    summary="find the smallest change with which a model fits a device, by trying",
    arguments=_arguments,
    run=_run,
)

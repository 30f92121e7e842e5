"""``collect``: turn links into copies, or forget them, before a project is passed on."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import asdict

from studio.app import Session
from studio.cli.arguments import add_project
from studio.cli.command import Command, Outcome, Surroundings
from studio.cli.links import missing_lines
from studio.cli.wording import counted
from studio.domain.errors import ProjectError
from studio.domain.wording import bytes_text


def _arguments(parser: ArgumentParser) -> None:
    add_project(parser)
    parser.add_argument(
        "--forget",
        action="store_true",
        help="copy nothing: only forget where the originals are; then they cannot be read",
    )


def _run(options: Namespace, surroundings: Surroundings) -> Outcome:
    with Session.open(options.project) as session:
        return _forget(session) if options.forget else _collect(session, surroundings)


def _forget(session: Session) -> Outcome:
    count = session.forget_links()
    text = f"Forgot where the originals of {counted(count, 'sample')} are."
    return Outcome(document={"forgotten": count}, text=text)


def _collect(session: Session, surroundings: Surroundings) -> Outcome:
    def _on_progress(done: int, total: int) -> None:
        surroundings.terminal.live(f"Copied {done:,} of {total:,} originals")

    report = session.collect(progress=_on_progress)
    first = f"Copied {counted(report.copied, 'original')} ({bytes_text(report.bytes)})."
    failure = None
    if report.missing:
        failure = ProjectError(
            f"{counted(len(report.missing), 'linked original')} could not be copied.",
            "Look for them with `relink`, or drop the links with `collect --forget`.",
            code="project.link_missing",
        )
    return Outcome(
        document={**asdict(report), "missing": [asdict(link) for link in report.missing]},
        text="\n".join([first, *missing_lines(report.missing)]),
        failure=failure,
    )


ENTRY = Command(
    id="collect",
    order=112,
    summary="copy linked originals into the project, so that it can be passed on",
    arguments=_arguments,
    run=_run,
)

"""``split``: the split that freezing would make, and why."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from studio.app import Session
from studio.cli.arguments import add_project, add_sessions, seed
from studio.cli.command import Command, Outcome, Surroundings
from studio.cli.findings import findings_text
from studio.cli.table import plain, render
from studio.cli.wording import counted
from studio.datasets import SplitReport
from studio.domain.dataset import Split

_SHOWN_SESSIONS = 10


def _arguments(parser: ArgumentParser) -> None:
    add_project(parser)
    parser.add_argument("--seed", metavar="N", type=seed, default=1, help="default: 1")
    add_sessions(parser)


def _run(options: Namespace, surroundings: Surroundings) -> Outcome:
    with Session.open(options.project) as session:
        report = session.split_report(
            seed=options.seed, pattern=options.session_pattern, column=options.session_column
        )
        names = session.sample_names([id for f in report.findings for id in f.sample_ids])
    findings = findings_text(report.findings, names) if report.findings else ""
    text = "\n\n".join(part for part in (_sides(report), _sessions(report), findings) if part)
    return Outcome(document=report.as_json(), text=text)


def _sides(report: SplitReport) -> str:
    rows = [
        (plain(name), *(f"{sides.get(split, 0):,}" for split in Split))
        for name, sides in report.counts.items()
    ]
    return render(("class", *map(str, Split)), rows)


def _sessions(report: SplitReport) -> str:
    if not report.sessions:
        return "No sessions were found: every sample stands by itself."
    lines = [f"{counted(len(report.sessions), 'session')}, each kept on one side:"]
    for session in report.sessions[:_SHOWN_SESSIONS]:
        size = counted(len(session.sample_ids), "sample")
        lines.append(f"  {plain(session.name)} ({size}): {plain(session.reason)}")
    more = len(report.sessions) - _SHOWN_SESSIONS
    return "\n".join(lines + ([f"  and {more:,} more (--json lists all)"] if more > 0 else []))


ENTRY = Command(
    id="split",
    order=29,
    summary="show the split that freezing would make: sides, sessions and why",
    arguments=_arguments,
    run=_run,
)

"""``split``: the split that freezing would make, and why."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from studio.app import Session
from studio.cli.arguments import add_project, add_sessions, seed
from studio.cli.command import Command, Outcome, Surroundings
from studio.cli.documents import change_document
from studio.cli.findings import findings_text
from studio.cli.progress import telling
from studio.cli.sessions import sessions_text
from studio.cli.table import plain, render
from studio.cli.wording import counted
from studio.datasets import SplitReport
from studio.domain.dataset import Split
from studio.domain.operation import Change


def _arguments(parser: ArgumentParser) -> None:
    add_project(parser)
    parser.add_argument("--seed", metavar="N", type=seed, default=1, help="default: 1")
    add_sessions(parser)
    parser.add_argument(
        "--apply",
        action="store_true",
        help="keep these sessions in the project, as one step that `undo` takes back",
    )


def _run(options: Namespace, surroundings: Surroundings) -> Outcome:
    which = {"pattern": options.session_pattern, "column": options.session_column}
    progress = telling(surroundings.terminal)
    with Session.open(options.project) as session:
        change = session.keep_sessions(**which, progress=progress) if options.apply else None
        report = session.split_report(seed=options.seed, **which, progress=progress)
        names = session.sample_names([id for f in report.findings for id in f.sample_ids])
    findings = findings_text(report.findings, names) if report.findings else ""
    kept = _kept(change) if options.apply else ""
    parts = (_sides(report), _sessions(report), findings, kept)
    document = report.as_json()
    if options.apply:
        document["change"] = None if change is None else change_document(change)
    return Outcome(document=document, text="\n\n".join(part for part in parts if part))


def _sides(report: SplitReport) -> str:
    rows = [
        (plain(name), *(f"{sides.get(split, 0):,}" for split in Split))
        for name, sides in report.counts.items()
    ]
    return render(("class", *map(str, Split)), rows)


def _sessions(report: SplitReport) -> str:
    if not report.sessions:
        return "No sessions were found: every sample stands by itself."
    head = f"{counted(len(report.sessions), 'session')}, each kept on one side:"
    return sessions_text(head, report.sessions)


def _kept(change: Change | None) -> str:
    if change is None:
        return "Every session that was found is kept already."
    return f"Kept: {plain(change.operation.title)}. `undo` takes it back; `sessions` corrects it."


ENTRY = Command(
    id="split",
    order=29,
    summary="show the split that freezing would make: sides, sessions and why",
    arguments=_arguments,
    run=_run,
)

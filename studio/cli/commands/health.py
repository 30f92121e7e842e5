"""``health``: what a person should know about the data."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from studio.app import Session
from studio.cli.arguments import add_project
from studio.cli.command import Command, Outcome, Surroundings
from studio.cli.findings import findings_text
from studio.cli.progress import telling


def _arguments(parser: ArgumentParser) -> None:
    add_project(parser)


def _run(options: Namespace, surroundings: Surroundings) -> Outcome:
    progress = telling(surroundings.terminal)
    with Session.open(options.project) as session:
        findings = session.health(progress=progress)
        leak = session.leak_report(progress=progress)
        names = session.sample_names([id for f in findings for id in f.sample_ids])
    document = {
        "findings": [finding.as_json() for finding in findings],
        "leak": None if leak is None else leak.as_json(),
    }
    both = f"\n\nTwo figures\n  {leak.sentence}" if leak is not None else ""
    return Outcome(document=document, text=findings_text(findings, names) + both)


ENTRY = Command(
    id="health",
    order=24,
    summary="look the data over: balance, duplicates, conflicts, leaks, outliers",
    arguments=_arguments,
    run=_run,
)

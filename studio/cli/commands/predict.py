"""``predict``: ask the best model, and each sample's neighbours, what the samples are."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from typing import Any

from studio.app import Session
from studio.cli.arguments import add_candidate, add_project
from studio.cli.command import Command, Outcome, Surroundings
from studio.cli.opinions import who
from studio.cli.table import plain
from studio.cli.wording import counted
from studio.labelling.predicting import PredictSummary


def _arguments(parser: ArgumentParser) -> None:
    add_project(parser)
    add_candidate(parser)


def _run(options: Namespace, surroundings: Surroundings) -> Outcome:
    def tell(what: str, done: int, total: int) -> None:
        surroundings.terminal.live(f"{what}: {done:,} of {total:,}")

    with Session.open(options.project) as session:
        asked = session.reviewing.predict(candidate_id=options.candidate, progress=tell)
    document = {"asked": [_document(one) for one in asked]}
    return Outcome(document=document, text="\n".join(map(_text, asked)))


def _document(summary: PredictSummary) -> dict[str, Any]:
    return {"by": who(summary.candidate_id), **asdict(summary)}


def _text(summary: PredictSummary) -> str:
    name = who(summary.candidate_id)
    line = f"{name}: {counted(summary.predicted, 'sample')} now, {summary.already:,} before."
    lines = [f"  not {plain(file.name)}: {plain(file.why)}" for file in summary.skipped[:5]]
    more = len(summary.skipped) - len(lines)
    return "\n".join([line, *lines, *([f"  and {more:,} more"] if more > 0 else [])])


ENTRY = Command(
    id="predict",
    order=51,
    summary="ask the best model, and the nearest neighbours, what every sample is; kept for"
    " `review`, `suggest` and `conflicts`",
    arguments=_arguments,
    run=_run,
)

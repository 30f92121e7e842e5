"""``compare``: which of two candidates is better, or that nobody can tell."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from studio.app import Session
from studio.cli.arguments import add_project, positive
from studio.cli.command import Command, Outcome, Surroundings
from studio.cli.wording import counted
from studio.domain.dataset import Split
from studio.domain.judgement import Comparison


def _arguments(parser: ArgumentParser) -> None:
    add_project(parser)
    for name in ("first", "second"):
        parser.add_argument(name, metavar=name.upper(), type=positive, help="number of a candidate")
    parser.add_argument(
        "--split",
        choices=(str(Split.TEST), str(Split.VALIDATION)),
        help="default: test where both were tested, else validation",
    )


def _run(options: Namespace, surroundings: Surroundings) -> Outcome:
    split = None if options.split is None else Split(options.split)
    surroundings.terminal.live("Comparing")
    with Session.open(options.project) as session:
        side, found = session.judging.compare(options.first, options.second, split=split)
    document = {"split": str(side), **found.as_json(), "phrase": found.phrase.text()}
    return Outcome(document=document, text=_text(side, found))


def _text(side: Split, found: Comparison) -> str:
    amounts = found.test == "wilcoxon"
    word = "closer" if amounts else "right"
    lines = [
        f"On {counted(found.samples, 'sample')} of the {side} side:",
        f"  only {found.first} is {word} on {found.only_first:,},"
        f" only {found.second} on {found.only_second:,}.",
        f"  Error of {found.first} minus error of {found.second}:"
        f" {found.difference.value:.3g} ({found.difference.low:.3g} to"
        f" {found.difference.high:.3g}).",
        found.phrase.text(),
    ]
    if not found.better and found.detectable is not None:
        lines.append(
            f"A difference of {found.detectable:.2g} or more would most likely have been seen."
        )
    return "\n".join(lines)


ENTRY = Command(
    id="compare",
    order=50,
    summary="say which of two candidates is better on the same samples, or that nobody can tell",
    arguments=_arguments,
    run=_run,
)

"""``suggest``: classes for samples that have none; accept them or dismiss them."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Any

from studio.app import Session
from studio.cli.arguments import add_project, sample_ids
from studio.cli.command import Command, Outcome, Surroundings, WrongUse
from studio.cli.opinions import add_page, asker, changed, sample_document, share, who
from studio.cli.table import plain, render
from studio.domain.figure import Figure, FigureKind
from studio.labelling.suggesting import Reliability, Suggestion, SuggestionPage

_ALL = "all"


def _which(text: str) -> str | tuple[int, ...]:
    return _ALL if text == _ALL else sample_ids(text)


def _arguments(parser: ArgumentParser) -> None:
    add_project(parser)
    parser.add_argument(
        "--by",
        metavar="WHO",
        type=asker,
        help="the number of a candidate, or `neighbours` (default: the best candidate that"
        " `predict` asked, the neighbours where there is none)",
    )
    parser.add_argument(
        "--above", metavar="SHARE", type=share, default=0.0, help="only where at least so sure"
    )
    action = parser.add_mutually_exclusive_group()
    for name, what in (("accept", "label samples as suggested"), ("dismiss", "never again")):
        action.add_argument(
            f"--{name}",
            metavar="IDS",
            nargs="?",
            const=_ALL,
            type=_which,
            help=f"{what}: these (7, 1-20, 1-3,9), or all with --above; one step for `undo`",
        )
    add_page(parser)


def _run(options: Namespace, surroundings: Surroundings) -> Outcome:
    if _ALL in (options.accept, options.dismiss) and not options.above:
        raise WrongUse("say which: numbers of samples, or all that are --above a share")
    with Session.open(options.project) as session:
        if options.accept or options.dismiss:
            return _answer(session, options)
        asked = {"by": options.by or "", "above": options.above}
        page = session.reviewing.suggestions(**asked, offset=options.offset, limit=options.limit)
        worth = session.reviewing.reliability(**asked)
    document = {
        "suggestions": [_document(one) for one in page.items],
        "more": page.more,
        "right_on_labelled": _figure(worth).as_json(),
        "labelled": worth.samples,
    }
    return Outcome(document=document, text=_text(page, worth))


def _answer(session: Session, options: Namespace) -> Outcome:
    chosen = options.accept or options.dismiss
    answer = session.reviewing.accept if options.accept else session.reviewing.dismiss
    ids = None if chosen == _ALL else chosen
    change = answer(sample_ids=ids, by=options.by or "", above=options.above)
    document, text = changed(change, "Nothing is suggested, so nothing changed.")
    return Outcome(document=document, text=text)


def _document(one: Suggestion) -> dict[str, Any]:
    return {
        **sample_document(one.sample),
        "suggestion": one.class_name,
        "confidence": one.confidence,
        "by": who(one.candidate_id),
        "why": one.why,
        "nearest": list(one.nearest),
    }


def _figure(worth: Reliability) -> Figure:
    if not worth.samples:
        return Figure.unknown("1", "No labelled sample was judged with so much confidence.")
    return Figure(
        value=worth.right.value,
        unit="1",
        kind=FigureKind.MEASURED,
        low=worth.right.low,
        high=worth.right.high,
        source=f"{worth.samples} labelled samples it did not learn from, 95 % Wilson interval",
    )


def _text(page: SuggestionPage, worth: Reliability) -> str:
    if not page.items:
        return "Nothing is suggested."
    rows = [
        (
            one.sample.id,
            plain(one.sample.name),
            plain(one.class_name),
            f"{one.confidence * 100:.1f} %",
            plain(one.why),
        )
        for one in page.items
    ]
    table = render(("id", "name", "class", "sure", "why"), rows, right="id sure")
    more = "There are more (--limit, --offset).\n" if page.more else ""
    return f"{table}\n{more}{_worth(worth)}"


def _worth(worth: Reliability) -> str:
    if not worth.samples:
        return "How often this is right is not known: no labelled sample was judged so surely."
    right = worth.right
    sure = f" and is at least {worth.above * 100:g} % sure of" if worth.above else ""
    return (
        f"Of {worth.samples:,} labelled samples it did not learn from{sure}, it named"
        f" {right.value * 100:.1f} %"
        f" ({right.low * 100:.1f}-{right.high * 100:.1f}) rightly."
    )


ENTRY = Command(
    id="suggest",
    order=53,
    summary="suggest classes for samples that have none; accept or dismiss them",
    arguments=_arguments,
    run=_run,
)

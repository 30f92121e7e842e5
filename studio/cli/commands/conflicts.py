"""``conflicts``: labels that contradict each other, and deciding them."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from typing import Any

from studio.app import Session
from studio.cli.arguments import add_candidate, add_project
from studio.cli.command import Command, Outcome, Surroundings, WrongUse
from studio.cli.opinions import add_page, changed
from studio.cli.table import plain
from studio.labelling.conflicts import Conflict, ConflictKind, ConflictPage


def _arguments(parser: ArgumentParser) -> None:
    add_project(parser)
    parser.add_argument(
        "--kind",
        choices=[str(kind) for kind in ConflictKind],
        help="only: samples of the same bytes, what two imports say, labels against a sure model"
        " and the nearest neighbours, overlapping time ranges, or boxes almost equal",
    )
    add_candidate(parser)
    add_page(parser)
    parser.add_argument(
        "--resolve", metavar="ID", nargs="+", help="decide these, as one step for `undo`"
    )
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--keep", metavar="CLASS", help="with --resolve: this class is right")
    how.add_argument(
        "--exclude", action="store_true", help="with --resolve: leave the samples out of datasets"
    )


def _run(options: Namespace, surroundings: Surroundings) -> Outcome:
    decided = options.keep is not None or options.exclude
    if bool(options.resolve) is not decided:
        raise WrongUse("--resolve ID... goes with --keep CLASS or with --exclude")
    with Session.open(options.project) as session:
        if options.resolve:
            change = session.reviewing.resolve(options.resolve, options.keep)
            document, text = changed(change, "Nothing changed: it was so already.")
            return Outcome(document=document, text=text)
        kinds = [ConflictKind(options.kind)] if options.kind else list(ConflictKind)
        pages = [
            session.reviewing.conflicts(
                kind,
                candidate_id=options.candidate,
                offset=options.offset,
                limit=options.limit,
            )
            for kind in kinds
        ]
    found = [_document(one) for page in pages for one in page.items]
    more = [str(page.kind) for page in pages if page.more]
    return Outcome(document={"conflicts": found, "more": more}, text=_text(pages))


def _document(one: Conflict) -> dict[str, Any]:
    return {
        "id": one.id,
        "kind": str(one.kind),
        "sentence": one.sentence,
        "sides": [
            {
                "class": side.class_name,
                "samples": list(side.sample_ids),
                "regions": list(side.region_ids),
            }
            for side in one.sides
        ],
    }


def _text(pages: Sequence[ConflictPage]) -> str:
    lines = []
    for page in pages:
        for one in page.items:
            ids = ", ".join(map(str, one.sample_ids))
            lines += [f"{one.id}", f"  {plain(one.sentence)}", f"  samples: {ids}"]
        if page.more:
            lines.append(f"There are more of {page.kind} (--kind, --limit, --offset).")
    return "\n".join(lines) or "No labels contradict each other."


ENTRY = Command(
    id="conflicts",
    order=54,
    summary="list labels that contradict each other, and decide them",
    arguments=_arguments,
    run=_run,
)

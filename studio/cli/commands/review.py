"""``review``: what to look at next."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from studio.app import Session
from studio.cli.arguments import add_candidate, add_project, positive, seed
from studio.cli.command import Command, Outcome, Surroundings, WrongUse
from studio.cli.opinions import add_page, opinion_document, opinion_text, sample_document
from studio.cli.table import plain, render
from studio.labelling.review import Order, ReviewItem, ReviewPage

_NOTHING = {
    Order.UNLABELLED: "Every sample has a class.",
    Order.UNCERTAIN: "The model has not been asked about any sample.",
    Order.DISAGREEMENT: "Nothing disagrees.",
    Order.SUSPICIOUS: "No sample is among those of another class.",
    Order.RANDOM: "There are no samples.",
}


def _arguments(parser: ArgumentParser) -> None:
    add_project(parser)
    parser.add_argument(
        "--order",
        choices=[str(order) for order in Order],
        default=str(Order.UNLABELLED),
        help="what comes first: samples without a class (the default), those the model is least"
        " certain of, those it calls otherwise than their label, those whose nearest neighbours"
        " are of another class, or any",
    )
    add_candidate(parser)
    parser.add_argument(
        "--between",
        nargs=2,
        type=positive,
        metavar=("A", "B"),
        help="with --order disagreement: where two candidates disagree",
    )
    parser.add_argument(
        "--seed", metavar="N", type=seed, default=1, help="of --order random (default: 1)"
    )
    add_page(parser)


def _run(options: Namespace, surroundings: Surroundings) -> Outcome:
    order = Order(options.order)
    first, second = _between(options, order)
    with Session.open(options.project) as session:
        page = session.reviewing.page(
            order,
            candidate_id=first,
            other_id=second,
            seed=options.seed,
            offset=options.offset,
            limit=options.limit,
        )
    document = {
        "order": str(page.order),
        "items": [_document(item) for item in page.items],
        "more": page.more,
    }
    return Outcome(document=document, text=_text(page))


def _between(options: Namespace, order: Order) -> tuple[int | None, int | None]:
    if not options.between:
        return options.candidate, None
    if order is not Order.DISAGREEMENT:
        raise WrongUse("--between goes with --order disagreement")
    if options.candidate is not None:
        raise WrongUse("--between names both candidates; leave --candidate out")
    return options.between[0], options.between[1]


def _document(item: ReviewItem) -> dict[str, object]:
    said = [opinion_document(opinion) for opinion in item.opinions]
    return {**sample_document(item.sample), "opinions": said}


def _text(page: ReviewPage) -> str:
    if not page.items:
        return _NOTHING[page.order]
    rows = [
        (
            item.sample.id,
            plain(item.sample.name),
            plain(item.sample.class_name or "-"),
            "; ".join(map(opinion_text, item.opinions)) or "-",
        )
        for item in page.items
    ]
    table = render(("id", "name", "class", "said to be"), rows, right="id")
    return table + ("\nThere are more (--limit, --offset)." if page.more else "")


ENTRY = Command(
    id="review",
    order=52,
    summary="list the samples most worth a look",
    arguments=_arguments,
    run=_run,
)

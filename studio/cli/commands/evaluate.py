"""``evaluate``: what a candidate gets right and wrong, how sure that is, when to say "not sure"."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from studio.app import Session
from studio.app.judging import Judgement
from studio.cli.arguments import add_candidate, add_minutes, add_project
from studio.cli.command import Command, Outcome, Surroundings
from studio.cli.costs import add_costs, costs_of
from studio.cli.judgements import judgement_document, judgement_text, samples_text
from studio.domain.dataset import Split
from studio.domain.errors import EvaluationError
from studio.domain.evaluation import Evaluation

_MINUTES = 5.0
_SIDES = (str(Split.TEST), str(Split.VALIDATION))


def _arguments(parser: ArgumentParser) -> None:
    add_project(parser)
    add_candidate(parser)
    parser.add_argument(
        "--split",
        choices=_SIDES,
        help="default: test where the candidate was tested, else validation;"
        " naming test tests it now",
    )
    add_costs(parser, finds="finds from what confidence on to answer")
    parser.add_argument(
        "--more-data",
        action="store_true",
        help="say whether more data would help: trains on a quarter, half and all of it",
    )
    add_minutes(parser, help="time for --more-data (default: 5)")
    parser.add_argument(
        "--cell",
        nargs=2,
        metavar=("TRUE", "PREDICTED"),
        help="list the samples of one class that were called another",
    )


def _run(options: Namespace, surroundings: Surroundings) -> Outcome:
    costs = costs_of(options)
    split = None if options.split is None else Split(options.split)
    surroundings.terminal.live("Looking at the answers")
    with Session.open(options.project) as session:
        if options.more_data:
            return _more_data(session, options, surroundings)
        found = session.judging.evaluate(options.candidate, split=split, costs=costs)
        if options.cell:
            return _cell(session, found, *options.cell)
    return Outcome(document=judgement_document(found), text=judgement_text(found))


def _more_data(session: Session, options: Namespace, surroundings: Surroundings) -> Outcome:
    curve = session.judging.more_data(
        options.candidate,
        minutes=options.minutes or _MINUTES,
        progress=lambda done, total: surroundings.terminal.live(f"{done} of {total} trainings"),
    )
    lines = [
        f"  {point.samples:,} samples: error {point.error.value:.3g}"
        f" ({point.error.low:.3g}-{point.error.high:.3g})"
        for point in curve.points
    ]
    head = "On the validation side, trained on"
    return Outcome(
        document={
            **curve.as_json(),
            "phrase": curve.phrase.text(),
            "kinds": {"points": "measured", "twice": "estimated"},
        },
        text="\n".join([head, *lines, curve.phrase.text()]),
    )


def _cell(session: Session, found: Judgement, true: str, called: str) -> Outcome:
    evaluation = found.evaluation
    if not isinstance(evaluation, Evaluation) or not {true, called} <= set(evaluation.classes):
        raise EvaluationError(
            f"{true!r} and {called!r} are not both classes of candidate #{found.candidate.id}.",
            "Name two of them, as `evaluate` lists them.",
            code="evaluation.unknown_class",
        )
    place = evaluation.classes.index(true), evaluation.classes.index(called)
    cells = evaluation.details.cells if evaluation.details else ()
    ids = next((c.sample_ids for c in cells if (c.truth, c.predicted) == place), ())
    names = session.sample_names(list(dict.fromkeys(ids)))
    return Outcome(
        document={
            "candidate": found.candidate.id,
            "split": str(evaluation.split),
            "truth": true,
            "predicted": called,
            "samples": [{"id": id, "name": names.get(id)} for id in ids],
        },
        text=samples_text(f"{true} called {called} on the {evaluation.split} side", ids, names),
    )


ENTRY = Command(
    id="evaluate",
    order=49,
    summary="show what a candidate gets right and wrong, how sure that is, and when it should"
    " rather say 'not sure'",
    arguments=_arguments,
    run=_run,
)

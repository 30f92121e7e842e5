"""``candidates``: the leaderboard."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping

from studio.app import Session
from studio.app.standing import Standing
from studio.app.wishes import MATTERS
from studio.cli.arguments import add_project, weights
from studio.cli.command import Command, Outcome, Surroundings
from studio.cli.documents import candidate_document
from studio.cli.wording import leaderboard
from studio.domain.judgement import Weighed


def _arguments(parser: ArgumentParser) -> None:
    add_project(parser)
    parser.add_argument(
        "--front",
        action="store_true",
        help="mark with * the models no other beats in accuracy, flash and RAM at once",
    )
    parser.add_argument(
        "--weights",
        metavar="NAME=N,...",
        type=weights(MATTERS),
        help="order by what matters, for example accuracy=3,flash=1,ram=1; latency is unknown"
        " until a device has measured it, so it cannot be weighed yet",
    )


def _run(options: Namespace, surroundings: Surroundings) -> Outcome:
    with Session.open(options.project) as session:
        standings = session.judging.leaderboard()
        weighed = session.outlook.weighed(options.weights) if options.weights else ()
        front = session.outlook.front() if options.front else frozenset()
    scores = {candidate.id: score for candidate, score in weighed}
    if options.weights:  # what has no int8 file cannot be weighed, and comes last
        last = float("-inf")
        standings = tuple(
            sorted(
                standings,
                key=lambda s: -(scores[s.candidate.id].score if s.candidate.id in scores else last),
            )
        )
    found = [standing.candidate for standing in standings]
    within = {standing.candidate.id for standing in standings if standing.within_noise}
    alike = set() if options.weights else within  # it is the best by accuracy they are like
    text = (
        leaderboard(found, alike, front)
        if found
        else "No candidate yet; `automl-studio search` makes some."
    )
    document = {
        "candidates": [
            {
                **candidate_document(standing.candidate),
                "beside_best": _beside(standing),
                **({"front": standing.candidate.id in front} if options.front else {}),
                **({"weighed": _weighed(scores, standing)} if options.weights else {}),
            }
            for standing in standings
        ]
    }
    return Outcome(document=document, text=text)


def _weighed(scores: Mapping[int, Weighed], standing: Standing) -> dict[str, object] | None:
    found = scores.get(standing.candidate.id)
    return None if found is None else {"score": found.score, "parts": dict(found.parts)}


def _beside(standing: Standing) -> dict[str, object] | None:
    if standing.compared is None:
        return None
    return {
        "within_noise": standing.within_noise,
        "p": standing.compared.adjusted_p,
        "phrase": standing.compared.phrase.text(),
    }


ENTRY = Command(
    id="candidates",
    order=48,
    summary="show the trained models, the best first",
    arguments=_arguments,
    run=_run,
)

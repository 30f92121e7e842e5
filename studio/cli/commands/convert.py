"""``convert``: files of other number types and formats, each judged beside float."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable

from studio.app import CATALOGUE, Conversions, Recipe, Session, convert_file, find_recipe
from studio.cli.arguments import add_candidate, path
from studio.cli.command import Command, Outcome, Surroundings, WrongUse
from studio.cli.conversions import conversions_document, conversions_text
from studio.domain.conversion import GateLimits, Verdict
from studio.domain.errors import ModelError

_USUAL = GateLimits()


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("project", metavar="PROJECT", type=path, nargs="?", help="an .automl file")
    parser.add_argument(
        "--model",
        metavar="FILE",
        type=path,
        help="a .tflite file in place of a project; what needs training data is refused",
    )
    parser.add_argument(
        "--recipe",
        metavar="ID[,ID]",
        required=True,
        type=_recipes,
        help=f"what to make: all, or some of {', '.join(CATALOGUE)}",
    )
    add_candidate(parser)
    parser.add_argument(
        "--out", metavar="DIR", type=path, help="folder for the files; without it none are kept"
    )
    for name, usual, what in (
        ("points", _USUAL.overall, "all samples"),
        ("class-points", _USUAL.any_class, "any one class"),
    ):
        parser.add_argument(
            f"--{name}",
            metavar="P",
            type=_points,
            default=usual,
            help=f"points of accuracy that may be lost on {what} (default: {100 * usual:g})",
        )


def _recipes(text: str) -> tuple[Recipe, ...]:
    if text.strip() == "all":
        return tuple(CATALOGUE.values())
    try:
        found = [find_recipe(part.strip()) for part in text.split(",")]
    except ModelError as error:
        raise ArgumentTypeError(str(error)) from None
    return tuple({recipe.id: recipe for recipe in found}.values())


def _points(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is no number") from None
    if not 0 <= value <= 100:
        raise ArgumentTypeError(f"{text} is not between 0 and 100 points")
    return value / 100


def _run(options: Namespace, surroundings: Surroundings) -> Outcome:
    if (options.project is None) == (options.model is None):
        raise WrongUse("name a PROJECT, or a file with --model")
    if options.model is not None and options.candidate is not None:
        raise WrongUse("--candidate goes with a project, not with --model")
    progress = surroundings.terminal.live
    progress("Starting")
    found = _converted(options, progress)
    return Outcome(
        document=conversions_document(found),
        text=conversions_text(found),
        failure=_failure(found),
    )


def _converted(options: Namespace, progress: Callable[[str], None]) -> Conversions:
    if options.model is not None:
        return convert_file(options.model, options.recipe, out=options.out, progress=progress)
    with Session.open(options.project) as session:
        return session.convert(
            options.recipe,
            candidate_id=options.candidate,
            out=options.out,
            limits=GateLimits(overall=options.points, any_class=options.class_points),
            progress=progress,
        )


def _failure(found: Conversions) -> ModelError | None:
    """Return what is said where a recipe made no file, or one that lost too much."""
    lost = [one.recipe for one in found.made if one.gate and one.gate.verdict is Verdict.FAILS]
    if lost:
        return ModelError(
            f"Too much was lost by: {', '.join(lost)}.",
            "Take another recipe, label more data, or allow more with --points and --class-points.",
            code="model.lost_too_much",
        )
    if found.refused:
        names = ", ".join(refusal.recipe for refusal in found.refused)
        return ModelError(
            f"No file was made by: {names}.", "The reasons stand above.", code="model.not_made"
        )
    return None


ENTRY = Command(
    id="convert",
    order=58,
    summary="make files of other number types and formats, each judged beside float",
    arguments=_arguments,
    run=_run,
)

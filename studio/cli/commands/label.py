"""``label``: say what samples are; each call is one step that ``undo`` takes back."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping
from typing import TypeVar

from studio.app import Session
from studio.cli.arguments import add_project, sample_ids
from studio.cli.command import Command, Outcome, Surroundings, WrongUse
from studio.cli.documents import change_document
from studio.cli.table import plain
from studio.domain.sample import Box, TimeRange
from studio.labelling import operations

_Shape = TypeVar("_Shape", Box, TimeRange)

_ACTIONS: Mapping[str, Callable[[Namespace], operations.Action]] = {
    "class_name": lambda o: operations.Assign(sample_ids=o.samples, class_name=o.class_name),
    "clear": lambda o: operations.Clear(sample_ids=o.samples),
    "exclude": lambda o: operations.Exclude(sample_ids=o.samples),
    "include": lambda o: operations.Include(sample_ids=o.samples),
    "remove": lambda o: operations.RemoveSamples(sample_ids=o.samples),
    "split_off": lambda o: operations.SplitOff(sample_ids=o.samples, class_name=o.split_off),
    "session": lambda o: operations.MoveToSession(groups=((o.session, o.samples),)),
    "no_session": lambda o: operations.MoveToSession(groups=((None, o.samples),)),
    "time_range": lambda o: operations.AddRegion(sample_id=_one(o), shape=_range(o)),
    "box": lambda o: operations.AddRegion(sample_id=_one(o), shape=_box(o)),
}
"""What each option does; an option of a region has its class as its first value."""


def _arguments(parser: ArgumentParser) -> None:
    add_project(parser)
    parser.add_argument(
        "samples", metavar="IDS", type=sample_ids, help="as `samples` shows them: 7, 1-20, 1-3,9"
    )
    action = parser.add_mutually_exclusive_group(required=True)
    action.add_argument("--class", dest="class_name", metavar="NAME", help="they are of this class")
    action.add_argument("--clear", action="store_true", help="they have no class")
    action.add_argument("--exclude", action="store_true", help="leave them out of datasets")
    action.add_argument("--include", action="store_true", help="take them into datasets again")
    action.add_argument("--remove", action="store_true", help="take them out of the project")
    action.add_argument("--split-off", metavar="NAME", help="make a new class of them")
    action.add_argument("--session", metavar="NAME", help="they were taken in one go")
    action.add_argument("--no-session", action="store_true", help="they belong to no session")
    action.add_argument(
        "--range",
        dest="time_range",
        nargs=3,
        metavar=("NAME", "FROM_S", "TO_S"),
        help="mark seconds of one recording as a class",
    )
    action.add_argument(
        "--box",
        nargs=5,
        metavar=("NAME", "X", "Y", "W", "H"),
        help="mark a rectangle of one picture, in shares of its sides",
    )


def _run(options: Namespace, surroundings: Surroundings) -> Outcome:
    chosen = next(make for name, make in _ACTIONS.items() if getattr(options, name))
    with Session.open(options.project) as session:
        change = session.perform(chosen(options))
    if change is None:
        return Outcome(document={"change": None}, text="Nothing changed: it was so already.")
    text = f"{plain(change.operation.title)}."
    return Outcome(document={"change": change_document(change)}, text=text)


def _one(options: Namespace) -> int:
    if len(options.samples) != 1:
        raise WrongUse("a box or a range belongs to one sample")
    return int(options.samples[0])


def _range(options: Namespace) -> TimeRange:
    name, *numbers = options.time_range
    start, end = _numbers(numbers)
    return _refusing(lambda: TimeRange(class_name=name, start_s=start, end_s=end))


def _box(options: Namespace) -> Box:
    name, *numbers = options.box
    x, y, width, height = _numbers(numbers)
    return _refusing(lambda: Box(class_name=name, x=x, y=y, width=width, height=height))


def _numbers(texts: list[str]) -> list[float]:
    try:
        return [float(text) for text in texts]
    except ValueError:
        raise WrongUse(f"{' '.join(texts)}: these are not all numbers") from None


def _refusing(make: Callable[[], _Shape]) -> _Shape:
    try:
        return make()
    except ValueError as error:
        raise WrongUse(str(error)) from None


ENTRY = Command(
    id="label",
    order=23,
    summary="say what samples are, leave them out, mark boxes and time ranges",
    arguments=_arguments,
    run=_run,
)

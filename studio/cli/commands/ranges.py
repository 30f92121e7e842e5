"""``ranges``: time ranges on recordings: list, mark, move an edge, delete."""

from __future__ import annotations

import math
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from typing import Any

from studio.app import Session
from studio.cli.arguments import add_project, positive, sample_ids
from studio.cli.command import Command, Outcome, Surroundings, WrongUse
from studio.cli.opinions import add_page, changed
from studio.cli.table import plain, render
from studio.domain.sample import TimeRange
from studio.labelling import operations
from studio.labelling.operations import Overlap
from studio.store.regions import Region


def _seconds(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0 <= value < math.inf:
        raise ArgumentTypeError(f"{text!r} is no number of seconds from 0 on")
    return value


def _arguments(parser: ArgumentParser) -> None:
    add_project(parser)
    parser.add_argument(
        "samples", metavar="IDS", nargs="?", type=sample_ids, help="only of these recordings"
    )
    action = parser.add_mutually_exclusive_group()
    action.add_argument(
        "--mark",
        nargs=3,
        metavar=("NAME", "FROM_S", "TO_S"),
        help="mark seconds of one recording as a class",
    )
    action.add_argument(
        "--move", metavar="RANGE", type=positive, help="with --start, --end or both"
    )
    action.add_argument("--delete", metavar="RANGES", type=sample_ids, help="for example 3 or 3-7")
    parser.add_argument("--start", metavar="S", type=_seconds, help="new start of the range")
    parser.add_argument("--end", metavar="S", type=_seconds, help="new end of the range")
    parser.add_argument(
        "--overlap",
        choices=[str(one) for one in Overlap],
        default=str(Overlap.REFUSE),
        help="where it meets a range of another class: refuse (the default), cut the earlier one"
        " back, or allow both; of one class two that overlap become one",
    )
    add_page(parser, limit=200)


def _run(options: Namespace, surroundings: Surroundings) -> Outcome:
    action = _action(options)
    with Session.open(options.project) as session:
        change = None if action is None else session.perform(action)
        page = {"offset": options.offset, "limit": options.limit}
        found = session.reviewing.ranges(options.samples, **page)
        names = session.sample_names([one.sample_id for one in found])
    document, text = changed(change, "Nothing changed: it was so already.")
    rows = [(one.id, one.sample_id, plain(names[one.sample_id]), *_cells(one)) for one in found]
    headers = ("range", "sample", "name", "class", "from", "to", "by")
    table = render(headers, rows, right="range sample from to") if rows else "No time ranges."
    document["ranges"] = [_document(one) for one in found]
    return Outcome(document=document, text=table if action is None else f"{text}\n{table}")


def _action(options: Namespace) -> operations.Action | None:
    if (options.start is None and options.end is None) is (options.move is not None):
        raise WrongUse("--move RANGE goes with --start, --end or both")
    if options.mark:
        return operations.MarkRange(
            sample_id=_one(options), shape=_marked(*options.mark), overlap=options.overlap
        )
    if options.move is not None:
        return operations.MoveEdge(
            region_id=options.move,
            start_s=options.start,
            end_s=options.end,
            overlap=options.overlap,
        )
    return operations.DeleteRegions(region_ids=options.delete) if options.delete else None


def _one(options: Namespace) -> int:
    if options.samples is None or len(options.samples) != 1:
        raise WrongUse("--mark goes with the number of one recording")
    return int(options.samples[0])


def _marked(name: str, start: str, end: str) -> TimeRange:
    try:
        return TimeRange(class_name=name, start_s=_seconds(start), end_s=_seconds(end))
    except (ArgumentTypeError, ValueError) as error:
        raise WrongUse(str(error)) from None


def _cells(one: Region) -> tuple[str, str, str, str]:
    shape = one.shape
    assert isinstance(shape, TimeRange)  # the session gives time ranges only
    return plain(shape.class_name), f"{shape.start_s:g}", f"{shape.end_s:g}", str(one.origin)


def _document(one: Region) -> dict[str, Any]:
    shape = one.shape
    assert isinstance(shape, TimeRange)  # the session gives time ranges only
    return {
        "id": one.id,
        "sample": one.sample_id,
        "class": shape.class_name,
        "start_s": shape.start_s,
        "end_s": shape.end_s,
        "origin": str(one.origin),
    }


ENTRY = Command(
    id="ranges",
    order=23,
    summary="list, mark, move and delete time ranges of recordings",
    arguments=_arguments,
    run=_run,
)

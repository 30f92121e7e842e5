"""What wrong answers cost, as a person types it: shared by `evaluate` and `export`."""

from __future__ import annotations

import math
from argparse import ArgumentParser, ArgumentTypeError, Namespace

from studio.cli.command import WrongUse
from studio.domain.judgement import Costs

__all__ = ["add_costs", "costs_of"]


def add_costs(parser: ArgumentParser, *, finds: str) -> None:
    """Add the options.

    Args:
        parser: To which.
        finds: What ``--not-sure`` does, the end of a sentence.
    """
    parser.add_argument(
        "--not-sure",
        metavar="N",
        type=_cost,
        help=f"what the answer 'not sure' costs; {finds}",
    )
    for name, what in (
        ("miss", "not saying CLASS where it is"),
        ("false-alarm", "saying CLASS where it is not"),
    ):
        parser.add_argument(
            f"--cost-{name}",
            metavar="CLASS=N",
            type=_class_cost,
            action="append",
            default=[],
            help=f"what {what} costs, in the unit of --not-sure (default: 1)",
        )
    parser.add_argument(
        "--quiet",
        metavar="CLASS",
        default="",
        help="the class that means nothing happens: calling it is no alarm, not calling it no miss",
    )


def costs_of(options: Namespace) -> Costs | None:
    """Return the costs that were given, or None.

    Raises:
        WrongUse: for costs of wrong answers without that of "not sure".
    """
    if options.not_sure is None:
        if options.cost_miss or options.cost_false_alarm or options.quiet:
            raise WrongUse("costs of wrong answers need --not-sure N to be weighed against")
        return None
    return Costs(
        miss=1.0,
        false_alarm=1.0,
        not_sure=options.not_sure,
        quiet=options.quiet,
        misses=dict(options.cost_miss),
        false_alarms=dict(options.cost_false_alarm),
    )


def _cost(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is no number") from None
    if not (math.isfinite(value) and value >= 0):
        raise ArgumentTypeError(f"{text} is not a number from 0 up")
    return value


def _class_cost(text: str) -> tuple[str, float]:
    name, equals, cost = text.rpartition("=")
    if not equals or not name:
        raise ArgumentTypeError(f"{text!r} is not CLASS=N")
    return name, _cost(cost)

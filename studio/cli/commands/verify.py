"""``verify``: is a bundle what it says, and does its model give the golden outputs here?"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import asdict

from studio.app import BundleVerification, verify
from studio.cli.arguments import path
from studio.cli.command import Command, Outcome, Surroundings
from studio.cli.table import plain
from studio.domain.errors import BundleError


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("bundle", metavar="BUNDLE", type=path, help="a zip or its unpacked folder")


def _run(options: Namespace, surroundings: Surroundings) -> Outcome:
    result = verify(options.bundle)
    return Outcome(document=document(result), text=text(result), failure=failure(result))


def document(result: BundleVerification) -> dict[str, object]:
    """Return every check, for machines."""
    return {
        "passed": result.passed,
        "title": result.title,
        "device": result.device_id,
        "checks": [asdict(check) for check in result.checks],
    }


def text(result: BundleVerification) -> str:
    """Return every check and the verdict, for a person."""
    lines = [
        f"{'ok  ' if check.passed else 'FAIL'}  {plain(check.sentence)}" for check in result.checks
    ]
    return "\n".join([*lines, "PASS" if result.passed else "FAIL"])


def failure(result: BundleVerification) -> BundleError | None:
    """Return what a bundle that fails is told as."""
    if result.passed:
        return None
    failed = [check.name for check in result.checks if not check.passed]
    return BundleError(
        f"The bundle does not pass: {', '.join(failed)}.",
        "Do not use it; ask for it again.",
        code="bundle.fails",
    )


ENTRY = Command(
    id="verify",
    order=90,
    summary="check a bundle on this machine: PASS or FAIL",
    arguments=_arguments,
    run=_run,
)

"""``verify``: is a bundle what it says, and does its model give the golden outputs here?"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import asdict

from studio.app import BundleVerification, ComingBack, Origin, come_back, verify
from studio.cli.arguments import path
from studio.cli.command import Command, Outcome, Surroundings
from studio.cli.table import plain
from studio.cli.wording import counted
from studio.domain.errors import BundleError


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("bundle", metavar="BUNDLE", type=path, help="a zip or its unpacked folder")
    parser.add_argument(
        "--project", metavar="PROJECT", type=path, help="find the candidate it came from, too"
    )


def _run(options: Namespace, surroundings: Surroundings) -> Outcome:
    if options.project is None:
        result = verify(options.bundle)
        return Outcome(document=document(result), text=text(result), failure=failure(result))
    found = come_back(options.bundle, options.project)
    result = found.verification
    return Outcome(
        document={**document(result), "origin": origin_document(found)},
        text=f"{text(result)}\n{origin_text(found)}",
        failure=failure(result),
    )


def origin_document(found: ComingBack) -> dict[str, object]:
    """Return where a bundle came from, for machines."""
    return {
        "origin": str(found.origin),
        "candidate": found.candidate_id,
        "best": found.best_id,
        "converted_again": found.converted_again,
        "frozen_since": found.frozen_since,
        "exported": None if found.exported is None else asdict(found.exported),
    }


def origin_text(found: ComingBack) -> str:
    """Return where a bundle came from, for a person."""
    if found.origin is Origin.UNKNOWN:
        return "It came from no candidate of this project."
    lines = [f"It came from candidate #{found.candidate_id} of this project."]
    if found.converted_again:
        lines.append("The model file of that candidate was made anew since.")
    if found.candidate_id != found.best_id:
        lines.append(f"The best candidate now is #{found.best_id}.")
    if found.frozen_since:
        lines.append(f"{counted(found.frozen_since, 'dataset version')} frozen since.")
    if found.origin is Origin.SAME:
        lines.append("The project would export the same model now.")
    if found.exported is not None:
        lines.append(f"This very zip was written on {found.exported.made_at}.")
    return "\n".join(lines)


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

"""``freeze``: make a dataset version."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from studio.app import Session
from studio.cli.arguments import add_project, seed
from studio.cli.command import Command, Outcome, Surroundings
from studio.cli.progress import telling
from studio.cli.wording import counted
from studio.domain.dataset import DatasetVersion, Split


def _arguments(parser: ArgumentParser) -> None:
    add_project(parser)
    parser.add_argument(
        "--seed", metavar="N", type=seed, default=1, help="seed of the split (default: 1)"
    )


def _run(options: Namespace, surroundings: Surroundings) -> Outcome:
    with Session.open(options.project) as session:
        version = session.freeze(seed=options.seed, progress=telling(surroundings.terminal))
        kept = session.kept_sides(version)
    counts = {str(split): version.count(split) for split in Split}
    document = {
        "digest": version.digest,
        "task": version.task,
        "seed": version.seed,
        "classes": list(version.classes),
        "samples": counts,
        "kept_sides": kept,
    }
    return Outcome(document=document, text="\n".join([text(version), *_kept(version, kept)]))


def text(version: DatasetVersion) -> str:
    """Return a dataset version in two lines."""
    counts = ", ".join(f"{version.count(split):,} {split}" for split in Split)
    samples = counted(len(version.rows), "sample")
    classes = counted(len(version.classes), "class", "classes")
    return f"Dataset version {version.digest[:12]}: {samples}, {classes}\n  {counts}"


def _kept(version: DatasetVersion, kept: int) -> list[str]:
    """Say what the seed did not decide."""
    if not kept:
        return []
    fresh = len(version.rows) - kept
    decided = f"only about {counted(fresh, 'new one')}" if fresh else "about none of them"
    return [
        f"  {counted(kept, 'sample')} kept the side an earlier version gave:"
        f" seed {version.seed} decided {decided}."
    ]


ENTRY = Command(
    id="freeze",
    order=30,
    summary="make a dataset version: split into training, validation and test",
    arguments=_arguments,
    run=_run,
)

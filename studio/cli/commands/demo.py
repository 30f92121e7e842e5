"""``demo``: the whole job on a sample project, from photos to a verified bundle."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from itertools import count
from pathlib import Path

from studio.app import ExportSummary, Session, build_sample, verify
from studio.cli.arguments import add_minutes, path
from studio.cli.command import Command, ExitStatus, Outcome, Surroundings
from studio.cli.commands import export, freeze
from studio.cli.commands import verify as verification
from studio.cli.documents import candidate_document
from studio.cli.following import Follower, follow
from studio.cli.terminal import Terminal
from studio.cli.wording import counted, leaderboard, memory_table, verdict_text
from studio.domain.candidate import Candidate
from studio.domain.errors import ProjectError, SearchError
from studio.domain.search import SearchRequest

_FOLDER = Path("automl-studio-demo")
_SAMPLE = "digits"
# 256 KiB of RAM, both its limits stated by two sources.
_DEVICE = "nano33ble"
_MINUTES = 3.0


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--out",
        metavar="DIR",
        type=path,
        default=_FOLDER,
        help=f"folder to make (default: {_FOLDER}; one that exists gets a fresh number)",
    )
    add_minutes(parser, help=f"time for the search (default: {_MINUTES:g})")


def _run(options: Namespace, surroundings: Surroundings) -> Outcome:
    terminal = surroundings.terminal
    folder = _fresh(options.out)
    project = folder / f"{_SAMPLE}.automl"
    terminal.note(f"1/7 Sample: real handwritten digits as PNG files, in {folder}")
    photos = build_sample(_SAMPLE, folder / "photos")
    with Session.create(project) as session:
        _take_in(session, photos, terminal)
        follower = _search(session, options.minutes or _MINUTES, terminal)
        found = session.candidates()
        if not found:
            raise SearchError(
                "The search ended before a single model was trained.",
                "Run the demo again with more minutes (--minutes 5).",
                code="search.no_candidate",
            )
        terminal.note(f"5/7 Export: the best candidate for {_DEVICE}")
        summary = session.export(_DEVICE, folder / f"{_SAMPLE}-{_DEVICE}.zip")
    terminal.note("6/7 Verify: digests, and the golden vectors through the reference kernels")
    checked = verify(summary.path)
    terminal.note("7/7 Done")
    document = {
        "project": str(project),
        "why": follower.why,
        "candidates": [candidate_document(candidate) for candidate in found],
        "export": export.document(summary),
        "verification": verification.document(checked),
    }
    return Outcome(
        document=document,
        text=_text(project, found, summary, verification.text(checked)),
        failure=verification.failure(checked),
        status=ExitStatus.INTERRUPTED if follower.why == "cancelled" else ExitStatus.DONE,
    )


def _fresh(wanted: Path) -> Path:
    """Make and return the folder, or the first free ``wanted-2``, ``wanted-3``..."""
    for number in count(1):
        folder = wanted if number == 1 else wanted.with_name(f"{wanted.name}-{number}")
        try:
            folder.mkdir(parents=True)
        except FileExistsError:
            continue
        except OSError as problem:
            raise ProjectError(
                f"The folder {folder} cannot be made ({(problem.strerror or '').lower()}).",
                "Give another with --out DIR.",
                code="project.folder_not_writable",
            ) from problem
        return folder.resolve()
    raise AssertionError("numbers do not end")


def _progress(terminal: Terminal) -> Callable[[int, int], None]:
    return lambda done, total: terminal.live(f"{done:,} of {total:,} files")


def _take_in(session: Session, photos: Path, terminal: Terminal) -> None:
    terminal.note("2/7 Import: the folder as a person's photo folder would be")
    taken = session.import_paths([photos], progress=_progress(terminal))
    classes = counted(len(taken.classes), "class", "classes")
    terminal.note(f"    {counted(taken.added, 'sample')}, {classes}")
    terminal.note("3/7 Dataset version: training, validation and an untouched test split")
    for line in freeze.text(session.freeze()).splitlines():
        terminal.note(f"    {line}")


def _search(session: Session, minutes: float, terminal: Terminal) -> Follower:
    terminal.note(f"4/7 Search: {minutes:g} minutes, for {_DEVICE}; Ctrl+C keeps the best")
    run = session.start_search(SearchRequest(device_id=_DEVICE, minutes=minutes))
    try:
        return follow(run, terminal)
    finally:
        run.close()


def _text(project: Path, found: tuple[Candidate, ...], summary: ExportSummary, checks: str) -> str:
    return "\n".join(
        [
            "Leaderboard",
            leaderboard(found),
            "",
            f"Candidate #{summary.candidate_id} on {summary.device_id}",
            verdict_text(summary.report),
            memory_table(summary.report),
            "",
            "Bundle",
            checks,
            "",
            f"Bundle:  {summary.path}",
            f"Project: {project}",
            f'Window:  automl-studio gui "{project}"',
            f'   (from a checkout: python3 packaging/dev.py run "{project}")',
        ]
    )


ENTRY = Command(
    id="demo",
    order=110,
    summary="run the whole job on a sample project",
    arguments=_arguments,
    run=_run,
)

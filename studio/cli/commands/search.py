"""``search``: have the computer look for a model that fits a device."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence

from studio.app import SearchRun, Session
from studio.cli.arguments import add_minutes, add_project, positive, seed
from studio.cli.command import Command, ExitStatus, Outcome, Surroundings, WrongUse
from studio.cli.documents import candidate_document, search_document
from studio.cli.following import Follower, follow, watch
from studio.cli.forecasts import forecast_outcome
from studio.cli.wording import counted, leaderboard
from studio.domain.candidate import Candidate
from studio.domain.errors import SearchError
from studio.domain.search import SearchRequest

_MINUTES = 5.0


def _arguments(parser: ArgumentParser) -> None:
    add_project(parser)
    parser.add_argument("--device", metavar="ID", help="a device of `devices`; needed to start")
    add_minutes(
        parser,
        help=f"wall-clock time of the whole search (default: {_MINUTES:g}); with --resume from"
        " now on (default: what was left)",
    )
    parser.add_argument(
        "--flash", metavar="BYTES", type=positive, help="largest model file, in place of a device's"
    )
    parser.add_argument(
        "--ram", metavar="BYTES", type=positive, help="largest tensor arena, in place of a device's"
    )
    parser.add_argument(
        "--at-once", metavar="N", type=positive, help="trials at once (default: as many as fit)"
    )
    parser.add_argument(
        "--executor",
        choices=("local", "ray"),
        default="local",
        help="where trials run: on this computer, or on a Ray cluster (extra `cluster`)",
    )
    parser.add_argument(
        "--address", metavar="ADDRESS", default="", help="of the Ray cluster; default: a new one"
    )
    parser.add_argument("--trials", metavar="N", type=positive, help="at most so many trials")
    parser.add_argument("--seed", metavar="N", type=seed, default=1, help="default: 1")
    parser.add_argument(
        "--resume", action="store_true", help="go on with the newest unfinished search"
    )
    parser.add_argument(
        "--follow",
        action="store_true",
        help="show the search that is running, wherever it was started; Ctrl+C leaves it running",
    )
    parser.add_argument(
        "--forecast",
        action="store_true",
        help="say what such a search would come to on this computer, and do not start it",
    )


def _run(options: Namespace, surroundings: Surroundings) -> Outcome:
    if sum((options.resume, options.follow, options.forecast)) > 1:
        raise WrongUse("only one of --resume, --follow and --forecast at a time")
    named = options.device or options.flash or options.ram
    if not (options.resume or options.follow or named):
        raise WrongUse(
            "--device ID is needed to start a search, or limits of your own (--flash, --ram);"
            " --resume goes on with one, --follow shows one"
        )
    with Session.open(options.project) as session:
        if options.forecast:
            return forecast_outcome(session.outlook.forecast(_request(options)))
        if options.follow:
            view = session.outlook.follow()
            return _outcome(session, view.search.id, watch(view, surroundings.terminal))
        if not options.resume and (missing := session.unfrozen_count()):
            surroundings.terminal.note(
                f"{counted(missing, 'labelled sample')} not in the dataset version frozen last"
                " (newer, relabelled or left out by the split); `freeze` makes a new one."
            )
        run = _start(session, options)
        try:
            follower = follow(run, surroundings.terminal)
        finally:
            run.close()
        return _outcome(session, run.search.id, follower)


def _outcome(session: Session, search_id: int, follower: Follower) -> Outcome:
    search = next(s for s in session.searches() if s.id == search_id)
    found = [c for c in session.candidates() if c.search_id == search.id]
    rejections = session.outlook.rejections(search)
    document = {
        "search": search_document(search),
        "why": follower.why,
        "rejections": rejections,
        "candidates": [candidate_document(candidate) for candidate in found],
    }
    cancelled = follower.why == "cancelled"
    return Outcome(
        document=document,
        text="\n".join(filter(None, [leaderboard(found) if found else "", rejections])),
        failure=_failure(found, cancelled=cancelled),
        status=ExitStatus.INTERRUPTED if cancelled else ExitStatus.DONE,
    )


def _start(session: Session, options: Namespace) -> SearchRun:
    if options.resume:
        return session.resume_search(more_minutes=options.minutes)
    return session.start_search(_request(options))


def _request(options: Namespace) -> SearchRequest:
    return SearchRequest(
        device_id=options.device or "",
        minutes=options.minutes or _MINUTES,
        trials=options.trials,
        seed=options.seed,
        flash_bytes=options.flash,
        ram_bytes=options.ram,
        executor=options.executor,
        most_at_once=options.at_once or 0,
        address=options.address,
    )


def _failure(found: Sequence[Candidate], *, cancelled: bool) -> SearchError | None:
    if found or cancelled:
        return None
    return SearchError(
        "The search ended before a single model was trained.",
        "Give it more minutes, or a device with more memory.",
        code="search.no_candidate",
    )


ENTRY = Command(
    id="search",
    order=40,
    summary="search for a model that fits a device; Ctrl+C stops and keeps the best",
    arguments=_arguments,
    run=_run,
)

"""``backup``: keep a copy of the project as it is now, or list those there are."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from studio.app import Session
from studio.cli.arguments import add_project
from studio.cli.command import Command, Outcome, Surroundings
from studio.cli.table import render
from studio.domain.wording import bytes_text


def _arguments(parser: ArgumentParser) -> None:
    add_project(parser)
    parser.add_argument("--list", action="store_true", help="only list what there is")


def _run(options: Namespace, surroundings: Surroundings) -> Outcome:
    with Session.open(options.project) as session:
        made = None if options.list else session.backup()
        found = session.backups()
    document = {
        "made": None if made is None else str(made),
        "backups": [
            {
                "path": str(backup.path),
                "made_at": backup.made_at.isoformat(),
                "size_bytes": backup.size_bytes,
            }
            for backup in found
        ],
    }
    rows = [(b.made_at.isoformat(), bytes_text(b.size_bytes), str(b.path)) for b in found]
    table = render(("made (UTC)", "size", "file"), rows) if rows else "There is no backup."
    return Outcome(document=document, text=table if made is None else f"Kept {made}.")


ENTRY = Command(
    id="backup", order=112, summary="keep a backup of a project", arguments=_arguments, run=_run
)

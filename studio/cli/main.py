"""Reading the command line, and turning whatever happens into words and an exit status."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from studio import __version__
from studio.cli.command import Command, ExitStatus, Outcome, Surroundings, WrongUse
from studio.cli.terminal import Terminal, use_utf8
from studio.domain.errors import StudioError
from studio.registry import Registry

__all__ = ["build_parser", "main"]

_PROGRAM = "automl-studio"
_EPILOG = """\
Exit status: 0 done; 1 an expected failure, told as `code: sentence` on stderr; 2 wrong use;
70 a bug, with the path of its log; 130 interrupted. `COMMAND --help` tells more.
Without a command the window opens."""


def build_parser() -> ArgumentParser:
    """Return the parser with every sub-command of the registry, in the order data flows."""
    parser = ArgumentParser(
        prog=_PROGRAM,
        description="From labelled samples to a model proved on a device.",
        epilog=_EPILOG,
        formatter_class=RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    found: Registry[Command] = Registry("studio.cli.commands")
    commands = parser.add_subparsers(metavar="COMMAND", required=True, title="commands")
    for command in sorted(found.values(), key=lambda entry: entry.order):
        sub = commands.add_parser(
            command.id, help=command.summary, description=command.summary, allow_abbrev=False
        )
        command.arguments(sub)
        sub.add_argument("--json", action="store_true", help="one JSON document on stdout")
        sub.set_defaults(command=command, parser=sub)
    return parser


def main(arguments: Sequence[str], *, open_window: Callable[[Path | None], int]) -> int:
    """Run one sub-command and return its exit status.

    Args:
        arguments: The command line without the program's name.
        open_window: What ``gui`` calls.

    Raises:
        SystemExit: from argparse, on ``--help`` (0) and on wrong use (2).
    """
    use_utf8(sys.stdout, sys.stderr)
    options = build_parser().parse_args(arguments)
    terminal = Terminal(json=options.json)
    try:
        return _run(options, Surroundings(terminal=terminal, open_window=open_window))
    except BrokenPipeError:
        # Whoever read our output has enough; flushing at exit must not complain again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitStatus.DONE


def _run(options: Namespace, surroundings: Surroundings) -> int:
    terminal = surroundings.terminal
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        outcome: Outcome = options.command.run(options, surroundings)
    except WrongUse as error:
        options.parser.error(str(error))
    except StudioError as error:
        return _tell(terminal, error.code, str(error), ExitStatus.FAILED)
    except KeyboardInterrupt:
        sentence = "Interrupted; what was finished is kept."
        return _tell(terminal, "interrupted", sentence, ExitStatus.INTERRUPTED)
    except BrokenPipeError:
        raise
    except Exception:
        sentence = f"This is a mistake in the studio; the details are in {_write_log()}"
        return _tell(terminal, "bug.unexpected", sentence, ExitStatus.BUG)
    terminal.result(outcome.document, outcome.text)
    if outcome.failure is not None:
        terminal.error(outcome.failure.code, str(outcome.failure))
        return ExitStatus.FAILED
    return outcome.status


def _tell(terminal: Terminal, code: str, sentence: str, status: ExitStatus) -> ExitStatus:
    terminal.error(code, sentence)
    if terminal.json:
        terminal.result({"error": {"code": code, "message": sentence}}, "")
    return status


def _write_log() -> Path | str:
    """Write the traceback at hand to a file of its own and return its path.

    A machine where even that fails gets the reason instead of a path.
    """
    import platformdirs

    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    details = f"{_PROGRAM} {__version__}, Python {sys.version}\n{traceback.format_exc()}"
    try:
        folder = platformdirs.user_log_path(_PROGRAM, appauthor=False, ensure_exists=True)
        path = folder / f"bug-{moment}.log"
        path.write_text(details, encoding="utf-8")
    except OSError as problem:
        last = traceback.format_exc().strip().splitlines()[-1]
        return f"no file, as none could be written ({problem}): {last}"
    return path

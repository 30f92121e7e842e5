"""What a sub-command is, and what it hands back."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Any

from studio.cli.terminal import Terminal
from studio.domain.errors import StudioError

__all__ = ["Command", "ExitStatus", "Outcome", "Surroundings", "WrongUse"]


class WrongUse(Exception):
    """Arguments that are each right but not together; told as argparse tells its own."""


class ExitStatus(IntEnum):
    """What the shell sees; stable."""

    DONE = 0
    FAILED = 1  # an expected failure: `code: sentence` on stderr
    WRONG_USE = 2  # as argparse has it
    BUG = 70  # EX_SOFTWARE of BSD's sysexits.h
    INTERRUPTED = 130  # 128 + SIGINT, as shells have it


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The result of a sub-command: the same facts twice.

    Attributes:
        document: For machines; JSON values only. Printed with ``--json``.
        text: For a person. Printed otherwise; may be empty.
        failure: Set where there is a result and it is a bad one, as a bundle that fails.
        status: What the shell sees when there is no failure.
    """

    document: Mapping[str, Any]
    text: str
    failure: StudioError | None = None
    status: ExitStatus = ExitStatus.DONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a sub-command may use besides its own arguments.

    Attributes:
        terminal: Where progress and notices go.
        open_window: Opens the window, on a project or on none; returns its exit status. Given
            from above, since the command line and the window do not know each other.
    """

    terminal: Terminal
    open_window: Callable[[Path | None], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One sub-command.

    Attributes:
        id: The word a person types.
        order: Place in the help, along the way data flows.
        summary: What it does, in a line.
        arguments: Adds its own arguments to a parser.
        run: Does it. May raise StudioError.
    """

    id: str
    order: int
    summary: str
    arguments: Callable[[ArgumentParser], None]
    run: Callable[[Namespace, Surroundings], Outcome]

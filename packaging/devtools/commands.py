"""The commands of ``packaging/dev.py``."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from devtools import checks, environment, locking
from devtools.libraries import window_problem
from devtools.places import CHECKOUT, CannotGoOn, Checkout

__all__ = ["COMMANDS", "Command", "main"]


@dataclass(frozen=True)
class Command:
    """One word a person can give to ``dev.py``.

    Attributes:
        name: The word.
        summary: What it does, in a line.
        details: What ``--help`` adds: its options.
        run: Does it; takes the rest of the command line, gives the exit status.
    """

    name: str
    summary: str
    details: str
    run: Callable[[Checkout, list[str]], int]


def _setup(checkout: Checkout, options: list[str]) -> int:
    allowed = {"", "run", "test"}
    wanted = options[0] if options else ""
    if wanted not in allowed or len(options) > 1:
        raise CannotGoOn("setup takes nothing, or the word test; see setup --help.")
    environment.ensure(checkout, wanted or "run")
    _name_window_problem(checkout)
    print(f"Ready: {checkout.environment}")
    return 0


def _demo(checkout: Checkout, options: list[str]) -> int:
    environment.ensure(checkout, "run")
    _name_window_problem(checkout)
    return _studio(checkout, ["demo", *options])


def _run(checkout: Checkout, options: list[str]) -> int:
    environment.ensure(checkout, "run")
    problem = window_problem(checkout)
    if problem:
        raise CannotGoOn(problem)
    return _studio(checkout, ["gui", *options])


def _test(checkout: Checkout, options: list[str]) -> int:
    environment.ensure(checkout, "test")
    return checks.run_all(checkout, options)


def _lock(checkout: Checkout, options: list[str]) -> int:
    if set(options) - {"--upgrade"}:
        raise CannotGoOn("lock takes only --upgrade; see lock --help.")
    environment.ensure(checkout, "run")
    locking.relock(checkout, options)
    return 0


def _name_window_problem(checkout: Checkout) -> None:
    problem = window_problem(checkout)
    if problem:
        print(f"Note: {problem} Everything else works without it.", file=sys.stderr)


def _studio(checkout: Checkout, arguments: Sequence[str]) -> int:
    """Run the studio in the environment and hand it Ctrl+C and SIGTERM; return its status."""
    command = [str(checkout.python), "-m", "studio", *arguments]
    paths = [str(checkout.root), os.environ.get("PYTHONPATH", "")]
    surroundings = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))}
    process = subprocess.Popen(command, env=surroundings)
    # Ctrl+C reaches the child from the terminal; what it means is the child's to decide.
    signal.signal(signal.SIGINT, lambda *_: None)
    signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    status = process.wait()
    return status if status >= 0 else 128 - status


COMMANDS = (
    Command(
        "demo",
        "run the main job on a sample project, with progress on the terminal",
        "Options go to the studio's own demo:\n"
        "  --out DIR      folder to make (default: automl-studio-demo, or a fresh number)\n"
        "  --minutes M    time for the model search (default: 3)\n"
        "  --json         one JSON document on stdout, progress on stderr",
        _demo,
    ),
    Command(
        "test",
        "pass the checks (ruff, mypy, import-linter) and the tests",
        "Options go to pytest, for example:\n"
        "  -k NAME        only tests whose name holds NAME\n"
        "  -m 'not worker'  without those that train a model\n"
        "  -n 0           in one process; without it, in as many as cores and memory allow\n"
        "  --long         the long forms as well",
        _test,
    ),
    Command("run", "open the window", "  PROJECT        a project file to open", _run),
    Command("setup", "only install", "  test           what the tests need as well", _setup),
    Command("lock", "renew the lock files", "  --upgrade      take newer versions", _lock),
)


def _overview() -> str:
    lines = ["usage: python3 packaging/dev.py COMMAND [OPTIONS]", ""]
    lines += [f"  {command.name:<7} {command.summary}" for command in COMMANDS]
    lines += [
        "",
        "The first call makes .venv in this checkout and installs the locked packages.",
    ]
    return "\n".join([*lines, "COMMAND --help tells more."])


def main(arguments: list[str], checkout: Checkout = CHECKOUT) -> int:
    """Run one command.

    Returns:
        Its exit status: 0 done, 1 failed, 2 wrong use, 130 interrupted.
    """
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        print(_overview())
        return 0 if arguments else 2
    command = next((c for c in COMMANDS if c.name == arguments[0]), None)
    if command is None:
        print(f"There is no command {arguments[0]!r}.\n{_overview()}", file=sys.stderr)
        return 2
    if {"-h", "--help"} & set(arguments[1:]):
        print(f"usage: python3 packaging/dev.py {command.name} [OPTIONS]\n\n{command.summary}\n")
        print(command.details)
        return 0
    try:
        return command.run(checkout, arguments[1:])
    except CannotGoOn as reason:
        print(reason, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nInterrupted; calling this again goes on.", file=sys.stderr)
        return 130

"""The tests and checks, in the order of how soon they answer."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass

from devtools.libraries import window_problem
from devtools.places import Checkout

__all__ = ["STEPS", "Step", "run_all"]


@dataclass(frozen=True)
class Step:
    """One check: a program of the environment and its arguments."""

    title: str
    command: tuple[str, ...]


STEPS = (
    Step("Lint (ruff check)", ("-m", "ruff", "check", ".")),
    Step("Format (ruff format --check)", ("-m", "ruff", "format", "--check", ".")),
    Step("Types (mypy)", ("-m", "mypy")),
    Step(
        "Floors (import-linter)",
        ("-c", "from importlinter.cli import lint_imports_command as c; c()"),
    ),
)

# tests/parallel.py says how many processes that is, and what runs alone at the end.
_SIDE_BY_SIDE = ("-n", "auto", "--dist", "loadfile")
# With these a person wants one process, or says how many.
_OWN_WISHES = ("-n", "--numprocesses", "--dist", "--tx", "-s", "--capture=no", "--pdb", "--trace")
_WITHOUT_WINDOW = ("-p", "no:pytest-qt", "--ignore=tests/gui")


def run_all(checkout: Checkout, pytest_options: Sequence[str]) -> int:
    """Run every step even when one fails; pytest last, so that its summary ends the output.

    Returns:
        0 if all passed, else 1.
    """
    problem = window_problem(checkout)
    failed = [step.title for step in STEPS if not _run(checkout, step)]
    options = [*side_by_side(pytest_options), *pytest_options]
    if problem:
        failed.append("The window's tests")
        options += _WITHOUT_WINDOW
        print(f"\nThe window's tests cannot run here. {problem}")
    if failed:
        print(f"\nFailed so far: {', '.join(failed)}.")
    passed = _run(checkout, Step("Tests (pytest)", ("-m", "pytest", *options)), quiet=True)
    return 0 if passed and not failed else 1


def side_by_side(pytest_options: Sequence[str]) -> tuple[str, ...]:
    """Return the options that spread the tests over processes, unless a person's own forbid it."""
    if any(option.startswith(_OWN_WISHES) for option in pytest_options):
        return ()
    return _SIDE_BY_SIDE


def _run(checkout: Checkout, step: Step, *, quiet: bool = False) -> bool:
    print(f"\n== {step.title}", flush=True)
    started = time.monotonic()
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
    }
    environment["PYTHONPATH"] = str(checkout.root)
    # The tests start hundreds of processes; each would compile the studio again.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run([str(checkout.python), *step.command], cwd=checkout.root, env=environment)
    passed = done.returncode == 0
    if not quiet:
        print(f"   {'passed' if passed else 'FAILED'} in {time.monotonic() - started:.1f} s")
    return passed

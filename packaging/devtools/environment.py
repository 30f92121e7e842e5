"""The virtual environment: made, recognised as good, or remade."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from devtools import installer, machine
from devtools.places import CannotGoOn, Checkout

__all__ = ["ensure"]

WANTED = ("run", "test")


def ensure(checkout: Checkout, wanted: str) -> None:
    """Make the environment hold at least these requirements; nothing to do costs nothing.

    Args:
        checkout: Where.
        wanted: ``"run"``, or ``"test"`` for the tools of the tests as well.

    Raises:
        CannotGoOn: with the sentence for the person.
    """
    if _is_current(checkout, wanted):
        return
    machine.check_machine()
    with _only_one(checkout):
        _make(checkout)
        machine.check_disk(checkout, wanted)
        installer.install(checkout, checkout.requirements / f"{wanted}.txt")
        _write_stamp(checkout, wanted)


def _is_current(checkout: Checkout, wanted: str) -> bool:
    stamp = _read_stamp(checkout)
    fresh = stamp.get("place") == str(checkout.environment) and stamp.get("python") == _version()
    installed = stamp.get("installed", {})
    same = wanted in installed and installed[wanted] == digest(checkout, wanted)
    return fresh and same and not checkout.half_done.exists() and _answers(checkout)


def digest(checkout: Checkout, wanted: str) -> str:
    """Return the SHA-256 of one lock file."""
    content = (checkout.requirements / f"{wanted}.txt").read_bytes()
    return hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest()


def _version() -> str:
    return ".".join(map(str, sys.version_info[:3]))


def _read_stamp(checkout: Checkout) -> dict[str, Any]:
    try:
        stamp = json.loads(checkout.stamp.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def _write_stamp(checkout: Checkout, wanted: str) -> None:
    """Write the stamp; it is the last thing a set-up does."""
    # The tests' lock file holds everything the other does (a test asserts it).
    done = WANTED[: WANTED.index(wanted) + 1]
    stamp = {
        "place": str(checkout.environment),
        "python": _version(),
        "installed": {name: digest(checkout, name) for name in done},
    }
    temporary = checkout.stamp.with_suffix(".new")
    temporary.write_text(json.dumps(stamp, indent=1), encoding="utf-8")
    os.replace(temporary, checkout.stamp)


def _answers(checkout: Checkout) -> bool:
    """Tell whether the environment's interpreter runs and is the Python that runs this."""
    if not checkout.python.exists():
        return False
    show = "import sys; print(*sys.version_info[:3], sys.prefix, sep='\\n')"
    try:
        found = subprocess.run(
            [str(checkout.python), "-c", show],
            capture_output=True,
            text=True,
            timeout=60,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    lines = found.stdout.splitlines()
    if found.returncode or len(lines) != 4 or ".".join(lines[:3]) != _version():
        return False
    return Path(lines[3]).resolve() == checkout.environment.resolve()


def _make(checkout: Checkout) -> None:
    """Make the environment unless a usable one is there; a broken one is removed first."""
    stamp = _read_stamp(checkout)
    moved = "place" in stamp and stamp["place"] != str(checkout.environment)
    if _answers(checkout) and not checkout.half_done.exists() and not moved:
        checkout.stamp.unlink(missing_ok=True)
        return
    if os.path.lexists(checkout.environment):
        print("The environment in .venv is unfinished or of another Python; making it anew.")
        _remove(checkout.environment)
    print("Making a virtual environment in .venv", flush=True)
    # Called from inside the environment, the Python below it must make the new one.
    base = getattr(sys, "_base_executable", None) or sys.executable
    made = subprocess.run(
        [base, "-m", "venv", str(checkout.environment)],
        capture_output=True,
        text=True,
        errors="replace",
    )
    if made.returncode:
        lines = (made.stdout + made.stderr).strip().splitlines()
        raise CannotGoOn(
            "The virtual environment could not be made"
            f" ({lines[-1] if lines else made.returncode}); on Debian and Ubuntu"
            " `apt-get install python3-venv` is needed for it."
        )


def _remove(folder: Path) -> None:
    try:
        if folder.is_symlink() or not folder.is_dir():
            folder.unlink()
        else:
            shutil.rmtree(folder)
    except OSError as problem:
        raise CannotGoOn(
            f"The old environment could not be removed ({problem}); close the programs that use"
            f" {folder}, delete that folder and call this again."
        ) from problem


@contextlib.contextmanager
def _only_one(checkout: Checkout) -> Iterator[None]:
    """Hold the lock that keeps two set-ups of one checkout apart; the system lets go of it."""
    with open(checkout.root / ".venv.lock", "a+b") as file:
        try:
            _lock(file.fileno())
        except OSError as taken:
            raise CannotGoOn(
                "Another set-up is at work in this folder; wait for it and call this again."
            ) from taken
        yield


def _lock(descriptor: int) -> None:
    if os.name == "nt":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

"""pip, with its words in a log, one line of progress, and failures in a sentence."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import IO

from devtools.places import CannotGoOn, Checkout

__all__ = ["explain", "install", "progress_text"]

# What pip says, and what it means; the first that matches is told.
_REASONS = (
    (
        r"No space left on device|Errno 28|not enough space on the disk",
        "The disk is full: free some space and call this again.",
    ),
    (
        r"DO NOT MATCH THE HASHES|Expected sha256",
        "A downloaded package is not the one that was locked (its digest differs): the download"
        " was damaged or the package index altered it; call this again on another network.",
    ),
    (
        r"NewConnectionError|NameResolutionError|Temporary failure in name resolution"
        r"|Network is unreachable|Connection refused|ConnectTimeout|ReadTimeout|Read timed out"
        r"|ProxyError|Max retries exceeded|Connection reset|SSLError",
        "The package index cannot be reached: the first set-up needs the network (about 1 GB);"
        " check the connection and call this again, what was downloaded is kept.",
    ),
    (
        r"No matching distribution found",
        "A locked package has no build for this system and Python; Linux and Windows on x86-64"
        " and macOS on Apple silicon with Python 3.11 to 3.13 are served.",
    ),
    (
        r"Permission denied|Access is denied",
        "A file of the environment cannot be written: close the programs that use .venv and see"
        " that this folder is yours.",
    ),
)


# How a line of pip's output begins, and what it means.
_PHASES = {
    "Requirement already": "checking what is there",
    "Installing collected": "unpacking (TensorFlow and Qt are large)",
    "Attempting uninstall": "unpacking (TensorFlow and Qt are large)",
}


def explain(log: str) -> str:
    """Return what made pip fail, in one sentence."""
    for pattern, sentence in _REASONS:
        if re.search(pattern, log):
            return sentence
    return "pip could not install the locked packages; its last words are above."


def install(checkout: Checkout, requirements: Path) -> None:
    """Install one lock file into the environment.

    Raises:
        CannotGoOn: with the reason; the end of pip's log was printed before.
    """
    command = [
        str(checkout.python),
        "-m",
        "pip",
        "install",
        "--require-hashes",
        "--no-input",
    ]
    command += [
        "--only-binary",
        ":all:",
        "--progress-bar",
        "off",
        "--disable-pip-version-check",
    ]
    command += ["-r", str(requirements)]
    print(
        f"Installing {count(requirements)} locked packages (the first time takes minutes;"
        f" pip's own words: {checkout.log.relative_to(checkout.root)})",
        flush=True,
    )
    started = time.monotonic()
    environment = {**os.environ, "PIP_USER": "0", "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        cwd=checkout.root,
        env=environment,
    )
    try:
        text = _follow(process, checkout, started)
    except BaseException:
        process.kill()
        process.wait()
        raise
    if process.returncode:
        print(*text.splitlines()[-12:], sep="\n", file=sys.stderr)
        raise CannotGoOn(explain(text))
    checkout.half_done.unlink(missing_ok=True)
    print(f"Installed in {time.monotonic() - started:.0f} s.", flush=True)


def count(requirements: Path) -> int:
    """Return how many packages a lock file pins."""
    return len(re.findall(r"^[A-Za-z0-9][\w.-]*==", requirements.read_text("utf-8"), re.MULTILINE))


def _follow(process: subprocess.Popen[bytes], checkout: Checkout, started: float) -> str:
    assert process.stdout is not None
    words: list[str] = []
    reader = threading.Thread(target=_read, args=(process.stdout, checkout, words), daemon=True)
    reader.start()
    bar = _Bar(sys.stdout)
    while reader.is_alive():
        reader.join(0.5)
        doing = next(filter(None, map(progress_text, reversed(words))), "starting pip")
        bar.show(time.monotonic() - started, doing)
    process.wait()
    bar.clear()
    return "\n".join(words)


def _read(stream: IO[bytes], checkout: Checkout, words: list[str]) -> None:
    with open(checkout.log, "w", encoding="utf-8") as log:
        for raw in stream:
            line = raw.decode(errors="replace").rstrip()
            if line.startswith(("Installing collected packages", "Attempting uninstall")):
                # From here on a kill leaves an environment nobody can trust.
                checkout.half_done.touch()
            log.write(line + "\n")
            log.flush()
            words.append(line)


def progress_text(line: str) -> str:
    """Return what a line of pip's output means to the person, or an empty string."""
    said = line.strip()
    match = re.match(r"(?:Downloading|Using cached|Collecting)\s+(?:\S*/)?([^\s/=]+)", said)
    if match:
        return f"fetching {re.sub(r'-(cp|py)[0-9].*', '', match[1])}"
    return next((text for start, text in _PHASES.items() if said.startswith(start)), "")


class _Bar:
    """One line that is written over on a terminal, and a line now and then in a log."""

    _QUIET_SECONDS = 20.0

    def __init__(self, out: IO[str]) -> None:
        self._out = out
        self._terminal = out.isatty()
        self._told = 0.0

    def show(self, seconds: float, doing: str) -> None:
        text = f"  {seconds:4.0f} s  {doing}"
        if self._terminal:
            width = shutil.get_terminal_size().columns - 1
            self._out.write("\r" + text[:width].ljust(width))
            self._out.flush()
        elif seconds - self._told >= self._QUIET_SECONDS:
            self._told = seconds
            print(text, file=self._out, flush=True)

    def clear(self) -> None:
        if self._terminal:
            self._out.write("\r" + " " * (shutil.get_terminal_size().columns - 1) + "\r")
            self._out.flush()

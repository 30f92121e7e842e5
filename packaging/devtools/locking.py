"""Renewing the lock files: every package pinned with its digests, no address in them."""

from __future__ import annotations

import os
import subprocess

from devtools import installer
from devtools.places import CannotGoOn, Checkout

__all__ = ["relock"]

_OPTIONS = (
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-header",
    "--quiet",
)

# name, and the lock file whose pins it must agree with
_FILES = (
    ("run", None),
    ("compile", None),
    ("vela", "run"),
    ("test", "run"),
    ("cluster", "run"),
    ("lock-tool", None),
)


def relock(checkout: Checkout, options: list[str]) -> None:
    """Write every lock file anew from their ``.in`` files.

    Args:
        checkout: Where.
        options: ``["--upgrade"]`` to take newer versions; otherwise pins stay that can.
    """
    installer.install(checkout, checkout.requirements / "lock-tool.txt")
    for name, agrees_with in _FILES:
        command = [
            str(checkout.python),
            "-m",
            "uv",
            "pip",
            "compile",
            f"{name}.in",
            *_OPTIONS,
        ]
        command += ["--output-file", f"{name}.txt", *options]
        if agrees_with:
            command += ["--constraints", f"{agrees_with}.txt"]
        print(f"Locking {name}.in", flush=True)
        done = subprocess.run(command, cwd=checkout.requirements, env=_environment())
        if done.returncode:
            raise CannotGoOn(f"{name}.in could not be locked; uv's own words are above.")


def _environment() -> dict[str, str]:
    """Return the environment with pip's package index, if one is set, told to uv as well."""
    environment = dict(os.environ)
    index = environment.get("PIP_INDEX_URL")
    if index:
        environment.setdefault("UV_DEFAULT_INDEX", index)
    return environment

"""Files outside of the project that it has noted: are they still what they were?"""

from __future__ import annotations

import hashlib
import os
import stat

__all__ = ["read_original", "why_not"]

_GONE = "It is not there."


def why_not(path: str, size: int, digest: str | None = None) -> str:
    """Return why a file no longer serves as an original, a sentence, or ``""``.

    Args:
        path: Where it was.
        size: Bytes it had.
        digest: SHA-256 it had; None to look at no more than what the folder says.
    """
    try:
        fault = _fault(path, size)
        if fault or digest is None:
            return fault
        with open(path, "rb") as file:
            same = hashlib.file_digest(file, "sha256").hexdigest() == digest
        return "" if same else "Its contents have changed."
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return _GONE
    except OSError as error:
        return f"It cannot be read: {os.strerror(error.errno or 0).lower()}."


def _fault(path: str, size: int) -> str:
    """Say what the folder knows; raises OSError."""
    found = os.stat(path)
    if not stat.S_ISREG(found.st_mode):  # a pipe would keep us waiting for ever
        return "It is no file any more."
    if found.st_size != size:
        return "Its size has changed."
    return "" if os.access(path, os.R_OK) else "It cannot be read: permission denied."


def read_original(path: str, size: int, digest: str) -> bytes | None:
    """Return the bytes of a file if they are still the same, else None."""
    try:
        if _fault(path, size):
            return None
        with open(path, "rb") as file:
            # Not more, should it be growing just now.
            content = file.read(size + 1)
    except (OSError, ValueError):
        return None
    return content if hashlib.sha256(content).hexdigest() == digest else None

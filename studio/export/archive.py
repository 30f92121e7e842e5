"""Writing a zip that is whole or absent, and the same for the same contents."""

from __future__ import annotations

import errno
import io
import os
import secrets
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

from studio.domain.errors import ExportError

__all__ = ["MAX_RATIO", "write_whole", "zip_bytes"]

#: A file that would shrink further than this is stored as it is, so that a reader may refuse
#: everything beyond it as an attack.
MAX_RATIO = 100

_CHUNK = 1 << 16
_EPOCH = (1980, 1, 1, 0, 0, 0)
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def zip_bytes(files: Mapping[str, bytes]) -> bytes:
    """Return a zip of these files: sorted, with fixed times and permissions."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in sorted(files):
            archive.writestr(_entry(name, files[name]), files[name])
    return buffer.getvalue()


def _entry(name: str, content: bytes) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, date_time=_EPOCH)
    entry.create_system = 3  # Unix, on every system, or the bytes would differ
    entry.external_attr = 0o100644 << 16
    shrunk = len(zlib.compress(content))
    small_enough = len(content) < shrunk * MAX_RATIO // 2
    entry.compress_type = zipfile.ZIP_DEFLATED if small_enough else zipfile.ZIP_STORED
    return entry


def write_whole(content: bytes, out: Path) -> None:
    """Write a file so that at every moment it is the old one or the new one.

    Raises:
        ExportError: ``export.disk_full`` or ``export.cannot_write``; nothing is left behind and
            what was at ``out`` is untouched.
    """
    temporary = out.with_name(f".{out.name[:60]}.{secrets.token_hex(4)}.part")
    try:
        _write_synced(content, temporary)
        os.replace(temporary, out)
    except OSError as error:
        raise _told(error, out) from error
    finally:
        _remove(temporary)
    _sync_folder(out.parent)


def _write_synced(content: bytes, path: Path) -> None:
    with open(path, "xb") as stream:
        for start in range(0, len(content), _CHUNK):
            stream.write(content[start : start + _CHUNK])
        stream.flush()
        os.fsync(stream.fileno())


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        # The first failure is the one to tell; a folder that vanished leaves nothing behind.
        return


def _sync_folder(folder: Path) -> None:
    """Make the rename itself durable where the system can; the file is whole either way."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        return
    finally:
        os.close(handle)


def _told(error: OSError, out: Path) -> ExportError:
    if error.errno in _FULL:
        return ExportError(
            f"The disk is full: {out.name} was not written.",
            "Free some space or choose another disk, then export again.",
            code="export.disk_full",
        )
    reason = error.strerror or type(error).__name__
    return ExportError(
        f"{out.name} cannot be written there: {reason}.",
        "Choose a folder you may write to, then export again.",
        code="export.cannot_write",
    )

"""A folder or a zip that appears whole, under a name nothing had before, or not at all."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol

from studio.domain.errors import ExportError
from studio.export.data._names import Names

__all__ = ["Place", "new_place"]

_EPOCH = (1980, 1, 1, 0, 0, 0)
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_PACKED = frozenset({".png", ".jpg", ".jpeg", ".webp", ".gif", ".parquet"})
"""Endings of files that would not shrink in a zip."""


class Place(Protocol):
    """Where files are put; it makes their names safe and different.

    Attributes:
        names: Those given out.
        files: How many files were put.
        size_bytes: Of these.
    """

    names: Names
    files: int
    size_bytes: int

    def put(self, wanted: str, content: bytes) -> str:
        """Write a file and return the name it was given."""
        ...

    def put_reserved(self, name: str, content: bytes) -> None:
        """Write a file under a name that `names` gave out before."""
        ...


@contextmanager
def new_place(out: Path) -> Iterator[Place]:
    """Give a place that becomes ``out`` when the block ends well, a zip if it is called so.

    Raises:
        ExportError: ``export.exists``, ``export.disk_full`` or ``export.cannot_write``; then
            nothing is left behind.
    """
    if os.path.lexists(out):
        raise _exists(out)
    temporary = out.with_name(f".{out.name[:60]}.{secrets.token_hex(4)}.part")
    kind = _ZipPlace if out.suffix.lower() == ".zip" else _FolderPlace
    try:
        place = kind(temporary)
        try:
            yield place
            place.finish()
        finally:
            place.close()
        kind.put_in_place(temporary, out)
        _sync(out.absolute().parent)
    except FileExistsError:
        raise _exists(out) from None
    except OSError as error:
        raise _told(error, out) from error
    finally:
        _discard(temporary)


class _FolderPlace:
    def __init__(self, temporary: Path) -> None:
        self.names = Names()
        self.files = self.size_bytes = 0
        self._root = temporary
        self._folders = {temporary}
        self._written: list[Path] = []
        temporary.mkdir()

    def put(self, wanted: str, content: bytes) -> str:
        name = self.names.new(wanted)
        self.put_reserved(name, content)
        return name

    def put_reserved(self, name: str, content: bytes) -> None:
        path = self._root / name
        if path.parent not in self._folders:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._folders |= {above for above in path.parents if self._root in above.parents}
        with path.open("xb") as file:
            file.write(content)
        self._written.append(path)
        self.files += 1
        self.size_bytes += len(content)

    def finish(self) -> None:
        # After the last is written: by then the system has brought most of them to the disk.
        for path in (*self._written, *sorted(self._folders, reverse=True)):
            _sync(path)

    def close(self) -> None:
        pass

    @staticmethod
    def put_in_place(temporary: Path, out: Path) -> None:
        if os.name == "nt":  # there renaming refuses what is taken
            temporary.rename(out)
            return
        out.mkdir()  # refuses what is taken; an empty folder of ours may be replaced
        try:
            temporary.replace(out)
        except OSError:
            out.rmdir()
            raise


class _ZipPlace:
    def __init__(self, temporary: Path) -> None:
        self.names = Names()
        self.files = self.size_bytes = 0
        self._stream = temporary.open("xb")
        self._zip = zipfile.ZipFile(self._stream, "w")

    def put(self, wanted: str, content: bytes) -> str:
        name = self.names.new(wanted)
        self.put_reserved(name, content)
        return name

    def put_reserved(self, name: str, content: bytes) -> None:
        entry = zipfile.ZipInfo(name, date_time=_EPOCH)
        entry.create_system = 3
        entry.external_attr = 0o100644 << 16
        packed = os.path.splitext(name)[1].lower() in _PACKED
        entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
        self._zip.writestr(entry, content)
        self.files += 1
        self.size_bytes += len(content)

    def finish(self) -> None:
        self._zip.close()
        self._stream.flush()
        os.fsync(self._stream.fileno())

    def close(self) -> None:
        # After a failure the zip cannot end well, and what is there is thrown away.
        with suppress(OSError, ValueError):
            self._zip.close()
        with suppress(OSError):
            self._stream.close()

    @staticmethod
    def put_in_place(temporary: Path, out: Path) -> None:
        try:
            os.link(temporary, out)  # refuses what is taken
        except FileExistsError:
            raise
        except OSError:  # a file system without such links
            out.open("xb").close()
            temporary.replace(out)


def _sync(path: Path) -> None:
    """Bring a file or folder to the disk; folders where the system can."""
    is_folder = path.is_dir()
    if is_folder and not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(path, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(handle)
    except OSError:
        if not is_folder:
            raise
    finally:
        os.close(handle)


def _discard(temporary: Path) -> None:
    with suppress(OSError):
        if temporary.is_dir():
            shutil.rmtree(temporary)
        else:
            temporary.unlink(missing_ok=True)


def _exists(out: Path) -> ExportError:
    return ExportError(
        f"{out.name} is already there.", "Choose another name.", code="export.exists"
    )


def _told(error: OSError, out: Path) -> ExportError:
    if error.errno in _FULL:
        return ExportError(
            f"The disk is full: {out.name} was not written.",
            "Free some space or choose another disk, then export again.",
            code="export.disk_full",
        )
    return ExportError(
        f"{out.name} cannot be written there: {os.strerror(error.errno or 0).lower()}.",
        "Choose a folder that exists and that you may write to, then export again.",
        code="export.cannot_write",
    )

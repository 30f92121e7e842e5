"""Reading a bundle from a stranger into memory: nothing is ever unpacked to disk.

Everything is judged by the zip's directory first; a file's content is read only after that,
and never more of it than the directory promised.
"""

from __future__ import annotations

import io
import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from studio.domain.errors import BundleError
from studio.export.archive import MAX_RATIO
from studio.export.manifest import MANIFEST, damaged, not_a_bundle
from studio.export.names import name_fault, shown, tree_fault

__all__ = ["LARGEST_BYTES", "read_files"]

#: Bytes of a bundle, packed or unpacked.
LARGEST_BYTES = 512 << 20
_MOST_FILES = 1_000
_LARGEST_DIRECTORY = 1 << 20
_END = struct.Struct("<4s4H2LH")
_LOCAL = struct.Struct("<4s5H3L2H")
_ZIP64_LOCATOR = b"PK\x06\x07"
_ENCRYPTED = 0x1
_PATCHED = 0x20
_MASKED = 0x2000
_REGULAR = {0, stat.S_IFREG}


def read_files(path: Path) -> dict[str, bytes]:
    """Return every file of a bundle by its name inside.

    Args:
        path: The zip, or the folder it was unpacked into.

    Raises:
        BundleError: ``bundle.not_found``, ``bundle.cannot_read``, ``bundle.not_a_bundle``,
            ``bundle.unsafe``, ``bundle.too_large`` or ``bundle.damaged``.
    """
    try:
        files = _read_folder(path) if path.is_dir() else _read_zip(_content(path))
    except FileNotFoundError as error:
        raise BundleError(
            f"There is no bundle called {shown(path.name)}.",
            "Check the path.",
            code="bundle.not_found",
        ) from error
    except OSError as error:
        raise BundleError(
            f"The bundle cannot be read: {error.strerror or type(error).__name__}.",
            "Check that you may read the file.",
            code="bundle.cannot_read",
        ) from error
    files = _below_one_folder(files)
    if MANIFEST not in files:
        raise not_a_bundle("it has no manifest.json")
    return files


def _below_one_folder(files: dict[str, bytes]) -> dict[str, bytes]:
    """Return the files without the one folder all of them lie in, as ecosystems want theirs."""
    tops = {name.partition("/")[0] for name in files}
    if MANIFEST in files or len(tops) != 1:
        return files
    top = f"{tops.pop()}/"
    return {name.removeprefix(top): content for name, content in files.items()}


def unsafe(why: str) -> BundleError:
    """Return the refusal of something no honest bundle has."""
    return BundleError(
        f"This file was refused because it could do harm: {why}.",
        "Do not unpack it; ask its sender for a bundle exported by the studio.",
        code="bundle.unsafe",
    )


def _too_large() -> BundleError:
    return BundleError(
        f"This is larger than any bundle ({LARGEST_BYTES >> 20} MiB, {_MOST_FILES} files).",
        "Check that it is the right file.",
        code="bundle.too_large",
    )


def _content(path: Path) -> bytes:
    if not stat.S_ISREG(path.stat().st_mode):
        raise not_a_bundle("it is neither a file nor a folder")
    with open(path, "rb") as stream:
        content = stream.read(LARGEST_BYTES + 1)
    if len(content) > LARGEST_BYTES:
        raise _too_large()
    return content


# --- zip -------------------------------------------------------------------------------------


def _read_zip(content: bytes) -> dict[str, bytes]:
    if content[:4] not in (b"PK\x03\x04", b"PK\x05\x06"):
        raise not_a_bundle("it is not a zip")
    _check_end(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _check_entries(entries, content, archive.start_dir)
            files = (entry for entry in entries if not entry.is_dir())
            return {entry.filename: _read_entry(archive, entry) for entry in files}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, struct.error) as error:
        raise damaged("the zip does not hold what it says") from error
    except (RuntimeError, ValueError, IndexError, UnicodeDecodeError) as error:
        raise damaged("the zip cannot be read") from error


def _check_end(content: bytes) -> None:
    """Judge the end record, so that all readers see one and the same directory."""
    if len(content) < _END.size or content[-_END.size :][:4] != b"PK\x05\x06":
        raise damaged("the zip has no end, or something follows it")
    fields = _END.unpack(content[-_END.size :])
    _, disk, start_disk, here, total, size, offset, comment = fields
    if disk or start_disk or here != total or comment:
        raise unsafe("it is one of several disks or carries a hidden part")
    if content[-_END.size - 20 :][:4] == _ZIP64_LOCATOR or total > _MOST_FILES:
        raise _too_large()
    if size > _LARGEST_DIRECTORY:
        raise _too_large()
    if offset + size + _END.size != len(content):
        raise unsafe("something lies between or before its files")


def _check_entries(entries: list[zipfile.ZipInfo], content: bytes, directory: int) -> None:
    if len(entries) > _MOST_FILES or sum(entry.file_size for entry in entries) > LARGEST_BYTES:
        raise _too_large()
    for entry in entries:
        if fault := _entry_fault(entry):
            raise unsafe(f"{fault} ({shown(entry.orig_filename)})")
    if fault := tree_fault(entry.filename for entry in entries):
        raise unsafe(fault)
    _check_layout(entries, content, directory)


def _entry_fault(entry: zipfile.ZipInfo) -> str:
    if entry.filename != entry.orig_filename:
        return "a name holds a hidden end"
    if entry.is_dir() and (entry.file_size or entry.compress_size):
        return "a folder has content"
    if fault := name_fault(entry.filename.removesuffix("/")):
        return fault
    if not _plain_kind(entry):
        return "it holds a link or a special file"
    if entry.external_attr >> 16 & (stat.S_ISUID | stat.S_ISGID | stat.S_ISVTX):
        return "a file would run with the rights of another"
    if entry.flag_bits & (_ENCRYPTED | _PATCHED | _MASKED):
        return "a file is encrypted"
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "a file is packed in an unusual way"
    return _size_fault(entry)


def _plain_kind(entry: zipfile.ZipInfo) -> bool:
    # Only Unix writes the kind there, but unpackers believe it whatever the system says.
    kind = stat.S_IFMT(entry.external_attr >> 16)
    return kind in (_REGULAR | {stat.S_IFDIR} if entry.is_dir() else _REGULAR)


def _size_fault(entry: zipfile.ZipInfo) -> str:
    stored = entry.compress_type == zipfile.ZIP_STORED
    if stored and entry.file_size != entry.compress_size:
        return "a size is a lie"
    # 64 bytes of grace: very short files pack into a few bytes of overhead only.
    if entry.file_size > entry.compress_size * MAX_RATIO + 64:
        return "a file grows more than a hundredfold"
    return ""


def _check_layout(entries: list[zipfile.ZipInfo], content: bytes, directory: int) -> None:
    """Refuse files that overlap, leave gaps at the start, or are named otherwise inside."""
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        start = entry.header_offset
        if start < end or (end == 0 and start) or start + _LOCAL.size > directory:
            raise unsafe("its files overlap")
        header = _LOCAL.unpack_from(content, start)
        signature, _, flags, method, _, _, _, packed, unpacked, name, extra = header
        if signature != b"PK\x03\x04" or method != entry.compress_type:
            raise damaged("the zip does not hold what it says")
        described_later = flags & 0x8
        if not described_later and (packed, unpacked) != (entry.compress_size, entry.file_size):
            raise unsafe("a size is a lie")
        end = start + _LOCAL.size + name + extra + entry.compress_size
    if end > directory:
        raise unsafe("its files overlap")


def _read_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    with archive.open(entry) as stream:
        content = stream.read(entry.file_size + 1)
    if len(content) != entry.file_size:
        raise damaged(f"{shown(entry.filename)} is shorter or longer than it says")
    return content


# --- folder ----------------------------------------------------------------------------------


def _read_folder(root: Path) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    room = LARGEST_BYTES
    for name, path in _walk(root, ""):
        if len(files) >= _MOST_FILES or room <= 0:
            raise _too_large()
        files[name] = _read_plain(path, room)
        room -= len(files[name])
    if fault := tree_fault(files):
        raise unsafe(fault)
    return files


def _walk(folder: Path, prefix: str) -> Iterator[tuple[str, Path]]:
    with os.scandir(folder) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    for entry in found:
        name = f"{prefix}{entry.name}"
        if fault := name_fault(name):
            raise unsafe(f"{fault} ({shown(name)})")
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path), f"{name}/")
        elif entry.is_file(follow_symlinks=False):
            yield name, Path(entry.path)
        else:
            raise unsafe(f"it holds a link or a special file ({shown(name)})")


def _read_plain(path: Path, room: int) -> bytes:
    # Not followed and not waited for, should the file have become a link or a pipe since.
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    with open(os.open(path, flags | getattr(os, "O_BINARY", 0)), "rb") as stream:
        content = stream.read(room + 1)
    if len(content) > room:
        raise _too_large()
    return content

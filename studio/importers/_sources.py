"""Files wherever they lie: given one by one, in folders, or in a zip, which is never unpacked."""

from __future__ import annotations

import os
import stat
import threading
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from studio.domain.errors import ImportFailed
from studio.domain.sample import SkippedFile

__all__ = [
    "Entry",
    "Unreadable",
    "entries",
    "first_file",
    "folder_of",
    "is_zip",
    "reason",
    "tidy",
]

_NOT_FOR_PEOPLE = frozenset({"thumbs.db", "desktop.ini", "__macosx"})
"""Files other programs leave in folders; passed over without a word."""

_MOST_MEMBERS = 500_000
_MOST_UNPACKED = 64 << 30
_RATIO = 1000
_RATIO_FROM = 16 << 20
"""A member this large that shrank to under a thousandth is a bomb; smaller ones do no harm."""

_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_OUTSIDE = "Its name points outside the zip."
_TWICE = "It is twice in the zip."
_ENCRYPTED = 0x1
_UTF8 = 0x800


class Unreadable(Exception):
    """A file cannot be read; the message says why, as the end of a sentence."""


class _Zip:
    """An open zip, shared by its members; closed when the last of them is gone."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.file = zipfile.ZipFile(path)
        self.lock = threading.Lock()

    def __del__(self) -> None:
        file = getattr(self, "file", None)
        if file is not None:
            file.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A file to read.

    Attributes:
        path: Where it is, or the zip it lies in.
        name: Its path below what was given, with forward slashes, tidied.
        member: Its record in the zip, or None.
    """

    path: Path
    name: str
    member: zipfile.ZipInfo | None = None
    zip: _Zip | None = field(default=None, repr=False, compare=False)

    @property
    def suffix(self) -> str:
        """The ending of its name, in lower case, with the point."""
        return os.path.splitext(self.name)[1].lower()

    @property
    def stem(self) -> str:
        """The last part of its name without the ending."""
        return os.path.splitext(self.name.rpartition("/")[2])[0]

    @property
    def in_zip(self) -> bool:
        """Whether it lies in a zip."""
        return self.member is not None

    def size(self) -> int:
        """Bytes, as the folder or the zip states them."""
        return self.member.file_size if self.member else self.path.stat().st_size

    def read(self, limit: int) -> bytes:
        """Return the whole file.

        Raises:
            Unreadable: also when it is over ``limit`` bytes.
        """
        content = self.head(limit + 1)
        if len(content) > limit:
            raise Unreadable(f"it is over {limit >> 20} MB")
        return content

    def head(self, count: int) -> bytes:
        """Return at most ``count`` bytes from the beginning; raises Unreadable."""
        try:
            if self.zip is None or self.member is None:
                with self.path.open("rb") as file:
                    return file.read(count)
            with self.zip.lock, self.zip.file.open(self.member) as packed:
                return packed.read(count)
        except OSError as error:
            raise Unreadable(reason(error)) from None
        except MemoryError:
            raise Unreadable("it needs more memory than there is") from None
        except Exception as error:
            # The zip reader raises BadZipFile, zlib.error, NotImplementedError and more.
            raise Unreadable("the zip is damaged there") from error


def reason(error: OSError) -> str:
    """Return what the system says, in lower case."""
    return os.strerror(error.errno or 0).lower()


def entries(paths: Sequence[Path]) -> tuple[list[Entry], list[SkippedFile]]:
    """List the files of what was given, in a stable order; a zip counts as a folder.

    Where several folders or zips are given, names begin with theirs.

    Raises:
        ImportFailed: ``import.not_found``, ``import.unreadable`` or ``import.bad_zip``.
    """
    found: list[Entry] = []
    skipped: list[SkippedFile] = []
    folders = sum(path.is_dir() or is_zip(path) for path in paths)
    for given in paths:
        prefix = f"{tidy(folder_of(given))}/" if folders > 1 else ""
        if given.is_dir():
            found += _in_folder(given, prefix)
        elif not given.exists():
            raise ImportFailed(
                f"{given.name or given} is not there.", "Check the name.", code="import.not_found"
            )
        elif is_zip(given):
            inside, bad = _in_zip(given, prefix)
            found += inside
            skipped += bad
        else:
            found.append(Entry(path=given, name=tidy(given.name)))
    return found, skipped


def folder_of(given: Path) -> str:
    """Return the name of a folder, or of a zip without its ending."""
    return given.stem if is_zip(given) else given.resolve().name


def is_zip(path: Path) -> bool:
    """Whether a file calls itself a zip."""
    return path.suffix.lower() == ".zip" and path.is_file()


def first_file(listed: Iterable[Entry], suffixes: Iterable[str]) -> Entry | None:
    """Return the first file with one of the endings."""
    wanted = frozenset(suffixes)
    return next((entry for entry in listed if entry.suffix in wanted), None)


def _in_folder(given: Path, prefix: str) -> Iterator[Entry]:
    def refuse(error: OSError) -> None:
        raise ImportFailed(
            f"The folder {given.name} cannot be read: {reason(error)}.",
            "Check its permissions.",
            code="import.unreadable",
        )

    for folder, folders, files in os.walk(given, onerror=refuse):
        folders[:] = sorted(name for name in folders if _for_people(name))
        inside = Path(folder).relative_to(given).parts
        above = prefix + "".join(f"{tidy(part)}/" for part in inside)
        for name in sorted(files):
            path = Path(folder, name)
            if _for_people(name) and stat.S_ISREG(_mode(path)):
                yield Entry(path=path, name=above + tidy(name))


def _mode(path: Path) -> int:
    """Return what kind of file it is; a pipe would wait for ever, a dead link is nothing."""
    try:
        return path.stat().st_mode
    except OSError:
        return 0


def _in_zip(given: Path, prefix: str) -> tuple[list[Entry], list[SkippedFile]]:
    shared = _opened(given)
    found: list[Entry] = []
    skipped: list[SkippedFile] = []
    taken: set[str] = set()
    for member in shared.file.infolist():
        name = _decoded(member)
        parts = [tidy(part) for part in name.split("/")]
        outside = name.startswith("/") or ".." in parts or name[1:2] == ":"
        if not outside and (not parts[-1] or not all(map(_for_people, filter(None, parts)))):
            continue  # a folder, or what other programs leave
        why = _OUTSIDE if outside else _refused(member) or (_TWICE if name in taken else "")
        if why:
            skipped.append(SkippedFile(name=tidy(name), why=why))
            continue
        taken.add(name)
        found.append(Entry(path=given, name="/".join(parts), member=member, zip=shared))
    return _below_common_folder(found, prefix), skipped


def _opened(given: Path) -> _Zip:
    try:
        shared = _Zip(given)
        members = shared.file.infolist()
        total = sum(member.file_size for member in members)
    except OSError as error:
        raise _bad_zip(given, f"cannot be read: {reason(error)}") from None
    except Exception as error:
        # The zip reader raises BadZipFile, struct.error, ValueError and more on hostile files.
        raise _bad_zip(given, "is damaged or no zip") from error
    if len(members) > _MOST_MEMBERS or total > _MOST_UNPACKED:
        raise _bad_zip(given, f"holds more than {_MOST_MEMBERS:,} files or 64 GB")
    return shared


def _bad_zip(given: Path, what: str) -> ImportFailed:
    return ImportFailed(
        f"{given.name} {what}.", "Make the zip again, or give the folder.", code="import.bad_zip"
    )


def _decoded(member: zipfile.ZipInfo) -> str:
    """Return a member's name: UTF-8 where flagged, else tried as UTF-8, then as CP949.

    Old Korean Windows wrote CP949 without saying so; the zip format says CP437.
    """
    name = member.filename
    if not member.flag_bits & _UTF8:
        try:
            raw = name.encode("cp437")
        except UnicodeEncodeError:
            raw = b""
        for encoding in ("utf-8", "cp949") if raw else ():
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return name.replace("\\", "/")


def _refused(member: zipfile.ZipInfo) -> str:
    """Return why a member is left out, or ``""``."""
    if stat.S_IFMT(member.external_attr >> 16) not in (0, stat.S_IFREG):
        return "It is a link, not a file."
    if member.flag_bits & _ENCRYPTED:
        return "It has a password."
    if member.compress_type not in _METHODS:
        return "It is packed in a way the studio does not read."
    packed = max(member.compress_size, 1)
    if member.file_size > _RATIO_FROM and member.file_size / packed > _RATIO:
        return "It unpacks to over a thousand times its size."
    return ""


def _below_common_folder(found: Sequence[Entry], prefix: str) -> list[Entry]:
    """Name members from below the one folder they all lie in, if there are folders below it.

    Zipping the folder ``photos`` gives ``photos/leaf/a.png``: the class is leaf.
    """
    tops = {entry.name.partition("/")[0] for entry in found}
    deep = any(entry.name.count("/") >= 2 for entry in found)
    cut = len(tops.pop()) + 1 if len(tops) == 1 and deep else 0
    return [
        Entry(path=e.path, name=prefix + e.name[cut:], member=e.member, zip=e.zip) for e in found
    ]


def _for_people(name: str) -> bool:
    return not name.startswith(".") and name.lower() not in _NOT_FOR_PEOPLE


def tidy(name: str) -> str:
    """Return a file name as text: NFC, no control characters, no lone surrogates.

    Bytes that are no UTF-8 are taken for CP949 if they fit, as old Korean zips leave them.
    """
    if name.isascii() and name.isprintable():
        return name.strip()
    raw = os.fsencode(name)
    try:
        readable = raw.decode("utf-8")
    except UnicodeDecodeError:
        readable = _korean(raw)
    composed = unicodedata.normalize("NFC", readable)
    return "".join(c for c in composed if unicodedata.category(c) not in ("Cc", "Cs")).strip()


def _korean(raw: bytes) -> str:
    try:
        return raw.decode("cp949")
    except UnicodeDecodeError:
        return raw.decode("utf-8", "replace")

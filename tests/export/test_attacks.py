"""Zips and folders that want to do harm: each is refused and nothing lands on the disk."""

from __future__ import annotations

import os
import stat
import struct
from collections.abc import Callable
from pathlib import Path

import pytest

from studio.domain.errors import BundleError
from studio.export import verify_bundle
from studio.export.archive import zip_bytes
from studio.export.reading import read_files

from .zips import Entry, build, honest

Files = dict[str, bytes]
_LINK = stat.S_IFLNK | 0o777


def _with(*more: Entry) -> Callable[[Files], bytes]:
    return lambda files: build([*honest(files), *more])


def _named(name: str | bytes) -> Callable[[Files], bytes]:
    return _with(Entry(name=name))


def _bomb(files: Files) -> bytes:
    return build([*honest(files), Entry(name="bomb", content=bytes(50 << 20), method=8)])


def _many(files: Files) -> bytes:
    return build([*honest(files), *(Entry(name=f"n/{i}") for i in range(1_000))])


def _overlap(files: Files) -> bytes:
    entries = honest(files)
    twin = Entry(name="twin", content=entries[0].content, central={"offset": 0})
    return build([*entries, twin])


def _nested_quine(files: Files) -> bytes:
    # Fifield's construction: the first local header's data spans the second file as well.
    first = Entry(name="a", content=b"x" * 10, central={"packed": 200, "size": 200})
    return build([first, *honest(files)])


def _patched_count(files: Files) -> bytes:
    entries = honest(files)
    return build(entries, here=len(entries) - 1)


ATTACKS: dict[str, Callable[[Files], bytes]] = {
    "slip": _named("../evil"),
    "slip inside": _named("golden/../../evil"),
    "slip at the end": _named("golden/.."),
    "slip backslash": _named("..\\evil"),
    "slip mixed": _named("golden\\..\\..\\evil"),
    "absolute": _named("/etc/evil"),
    "absolute double": _named("//server/share/evil"),
    "drive": _named("C:/evil"),
    "drive relative": _named("C:evil"),
    "unc": _named("\\\\server\\evil"),
    "dot": _named("./README.md"),
    "empty part": _named("golden//inputs.bin"),
    "empty name": _named(""),
    "nul": _named(b"README.md\0.exe"),
    "control": _named("a\x1b[31mb"),
    "line end": _named("a\nb"),
    "right to left": _named("photo\u202egnp.exe"),
    "stream": _named("README.md:hidden"),
    "reserved": _named("CON"),
    "reserved with ending": _named("golden/nul.txt"),
    "trailing dot": _named("README.md."),
    "trailing space": _named("README.md "),
    "too long": _named("a" * 300),
    "too deep": _named("/".join("abcdefgh")),
    "same twice": _named("README.md"),
    "case clash": _named("readme.MD"),
    "folder case clash": _named("GOLDEN/inputs.bin"),
    "unicode clash": _with(Entry(name="caf\u00e9"), Entry(name="cafe\u0301")),
    "hangul clash": _with(Entry(name="\uac00"), Entry(name="\u1100\u1161")),
    "width clash": _with(Entry(name="\uff21"), Entry(name="A")),
    "file and folder": _with(Entry(name="golden")),
    "symlink": _with(Entry(name="link", content=b"/etc/passwd", mode=_LINK)),
    "symlink folder": _with(Entry(name="link/", content=b"", mode=_LINK)),
    "device": _with(Entry(name="dev", mode=stat.S_IFCHR | 0o666)),
    "rights of another": _with(Entry(name="run", mode=stat.S_IFREG | stat.S_ISUID | 0o755)),
    "pipe": _with(Entry(name="pipe", mode=stat.S_IFIFO | 0o666)),
    "folder with content": _with(Entry(name="folder/", content=b"hidden")),
    "bomb": _bomb,
    "size larger than stored": _with(Entry(name="lie", central={"size": 1000})),
    "size smaller than packed": _with(
        Entry(name="lie", content=b"abc" * 99, method=8, central={"size": 5}, local={"size": 5})
    ),
    "packed size lies": _with(
        Entry(name="lie", content=bytes(range(99)), method=8, central={"packed": 9})
    ),
    "gigabytes promised": _with(Entry(name="big", central={"size": 2**31, "packed": 2**31})),
    "local size differs": _with(Entry(name="lie", local={"size": 9, "packed": 9})),
    "local name differs": _with(Entry(name="good.txt", local={"name": b"evil.exe"})),
    "local method differs": _with(Entry(name="a", local={"method": 8})),
    "wrong checksum": _with(Entry(name="a", local={"crc": 1}, central={"crc": 1})),
    "encrypted": _with(Entry(name="a", flags=0x801)),
    "bzip2": _with(Entry(name="a", method=12)),
    "unknown packing": _with(Entry(name="a", method=99)),
    "too many": _many,
    "overlap": _overlap,
    "overlap sizes": _nested_quine,
    "offset past the end": _with(Entry(name="a", central={"offset": 2**31 - 1})),
    "offset into the directory": _with(Entry(name="a", central={"offset": 2**20})),
    "something before": lambda files: build(honest(files), before=b"PK\3\4 is not all"),
    "something after": lambda files: build(honest(files), after=b"more"),
    "two ends": lambda files: build(honest(files)) + build([Entry(name="other")]),
    "hidden comment": lambda files: build(honest(files), comment=4, after=b"data"),
    "several disks": lambda files: build(honest(files), disk=1),
    "count lies": _patched_count,
    "directory larger than it is": lambda files: build(honest(files), size=2**30),
    "zip64": lambda files: build(honest(files), between=struct.pack("<4sLQL", b"PK\6\7", 0, 0, 1)),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_every_zip_attack_is_refused_before_a_byte_lands(
    attack: str, files: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "inbox" / "bundle.zip"
    path.parent.mkdir()
    path.write_bytes(ATTACKS[attack](files))
    monkeypatch.chdir(path.parent)
    before = sorted(tmp_path.rglob("*"))

    with pytest.raises(BundleError) as refusal:
        verify_bundle(path)

    assert refusal.value.code in {"bundle.unsafe", "bundle.too_large", "bundle.damaged"}
    assert sorted(tmp_path.rglob("*")) == before
    assert refusal.value.happened.isprintable()


def test_the_same_files_packed_honestly_are_read(files: Files, tmp_path: Path) -> None:
    """Otherwise the attacks above might be refused for how the tests write zips."""
    path = tmp_path / "bundle.zip"
    for content in (build(honest(files)), zip_bytes(files)):
        path.write_bytes(content)
        assert read_files(path) == files


def test_a_zip_packed_again_with_folders_is_read(files: Files, tmp_path: Path) -> None:
    folders = [Entry(name="golden/", content=b"", mode=stat.S_IFDIR | 0o755)]
    path = tmp_path / "bundle.zip"
    path.write_bytes(build([*folders, *honest(files)]))
    assert read_files(path) == files


def _unpack(files: Files, folder: Path) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no links and pipes on this system")
@pytest.mark.parametrize("kind", ["file link", "folder link", "dangling link", "pipe", "loop"])
def test_folders_with_links_and_pipes_are_refused(kind: str, files: Files, tmp_path: Path) -> None:
    folder = _unpack(files, tmp_path / "bundle")
    secret = tmp_path / "secret"
    secret.write_text("private")
    odd = folder / "odd"
    {
        "file link": lambda: odd.symlink_to(secret),
        "folder link": lambda: odd.symlink_to(tmp_path, target_is_directory=True),
        "dangling link": lambda: odd.symlink_to(tmp_path / "nothing"),
        "pipe": lambda: os.mkfifo(odd),
        "loop": lambda: odd.symlink_to(folder, target_is_directory=True),
    }[kind]()
    with pytest.raises(BundleError) as refusal:
        verify_bundle(folder)
    assert refusal.value.code == "bundle.unsafe"


def test_a_folder_with_too_many_files_is_refused(files: Files, tmp_path: Path) -> None:
    folder = _unpack(files, tmp_path / "bundle")
    for number in range(1_001):
        (folder / f"{number}.txt").touch()
    with pytest.raises(BundleError) as refusal:
        verify_bundle(folder)
    assert refusal.value.code == "bundle.too_large"

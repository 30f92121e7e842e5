"""Zips are read in memory, member by member; what attacks is left out or refused."""

from __future__ import annotations

import io
import os
import stat
import zipfile
from pathlib import Path

import pytest

from studio.domain.errors import ImportFailed
from studio.domain.sample import SkippedFile
from studio.importers import image_folder, table
from tests.importers import sources


def find(path: Path) -> tuple[dict[str, str | None], dict[str, str]]:
    found, skipped = image_folder.find([path])
    return {f.name: f.class_name for f in found}, {s.name: s.why for s in skipped}


def make(path: Path, **changes: bytes) -> Path:
    path.write_bytes(sources.zipped({"leaf/a.png": sources.picture(1), **changes}))
    return path


def member(name: str, *, mode: int = 0, method: int = zipfile.ZIP_STORED) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    info.compress_type = method
    return info


def with_members(path: Path, *members: tuple[zipfile.ZipInfo, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as target:
        target.writestr("leaf/a.png", sources.picture(1))
        for info, content in members:
            target.writestr(info, content)
    return path


def test_a_zip_is_a_folder(tmp_path: Path) -> None:
    path = make(tmp_path / "p.zip", **{"rust/b.png": sources.picture(2), "readme.txt": b"x"})
    assert find(path) == (
        {"leaf/a.png": "leaf", "rust/b.png": "rust"},
        {"readme.txt": "It is not a picture."},
    )
    found, _ = image_folder.find([path])
    ((sample, thumbnail),) = image_folder.ENTRY.read(found[0], {})  # type: ignore[misc]
    assert sample.content == sources.picture(1)
    assert thumbnail.startswith(b"\x89PNG")
    assert sorted(os.listdir(tmp_path)) == ["p.zip"], "nothing is unpacked to the disk"


def test_the_folder_that_was_zipped_is_no_class(tmp_path: Path) -> None:
    path = tmp_path / "p.zip"
    names = (
        "photos/leaf/a.png",
        "photos/rust/b.png",
        "__MACOSX/photos/._a.png",
        "photos/.DS_Store",
    )
    path.write_bytes(sources.zipped({name: sources.picture(i) for i, name in enumerate(names)}))
    assert find(path)[0] == {"leaf/a.png": "leaf", "rust/b.png": "rust"}


@pytest.mark.parametrize(
    "name", ["../../outside.png", "/etc/x.png", "C:/x.png", "a/../../b.png", "..\\..\\x.png"]
)
def test_names_that_point_outside_are_left_out(name: str, tmp_path: Path) -> None:
    found, skipped = find(make(tmp_path / "p.zip", **{name: sources.picture(3)}))
    assert found == {"leaf/a.png": "leaf"}
    assert list(skipped.values()) == ["Its name points outside the zip."]


def test_links_passwords_and_odd_packings_are_left_out(tmp_path: Path) -> None:
    path = with_members(
        tmp_path / "p.zip",
        (member("link.png", mode=stat.S_IFLNK | 0o777), b"/etc/passwd"),
        (member("pipe.png", mode=stat.S_IFIFO | 0o777), b""),
        (member("bz.png", method=zipfile.ZIP_BZIP2), sources.picture(4)),
        (member("twice.png"), sources.picture(5)),
    )
    raw = bytearray(path.read_bytes())
    for signature, flags in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = raw.rindex(signature)  # of the last member: say that it has a password
        raw[at + flags] |= 1
    path.write_bytes(raw)
    assert find(path)[1] == {
        "link.png": "It is a link, not a file.",
        "pipe.png": "It is a link, not a file.",
        "bz.png": "It is packed in a way the studio does not read.",
        "twice.png": "It has a password.",
    }


def test_bombs_are_refused_before_they_are_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "p.zip"
    path.write_bytes(sources.zipped({"a.png": sources.picture(1), "bomb.png": bytes(40 << 20)}))
    assert find(path)[1] == {"bomb.png": "It unpacks to over a thousand times its size."}


def test_a_size_that_lies_reads_no_more_than_it_says(tmp_path: Path) -> None:
    path = tmp_path / "p.zip"
    path.write_bytes(sources.zipped({"a.png": sources.picture(1) + bytes(1 << 20)}))
    raw = path.read_bytes()
    size = len(sources.picture(1)) + (1 << 20)
    lying = raw.replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little"))
    assert lying != raw
    path.write_bytes(lying)
    found, _ = image_folder.find([path])
    (result,) = image_folder.ENTRY.read(found[0], {})
    assert isinstance(result, SkippedFile)


def test_the_same_name_twice_is_told(tmp_path: Path) -> None:
    path = tmp_path / "p.zip"
    with zipfile.ZipFile(path, "w") as target:
        target.writestr("a.png", sources.picture(1))
        with pytest.warns(UserWarning, match="Duplicate"):
            target.writestr("a.png", sources.picture(2))
    assert find(path) == ({"a.png": None}, {"a.png": "It is twice in the zip."})


def test_korean_names_from_old_windows(tmp_path: Path) -> None:
    path = tmp_path / "p.zip"
    name = "잎사귀/사진.png"
    # The writer would flag UTF-8; old Windows wrote the bytes of CP949 and no flag.
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as target:
        target.writestr(name, sources.picture(1))
    content = raw.getvalue()
    plain, old = name.encode(), name.encode("cp949")
    padded = old.removesuffix(b".png") + b"_" * (len(plain) - len(old)) + b".png"
    content = content.replace(plain, padded)
    changed = bytearray(content)
    for signature, flags in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = changed.index(signature)
        changed[at + flags + 1] &= ~0x08
    path.write_bytes(changed)
    ((found, class_name),) = find(path)[0].items()
    assert (found.replace("_", ""), class_name) == (name, "잎사귀")


@pytest.mark.parametrize("content", [b"", b"PK\x05\x06", b"no zip at all" * 10])
def test_what_is_no_zip_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "p.zip"
    path.write_bytes(content)
    with pytest.raises(ImportFailed) as caught:
        find(path)
    assert caught.value.code == "import.bad_zip"


def test_tables_in_a_zip(tmp_path: Path) -> None:
    path = tmp_path / "t.zip"
    path.write_bytes(sources.zipped({"t.csv": b"x,k\n1,a\n2,b\n"}))
    assert table.preview([path]).title == "2 classes, 2 columns, 2 rows"

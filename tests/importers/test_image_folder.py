"""Importing photo folders as people have them."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from studio.domain.errors import ImportFailed
from studio.domain.sample import NewSample, SkippedFile
from studio.importers import Found, NewTable, image_folder
from studio.importers.image_folder import find
from tests.pictures import encoded, photo_folder, random_picture


def names_and_classes(paths: list[Path]) -> dict[str, str | None]:
    found, _ = find(paths)
    return {file.name: file.class_name for file in found}


def read(found: Found) -> tuple[NewSample, bytes | None] | SkippedFile:
    """A picture's one result."""
    (result,) = image_folder.ENTRY.read(found, {})
    assert not isinstance(result, NewTable)
    return result


def test_folders_are_classes(tmp_path: Path) -> None:
    photo_folder(tmp_path, {"leaf": 1, "rust": 1})
    assert names_and_classes([tmp_path]) == {"leaf/0.png": "leaf", "rust/0.png": "rust"}


def test_a_folder_inside_a_class_changes_nothing(tmp_path: Path) -> None:
    photo_folder(tmp_path, {"leaf/june/first": 1})
    assert names_and_classes([tmp_path]) == {"leaf/june/first/0.png": "leaf"}


def test_a_flat_folder_and_single_files_have_no_class(tmp_path: Path) -> None:
    photo_folder(tmp_path, {"leaf": 1})
    assert names_and_classes([tmp_path / "leaf"]) == {"0.png": None}
    assert names_and_classes([tmp_path / "leaf" / "0.png"]) == {"0.png": None}


def test_several_folders_at_once_are_classes(tmp_path: Path) -> None:
    photo_folder(tmp_path, {"leaf": 1, "rust": 1})
    given = [tmp_path / "leaf", tmp_path / "rust"]
    assert names_and_classes(given) == {"leaf/0.png": "leaf", "rust/0.png": "rust"}


def test_what_other_programs_leave_behind_is_passed_over(tmp_path: Path) -> None:
    photo_folder(tmp_path, {"leaf": 1, "__MACOSX": 1, ".trash": 1})
    (tmp_path / "leaf" / "Thumbs.db").write_bytes(b"x")
    (tmp_path / "leaf" / ".DS_Store").write_bytes(b"x")
    found, skipped = find([tmp_path])
    assert [file.name for file in found] == ["leaf/0.png"]
    assert not skipped


def test_other_files_are_named(tmp_path: Path) -> None:
    photo_folder(tmp_path, {"leaf": 1})
    (tmp_path / "leaf" / "notes.txt").write_text("x")
    _, skipped = find([tmp_path])
    assert skipped == [SkippedFile(name="leaf/notes.txt", why="It is not a picture.")]


def test_names_are_composed_hangul(tmp_path: Path) -> None:
    decomposed = unicodedata.normalize("NFD", "잎사귀")
    photo_folder(tmp_path, {decomposed: 1})
    assert names_and_classes([tmp_path]) == {"잎사귀/0.png": "잎사귀"}


def test_names_that_are_not_unicode_are_readable(tmp_path: Path) -> None:
    folder = bytes(tmp_path) + b"/\xc0\xd9"  # "leaf" in CP949
    try:
        Path(folder.decode("utf-8", "surrogateescape")).mkdir()
    except (OSError, UnicodeError):
        pytest.skip("this file system takes Unicode names only")
    target = Path(folder.decode("utf-8", "surrogateescape")) / "a.png"
    target.write_bytes(encoded(random_picture(1)))
    (name,) = names_and_classes([tmp_path])
    name.encode("utf-8")


def test_an_unreadable_picture_is_a_sentence(tmp_path: Path) -> None:
    photo_folder(tmp_path, {"leaf": 2})
    (tmp_path / "leaf" / "0.png").write_bytes(b"\x89PNG\r\n\x1a\nno more")
    found, _ = find([tmp_path])
    skipped, (sample, thumbnail) = read(found[0]), read(found[1])
    assert isinstance(skipped, SkippedFile)
    assert skipped.why.startswith("It cannot be used: it is ")
    assert (sample.width, sample.height, sample.channels) == (20, 16, 1)
    assert thumbnail.startswith(b"\x89PNG")


def test_a_picture_that_vanished_meanwhile_is_a_sentence(tmp_path: Path) -> None:
    photo_folder(tmp_path, {"leaf": 1})
    (found,), _ = find([tmp_path])
    found.path.unlink()
    skipped = read(found)
    assert isinstance(skipped, SkippedFile)
    assert "no such file" in skipped.why


def test_nothing_to_import_says_so(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("x")
    for paths, code in (([tmp_path], "import.no_images"), ([tmp_path / "no"], "import.not_found")):
        with pytest.raises(ImportFailed) as caught:
            find(paths)
        assert caught.value.code == code

"""Photos whose labels stand in a list beside them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from studio.domain.errors import ImportFailed
from studio.importers import choose, image_list
from tests.importers import sources
from tests.pictures import photo_folder

IDS = ("image-folder", "image-list")


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    return photo_folder(tmp_path, {"images": 4})


def classes(folder: Path, **options: str) -> dict[str, str | None]:
    assert choose([folder], IDS).id == "image-list"
    found, _ = image_list.find([folder], options)
    return {file.name.rpartition("/")[2]: file.class_name for file in found}


EXPECTED = {"0.png": "leaf", "1.png": "rust", "2.png": "leaf", "3.png": None}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("labels.csv", b"file,label\n0.png,leaf\n1.png,rust\n2.png,leaf\n"),
        ("labels.csv", b"label;file\nleaf;images/0.png\nrust;images\\1.png\nleaf;./images/2.png\n"),
        ("train.tsv", b"0.png\tleaf\n1.png\trust\n2.png\tleaf\n"),
        ("ids.csv", b"id,class,split\n0,leaf,a\n1,rust,b\n2,leaf,a\n"),
        ("labels.json", b'{"0.png": "leaf", "1.png": "rust", "2.png": "leaf"}'),
        ("l.json", json.dumps({"images": [{"path": f"{i}.png", "class": c} for i, c in
                                          enumerate(("leaf", "rust", "leaf"))]}).encode()),
        ("l.jsonl", b'{"f": "0.png", "label": "leaf"}\n{"f": "1.png", "label": "rust"}\n'
                    b'{"f": "2.png", "label": "leaf"}\n'),
        ("labels.xlsx", sources.workbook([["file", "label"], ["0.png", "leaf"], ["1.png", "rust"],
                                          ["2.png", "leaf"]])),
    ],
)  # fmt: skip
def test_lists_as_people_have_them(photos: Path, name: str, content: bytes) -> None:
    (photos / name).write_bytes(content)
    assert classes(photos) == EXPECTED


def test_the_preview_says_what_it_found_and_can_be_corrected(photos: Path) -> None:
    (photos / "l.csv").write_bytes(
        b"file,kind,day\n0.png,leaf,mon\n1.png,rust,tue\n9.png,leaf,mon\n"
    )
    preview = image_list.preview([photos])
    assert (preview.title, preview.unlabelled) == ("2 classes, 4 photos", 2)
    assert [s.name for s in preview.skipped] == ["9.png"]
    values = {question.id: question.value for question in preview.questions}
    assert values["file_column"] == "file"
    assert values["label_column"] in ("kind", "day")
    told = {"label_column": "day", "session_column": "kind"}
    found, _ = image_list.find([photos], told)
    assert {(file.class_name, file.session) for file in found} == {
        ("mon", "leaf"), ("tue", "rust"), (None, None)}  # fmt: skip


def test_two_labels_for_one_picture_are_told(photos: Path) -> None:
    (photos / "l.csv").write_bytes(b"file,label\n0.png,leaf\n1.png,rust\n0.png,rust\n")
    _, skipped = image_list.find([photos])
    assert [(s.name, s.why) for s in skipped] == [
        ("images/0.png", "l.csv gives it two labels; the first was taken.")
    ]


def test_no_list_says_so(photos: Path) -> None:
    assert choose([photos], IDS).id == "image-folder"
    with pytest.raises(ImportFailed) as caught:
        image_list.find([photos])
    assert caught.value.code == "import.no_list"


def test_a_list_in_a_zip(tmp_path: Path) -> None:
    members = {f"set/pictures/{i}.png": sources.picture(i) for i in range(3)}
    members["set/labels.csv"] = b"file,label\n0.png,leaf\n1.png,rust\n2.png,leaf\n"
    path = tmp_path / "set.zip"
    path.write_bytes(sources.zipped(members))
    assert classes(path) == {"0.png": "leaf", "1.png": "rust", "2.png": "leaf"}

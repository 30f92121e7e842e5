"""Boxes in three formats: the same boxes from each."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from studio.domain.sample import Box, NewSample
from studio.importers import Options, choose, importers
from tests.conftest import ROOT
from tests.importers import sources

BLOOD = ROOT.parent / "shared" / "data" / "bccd-detection"
IDS = ("image-folder", "image-list", "boxes-coco", "boxes-voc", "boxes-yolo")


def boxes_of(
    paths: list[Path], expected: str, options: Options | None = None
) -> dict[str, list[Box]]:
    """The boxes by picture, and that the right importer claimed them."""
    importer = choose(paths, IDS)
    assert importer.id == expected
    found, _ = importer.find(paths, options or {})
    return {file.name.rpartition("/")[2]: list(file.boxes) for file in found}


def rounded(boxes: list[Box]) -> list[tuple[str, float, float, float, float]]:
    # YOLO files state six decimals.
    return sorted(
        (b.class_name, round(b.x, 4), round(b.y, 4), round(b.width, 4), round(b.height, 4))
        for b in boxes
    )


def _near(one: list[Box], other: list[Box]) -> bool:
    left = list(other)
    for box in one:
        twin = next(
            (
                b
                for b in left
                if b.class_name == box.class_name
                and abs(b.x - box.x) < 2e-6
                and abs(b.y - box.y) < 2e-6
                and abs(b.width - box.width) < 2e-6
                and abs(b.height - box.height) < 2e-6
            ),
            None,
        )
        if twin is None:
            return False
        left.remove(twin)
    return not left


@pytest.mark.skipif(not BLOOD.is_dir(), reason="the blood cell photos are not here")
def test_three_formats_give_the_same_boxes() -> None:
    photos = BLOOD / "JPEGImages"
    coco = boxes_of([photos, BLOOD / "coco.json"], "boxes-coco")
    voc = boxes_of([photos, BLOOD / "Annotations"], "boxes-voc")
    yolo = boxes_of([photos, BLOOD / "labels_yolo"], "boxes-yolo")
    assert len(coco) == len(voc) == len(yolo) == 110
    assert sum(map(len, coco.values())) == 1547
    assert {box.class_name for boxes in yolo.values() for box in boxes} == {
        "RBC",
        "WBC",
        "Platelets",
    }
    for name, boxes in coco.items():
        assert _near(boxes, voc[name]), name
        assert _near(boxes, yolo[name]), name


@pytest.mark.skipif(not BLOOD.is_dir(), reason="the blood cell photos are not here")
def test_boxes_come_with_the_samples() -> None:
    importer = importers()["boxes-coco"]
    preview = importer.preview([BLOOD], {})
    assert preview.title == "3 classes, 1,547 boxes, 110 photos"
    assert dict(preview.counts) == {"Platelets": 92, "RBC": 1340, "WBC": 115}
    found, _ = importer.find([BLOOD], {})
    (result,) = importer.read(found[1], {})
    assert isinstance(result, tuple)
    sample = result[0]
    assert isinstance(sample, NewSample)
    assert (sample.name, len(sample.boxes), sample.class_name) == (
        "JPEGImages/BloodImage_00001.jpg", 19, None)  # fmt: skip
    assert sample.boxes[0] == Box(
        class_name="WBC", x=68 / 640, y=315 / 480, width=218 / 640, height=165 / 480
    )


def folder_with(tmp_path: Path, **files: bytes) -> Path:
    (tmp_path / "0.png").write_bytes(sources.picture(1))
    for name, content in files.items():
        (tmp_path / name.replace("__", ".")).write_bytes(content)
    return tmp_path


def coco(*boxes: list[float], width: int = 20, height: int = 16, name: str = "0.png") -> bytes:
    return json.dumps(
        {
            "images": [{"id": 7, "file_name": name, "width": width, "height": height}],
            "categories": [{"id": "1", "name": "leaf"}],
            "annotations": [{"image_id": 7, "category_id": 1, "bbox": box} for box in boxes],
        }
    ).encode()


def test_boxes_outside_the_picture_are_left_out_and_told(tmp_path: Path) -> None:
    given = folder_with(tmp_path, c__json=coco([1, 1, 5, 5], [18, 2, 9, 9], [3, 3, 0, 4], [0, 0]))
    found, skipped = importers()["boxes-coco"].find([given], {})
    assert len(found[0].boxes) == 1
    assert [(s.name, s.why) for s in skipped] == [
        ("0.png", "3 boxes left out: without area or outside of it.")
    ]


def test_a_box_of_the_whole_picture_stays_whole(tmp_path: Path) -> None:
    given = folder_with(tmp_path, c__json=coco([0, 0, 20, 16]))
    found, _ = importers()["boxes-coco"].find([given], {})
    assert found[0].boxes == (Box(class_name="leaf", x=0, y=0, width=1, height=1),)


def test_boxes_drawn_on_a_picture_of_another_size_are_refused(tmp_path: Path) -> None:
    given = folder_with(tmp_path, c__json=coco([1, 1, 5, 5], width=40, height=32))
    importer = importers()["boxes-coco"]
    found, _ = importer.find([given], {})
    (result,) = importer.read(found[0], {})
    assert "drawn on a picture of 40 × 32 pixels, but it has 20 × 16" in result.why  # type: ignore[union-attr]


def test_a_list_reaches_no_picture_outside_of_what_was_given(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(sources.picture(9))
    inner = tmp_path / "given"
    inner.mkdir()
    given = folder_with(inner, c__json=coco([1, 1, 5, 5], name="../secret.png"))
    found, skipped = importers()["boxes-coco"].find([given], {})
    assert [file.name for file in found] == ["0.png"]
    assert skipped[0].name == "../secret.png"


def test_yolo_outlines_and_names_from_yaml(tmp_path: Path) -> None:
    given = folder_with(
        tmp_path,
        **{
            "0__txt": b"1 0.1 0.2 0.5 0.2 0.3 0.6\n0 0.5 0.5 0.2 0.2 0.93\n",
            "data__yaml": b"names: [leaf, rust]",
        },
    )
    boxes = boxes_of([given], "boxes-yolo")["0.png"]
    assert rounded(boxes) == [("leaf", 0.4, 0.4, 0.2, 0.2), ("rust", 0.1, 0.2, 0.4, 0.4)]


def test_xml_with_entities_is_not_read(tmp_path: Path) -> None:
    bomb = (
        b'<!DOCTYPE a [<!ENTITY x "xxxxxxxxxx">]><annotation><filename>&x;</filename></annotation>'
    )
    given = folder_with(tmp_path, **{"0__xml": bomb})
    _, skipped = importers()["boxes-voc"].find([given], {})
    assert [s.why for s in skipped] == ["It is damaged or no VOC annotation."]

"""Damaged files of every kind: no crash, nothing hangs, a sentence each."""

from __future__ import annotations

import json
import random
import time
from pathlib import Path

import numpy as np
import pytest

from studio.domain.errors import ImportFailed
from studio.domain.sample import NewSample, SkippedFile
from studio.importers import Importer, NewTable, choose, importers
from tests.importers import sources
from tests.pictures import encoded, random_picture

_LONGEST_SECONDS = 5.0
_LONG, _SHORT = 2000, 60

_ROWS = [[f"name {i}", i * 0.5, ["a", "b"][i % 2]] for i in range(30)]
_TABLE = "\n".join(["name,value,kind", *(",".join(map(str, row)) for row in _ROWS)]).encode()
_WAVE = np.sin(np.arange(400) / 7)
_COCO = json.dumps(
    {
        "images": [{"id": 1, "file_name": "0.png", "width": 20, "height": 16}],
        "categories": [{"id": 1, "name": "leaf"}],
        "annotations": [{"image_id": 1, "category_id": 1, "bbox": [1, 2, 8, 9]}],
    }
).encode()
_VOC = (
    b"<annotation><filename>0.png</filename><size><width>20</width><height>16</height></size>"
    b"<object><name>leaf</name><bndbox><xmin>1</xmin><ymin>2</ymin><xmax>9</xmax><ymax>11</ymax>"
    b"</bndbox></object></annotation>"
)
_OURS = json.dumps(
    {
        "format": "studio-labels",
        "version": 1,
        "samples": [
            {
                "file": "0.png",
                "name": "leaf/0.png",
                "media_type": "image/png",
                "label": "leaf",
                "session": "Monday",
                "boxes": [{"label": "spot", "x": 0.1, "y": 0.2, "width": 0.3, "height": 0.4}],
            },
            {
                "file": "a.wav",
                "media_type": "audio/wav",
                "ranges": [{"label": "hum", "start_s": 0.0, "end_s": 0.01}],
            },
        ],
    }
).encode()

SEEDS: dict[str, tuple[str, str, bytes]] = {
    "png": ("image-folder", "a.png", sources.picture()),
    "jpeg": ("image-folder", "a.jpg", encoded(random_picture(2, mode="RGB"), "JPEG")),
    "gif": ("image-folder", "a.gif", encoded(random_picture(3), "GIF")),
    "webp": ("image-folder", "a.webp", encoded(random_picture(4, mode="RGB"), "WEBP")),
    "tiff": ("image-folder", "a.tif", encoded(random_picture(5), "TIFF")),
    "bmp": ("image-folder", "a.bmp", encoded(random_picture(6), "BMP")),
    "csv": ("table", "t.csv", _TABLE),
    "csv-utf16": ("table", "t.csv", _TABLE.decode().encode("utf-16")),
    "xlsx": ("table", "t.xlsx", sources.workbook([["name", "value", "kind"], *_ROWS])),
    "parquet": ("table", "t.parquet", sources.parquet({"x": [1.5, 2, 3], "k": ["a", "b", None]})),
    "signal-csv": ("recording", "walk.csv", sources.signal_csv()),
    "wav": ("recording", "a.wav", sources.wav(_WAVE)),
    "wav-float": ("recording", "a.wav", sources.wav(_WAVE, bits=32, floats=True)),
    "wav-24": ("recording", "a.wav", sources.wav(_WAVE, bits=24)),
    "json": ("recording", "walk.1.json", sources.acquisition([[1.0, 2.0], [3.0, 4.0]] * 20)),
    "coco": ("boxes-coco", "coco.json", _COCO),
    "voc": ("boxes-voc", "0.xml", _VOC),
    "yolo": ("boxes-yolo", "0.txt", b"0 0.5 0.5 0.25 0.25\n1 0.25 0.5 0.1 0.2\n"),
    "yaml": ("boxes-yolo", "data.yaml", b"names:\n  0: leaf\n  1: rust\npath: x\n"),
    "list-json": ("image-list", "labels.json", b'[{"file": "0.png", "label": "leaf"}]'),
    "list-csv": ("image-list", "labels.csv", b"file,label\n0.png,leaf\n1.png,rust\n"),
    "labels-file": ("labels-file", "labels.json", _OURS),
    "recording-list": ("recording-list", "labels.csv",
                       b"file,label,start_s,end_s\na.wav,hum,0,0.01\n"),
    "zip": ("image-folder", "a.zip", sources.zipped({"leaf/0.png": sources.picture(1),
                                                     "rust/1.png": sources.picture(2)})),
}  # fmt: skip


def mutated(content: bytes, rng: random.Random) -> bytes:
    """Change, cut out, repeat or cut off bytes, one to eight times."""
    bytes_ = bytearray(content)
    for _ in range(rng.randint(1, 8)):
        at = rng.randrange(len(bytes_)) if bytes_ else 0
        length = rng.choice([1, 1, 2, 4, 16, 64])
        kind = rng.randrange(7)
        if kind == 0:
            bytes_[at : at + 1] = bytes([rng.randrange(256)])
        elif kind == 1:
            bytes_[at : at + length] = rng.randbytes(length)
        elif kind == 2:
            del bytes_[at : at + length]
        elif kind == 3:
            bytes_[at:at] = bytes_[at : at + length] * rng.choice([1, 3, 50])
        elif kind == 4:
            bytes_[at : at + 4] = rng.choice(
                [b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x7f\xff\xff\xff"]
            )
        elif kind == 5:
            bytes_[at:at] = rng.choice([b'"', b"\n", b",", b"\0", b"[", b"{", b"-", b"1e999", b"<"])
        elif rng.random() < 0.3:
            del bytes_[at:]
    return bytes(bytes_)


def taken_in(importer: Importer, folder: Path) -> int:
    """Preview and import all there is; return how many samples and sentences came."""
    results = 0
    choose([folder], list(importers()))
    given = [next(folder.glob("*.zip"), folder)]
    try:
        preview = importer.preview(given, {})
        results += len(preview.title) > 0
        found, skipped = importer.find(given, {})
    except ImportFailed as error:
        refused = error.happened
    else:
        refused = ""
    if refused:
        assert _is_sentence(refused), refused
        return 1
    for one in skipped:
        assert _is_sentence(one.why), one.why
    for file in found:
        for result in importer.read(file, {}):
            results += 1
            if isinstance(result, SkippedFile):
                assert _is_sentence(result.why), result.why
            elif not isinstance(result, NewTable):
                assert isinstance(result[0], NewSample)
                result[0].name.encode("utf-8")
                (result[0].class_name or "").encode("utf-8")
                json.dumps(result[0].facts_as_json(), allow_nan=False)
    return results


def _is_sentence(text: str) -> bool:
    return " " in text and text.endswith(".") and len(text) < 600 and "Error" not in text


@pytest.mark.parametrize("kind", SEEDS)
def test_a_sentence_each(kind: str, tmp_path: Path, long_form: bool) -> None:
    importer_id, name, content = SEEDS[kind]
    importer = importers()[importer_id]
    rng = random.Random(f"mutants of {kind}")
    folder = tmp_path / "given"
    folder.mkdir()
    if importer_id.startswith(("labels", "recording-list")):
        (folder / "a.wav").write_bytes(sources.wav(_WAVE))
    if importer_id.startswith(("boxes", "image-list", "labels")):
        (folder / "0.png").write_bytes(sources.picture(1))
        (folder / "1.png").write_bytes(sources.picture(2))
    if name == "data.yaml":
        (folder / "0.txt").write_bytes(b"0 0.5 0.5 0.25 0.25\n")
    (folder / name).write_bytes(content)
    assert taken_in(importer, folder) >= 2, "unharmed it comes in"
    for number in range(_LONG if long_form else _SHORT):
        harmed = mutated(content, rng)
        (folder / name).write_bytes(harmed)
        started = time.monotonic()
        assert taken_in(importer, folder) >= 1
        assert time.monotonic() - started < _LONGEST_SECONDS, (kind, number)

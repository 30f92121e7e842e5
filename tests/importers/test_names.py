"""Forty file names nobody should have, through an import, and again."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest

from studio.domain.sample import NewSample
from studio.importers import importers
from tests.importers import sources

NAMES: list[str | bytes] = [
    "잎사귀.png",
    unicodedata.normalize("NFD", "잎사귀둘.png"),
    "꽃 사진 (1).png",
    "잎사귀".encode("cp949") + b".png",
    b"\xff\xfe\x80.png",
    "가" * 83 + "ab.png",
    "a" * 251 + ".png",
    "CON.png",
    "nul.png",
    "COM1.jpg.png",
    "aux .png",
    "😀.png",
    "👩‍🔬🇰🇷.png",
    "it's.png",
    'say "hi".png',
    "`id`.png",
    "$(reboot).png",
    "; DROP TABLE samples;--.png",
    "%s%n%d.png",
    "<b>bold.png",
    "a&b.png",
    "100%.png",
    "#hash.png",
    "?query=1.png",
    "*.png",
    "a|b.png",
    "back\\slash.png",
    "colon:stream.png",
    " leading space.png",
    "trailing space .png",
    "two  spaces.png",
    "-rf.png",
    "--json.png",
    "~.png",
    "line\nbreak.png",
    "tab\there.png",
    "bell\a.png",
    "right-to-left \u202egnp.png",
    "zero\u200bwidth.png",
    "Ünïcödé ﬁ.png",
    "ＦＵＬＬ.png",
    "..dots...png",
    "UPPER.PNG",
    "ａ\u0301.png",
]


def written(folder: Path) -> int:
    """Write what this file system takes, each picture different."""
    count = 0
    for seed, name in enumerate(NAMES):
        raw = name if isinstance(name, bytes) else os.fsencode(name)
        try:
            with open(os.fsencode(folder) + b"/" + raw, "wb") as file:
                file.write(sources.picture(seed))
            count += 1
        except (OSError, ValueError):
            continue
    return count


def imported(folder: Path) -> list[NewSample]:
    importer = importers()["image-folder"]
    found, skipped = importer.find([folder], {})
    assert not skipped
    results = [result for file in found for result in importer.read(file, {})]
    samples = [result[0] for result in results if isinstance(result, tuple)]
    assert len(samples) == len(results)
    return samples


def test_all_names_come_in_and_mean_the_same_the_second_time(tmp_path: Path) -> None:
    assert len(NAMES) >= 40
    folder = tmp_path / "class one"
    folder.mkdir()
    count = written(folder)
    if count < 40:
        pytest.skip(f"this file system takes only {count} of the names")
    samples = imported(tmp_path)
    # "..dots" begins with a point: such files are passed over, as the system hides them.
    assert len(samples) == count - 1
    assert {sample.class_name for sample in samples} == {"class one"}
    for name in (sample.name for sample in samples):
        name.encode("utf-8")
        assert unicodedata.is_normalized("NFC", name)
        assert not any(unicodedata.category(letter) == "Cc" for letter in name)
    again = imported(tmp_path)
    assert {(s.name, s.content) for s in again} == {(s.name, s.content) for s in samples}


def test_the_names_as_classes(tmp_path: Path) -> None:
    for seed, name in enumerate(name for name in NAMES if isinstance(name, str)):
        stem = name.removesuffix(".png")[:80]
        if len(stem.encode()) > 255 or stem.startswith("."):
            continue
        (tmp_path / stem).mkdir()
        (tmp_path / stem / "a.png").write_bytes(sources.picture(seed))
    samples = imported(tmp_path)
    classes = {sample.class_name for sample in samples}
    assert None not in classes
    assert len(classes) >= 36
    assert {unicodedata.normalize("NFC", "잎사귀둘"), "it's", "$(reboot)", "CON"} <= classes

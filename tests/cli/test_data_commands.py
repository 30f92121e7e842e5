"""Samples, labels, undo, health, splits, backups and checks, as a person uses them."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.pictures import photo_folder

Studio = Callable[..., Any]


@pytest.fixture(scope="module")
def _made(studio: Studio, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "folder"
    photos = photo_folder(folder / "photos", {"leaf": 6, "rust": 6})
    studio("new", folder / "씨앗.automl").ok()
    studio("import", folder / "씨앗.automl", photos).ok()
    return folder


@pytest.fixture
def project(_made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy for this test of a project and the photos imported into it."""
    # Copies are one project by name, and must not see the backups of another test.
    monkeypatch.setenv("AUTOML_STUDIO_DATA", str(tmp_path / "data"))
    shutil.copytree(_made, tmp_path, dirs_exist_ok=True)
    return tmp_path / "씨앗.automl"


def classes(studio: Studio, project: Path) -> dict[str, int]:
    document = studio("classes", project, "--json").ok().document
    return {c["name"]: c["samples"] for c in document["classes"]}


def ids(studio: Studio, project: Path, *options: str) -> list[int]:
    document = studio("samples", project, *options, "--json").ok().document
    return [sample["id"] for sample in document["samples"]]


def test_a_preview_writes_nothing(studio: Studio, tmp_path: Path) -> None:
    project = tmp_path / "a.automl"
    studio("new", project).ok()
    before = project.read_bytes()
    photos = photo_folder(tmp_path / "photos", {"leaf": 3, "rust": 4})
    (photos / "leaf" / "notes.txt").write_text("x")
    preview = studio("import", project, photos, "--preview", "--json").ok().document
    assert preview["counts"] == {"leaf": 3, "rust": 4}
    assert [file["name"] for file in preview["skipped"]] == ["leaf/notes.txt"]
    assert project.read_bytes() == before


def test_what_a_preview_found_can_be_corrected(studio: Studio, tmp_path: Path) -> None:
    project = tmp_path / "a.automl"
    studio("new", project, "--task", "tabular-classification").ok()
    table = tmp_path / "t.csv"
    table.write_text("id;kind;size\n1;leaf;1,5\n2;rust;2,5\n3;leaf;3,5\n", encoding="cp949")
    found = studio("import", project, table, "--preview", "--json").ok().document
    questions = {q["id"]: q["value"] for q in found["questions"]}
    assert (questions["delimiter"], questions["decimal"]) == ("semicolon", ",")
    studio("import", project, table, "--set", "target=kind").ok()
    assert classes(studio, project) == {"leaf": 2, "rust": 1}
    refused = studio("search", project, "--device", "nano33ble")
    assert refused.status == 1
    assert refused.err.startswith(("dataset.", "search."))


def test_an_import_of_amounts_says_their_range(studio: Studio, tmp_path: Path) -> None:
    project, table = tmp_path / "a.automl", tmp_path / "t.csv"
    studio("new", project, "--task", "tabular-regression").ok()
    rows = "".join(f"{n},{1500.25 + n}\n" for n in range(20))
    table.write_text(f"size,yield\n{rows}20,\n", encoding="utf-8")
    arguments = ("import", project, table, "--set", "target=yield")
    out = studio(*arguments).ok().out
    assert "Imported 21 samples; yield from 1,500.25 to 1,519.25 (1 row without)." in out
    again = studio(*arguments, "--json").ok().document
    assert again["amounts"] == {
        "columns": ["yield"],
        "low": 1500.25,
        "high": 1519.25,
        "rows": 20,
        "without": 1,
    }
    table.write_text("size,yield\n1,\n2,\n", encoding="utf-8")
    assert "no row says an amount" in studio(*arguments).ok().out


def test_labels_are_changed_undone_and_done_again(studio: Studio, project: Path) -> None:
    first, second, *_ = ids(studio, project)
    studio("label", project, f"{first}-{second}", "--class", "녹병").ok()
    assert classes(studio, project) == {"leaf": 4, "rust": 6, "녹병": 2}
    assert "Undid: Label 2 samples" in studio("undo", project).ok().out
    assert classes(studio, project) == {"leaf": 6, "rust": 6}
    studio("redo", project).ok()
    assert classes(studio, project)["녹병"] == 2
    steps = studio("history", project, "--json").ok().document["steps"]
    assert [(step["kind"], step["state"]) for step in steps] == [
        ("assign", "done"),
        ("import", "done"),
    ]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--clear"], {"leaf": 5, "rust": 6}),
        (["--remove"], {"leaf": 5, "rust": 6}),
        (["--split-off", "mite"], {"leaf": 5, "rust": 6, "mite": 1}),
        (["--exclude"], {"leaf": 6, "rust": 6}),
        (["--session", "june"], {"leaf": 6, "rust": 6}),
        (["--box", "mite", "0.1", "0.2", "0.3", "0.4"], {"leaf": 6, "rust": 6, "mite": 0}),
    ],
)
def test_every_action_is_one_step_that_undo_takes_back(
    studio: Studio, project: Path, options: list[str], expected: dict[str, int]
) -> None:
    before = studio("samples", project, "--json").ok().document
    studio("label", project, str(ids(studio, project)[0]), *options).ok()
    assert classes(studio, project) == expected
    studio("undo", project).ok()
    assert studio("samples", project, "--json").ok().document == before
    assert classes(studio, project) == {"leaf": 6, "rust": 6}


def test_classes_are_renamed_merged_and_deleted(studio: Studio, project: Path) -> None:
    studio("classes", project, "--rename", "leaf", "잎").ok()
    studio("classes", project, "--merge", "rust", "잎").ok()
    assert classes(studio, project) == {"잎": 12}
    studio("classes", project, "--delete", "잎").ok()
    assert classes(studio, project) == {}
    studio("undo", project, "--steps", "9").ok()
    assert studio("undo", project).ok().out.strip() == "There is nothing to undo."


@pytest.mark.parametrize(
    ("arguments", "status", "code"),
    [
        (["label", "P", "999", "--class", "leaf"], 1, "label.unknown_sample"),
        (["label", "P", "1", "--class", " "], 1, "label.empty_name"),
        (["classes", "P", "--rename", "no", "x"], 1, "label.unknown_class"),
        (["label", "P", "1", "--range", "x", "0", "1"], 1, "label.wrong_kind"),
        (["label", "P", "1-2", "--box", "x", "0", "0", "1", "1"], 2, "one sample"),
        (["label", "P", "1", "--box", "x", "0", "0", "two", "1"], 2, "not all numbers"),
        (["label", "P", "x", "--clear"], 2, "no sample number"),
        (["split", "P", "--session-pattern", "("], 1, "dataset."),
    ],
)
def test_what_is_wrong_is_a_sentence(
    studio: Studio, project: Path, arguments: list[str], status: int, code: str
) -> None:
    ran = studio(*(project if argument == "P" else argument for argument in arguments))
    assert (ran.status, code in ran.err) == (status, True), ran.err
    assert "Traceback" not in ran.err


def test_health_names_copies_and_conflicts(studio: Studio, project: Path, tmp_path: Path) -> None:
    photos = tmp_path / "photos"
    shutil.copy(photos / "leaf" / "0.png", photos / "rust" / "copy.png")
    studio("import", project, photos).ok()
    findings = studio("health", project, "--json").ok().document["findings"]
    by_code = {finding["code"]: finding for finding in findings}
    (conflict,) = (f for code, f in by_code.items() if "conflict" in code)
    names = {s["id"]: s["name"] for s in studio("samples", project, "--json").document["samples"]}
    behind = {names[id] for id in conflict["samples"]}
    assert behind == {"leaf/0.png", "rust/copy.png"}
    assert "Nothing stands out" not in studio("health", project).ok().out


def test_a_split_keeps_named_sessions_on_one_side(studio: Studio, tmp_path: Path) -> None:
    project, photos = tmp_path / "a.automl", tmp_path / "photos"
    photo_folder(photos, {"leaf": 30, "rust": 30})
    for folder in photos.iterdir():
        for photo in list(folder.iterdir()):
            photo.rename(folder / f"plant{int(photo.stem) % 10}_{photo.stem}.png")
    studio("new", project).ok()
    studio("import", project, photos).ok()
    pattern = ("--session-pattern", r"(plant\d+)_")
    report = studio("split", project, *pattern, "--json").ok().document
    names = {
        str(sample["id"]): sample["name"].split("/")[1].split("_")[0]
        for sample in studio("samples", project, "--limit", "99", "--json").document["samples"]
    }
    sides: dict[str, set[str]] = {}
    for id, side in report["sides"].items():
        sides.setdefault(names[id], set()).add(side)
    assert len(sides) == 10
    assert all(len(found) == 1 for found in sides.values())
    assert "each kept on one side" in studio("split", project, *pattern).ok().out


def test_a_backup_is_restored(studio: Studio, project: Path) -> None:
    studio("backup", project).ok()
    studio("classes", project, "--delete", "leaf").ok()
    studio("restore", project).ok()
    assert classes(studio, project) == {"leaf": 6, "rust": 6}
    assert len(studio("backup", project, "--list", "--json").ok().document["backups"]) >= 2


def test_without_a_backup_there_is_a_sentence(studio: Studio, project: Path) -> None:
    ran = studio("restore", project)
    assert (ran.status, ran.err.split(":")[0]) == (1, "project.no_backup")


def test_damage_is_found_and_the_rest_salvaged(
    studio: Studio, project: Path, tmp_path: Path
) -> None:
    assert studio("check", project, "--file").ok().status == 0
    with sqlite3.connect(project) as file:
        file.execute(
            "UPDATE blobs SET content = x'00' WHERE digest ="
            " (SELECT digest FROM samples WHERE name = 'leaf/3.png')"
        )
    file.close()
    ran = studio("check", project, "--file")
    assert (ran.status, ran.err.split(":")[0]) == (1, "project.damaged")
    assert "leaf/3.png" in ran.out
    saved = tmp_path / "saved.automl"
    studio("salvage", project, "--out", saved).ok()
    assert classes(studio, saved) == {"leaf": 6, "rust": 6}


def test_compacting_gives_space_back(studio: Studio, project: Path) -> None:
    document = studio("compact", project, "--json").ok().document
    assert document["saved_bytes"] >= 0
    assert classes(studio, project) == {"leaf": 6, "rust": 6}

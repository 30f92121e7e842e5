"""Reviewing, suggestions, conflicts and time ranges, as a person at a terminal uses them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from studio.cli.main import main
from tests.conftest import Ran
from tests.importers.sources import signal_csv
from tests.pictures import photo_folder

Studio = Callable[..., Any]


@pytest.fixture
def here(capsys: pytest.CaptureFixture[str]) -> Studio:
    """The command line without a process of its own, for tests of many short commands."""

    def run(*arguments: str | Path) -> Ran:
        try:
            status = main([*map(str, arguments)], open_window=lambda _: 0)
        except SystemExit as end:
            status = int(end.code or 0)
        said = capsys.readouterr()
        return Ran(status, said.out, said.err)

    return run


@pytest.fixture(scope="module")
def photos(studio: Studio, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of noise: two classes, one picture under both, and three without a class."""
    folder = tmp_path_factory.mktemp("photos")
    found = photo_folder(folder / "photos", {"leaf": 4, "rust": 4})
    shutil.copy(found / "leaf" / "0.png", found / "rust" / "copy.png")
    shutil.move(photo_folder(folder / "more", {"x": 11}) / "x", folder / "new")
    for photo in sorted(folder.joinpath("new").iterdir())[:8]:
        photo.unlink()  # the first eight are the same noise as above
    project = folder / "a.automl"
    studio("new", project).ok()
    studio("import", project, found).ok()
    studio("import", project, folder / "new").ok()
    return project


@pytest.fixture
def project(photos: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(photos, tmp_path))


def rows(studio: Studio, *arguments: str | Path) -> list[dict[str, Any]]:
    document = studio(*arguments, "--json").ok().document
    found: list[dict[str, Any]] = next(v for v in document.values() if isinstance(v, list))
    return found


@pytest.mark.worker
def test_a_model_labels_what_is_new_and_a_person_decides(
    studio: Studio, here: Studio, trained_project: Path, tmp_path: Path
) -> None:
    from studio.app import build_sample

    project, new = trained_project, tmp_path / "new"
    new.mkdir()
    for folder in sorted(build_sample("digits", tmp_path).iterdir()):
        for photo in sorted(folder.iterdir())[40:46] if folder.is_dir() else ():
            shutil.copy(photo, new / f"{folder.name}-{photo.name}")
    here("import", project, new).ok()
    truth = {s["id"]: s["name"][0] for s in rows(here, "samples", project, "--unlabelled")}
    assert len(truth) == 50  # the page
    assert here("suggest", project).status == 1  # nobody was asked yet

    asked = studio("predict", project, "--json").ok().document["asked"]
    [model, *_] = here("candidates", project, "--json").ok().document["candidates"]
    best = f"#{model['id']}"
    assert [(one["by"], one["predicted"]) for one in asked] == [(best, 460), ("neighbours", 460)]
    again = here("predict", project).ok().out
    assert f"{best}: 0 samples now, 460 before." in again

    first = rows(here, "review", project, "--limit", "5")
    assert all(item["class"] is None and len(item["opinions"]) == 2 for item in first)
    margins = [item["opinions"][0]["margin"] for item in first]
    assert margins == sorted(margins)

    offered = studio("suggest", project, "--limit", "99", "--json").ok().document
    surest = offered["suggestions"]
    assert {s["id"] for s in surest} >= set(truth)
    # It is the int8 file that is asked: it does on held-out samples what the search measured.
    hits = sum(row[n] for part in _held_out(model) for n, row in enumerate(part))
    assert offered["right_on_labelled"]["value"] == hits / offered["labelled"]
    assert offered["right_on_labelled"]["kind"] == "measured"

    before = rows(here, "samples", project, "--limit", "500")
    above = ("--above", str(surest[19]["confidence"]))
    chosen = {s["id"] for s in surest if s["confidence"] >= float(above[1])}
    taken = studio("suggest", project, "--accept", *above, "--json").ok().document
    assert set(taken["change"]["samples"]) == chosen
    assert rows(here, "suggest", project, *above) == []
    here("undo", project).ok()
    assert rows(here, "samples", project, "--limit", "500") == before
    assert rows(here, "suggest", project, "--limit", "99") == surest

    studio("suggest", project, "--dismiss", str(surest[0]["id"])).ok()
    assert rows(here, "suggest", project, "--limit", "99") == surest[1:]

    near = rows(here, "suggest", project, "--by", "neighbours", "--limit", "99")
    right = [truth.get(s["id"]) in (None, s["suggestion"]) for s in near]
    assert sum(right) > 0.7 * len(right) > 30  # chance is 0.1

    # A label that a slip of the hand made stands out against the samples most like it.
    said = before[0]["class_name"]
    here("label", project, "1", "--class", "7" if said != "7" else "1").ok()
    suspects = rows(here, "review", project, "--order", "suspicious")
    assert 1 in {s["id"] for s in suspects}


def _held_out(candidate: dict[str, Any]) -> list[list[list[int]]]:
    return [candidate[split]["confusion"] for split in ("validation", "test")]


def test_without_a_model_the_neighbours_suggest(studio: Studio, project: Path) -> None:
    summary = studio("predict", project).ok().out
    assert "neighbours: 12 samples now, 0 before." in summary
    document = studio("suggest", project, "--json").ok().document
    assert {s["by"] for s in document["suggestions"]} == {"neighbours"}
    assert document["labelled"] == 9
    first = document["suggestions"][0]
    assert "most like it" in first["why"]
    assert set(first["nearest"]) <= set(range(1, 10))
    assert "least 20 % sure" in studio("suggest", project, "--above", "0.2").ok().out
    suspects = rows(studio, "review", project, "--order", "suspicious")
    assert all(s["class"] != s["opinions"][0]["class"] for s in suspects)
    studio("suggest", project, "--accept", str(first["id"])).ok()
    assert "Undid: Accept 1 suggestion." in studio("undo", project).ok().out


def test_one_picture_under_two_classes_is_decided(here: Studio, project: Path) -> None:
    studio = here
    [conflict] = rows(studio, "conflicts", project)
    assert [side["class"] for side in conflict["sides"]] == ["leaf", "rust"]
    assert "same to the byte" in studio("conflicts", project).ok().out
    studio("conflicts", project, "--resolve", conflict["id"], "--keep", "rust").ok()
    assert studio("conflicts", project).ok().out.strip() == "No labels contradict each other."
    studio("undo", project).ok()
    assert rows(studio, "conflicts", project) == [conflict]
    studio("conflicts", project, "--resolve", conflict["id"], "--exclude").ok()
    assert rows(studio, "conflicts", project) == []


@pytest.mark.parametrize(
    ("arguments", "status", "code"),
    [
        (["review", "P", "--order", "uncertain"], 1, "label.no_model"),
        (["review", "P", "--order", "suspicious"], 1, "label.no_neighbours"),
        (["review", "P", "--candidate", "3"], 1, "label.unknown_candidate"),
        (["review", "P", "--between", "1", "2"], 2, "--order disagreement"),
        (["review", "P", "--order", "best"], 2, "invalid choice"),
        (["predict", "P", "--candidate", "3"], 1, "label.unknown_candidate"),
        (["suggest", "P"], 1, "label.not_predicted"),
        (["suggest", "P", "--by", "nobody"], 2, "neither the number"),
        (["suggest", "P", "--accept"], 2, "say which"),
        (["suggest", "P", "--above", "95"], 2, "between 0 and 1"),
        (["conflicts", "P", "--resolve", "boxes:1-2", "--keep", "x"], 1, "unknown_conflict"),
        (["conflicts", "P", "--resolve", "boxes:1-2"], 2, "--keep CLASS"),
        (["ranges", "P", "1", "--mark", "x", "0", "1"], 1, "label.wrong_kind"),
        (["ranges", "P", "99", "--mark", "x", "0", "1"], 1, "label.unknown_sample"),
        (["ranges", "P", "1", "--mark", "x", "1", "0"], 2, "starts before it ends"),
        (["ranges", "P", "--mark", "x", "0", "1"], 2, "one recording"),
        (["ranges", "P", "--move", "1"], 2, "--start, --end"),
        (["ranges", "P", "--move", "1", "--end", "nan"], 2, "number of seconds"),
        (["ranges", "P", "--delete", "1"], 1, "label.unknown_region"),
    ],
)
def test_what_is_wrong_is_a_sentence(
    here: Studio, photos: Path, arguments: list[str], status: int, code: str
) -> None:
    ran = here(*(photos if argument == "P" else argument for argument in arguments))
    assert (ran.status, code in ran.err) == (status, True), ran.err
    assert "Traceback" not in ran.err


def test_ranges_are_marked_moved_and_taken_back(here: Studio, tmp_path: Path) -> None:
    studio = here
    project, walk = tmp_path / "r.automl", tmp_path / "walk.csv"
    walk.write_bytes(signal_csv(100))  # two seconds
    studio("new", project, "--task", "sensor-classification").ok()
    studio("import", project, walk).ok()

    def spans(*arguments: str) -> list[tuple[int, str, float, float]]:
        found = studio("ranges", project, *arguments, "--json").ok().document["ranges"]
        return [(one["id"], one["class"], one["start_s"], one["end_s"]) for one in found]

    spans("1", "--mark", "걷기", "0.2", "1")
    ran = studio("ranges", project, "1", "--mark", "still", "0.5", "1.5")
    assert (ran.status, ran.err.split(":")[0]) == (1, "label.overlap")
    cut = spans("1", "--mark", "still", "0.5", "1.5", "--overlap", "cut")
    assert [one[1:] for one in cut] == [("걷기", 0.2, 0.5), ("still", 0.5, 1.5)]
    assert spans("--move", str(cut[1][0]), "--end", "2")[1][3] == 2
    assert studio("ranges", project, "--move", str(cut[1][0]), "--end", "2.5").status == 1
    assert len(spans("--delete", str(cut[0][0]))) == 1
    studio("undo", project, "--steps", "3").ok()
    assert [one[1:] for one in spans()] == [("걷기", 0.2, 1.0)]
    assert "걷기" in studio("ranges", project).ok().out
    allowed = spans("1", "--mark", "still", "0.5", "1.5", "--overlap", "allow")
    [conflict] = rows(studio, "conflicts", project, "--kind", "ranges")
    assert len(allowed) == 2
    studio("conflicts", project, "--resolve", conflict["id"], "--keep", "still").ok()
    assert [one[1:] for one in spans()] == [("걷기", 0.2, 0.5), ("still", 0.5, 1.5)]

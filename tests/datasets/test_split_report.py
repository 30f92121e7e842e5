"""What a project's split would be, and that freezing does just that."""

from __future__ import annotations

import json

import numpy as np
import pytest

from studio.datasets import freeze, health, leak_report, split_report
from studio.datasets.leaks import both_numbers
from studio.domain.dataset import Split
from studio.domain.errors import DatasetError
from studio.store import samples
from studio.store.project_file import ProjectFile
from tests.datasets.projects import add_pictures, add_rows, scene
from tests.pictures import encoded


def clips(project: ProjectFile, numbers: range = range(8), frames: int = 6) -> None:
    """Add frames of clips, named so."""
    given = [
        (
            f"{'ab'[clip % 2]}/clip{clip:02}_{frame:03}.png",
            "ab"[clip % 2],
            scene(999 * clip + frame),
        )
        for clip in numbers
        for frame in range(frames)
    ]
    add_pictures(project, given)


def sides_by_name(project: ProjectFile, seed: int = 1) -> dict[str, Split]:
    version = freeze(project, seed=seed)
    names = {sample.id: sample.name for sample in samples.page(project)}
    return {names[row.sample_id]: row.split for row in version.rows}


def test_clips_stand_on_one_side(project: ProjectFile) -> None:
    clips(project)
    report = split_report(project)
    assert len(report.sessions) == 8
    assert report.findings == ()
    for session in report.sessions:
        assert len({report.sides[id] for id in session.sample_ids}) == 1
    assert all(count for found in report.counts.values() for count in found.values())


def test_freezing_does_what_the_report_says(project: ProjectFile) -> None:
    clips(project)
    report = split_report(project, seed=5)
    version = freeze(project, seed=5)
    assert {row.sample_id: row.split for row in version.rows} == report.sides


def test_the_report_is_plain_data_and_writes_nothing(project: ProjectFile) -> None:
    clips(project, range(3))
    before = project.path.read_bytes()
    document = json.loads(json.dumps(split_report(project).as_json()))
    assert set(document) >= {"sides", "sessions", "counts", "findings", "copies", "left_out"}
    assert project.path.read_bytes() == before


def test_nobody_changes_sides_when_more_comes_in(project: ProjectFile) -> None:
    clips(project)
    before = sides_by_name(project)
    clips(project, range(8, 14))
    add_pictures(project, [("a/clip03_900.png", "a", scene(77))])
    samples.label(project, [1, 2, 3], samples.class_id(project, "b"), "person")
    project.execute("DELETE FROM samples WHERE id = 20")
    after = sides_by_name(project, seed=9)
    assert all(after[name] is side for name, side in before.items() if name in after)
    assert after["a/clip03_900.png"] is before["b/clip03_000.png"]


def test_a_copy_joins_the_side_of_its_original(project: ProjectFile) -> None:
    add_pictures(project, [(f"{'ab'[n % 2]}/{n:04}.png", "ab"[n % 2], scene(n)) for n in range(40)])
    before = sides_by_name(project)
    copies = [(f"copy {n}.jpg", "ab"[n % 2], encoded(scene(n), "JPEG")) for n in range(40)]
    add_pictures(project, copies)
    after = sides_by_name(project)
    for n in range(40):
        assert after[f"copy {n}.jpg"] is before[f"{'ab'[n % 2]}/{n:04}.png"]


def test_one_session_a_class_is_said(project: ProjectFile) -> None:
    add_pictures(project, [(f"a/{n}.png", "a", scene(n)) for n in range(12)], session="monday")
    add_pictures(project, [(f"b/{n}.png", "b", scene(99 + n)) for n in range(12)])
    [finding] = split_report(project).findings
    assert finding.code == "split.sessions_divided"
    assert "'a'" in finding.sentence
    assert len(finding.sample_ids) == 12
    assert any(found.code == finding.code for found in health(project, only=["split"]))


def test_a_camera_that_stands_still_does_not_make_one_chain(project: ProjectFile) -> None:
    background = scene(1, 200, 160)
    given = []
    for n in range(40):
        frame = background.copy()
        frame.paste(scene(50 + n, 4, 4), (10 + n, 20))
        given.append((f"{'ab'[n % 2]}/{n:04}.png", "ab"[n % 2], frame))
    add_pictures(project, given)
    report = split_report(project)
    assert [finding.code for finding in report.findings] == ["split.all_alike"]
    assert all(count for found in report.counts.values() for count in found.values())


def test_a_column_names_the_session_of_a_row(project: ProjectFile) -> None:
    dice = np.random.default_rng(0)
    rows = [
        {"who": f"p{n % 10}", "x": float(dice.normal()), "kind": "ab"[n % 2]} for n in range(80)
    ]
    add_rows(project, rows, target="kind", types={"who": "category", "x": "number"})
    report = split_report(project, column="who")
    assert len(report.sessions) == 10
    for session in report.sessions:
        assert len({report.sides[id] for id in session.sample_ids}) == 1
    with pytest.raises(DatasetError) as caught:
        split_report(project, column="whom")
    assert caught.value.code == "dataset.no_such_column"


def test_excluded_samples_are_not_frozen(project: ProjectFile) -> None:
    clips(project)
    project.execute("UPDATE samples SET excluded = 1 WHERE id = 4")
    assert 4 not in {row.sample_id for row in freeze(project, seed=1).rows}


def test_both_numbers_of_a_leak() -> None:
    """Groups that are recognisable, and classes that are a matter of the group."""
    dice = np.random.default_rng(0)
    groups = [n // 20 for n in range(400)]
    places = dice.normal(0, 5, (20, 6))
    features = places[groups] + dice.normal(0, 0.5, (400, 6))
    classes = ["ab"[group % 2] for group in groups]
    report = both_numbers(features.astype(np.float32), classes, groups, seed=1)
    assert report is not None
    assert report.leaking
    assert report.naive.value > 0.95
    assert report.honest.high < 0.8
    assert "Only the first figure" in report.sentence


def test_no_leak_is_not_claimed() -> None:
    dice = np.random.default_rng(0)
    classes = ["ab"[n % 2] for n in range(400)]
    features = dice.normal(0, 1, (400, 6)) + 2 * np.array([[c == "a"] for c in classes])
    report = both_numbers(
        features.astype(np.float32), classes, [n // 20 for n in range(400)], seed=1
    )
    assert report is not None
    assert not report.leaking


def test_without_groups_there_is_nothing_to_compare(project: ProjectFile) -> None:
    add_pictures(project, [(f"{'ab'[n % 2]}/{n:04}.png", "ab"[n % 2], scene(n)) for n in range(40)])
    assert leak_report(project) is None


def test_both_numbers_of_a_project(project: ProjectFile) -> None:
    clips(project)
    report = leak_report(project)
    assert report is not None
    assert (report.samples, report.groups) == (48, 8)
    assert json.loads(json.dumps(report.as_json()))["samples"] == 48

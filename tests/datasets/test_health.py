"""Each check finds what it is for, names the samples, and is silent on good data."""

from __future__ import annotations

import json
from collections.abc import Iterable

import numpy as np
import pytest
from PIL import Image, ImageEnhance

from studio.datasets import checks, health
from studio.datasets.health.channels import is_clipped
from studio.domain.health import ActionKind, HealthFinding, Severity
from studio.domain.sample import LabelOrigin
from studio.store import samples
from studio.store.project_file import ProjectFile
from tests.datasets.projects import add_pictures, add_rows, add_waves, scene
from tests.pictures import encoded


def found(project: ProjectFile, *only: str) -> dict[str, HealthFinding]:
    return {finding.code: finding for finding in health(project, only=only or None)}


def good_pictures(project: ProjectFile, per_class: int = 60) -> list[int]:
    given = [
        (f"{name}/{n:04}.png", name, scene(n * 2 + offset))
        for offset, name in enumerate(["leaf", "rust"])
        for n in range(per_class)
    ]
    return add_pictures(project, given)


def test_good_pictures_give_no_finding(project: ProjectFile) -> None:
    good_pictures(project)
    # All there is to say: 24 tests leave an accuracy open by more than ten points.
    [finding] = health(project)
    assert finding.code == "health.test_too_small"
    assert finding.figures["tested"] == 24


def test_an_empty_project_gives_no_finding(project: ProjectFile) -> None:
    assert health(project) == ()


def test_unequal_classes_are_named(project: ProjectFile) -> None:
    add_pictures(project, [(f"a/{n}.png", "many", scene(n)) for n in range(60)])
    few = add_pictures(project, [(f"b/{n}.png", "few", scene(100 + n)) for n in range(4)])
    findings = found(project, "class-balance", "too-few")
    assert findings["health.unbalanced"].sample_ids == tuple(few)
    assert findings["health.unbalanced"].severity is Severity.WARNING
    assert findings["health.too_few"].figures == {"samples": 4}


def test_two_samples_are_a_problem(project: ProjectFile) -> None:
    add_pictures(project, [(f"a/{n}.png", "leaf", scene(n)) for n in range(2)])
    assert found(project, "too-few")["health.too_few"].severity is Severity.PROBLEM


def test_damaged_blobs_are_named(project: ProjectFile) -> None:
    ids = good_pictures(project, 5)
    digest = samples.get(project, ids[:1])[0].digest
    project.execute("UPDATE blobs SET content = x'00' WHERE digest = ?", (digest,))
    finding = found(project, "unreadable")["health.unreadable"]
    assert finding.sample_ids == (ids[0],)
    assert finding.action is not None
    assert finding.action.kind is ActionKind.REIMPORT


def test_exact_copies_keep_the_labelled_one(project: ProjectFile) -> None:
    content = encoded(scene(1))
    first, second = add_pictures(project, [("a.png", None, content), ("b.png", "leaf", content)])
    finding = found(project, "exact-duplicates")["health.exact_duplicates"]
    assert finding.sample_ids == (first, second)
    assert finding.action is not None
    assert finding.action.sample_ids == (first,)


@pytest.mark.parametrize("change", ["crop", "jpeg", "bright", "resize"])
def test_near_copies_are_found(project: ProjectFile, change: str) -> None:
    ids = good_pictures(project, 20)
    changed = {
        "crop": scene(8).crop((4, 3, 93, 77)),
        "jpeg": encoded(scene(8), "JPEG", quality=60),
        "bright": ImageEnhance.Brightness(scene(8)).enhance(0.8),
        "resize": scene(8).resize((150, 120)),
    }[change]
    [copy] = add_pictures(project, [("copy", "leaf", changed)])
    finding = found(project, "near-duplicates")["health.near_duplicates"]
    assert set(finding.sample_ids) == {ids[4], copy}
    assert finding.action is not None
    assert finding.action.sample_ids == (copy,)


def test_conflicting_labels_of_copies_and_near_copies(project: ProjectFile) -> None:
    ids = good_pictures(project, 20)
    content = encoded(scene(8))
    same, nearly = add_pictures(
        project, [("same.png", "rust", content), ("near.jpg", "rust", encoded(scene(10), "JPEG"))]
    )
    findings = found(project, "label-conflicts")
    assert findings["health.label_conflicts"].sample_ids == (ids[4], same)
    assert findings["health.near_label_conflicts"].sample_ids == (ids[5], nearly)


def test_dull_pictures(project: ProjectFile) -> None:
    good_pictures(project, 5)
    shades = [Image.new("RGB", (40, 40), (shade,) * 3) for shade in (5, 128, 252)]
    ids = add_pictures(project, [(f"{n}.png", None, shade) for n, shade in enumerate(shades)])
    named = [f for f in health(project, only=["dull-pictures"]) if f.code.endswith("dull_pictures")]
    assert sorted(id for finding in named for id in finding.sample_ids) == ids
    assert {f.title for f in named} == {
        "Very dark pictures",
        "Very bright pictures",
        "Empty pictures",
    }


def test_a_picture_unlike_all_others(project: ProjectFile) -> None:
    add_pictures(project, [(f"{n}.png", "leaf", tinted(n)) for n in range(60)])
    [odd] = add_pictures(project, [("odd.png", "leaf", Image.new("RGB", (64, 64), "magenta"))])
    finding = found(project, "outliers")["health.outlier_pictures"]
    assert finding.sample_ids == (odd,)


def tinted(seed: int) -> Image.Image:
    return Image.blend(scene(seed), Image.new("RGB", scene(seed).size, "green"), 0.5)


def test_what_checks_do_not_exist_is_a_key_error(project: ProjectFile) -> None:
    good_pictures(project, 3)
    with pytest.raises(KeyError):
        health(project, only=["nonsense"])


def test_excluded_samples_are_passed_over(project: ProjectFile) -> None:
    content = encoded(scene(1))
    ids = add_pictures(project, [("a.png", "leaf", content), ("b.png", "leaf", content)])
    project.execute("UPDATE samples SET excluded = 1 WHERE id = ?", (ids[0],))
    assert found(project, "exact-duplicates") == {}


def test_checks_can_be_cancelled(project: ProjectFile) -> None:
    good_pictures(project, 5)

    def stop(what: str, done: int, total: int) -> None:
        if what == "looking at pictures" and done == 3:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        health(project, progress=stop)


def test_findings_are_plain_data(project: ProjectFile) -> None:
    add_pictures(project, [(f"a/{n}.png", "leaf", scene(n)) for n in range(2)])
    for finding in health(project):
        assert json.loads(json.dumps(finding.as_json()))["code"] == finding.code
        assert finding.sentence.endswith(".")


def test_the_worst_comes_first(project: ProjectFile) -> None:
    add_pictures(project, [(f"a/{n}.png", "leaf", encoded(scene(n % 2))) for n in range(60)])
    ranks = [list(Severity).index(finding.severity) for finding in health(project)]
    assert ranks == sorted(ranks)
    assert len(ranks) > 1


# Rows


def rows(count: int = 120) -> list[dict[str, object]]:
    dice = np.random.default_rng(1)
    return [
        {
            "row": number,
            "ticket": f"T-{number * 7919}",
            "grade": "AB"[number % 2],
            "width": float(dice.normal(10 + number % 2, 1)),
            "kind": ["leaf", "rust"][number % 2],
        }
        for number in range(count)
    ]


TYPES = {"row": "number", "ticket": "text", "grade": "category", "width": "number"}


def columns_named(findings: Iterable[HealthFinding], code: str) -> set[str]:
    return {f.action.target for f in findings if f.code == code and f.action is not None}


def test_leaking_columns_and_ids(project: ProjectFile) -> None:
    add_rows(project, rows(), target="kind", types=TYPES)
    findings = health(project, only=["leaking-columns"])
    assert columns_named(findings, "health.leaking_column") == {"grade"}
    assert columns_named(findings, "health.id_column") == {"row", "ticket"}


def test_a_row_number_leaks_where_the_table_is_sorted(project: ProjectFile) -> None:
    table = sorted(rows(), key=lambda row: str(row["kind"]))
    table = [{**row, "row": number} for number, row in enumerate(table)]
    add_rows(project, table, target="kind", types=TYPES)
    findings = health(project, only=["leaking-columns"])
    assert columns_named(findings, "health.leaking_column") == {"row", "grade"}


def test_ignored_columns_do_not_leak(project: ProjectFile) -> None:
    types = {**TYPES, "row": "ignore", "ticket": "ignore", "grade": "ignore"}
    add_rows(project, rows(), target="kind", types=types)
    assert found(project, "leaking-columns") == {}


def test_a_number_that_is_the_target_in_other_units(project: ProjectFile) -> None:
    dice = np.random.default_rng(2)
    mass = dice.uniform(2.5, 6.5, 300).round(3)
    table = [{"grams": m * 1000, "other": float(dice.normal()), "kilos": m} for m in mass.tolist()]
    add_rows(project, table, target="kilos", types={"grams": "number", "other": "number"})
    project.execute("UPDATE samples SET class_id = NULL, label_origin = NULL, labelled_at = NULL")
    findings = health(project, only=["leaking-columns"])
    assert columns_named(findings, "health.leaking_column") == {"grams"}


def test_a_slip_of_the_decimal_point(project: ProjectFile) -> None:
    table = rows()
    table[7]["width"] = 1043.0
    ids = add_rows(project, table, target="kind", types=TYPES)
    assert found(project, "outliers")["health.outlier_values"].sample_ids == (ids[7],)


def test_equal_rows_of_other_targets(project: ProjectFile) -> None:
    table = [{"width": 1.5, "kind": "leaf"}, {"width": 1.5, "kind": "rust"}]
    ids = add_rows(project, table, target="kind", types={"width": "number"})
    finding = found(project, "label-conflicts")["health.row_label_conflicts"]
    assert finding.sample_ids == tuple(ids)


def test_missing_values_disturb_nothing(project: ProjectFile) -> None:
    table = [{**row, "width": None if n % 3 else row["width"]} for n, row in enumerate(rows())]
    add_rows(project, table, target="kind", types=TYPES)
    assert "health.leaking_column" in found(project)


# Recordings


def tone(seed: int, samples: int = 4000, channels: int = 1) -> np.ndarray:
    dice = np.random.default_rng(seed)
    time = np.arange(samples)[:, None] / 8000
    loud = 0.1 * dice.normal(size=(samples, channels))
    for _ in range(6):
        loud = loud + 0.1 * np.sin(2 * np.pi * dice.uniform(50, 2000) * time + dice.uniform(0, 6))
    return np.clip(loud, -0.99, 0.99)


def test_channels_that_do_not_move_or_are_cut_off(project: ProjectFile) -> None:
    good = tone(1, channels=3)
    dead, cut = good.copy(), good.copy()
    dead[:, 1] = 0
    cut[:, 2] = np.clip(4 * cut[:, 2], -0.5, 0.5)
    ids = add_waves(
        project, [("a", "x", good), ("b", "x", dead), ("c", "y", cut), ("d", "y", tone(2))]
    )
    findings = found(project, "channels")
    assert findings["health.constant_channel"].sample_ids == (ids[1],)
    assert "channel 2" in findings["health.constant_channel"].sentence
    assert findings["health.clipped_channel"].sample_ids == (ids[2],)
    assert findings["health.mixed_recordings"].sample_ids == (ids[3],)


def test_a_signal_of_few_levels_is_not_cut_off() -> None:
    assert not is_clipped(np.random.default_rng(0).integers(0, 20, 4000).astype(np.float32))


def test_near_copies_of_recordings(project: ProjectFile) -> None:
    ids = add_waves(project, [(f"{n}", "x", tone(n)) for n in range(12)])
    copies = add_waves(
        project, [("trimmed", "x", tone(3)[100:3900]), ("softer", "y", 0.5 * tone(5))]
    )
    findings = found(project, "near-duplicates", "label-conflicts")
    assert set(findings["health.near_duplicates"].sample_ids) == {ids[3], ids[5], *copies}
    assert findings["health.near_label_conflicts"].sample_ids == (ids[5], copies[1])


# The registry


def test_every_check_has_words() -> None:
    assert set(checks()) >= {
        "channels",
        "class-balance",
        "exact-duplicates",
        "label-conflicts",
        "leaking-columns",
        "near-duplicates",
        "outliers",
        "too-few",
        "unreadable",
    }
    for check in checks().values():
        assert check.title
        assert check.kinds


def test_labels_by_a_model_count_as_labels(project: ProjectFile) -> None:
    ids = good_pictures(project, 3)
    samples.label(project, ids, samples.class_id(project, "mite"), LabelOrigin.MODEL)
    assert found(project, "too-few")["health.too_few"].figures == {"samples": 6}

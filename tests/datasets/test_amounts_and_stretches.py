"""Rows with amounts and recordings with labelled stretches: frozen, fitted, prepared."""

from __future__ import annotations

import json
import shutil
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from studio.datasets import (
    freeze,
    groups_of,
    snapshot,
    snapshot_for,
    split_report,
    variants_for,
    write_snapshot,
)
from studio.datasets.snapshot import SPLIT_CODES
from studio.domain.dataset import DatasetRow, DatasetVersion, Split
from studio.domain.errors import DatasetError
from studio.domain.preprocessing import FrontEnd, SignalPreprocessing, TablePreprocessing
from studio.domain.sample import NewSample, RecordingFacts, RowFacts, TimeRange
from studio.store import datasets, samples, tables
from studio.store.project_file import ProjectFile
from tests.datasets.projects import add_pictures, scene

FORMATS = Path(__file__).resolve().parents[1] / "store" / "formats"
TYPES = {"x": "number", "kind": "category", "y": "target"}


def project_of(task: str, folder: Path) -> ProjectFile:
    return ProjectFile.create(folder / "p.automl", task=task)


def add_rows(
    project: ProjectFile, rows: Iterable[dict[str, Any]], name: str = "t.csv", **more: Any
) -> None:
    batch = [
        NewSample(
            content=json.dumps(row, sort_keys=True).encode(),
            name=f"{name}/{number}",
            media_type="application/json",
            facts=RowFacts(table="t"),
            **more,
        )
        for number, row in enumerate(rows)
    ]
    with project.transaction():
        tables.put(project, "t", TYPES)
        samples.add_all(project, [(sample, None) for sample in batch])


def amounts(count: int, seed: int = 0) -> list[dict[str, Any]]:
    dice = np.random.default_rng(seed)
    return [
        {"x": float(x), "kind": "abc"[n % 3], "y": float(np.exp(3 * x))}
        for n, x in enumerate(dice.uniform(0, 2, count).round(6))
    ]


Stretch = tuple[str, float, float]


def add_recording(
    project: ProjectFile,
    name: str,
    stretches: Sequence[Stretch] = (),
    *,
    class_name: str | None = None,
    seconds: int = 20,
    rate: float = 10.0,
    channels: tuple[str, ...] = ("x", "y"),
) -> None:
    """Add noise, louder in stretches of later letters."""
    seed = int.from_bytes(name.encode()[-7:], "big")
    values = np.random.default_rng(seed).normal(size=(int(seconds * rate), len(channels)))
    lines = [",".join(("time_s", *channels))]
    lines += [
        f"{n / rate:.6g}," + ",".join(f"{v:.4f}" for v in row) for n, row in enumerate(values)
    ]
    facts = RecordingFacts(
        channels=channels, units=("",) * len(channels), rate_hz=rate, samples=len(values)
    )
    sample = NewSample(
        content="\n".join(lines).encode(),
        name=name,
        media_type="text/csv",
        facts=facts,
        class_name=class_name,
        ranges=tuple(TimeRange(class_name=c, start_s=a, end_s=b) for c, a, b in stretches),
    )
    with project.transaction():
        samples.add_all(project, [(sample, None)])


# Amounts


def test_amounts_are_frozen_and_evenly_divided(tmp_path: Path) -> None:
    with project_of("tabular-regression", tmp_path) as project:
        add_rows(project, [*amounts(200), {"x": 1.0, "kind": "a", "y": None}])
        version = freeze(project, seed=1)
        assert (version.classes, len(version.rows)) == ((), 200)
        assert freeze(project, seed=1) == version
        assert datasets.get(project, version.digest) == version
        assert {side: version.count(side) for side in Split} == {
            Split.TRAIN: 120, Split.VALIDATION: 40, Split.TEST: 40,
        }  # fmt: skip
        bounds = np.quantile([row.amount for row in version.rows], [0, 0.25, 0.5, 0.75, 1])
        for side in Split:
            here = [row.amount for row in version.rows if row.split is side]
            shares = np.histogram(here, bounds)[0] / len(here)
            assert np.allclose(shares, 0.25, atol=0.06)
        assert sum(sum(c.values()) for c in split_report(project, 1).counts.values()) == 200


def test_a_row_keeps_its_side_when_others_come(tmp_path: Path) -> None:
    with project_of("tabular-regression", tmp_path) as project:
        add_rows(project, amounts(60))
        before = {row.sample_digest: row.split for row in freeze(project, seed=1).rows}
        add_rows(project, amounts(60, seed=1))
        after = {row.sample_digest: row.split for row in freeze(project, seed=2).rows}
        assert len(after) == 120
        assert before.items() <= after.items()


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([{"x": 1, "y": None}], "dataset.no_amounts"),
        ([{"x": 1, "y": "much"}, {"x": 2, "y": True}], "dataset.no_amounts"),
        ([{"x": n, "y": 5} for n in range(20)], "dataset.one_amount"),
        ([{"x": n, "y": n} for n in range(9)], "dataset.too_few_amounts"),
    ],
)
def test_amounts_nothing_can_be_learned_from_are_a_sentence(
    rows: list[dict[str, Any]], code: str, tmp_path: Path
) -> None:
    with project_of("tabular-regression", tmp_path) as project:
        add_rows(project, rows)
        with pytest.raises(DatasetError) as caught:
            freeze(project, seed=1)
        assert caught.value.code == code


def test_a_snapshot_of_amounts_holds_them_scaled(tmp_path: Path) -> None:
    with project_of("tabular-regression", tmp_path) as project:
        add_rows(project, amounts(50))
        version = freeze(project, seed=1)
        variants = variants_for(project, version)
        given = snapshot_for(project, version, variants, tmp_path / "data", root=tmp_path / "kept")
        assert list(given.variants) == ["scaled", "quantile"]
        for name, how in given.variants.items():
            assert isinstance(how, TablePreprocessing)
            assert how.target is not None
            x, y, group = (np.load(tmp_path / "data" / name / f"{part}.npy")
                           for part in ("x", "y", "group"))  # fmt: skip
            assert x.shape == (50, *how.shape)
            assert y.dtype == np.float32
            told = how.target.offset + how.target.scale * y.astype(float)
            assert np.allclose(told, [row.amount for row in version.rows], rtol=1e-4, atol=1e-3)
            assert group.tolist() == list(range(50))


def test_fitting_looks_at_nothing_but_training(tmp_path: Path) -> None:
    with project_of("tabular-regression", tmp_path) as project:
        add_rows(project, amounts(60))
        version = freeze(project, seed=1)
        training = [row for row in version.rows if row.split is Split.TRAIN]
        wild = [replace(row, amount=1e9) for row in version.rows if row.split is not Split.TRAIN]
        for rows in (tuple(training), (*training, *wild)):
            assert variants_for(project, replace(version, rows=rows)) == variants_for(
                project, version
            )
        # Originals of the other sides are not even opened: without them it is the same.
        variants = variants_for(project, version)
        for row in wild:
            project.execute("UPDATE blobs SET content = x'00' WHERE digest = ?",
                            (row.sample_digest,))  # fmt: skip
        assert variants_for(project, version) == variants


def test_equal_rows_may_be_of_different_classes(tmp_path: Path) -> None:
    with project_of("tabular-classification", tmp_path) as project:
        rows = [{"x": n % 12, "kind": "a"} for n in range(24)]
        add_rows(project, rows[:12], class_name="yes")
        add_rows(project, [{**row, "kind": "b"} for row in rows[:12]], class_name="no")
        add_rows(project, rows[:1], name="again.csv", class_name="no")
        version = freeze(project, seed=1)
        assert len(version.rows) == 25
        _on_one_side(version)


def _on_one_side(version: DatasetVersion) -> None:
    sides: dict[str, set[Split]] = defaultdict(set)
    for row in version.rows:
        sides[row.sample_digest].add(row.split)
    assert {len(found) for found in sides.values()} == {1}


# Stretches


def test_stretches_of_one_recording_stand_on_one_side(tmp_path: Path) -> None:
    with project_of("sensor-classification", tmp_path) as project:
        for n in range(10):
            # Mostly walking, a little of one of two rare things.
            rare = ("fall", "jump")[n % 2]
            add_recording(project, f"{'abcdefghij'[n]}.csv",
                          [("walk", 0, 8), (rare, 8, 11), ("walk", 14, 20)])  # fmt: skip
        add_recording(project, "unlabelled.csv")
        version = freeze(project, seed=1)
        assert len(version.rows) == 30
        _on_one_side(version)
        # What is rare is on every side too, although no recording is mostly that.
        assert {(row.class_name, row.split) for row in version.rows} == {
            (name, side) for name in ("walk", "fall", "jump") for side in Split
        }
        assert freeze(project, seed=1).digest == version.digest
        assert {row.range_s for row in version.rows if row.class_name == "fall"} == {(8.0, 11.0)}
        assert set(split_report(project).counts) == {"walk"}


def test_a_snapshot_of_stretches_never_mixes_them(tmp_path: Path) -> None:
    with project_of("sensor-classification", tmp_path) as project:
        for n in range(9):
            stretches = [("a", 0.0, 7.5), ("b", 7.5, 20.0)]
            add_recording(project, f"{n}-{n}.csv", stretches)
        version = freeze(project, seed=1)
        variants = variants_for(project, version)
        given = snapshot_for(project, version, variants, tmp_path / "d", root=tmp_path / "kept")
        for name, how in given.variants.items():
            assert isinstance(how, SignalPreprocessing)
            x, y, split, group = (np.load(tmp_path / "d" / name / f"{part}.npy")
                                  for part in ("x", "y", "split", "group"))  # fmt: skip
            assert len(x) == len(y) == len(split) == len(group)
            assert x.shape[1:] == how.shape
            sides = dict(zip(groups_of(version), version.rows, strict=True))
            for number in range(9):
                mine = group == number
                assert set(split[mine]) == {SPLIT_CODES[sides[number].split]}
                per_class = Counter(version.classes[i] for i in y[mine])
                for class_name, seconds in (("a", 7.5), ("b", 12.5)):
                    values = int(seconds * 10) // how.keep_every
                    assert per_class[class_name] == (values - how.window) // how.stride + 1


def test_all_variants_come_of_one_decoding_and_are_kept(tmp_path: Path) -> None:
    with project_of("sensor-classification", tmp_path) as project:
        for n in range(6):
            add_recording(project, f"{n}.csv", class_name="ab"[n % 2])
        version = freeze(project, seed=1)
        variants = variants_for(project, version)
        root, seen = tmp_path / "kept", []
        count = lambda done, total: seen.append((done, total))  # noqa: E731
        first = snapshot_for(project, version, variants, tmp_path / "1", root=root, progress=count)
        assert (first.kept, seen) == (0, [(6, 6)])
        some = dict(list(variants.items())[1:])
        again = snapshot_for(project, version, some, tmp_path / "2", root=root, progress=count)
        assert (again.kept, len(seen)) == (len(some), 1)
        for name in some:
            one, other = (tmp_path / n / name / "x.npy" for n in "12")
            assert one.read_bytes() == other.read_bytes()


def test_warnings_are_as_before_when_pictures_were_decoded_in_threads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshot, "_CHUNK_ROWS", 1)
    with project_of("image-classification", tmp_path) as project:
        add_pictures(project, [(f"{n}.png", "ab"[n % 2], scene(n, 16, 16)) for n in range(60)])
        version = freeze(project, seed=1)
        before = list(warnings.filters)
        for number in range(5):
            variants = variants_for(project, version)
            write_snapshot(project, version, variants, tmp_path / str(number))
        assert warnings.filters == before


def test_stopping_leaves_nothing(tmp_path: Path) -> None:
    with project_of("sensor-classification", tmp_path) as project:
        for n in range(6):
            add_recording(project, f"{n}.csv", class_name="ab"[n % 2])
        version = freeze(project, seed=1)
        variants = variants_for(project, version)
        with pytest.raises(DatasetError) as caught:
            snapshot_for(project, version, variants, tmp_path / "d", root=tmp_path / "kept",
                         cancelled=lambda: True)  # fmt: skip
        assert caught.value.code == "dataset.cancelled"
        assert list((tmp_path / "d").iterdir()) == []


def test_windows_too_long_for_a_side_are_left_out_or_a_sentence(tmp_path: Path) -> None:
    with project_of("sensor-classification", tmp_path) as project:
        for n in range(8):
            add_recording(project, f"{n}.csv", class_name="ab"[n % 2])
        version = freeze(project, seed=1)
        variants = variants_for(project, version)
        [row] = [row for row in version.rows if row.split is Split.TEST][:1]
        short = tuple(
            replace(r, range_s=(0.0, 1.5)) if (r.split, r.class_name) == (row.split, row.class_name)
            else r for r in version.rows
        )  # fmt: skip
        cut = replace(version, rows=short)
        given = snapshot_for(project, cut, variants, tmp_path / "d", root=tmp_path / "kept")
        assert list(given.variants) == [f"1s-{front_end}" for front_end in FrontEnd]
        assert {path.name for path in (tmp_path / "d").iterdir()} == set(given.variants)
        long = {name: how for name, how in variants.items() if name.startswith("4s")}
        with pytest.raises(DatasetError, match="on the test side") as caught:
            snapshot_for(project, cut, long, tmp_path / "e", root=tmp_path / "kept")
        assert caught.value.code == "dataset.windows_too_long"


@pytest.mark.parametrize(
    ("differing", "code", "said"),
    [
        ({"channels": ("x", "z")}, "dataset.different_channels", "has x, z, and most have x, y"),
        ({"rate": 20.0}, "dataset.different_rates", "at 20 Hz, and most at 10 Hz"),
    ],
)
def test_recordings_that_differ_are_a_sentence(
    differing: dict[str, Any], code: str, said: str, tmp_path: Path
) -> None:
    with project_of("sensor-classification", tmp_path) as project:
        for n in range(6):
            add_recording(project, f"{n}.csv", class_name="ab"[n % 2])
        add_recording(project, "other.csv", class_name="a", **differing)
        with pytest.raises(DatasetError, match=said) as caught:
            freeze(project, seed=1)
        assert caught.value.code == code
        assert "'other.csv'" in str(caught.value)


def test_stretches_that_overlap_or_are_too_few_are_a_sentence(tmp_path: Path) -> None:
    with project_of("sensor-classification", tmp_path) as project:
        add_recording(project, "0.csv", [("a", 0, 9), ("a", 5, 12), ("b", 12, 20)])
        add_recording(project, "1.csv", [("a", 0, 10), ("b", 10, 20)])
        with pytest.raises(DatasetError, match="'a' is in 2, 'b' is in 2") as caught:
            freeze(project, seed=1)
        assert caught.value.code == "dataset.class_too_small"
        add_recording(project, "2.csv", [("a", 0, 10), ("b", 9, 20)])
        with pytest.raises(DatasetError, match="overlap") as caught:
            freeze(project, seed=1)
        assert caught.value.code == "dataset.overlapping_stretches"


# What was there before


def test_versions_of_pictures_keep_their_digests(tmp_path: Path) -> None:
    version = DatasetVersion(
        task="image-classification",
        seed=3,
        classes=("a", "b"),
        rows=tuple(
            DatasetRow(sample_id=n, sample_digest=f"{n:064x}", class_name="ab"[n % 2],
                       split=list(Split)[n % 3])
            for n in range(6)
        ),
    )  # fmt: skip
    # As computed by the first release.
    assert version.digest == "d4747b0f8fedb1edab73b7dc80ed1dec5be520fa385198154fc08f30b51174c9"
    shutil.copy(FORMATS / "format1.automl", tmp_path)
    with ProjectFile.open(tmp_path / "format1.automl") as project:
        assert freeze(project, seed=7).digest == datasets.latest_digest(project)
        assert len(datasets.summaries(project)) == 1


def test_samples_of_another_kind_are_a_sentence(tmp_path: Path) -> None:
    with project_of("tabular-classification", tmp_path) as project:
        add_pictures(project, [(f"{n}.png", "ab"[n % 2], scene(n)) for n in range(6)])
        with pytest.raises(DatasetError, match="is a image") as caught:
            variants_for(project, freeze(project, seed=1))
        assert caught.value.code == "dataset.wrong_samples"

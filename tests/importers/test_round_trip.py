"""Labelled data out and in again: the same samples, labels, boxes and stretches."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.app import DataChoice, Session
from studio.domain.errors import ExportError, ProjectError
from studio.domain.sample import Box, Sample, TimeRange
from studio.export.data._names import Names, safe_part
from studio.export.names import name_fault, tree_fault
from studio.labelling.operations import AddRegion
from studio.store import regions
from tests.conftest import Ran
from tests.importers import sources
from tests.importers.test_names import written
from tests.pictures import photo_folder

Said = tuple[str, str | None, tuple[tuple[object, ...], ...]]


def rounded(shape: Box | TimeRange) -> tuple[object, ...]:
    if isinstance(shape, Box):
        values = (shape.x, shape.y, shape.width, shape.height)
    else:
        values = (shape.start_s, shape.end_s)
    return (shape.class_name, *(round(value, 6) for value in values))


def said(session: Session) -> list[Said]:
    """Return digest, class and shapes of every sample, whatever it is called."""
    found = session.samples(limit=-1)
    shapes: dict[int, list[tuple[object, ...]]] = {}
    for region in regions.of_samples(session._project, [sample.id for sample in found]):
        shapes.setdefault(region.sample_id, []).append(rounded(region.shape))
    return sorted(
        ((s.digest, s.class_name, tuple(sorted(shapes.get(s.id, ())))) for s in found), key=repr
    )


def again(out: Path, task: str, place: Path) -> tuple[list[Said], tuple[Sample, ...]]:
    with Session.create(place, task=task) as session:
        summary = session.import_paths([out])
        odd = [file for file in summary.skipped if "boxes.json" not in file.name]
        assert not odd, odd
        return said(session), session.samples(limit=-1)


@pytest.fixture
def boxed(tmp_path: Path) -> Session:
    """Pictures of two folders whose names clash, most with boxes, each without a class."""
    folder = photo_folder(tmp_path / "boxed", {"a": 3, "b": 3})
    session = Session.create(tmp_path / "boxed.automl")
    session.import_paths([folder], options={"class_from": "none"})
    for number, sample in enumerate(session.samples()):
        for box in range(number % 3):
            shape = Box(
                class_name=f"크랙 {box} & <co>", x=box / 20, y=3 / 16, width=0.25, height=0.5
            )
            session.perform(AddRegion(sample_id=sample.id, shape=shape))
    return session


@pytest.mark.parametrize("ending", ["", ".zip"])
@pytest.mark.parametrize("format", ["folders", "csv", "json"])
def test_pictures_with_classes(format: str, ending: str, tmp_path: Path) -> None:
    given_ = photo_folder(tmp_path / "given", {"leaf": 3, "녹병": 2, "it's": 1})
    (given_ / "none.png").write_bytes(sources.picture(99))
    with Session.create(tmp_path / "p.automl") as session:
        session.import_paths([given_])
        out = tmp_path / f"out{ending}"
        told: list[tuple[int, int]] = []
        choice = DataChoice(unlabelled=True)
        summary = session.export_data(
            out, format, choice=choice, progress=lambda d, t: told.append((d, t))
        )
        assert summary is not None
        assert (summary.samples, told[-1]) == (7, (7, 7))
        assert again(out, "image-classification", tmp_path / "q.automl")[0] == said(session)
    assert not list(tmp_path.glob("*.part")) + list(tmp_path.glob(".*.part"))


@pytest.mark.parametrize("format", ["coco", "voc", "yolo", "json"])
def test_pictures_with_boxes(format: str, boxed: Session, tmp_path: Path) -> None:
    with boxed:
        choice = DataChoice(unlabelled=True)
        boxed.export_data(tmp_path / "out", format, choice=choice)
        back, _ = again(tmp_path / "out", "image-classification", tmp_path / "q.automl")
        assert back == said(boxed)
        assert sum(len(shapes) for _, _, shapes in back) == 6
        alone = boxed.export_data(tmp_path / "labelled", format)
        assert alone is not None
        assert alone.samples == 4
        assert alone.notes == ("Samples left out for having no labels: 2.",)


@pytest.mark.parametrize("format", ["csv", "json"])
def test_recordings_with_stretches(format: str, tmp_path: Path) -> None:
    folder = tmp_path / "given"
    (folder / "walk").mkdir(parents=True)
    (folder / "walk" / "a.csv").write_bytes(sources.signal_csv())
    (folder / "walk" / "b.json").write_bytes(sources.acquisition([[1.0, 2.0], [3.0, 4.0]] * 20))
    (folder / "labels.csv").write_bytes(sources.signal_csv(50))  # a name the list wants
    task = "sensor-classification"
    with Session.create(tmp_path / "p.automl", task=task) as session:
        session.import_paths([folder])
        first = next(s.id for s in session.samples() if s.name.endswith("a.csv"))
        for name, start, end in (("=idle", 0.1, 0.5), ("달리기", 0.5, 1.25)):
            shape = TimeRange(class_name=name, start_s=start, end_s=end)
            session.perform(AddRegion(sample_id=first, shape=shape))
        session.export_data(tmp_path / "out", format, choice=DataChoice(unlabelled=True))
        back, samples = again(tmp_path / "out", task, tmp_path / "q.automl")
        assert back == said(session)
        assert {s.media_type for s in samples} == {s.media_type for s in session.samples()}


def test_json_keeps_names_sessions_and_how_a_recording_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "given"
    folder.mkdir()
    (folder / "walk: 1.csv").write_bytes(b"1;2\n3;4\n5;6\n" * 20)
    task = "sensor-classification"
    with Session.create(tmp_path / "p.automl", task=task) as session:
        session.import_paths([folder], options={"rate": "25", "time": "none"})
        (kept,) = session.samples()
        session.move_to_session([kept.id], "Monday")
        session.export_data(tmp_path / "out", "json", choice=DataChoice(unlabelled=True))
    _, (back,) = again(tmp_path / "out", task, tmp_path / "q.automl")
    assert (back.name, back.session, back.facts) == (kept.name, "Monday", kept.facts)


cells = st.one_of(
    st.none(),
    st.integers(-(2**53), 2**53).map(str),
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
    st.sampled_from(["red", "green", "a,b", 'say "x"', "2024-03-01", "가나다", "007"]),
)


@settings(max_examples=12)
@given(
    st.lists(st.tuples(cells, cells, st.sampled_from(["yes", "no"])), min_size=3, max_size=12),
    st.sampled_from(["table", "parquet"]),
)
def test_rows(rows: list[tuple[str | None, str | None, str]], format: str) -> None:
    import csv
    import io

    text = io.StringIO()
    csv.writer(text).writerows([("one", "two", "label"), *rows])
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "t.csv").write_text(text.getvalue(), encoding="utf-8")
        with Session.create(place / "p.automl", task="tabular-classification") as session:
            session.import_paths([place / "t.csv"], options={"target": "label"})
            session.export_data(place / "out", format, choice=DataChoice(unlabelled=True))
            before = said(session)
        with Session.create(place / "q.automl", task="tabular-classification") as session:
            session.import_paths([place / "out"], options={"target": "label"})
            assert said(session) == before


def test_a_table_keeps_its_columns_and_is_neutralised(tmp_path: Path) -> None:
    source = b"zeta,alpha,label\n-1.5,=1+1,yes\n2,+x,no\n,@y,yes\n"
    (tmp_path / "t.csv").write_bytes(source)
    with Session.create(tmp_path / "p.automl", task="tabular-classification") as session:
        session.import_paths([tmp_path / "t.csv"])
        summary = session.export_data(tmp_path / "out", "table")
        session.export_data(tmp_path / "parquet", "parquet")
    text = (tmp_path / "out" / "t.csv").read_text(encoding="utf-8")
    assert text == "zeta,alpha,label\n-1.5,'=1+1,yes\n2,'+x,no\n,'@y,yes\n"
    assert summary is not None
    assert "before them: 3." in summary.notes[0]
    table = pq.read_table(tmp_path / "parquet" / "t.parquet")
    assert table.to_pydict()["alpha"] == ["=1+1", "+x", "@y"]


# Forty file names


def test_forty_names_out_and_in_again(tmp_path: Path) -> None:
    folder = tmp_path / "given" / "class one"
    folder.mkdir(parents=True)
    if written(folder) < 40:
        pytest.skip("this file system takes too few of the names")
    with Session.create(tmp_path / "p.automl") as session:
        session.import_paths([folder.parent])
        before = said(session)
        assert len(before) >= 40
        for number, sample in enumerate(session.samples()):
            shape = Box(class_name=f"b{number % 3}", x=0.25, y=0.25, width=0.5, height=0.5)
            session.perform(AddRegion(sample_id=sample.id, shape=shape))
        marked = said(session)
        names = {sample.name for sample in session.samples()}
        bare = [(digest, None, shapes) for digest, _, shapes in marked]
        for format, expected in (
            ("folders", before), ("csv", before), ("json", marked),
            ("coco", bare), ("voc", bare), ("yolo", bare),
        ):  # fmt: skip
            out = tmp_path / f"{format}.zip" if format == "csv" else tmp_path / format
            session.export_data(out, format)
            put = listed(out)
            assert not [name for name in put if name_fault(name)]
            assert not tree_fault(put)
            back, samples = again(out, "image-classification", tmp_path / f"{format}.automl")
            assert back == expected, format
            if format == "json":
                assert {sample.name for sample in samples} == names


def test_the_names_as_classes_out_and_in_again(tmp_path: Path) -> None:
    classes = [
        "CON",
        "a/b",
        "..",
        ".hidden",
        "__MACOSX",
        "a:b",
        "a_b",
        "A_B",
        "'=x",
        "=1",
        "x" * 190,
    ]
    (tmp_path / "given").mkdir()
    for seed in range(len(classes)):
        (tmp_path / "given" / f"{seed}.png").write_bytes(sources.picture(seed))
    with Session.create(tmp_path / "p.automl") as session:
        session.import_paths([tmp_path / "given"])
        for sample, name in zip(session.samples(), classes, strict=True):
            session.assign([sample.id], name)
        for format in ("csv", "json"):
            session.export_data(tmp_path / format, format)
            back, _ = again(tmp_path / format, "image-classification", tmp_path / f"{format}.a")
            assert back == said(session)
        summary = session.export_data(tmp_path / "folders", "folders")
        assert summary is not None
        assert "folders are called otherwise" in summary.notes[0]
        back, _ = again(tmp_path / "folders", "image-classification", tmp_path / "f.automl")
        assert len({name for _, name, _ in back} - {None}) == len(classes), "no two fell together"


def listed(out: Path) -> list[str]:
    if out.is_dir():
        return [path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()]
    with zipfile.ZipFile(out) as file:
        return file.namelist()


@settings(max_examples=200)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=8))
def test_any_names_are_safe_and_different(wanted: list[str]) -> None:
    names = Names()
    given_out = [names.new(text) for text in wanted]
    assert not [name for name in given_out if name_fault(name)]
    assert not tree_fault(given_out)
    for text in wanted:
        assert safe_part(safe_part(text)) == safe_part(text)


# Whole or absent


def test_nothing_is_overwritten_and_nothing_is_left_behind(
    boxed: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = tmp_path / "taken.zip"
    taken.write_bytes(b"mine")
    (tmp_path / "folder").mkdir()
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    before = sorted(os.listdir(tmp_path))
    with boxed:
        for out in (taken, tmp_path / "folder", tmp_path / "dangling"):
            with pytest.raises(ExportError, match="already there") as caught:
                boxed.export_data(out, "coco")
            assert caught.value.code == "export.exists"
        for name in ("new", "new.zip"):
            assert boxed.export_data(tmp_path / name, "coco", cancelled=lambda: True) is None
            with pytest.raises(ExportError, match="cannot be written"):
                boxed.export_data(tmp_path / "no such folder" / name, "coco")
        _fail_in_the_middle(boxed, tmp_path, monkeypatch)
        with pytest.raises(ExportError, match="no samples") as refused:
            boxed.export_data(tmp_path / "rows", "table")
        assert "kind this form does not hold: 6" in str(refused.value)
    assert sorted(os.listdir(tmp_path)) == before
    assert taken.read_bytes() == b"mine"


def _fail_in_the_middle(boxed: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from studio.export.data import _places

    def full(path: Path) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(_places, "_sync", full)
        with pytest.raises(ExportError, match="disk is full"):
            boxed.export_data(tmp_path / "new", "voc")
    with monkeypatch.context() as patch:
        patch.setattr(_places.os, "fsync", full)
        with pytest.raises(ExportError, match="disk is full"):
            boxed.export_data(tmp_path / "new.zip", "voc")


def test_a_folder_made_meanwhile_is_left_alone(boxed: Session, tmp_path: Path) -> None:
    out = tmp_path / "out"

    def somebody(done: int, total: int) -> None:
        out.mkdir(exist_ok=True)

    with boxed, pytest.raises(ExportError, match="already there"):
        boxed.export_data(out, "coco", progress=somebody)
    assert list(out.iterdir()) == []


def test_linked_originals_go_out_and_missing_ones_are_named(tmp_path: Path) -> None:
    photos = photo_folder(tmp_path / "photos", {"leaf": 2, "rust": 1})
    with Session.create(tmp_path / "p.automl") as session:
        session.import_paths([photos], link=True)
        session.export_data(tmp_path / "out", "folders")
        digests = {hashlib.sha256(p.read_bytes()).hexdigest() for p in photos.rglob("*.png")}
        out = {
            hashlib.sha256(p.read_bytes()).hexdigest() for p in (tmp_path / "out").rglob("*.png")
        }
        assert out == digests
        (photos / "leaf" / "0.png").unlink()
        with pytest.raises(ProjectError, match="relink") as caught:
            session.export_data(tmp_path / "more", "folders")
        assert "0.png" in str(caught.value)
    assert not (tmp_path / "more").exists()


def test_excluded_samples_stay_unless_asked_for(tmp_path: Path) -> None:
    from studio.labelling.operations import Exclude

    photos = photo_folder(tmp_path / "photos", {"leaf": 2, "rust": 1})
    with Session.create(tmp_path / "p.automl") as session:
        session.import_paths([photos])
        session.perform(Exclude(sample_ids=(1,)))
        first = session.export_data(tmp_path / "a", "json")
        both = session.export_data(tmp_path / "b", "json", choice=DataChoice(excluded=True))
    assert first is not None
    assert both is not None
    assert (first.samples, both.samples) == (2, 3)
    assert first.notes == ("Samples left out as excluded: 1.",)
    assert json.loads((tmp_path / "b" / "labels.json").read_text())["samples"][0]["excluded"]


def test_on_the_command_line(studio: Callable[..., Ran], tmp_path: Path) -> None:
    photos = photo_folder(tmp_path / "photos", {"leaf": 2})
    with Session.create(tmp_path / "p.automl") as session:
        session.import_paths([photos])
    out = tmp_path / "out.zip"
    arguments = (
        "export-data",
        tmp_path / "p.automl",
        "--out",
        out,
        "--format",
        "folders",
        "--json",
    )
    document = studio(*arguments).ok().document
    assert (document["samples"], document["files"], document["path"]) == (2, 2, str(out))
    assert "export.exists" in studio(*arguments).err

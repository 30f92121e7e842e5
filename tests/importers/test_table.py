"""Tables of every kind: types, targets, and importing again."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from studio.domain.errors import ImportFailed
from studio.domain.sample import NewSample, SkippedFile
from studio.importers import NewTable, table
from studio.tasks import find_task
from tests.conftest import ROOT
from tests.importers import sources

DATA = ROOT.parent / "shared" / "data"


def rows_of(path: Path, **options: str) -> list[NewSample]:
    found, _ = table.find([path], options)
    return [r[0] for file in found for r in table.read(file, options) if isinstance(r, tuple)]


def answers(path: Path, **options: str) -> dict[str, str]:
    return {question.id: question.value for question in table.preview([path], options).questions}


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


HEAD = ["name", "value", "day", "kind"]
ROWS: list[list[object]] = [
    ["a", 1.5, datetime(2024, 1, 31), "x"],
    ["b", None, datetime(2024, 2, 1), "y"],
    ["c", 7, datetime(2024, 2, 1, 12, 30), "x"],
    ["d", 8, None, "y"],
]


@pytest.mark.parametrize("kind", ["csv", "tsv", "xlsx", "parquet"])
def test_the_same_rows_from_every_kind(kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"t.{kind}"
    text = [["" if c is None else str(c).replace(" 00:00:00", "") for c in row] for row in ROWS]
    contents = {
        "csv": "\n".join(",".join(row) for row in [HEAD, *text]).encode(),
        "tsv": "\n".join("\t".join(row) for row in [HEAD, *text]).encode("utf-16"),
        "xlsx": sources.workbook([HEAD, *ROWS]),
        "parquet": sources.parquet(dict(zip(HEAD, zip(*ROWS, strict=True), strict=True))),  # type: ignore[arg-type]
    }
    path.write_bytes(contents[kind])
    found = [(json.loads(s.content), s.class_name) for s in rows_of(path, target="kind")]
    assert found == [
        ({"name": "a", "value": 1.5, "day": "2024-01-31"}, "x"),
        ({"name": "b", "value": None, "day": "2024-02-01"}, "y"),
        ({"name": "c", "value": 7, "day": "2024-02-01T12:30:00"}, "x"),
        ({"name": "d", "value": 8, "day": None}, "y"),
    ]


def test_content_is_canonical(tmp_path: Path) -> None:
    path = write(tmp_path / "t.csv", "b,a\n1.50,한글\n2,x\n")
    assert rows_of(path, target="none")[0].content == '{"a": "한글", "b": 1.5}'.encode()


def test_importing_a_longer_and_shuffled_table_adds_only_what_is_new(tmp_path: Path) -> None:
    path = write(tmp_path / "t.csv", "x,k\n1,a\n2,b\n2,b\n3,a\n")
    before = {(s.name, s.content) for s in rows_of(path)}
    assert len(before) == 4, "the same row twice is two samples"
    write(path, "x,k\n9,b\n3,a\n2,b\n1,a\n2,b\n")
    after = {(s.name, s.content) for s in rows_of(path)}
    assert before < after
    assert [json.loads(content) for _, content in after - before] == [{"x": 9}]


def test_every_finding_can_be_corrected(tmp_path: Path) -> None:
    path = write(tmp_path / "t.csv", "zone;code;y\n1;2,5;a\n2;3,5;b\n1;4,5;a\n")
    asked = answers(path)
    assert (asked["delimiter"], asked["decimal"], asked["target"]) == ("semicolon", ",", "y")
    assert asked["type:zone"] == "number"
    told = {"type:zone": "category", "target": "zone", "target_is": "class"}
    assert [s.class_name for s in rows_of(path, **told)] == ["1", "2", "1"]
    assert json.loads(rows_of(path, decimal=".")[0].content)["code"] == "2,5"
    assert answers(path, delimiter="comma")["delimiter"] == "comma"


def test_an_amount_stays_in_the_row(tmp_path: Path) -> None:
    path = write(tmp_path / "t.csv", "x,y\n1,10\n2,20\n3,30\n")
    samples = rows_of(path, target="y", target_is="number")
    assert [(s.class_name, json.loads(s.content)["y"]) for s in samples] == [
        (None, 10), (None, 20), (None, 30)]  # fmt: skip


def test_a_session_column(tmp_path: Path) -> None:
    path = write(tmp_path / "t.csv", "who,x,k\nann,1,a\nbob,2,b\nann,3,a\n")
    assert [s.session for s in rows_of(path, session="who")] == ["ann", "bob", "ann"]


def test_what_is_left_out_is_told(tmp_path: Path) -> None:
    body = "".join(f"{i},a\n" for i in range(60))
    path = write(tmp_path / "t.csv", f"x,k\n{body}oops,b\n1,2,3,4\n")
    ((file,), _) = table.find([path])
    results = list(table.read(file, {}))
    told = [r.why for r in results if isinstance(r, SkippedFile)]
    assert told == [
        "1 row left out for having more cells than there are columns; the first is row 62.",
        "1 cell of 'x' hold no number and count as missing.",
    ]
    assert sum(isinstance(r, NewTable) for r in results) == 1


def test_too_many_classes_are_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "t.csv", "k,x\n" + "".join(f"name{i},{i}\n" for i in range(1100)))
    with pytest.raises(ImportFailed, match="more than 1,000 different values"):
        table.preview([path], {"target": "k", "target_is": "class"})


def test_spreadsheets_with_titles_several_sheets_and_lies(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    path.write_bytes(sources.workbook([["Report"], [], ["x", "k"], [1, "a"], [2, "b"]]))
    assert [json.loads(s.content) for s in rows_of(path)] == [{"x": 1}, {"x": 2}]
    assert answers(path)["sheet"] == "Sheet"
    with pytest.raises(ImportFailed, match="no sheet called"):
        table.preview([path], {"sheet": "nowhere"})
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    with pytest.raises(ImportFailed, match="has a password"):
        table.preview([path])


def test_a_spreadsheet_that_would_unpack_to_gigabytes_is_refused(tmp_path: Path) -> None:
    import zipfile

    path = tmp_path / "bomb.xlsx"
    path.write_bytes(sources.workbook([["x"], [1]]))
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as book,
        book.open("xl/sharedStrings2.xml", "w") as part,
    ):
        for _ in range(600):
            part.write(bytes(1 << 20))
    with pytest.raises(ImportFailed, match="unpacks to more than 512 MB"):
        table.preview([path])


@pytest.mark.skipif(not (DATA / "penguins-tabular").is_dir(), reason="the penguins are not here")
def test_penguins() -> None:
    path = DATA / "penguins-tabular" / "penguins_raw.csv"
    classify, regress = find_task("tabular-classification"), find_task("tabular-regression")
    preview = table.preview([path], classify.import_options)
    assert preview.title == "3 classes, 17 columns, 172 rows"
    asked = answers(path, **classify.import_options)
    assert (asked["target"], asked["type:Date Egg"]) == ("Species", "date")
    assert answers(path, **regress.import_options)["target"] == "Body Mass (g)"
    samples = rows_of(path, **regress.import_options)
    assert sum(json.loads(s.content)["Body Mass (g)"] is None for s in samples) == 2


@pytest.mark.skipif(
    not (DATA / "korean-food-cp949-tabular").is_dir(), reason="the food table is not here"
)
def test_korean_food() -> None:
    (path,) = (DATA / "korean-food-cp949-tabular").glob("*.csv")
    preview = table.preview([path], {"target_is": "class"})
    assert preview.title == "11 classes, 24 columns, 1,377 rows"
    assert {q.id: q.value for q in preview.questions}["encoding"] == "cp949"
    assert "총_식이섬유_g: 599 values missing, also written -, tr." in preview.notes
    values = [json.loads(s.content) for s in rows_of(path)]
    assert {type(v["총_식이섬유_g"]) for v in values} == {int, float, type(None)}

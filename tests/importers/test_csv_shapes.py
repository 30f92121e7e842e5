"""Every ugly but real CSV is read right, or refused in a sentence."""

from __future__ import annotations

import io
import json
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.domain.errors import ImportFailed
from studio.importers import NewTable, table
from studio.tasks.columns import find_columns, value_of
from studio.tasks.tables import BadTable, read_table
from tests.conftest import ROOT
from tests.importers.csv_shapes import REFUSED, SHAPES, Refused, Shape


def test_there_are_forty_and_more() -> None:
    assert len({shape.name for shape in SHAPES}) == len(SHAPES) >= 40


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_read_right(shape: Shape) -> None:
    found = read_table(io.BytesIO(shape.content), shape.options)
    cells = list(found.cells)
    columns = find_columns(found.names, cells, found.decimal)
    rows = [
        tuple(value_of(cell, column, found.decimal) for cell, column in zip(row, columns))  # noqa: B905
        for row in cells
    ]
    assert found.names == shape.names
    assert rows == list(shape.rows)
    assert (found.long, found.short) == (shape.long, shape.short)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_imported_with_the_same_rows(shape: Shape, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(shape.content)
    options = {**shape.options, "target": "none"}
    ((file,), _) = table.find([path], options)
    samples = [result[0] for result in table.read(file, options) if isinstance(result, tuple)]
    expected = [dict(zip(shape.names, row, strict=True)) for row in shape.rows]
    assert [json.loads(sample.content) for sample in samples] == expected


@pytest.mark.parametrize("shape", REFUSED, ids=lambda shape: shape.name)
def test_refused_in_a_sentence(shape: Refused, tmp_path: Path) -> None:
    with pytest.raises(BadTable, match=shape.why):
        list(read_table(io.BytesIO(shape.content), shape.options).cells)
    path = tmp_path / "t.csv"
    path.write_bytes(shape.content)
    with pytest.raises(ImportFailed, match=shape.why) as caught:
        table.preview([path], shape.options)
    assert caught.value.code == "import.bad_table"


_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0\r", exclude_categories=["Cc"]),
                max_size=12)  # fmt: skip


@given(
    rows=st.lists(st.tuples(st.integers(-999, 999), _TEXT, st.integers(0, 9)), min_size=3,
                  max_size=20),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)  # fmt: skip
@settings(max_examples=60)
def test_what_a_csv_writer_wrote_is_read_back(
    rows: list[tuple[int, str, int]], delimiter: str, encoding: str
) -> None:
    import csv

    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerow(["number", "words", "digit"])
    writer.writerows(rows)
    content = text.getvalue().encode(encoding)
    told = {"delimiter": delimiter, "header": "yes", "skip": "0"}
    found = read_table(io.BytesIO(content), told)
    assert list(found.cells) == [[str(a), b.strip(), str(c)] for a, b, c in rows]


_STREAM = """
import sys, time
from pathlib import Path
from studio.importers import table
from studio.importers._importer import NewTable
from tests.memory import peak_bytes
path = Path(sys.argv[1])
started = time.monotonic()
preview = table.preview([path], {})
previewed = time.monotonic() - started
((file,), _) = table.find([path], {})
count = sum(isinstance(r, tuple) for r in table.read(file, {}))
print(preview.samples, count, round(previewed, 2), round(time.monotonic() - started, 1),
      peak_bytes() // 1_000_000)
"""


@pytest.mark.timeout(900)
def test_a_large_file_is_streamed_in_bounded_memory(tmp_path: Path, long_form: bool) -> None:
    path = tmp_path / "large.csv"
    size = (1 << 30) if long_form else (24 << 20)
    row = b"2024-01-31,12.5,walking,a rather long remark that fills the line up to a size,%d\n"
    block = b"".join(row % number for number in range(20_000))
    with path.open("wb") as file:
        file.write(b"day,x,label,remark,n\n")
        while file.tell() < size:
            file.write(block)
    done = subprocess.run(
        [sys.executable, "-c", _STREAM, str(path)],
        cwd=ROOT, capture_output=True, text=True, timeout=880,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    previewed, count, seconds, _, megabytes = map(float, done.stdout.split())
    assert previewed == 100_000
    with path.open("rb") as file:
        assert count == min(sum(1 for _ in file) - 1, table.MOST_ROWS)
    assert seconds < 30
    assert megabytes < 900


def test_two_gigabytes_in_one_line_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "line.csv"
    with path.open("wb") as file:
        file.write(b"1," * 500_000)
        file.truncate(2 << 30)  # a hole of zeros: nothing on the disk
    started, before = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(ImportFailed, match=r"longer than 1,048,576 characters|not text"):
        table.preview([path], {})
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert time.monotonic() - started < 20
    assert grown < 200 << 10


def test_a_table_says_its_columns_before_its_rows(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(b"x,kind\n1,a\n2,b\n3,a\n4,b\n")
    ((file,), _) = table.find([path])
    first, *rest = table.read(file, {})
    assert isinstance(first, NewTable)
    assert {c.name: str(c.type) for c in first.columns} == {"x": "number", "kind": "target"}
    assert [r[0].class_name for r in rest if isinstance(r, tuple)] == ["a", "b", "a", "b"]

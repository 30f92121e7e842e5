"""The journal survives being torn, and is read while it grows."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from studio.jobs import JournalReader, JournalWriter

values = st.one_of(st.integers(), st.text(), st.booleans(), st.none(), st.floats(-1e9, 1e9))
fields = st.dictionaries(st.text(st.characters(categories=["Ll"]), min_size=4), values, max_size=4)


def names(path: Path) -> list[str]:
    return [event.name for event in JournalReader(path).read_new()]


@given(st.lists(fields, max_size=5))
def test_what_is_written_is_read(tmp_path_factory, written) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path_factory.mktemp("job") / "journal.jsonl"
    writer = JournalWriter(path)
    for data in written:
        writer.write("epoch", **data)
    writer.close()
    assert [event.data for event in JournalReader(path).read_new()] == written


def test_a_reader_gets_each_event_once(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    reader = JournalReader(path)
    assert reader.read_new() == []
    writer = JournalWriter(path)
    writer.write("stage", text="one")
    assert [e.data for e in reader.read_new()] == [{"text": "one"}]
    writer.write("stage", text="둘", durable=True)
    assert [e.data for e in reader.read_new()] == [{"text": "둘"}]
    assert reader.read_new() == []
    writer.close()


def test_a_line_being_written_is_left_for_the_next_time(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    whole = b'{"event": "stage", "seconds": 1, "data": {}}\n'
    path.write_bytes(whole + whole[:20])
    reader = JournalReader(path)
    assert len(reader.read_new()) == 1
    path.write_bytes(whole * 2)
    assert len(reader.read_new()) == 1


def test_a_torn_line_is_cut_off_and_the_clock_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    path.write_bytes(b'{"event": "stage", "seconds": 90.5, "data": {}}\n{"event": "sta')
    writer = JournalWriter(path)
    assert [event.seconds for event in writer.past] == [90.5]
    writer.write("stage")
    writer.close()
    events = JournalReader(path).read_new()
    assert [event.name for event in events] == ["stage", "stage"]
    assert 90.5 <= events[1].seconds < 95


def test_a_line_the_disk_spoilt_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    good = b'{"event": "stage", "seconds": 1, "data": {}}\n'
    path.write_bytes(good + b'{"event": 3}\n\xff\xfe\n[]\n' + good)
    assert names(path) == ["stage", "stage"]

"""Recordings as sensors and people write them."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from studio.domain.sample import NewSample, RecordingFacts, SkippedFile, TimeRange
from studio.importers import choose, recording
from studio.tasks.recordings import (
    CSV,
    EDGE_IMPULSE,
    WAV,
    BadRecording,
    described,
    read_recording,
    reading_of,
)
from tests.conftest import ROOT
from tests.importers import sources

DATA = ROOT.parent / "shared" / "data"


def imported(path: Path, **options: str) -> list[NewSample | SkippedFile]:
    found, _ = recording.find([path], options)
    results = [result for file in found for result in recording.read(file, options)]
    return [result[0] if isinstance(result, tuple) else result for result in results]  # type: ignore[misc]


def one(path: Path, **options: str) -> NewSample:
    (sample,) = imported(path, **options)
    assert isinstance(sample, NewSample), sample
    return sample


def facts(sample: NewSample) -> RecordingFacts:
    assert isinstance(sample.facts, RecordingFacts)
    return sample.facts


@pytest.mark.parametrize(
    ("bits", "floats", "error"),
    [(8, False, 1 / 80), (16, False, 1e-4), (24, False, 1e-6), (32, False, 1e-6),
     (32, True, 1e-7), (64, True, 1e-7)],
)  # fmt: skip
@pytest.mark.parametrize("channels", [1, 2, 5])
def test_every_width_of_wav(bits: int, floats: bool, error: float, channels: int) -> None:
    values = np.random.default_rng(1).uniform(-1, 1, (333, channels))
    found = read_recording(sources.wav(values, rate=44100, bits=bits, floats=floats), WAV)
    assert found.values.shape == (333, channels)
    assert (found.rate_hz, found.times, found.values.dtype) == (44100.0, None, np.float32)
    assert np.abs(found.values - values).max() < error


def test_a_wav_that_is_cut_off_is_refused_or_shorter() -> None:
    whole = sources.wav(np.zeros(400))
    for end in (10, 30, 44):
        with pytest.raises(BadRecording):
            read_recording(whole[:end], WAV)


def test_units_and_rate_come_from_the_header(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(sources.signal_csv(header="timestamp_ms,acc_x [mg],gyro_y (dps)"))
    sample = one(path)
    assert facts(sample) == RecordingFacts(
        channels=("acc_x", "gyro_y"), units=("mg", "dps"), rate_hz=50.0, samples=100)  # fmt: skip


@pytest.mark.parametrize(
    ("header", "step", "rate"),
    [("time [s]", 0.02, 50), ("t_us", 20000, 50), ("timestamp", 20, 50), ("time", 0.001, 1000),
     ("Timestamp (ns)", 20_000_000, 50), ("time_min", 1, 1 / 60)],
)  # fmt: skip
def test_time_units(header: str, step: float, rate: float) -> None:
    lines = [f"{header},x", *(f"{i * step:g},{i % 3}" for i in range(50))]
    found = read_recording("\n".join(lines).encode(), CSV)
    assert found.rate_hz == pytest.approx(rate, rel=1e-4)


def test_dates_as_time_tell_when_it_began() -> None:
    lines = [
        "time,x",
        *(f"2024-05-06T07:08:{s:02d}.{h}00+09:00,{s}" for s in range(9) for h in "05"),
    ]
    found = read_recording("\n".join(lines).encode(), CSV)
    assert (found.rate_hz, found.started_at) == (2.0, "2024-05-06T07:08:00+09:00")


def test_without_a_clock_the_rate_is_in_the_name_or_asked(tmp_path: Path) -> None:
    content = b"".join(b"%d,%d\n" % (i % 9, i % 4) for i in range(50))
    named, bare = tmp_path / "walk_26Hz_4g.csv", tmp_path / "walk.csv"
    for path in (named, bare):
        path.write_bytes(content)
    assert facts(one(named)).rate_hz == 26.0
    assert facts(one(bare)).rate_hz is None
    (question,) = (q for q in recording.preview([bare]).questions if q.id == "rate")
    assert question.needed
    told = one(bare, rate="104")
    assert facts(told).rate_hz == 104.0
    assert read_recording(content, told.media_type).rate_hz == 104.0


def test_gaps_and_jitter_are_told_and_not_hidden(tmp_path: Path) -> None:
    rng = np.random.default_rng(2)
    times = [20 * i for i in range(100) if i not in (30, 31, 32, 60, 61, 62)]
    (tmp_path / "gaps.csv").write_text("t_ms,x\n" + "".join(f"{t},1\n" for t in times))
    jitter = np.cumsum(rng.uniform(10, 30, 100))
    (tmp_path / "jitter.csv").write_text("t_ms,x\n" + "".join(f"{t:.3f},1\n" for t in jitter))
    (tmp_path / "even.csv").write_bytes(sources.signal_csv())
    found = {path.name: facts(one(path)) for path in tmp_path.iterdir()}
    assert (found["gaps.csv"].gaps, found["gaps.csv"].irregular) == (2, False)
    assert (found["jitter.csv"].gaps, found["jitter.csv"].irregular) == (0, True)
    assert (found["even.csv"].gaps, found["even.csv"].irregular) == (0, False)
    notes = " ".join(recording.preview([tmp_path]).notes)
    assert "lack samples in places" in notes
    assert "irregular times" in notes


def test_missing_values_are_kept_as_none(tmp_path: Path) -> None:
    found = read_recording(b"t_ms,x,y\n0,1,2\n20,NA,3\n40,,\n60,4,5\n", CSV)
    assert np.isnan(found.values).tolist() == [[False] * 2, [True, False], [True] * 2, [False] * 2]
    assert found.gaps == 1


def test_a_label_column_becomes_time_ranges(tmp_path: Path) -> None:
    path = tmp_path / "day.csv"
    labels = ["walk"] * 30 + [""] * 10 + ["rest"] * 40 + ["walk"] * 20
    path.write_text(
        "time_s,x,label\n" + "".join(f"{i / 10:g},{i % 5},{w}\n" for i, w in enumerate(labels))
    )
    sample = one(path)
    assert sample.class_name is None
    assert [(r.class_name, round(r.start_s, 6), round(r.end_s, 6)) for r in sample.ranges] == [
        ("walk", 0, 3), ("rest", 4, 8), ("walk", 8, 10)]  # fmt: skip
    preview = recording.preview([path])
    assert preview.counts == {"rest": 1, "walk": 2}
    assert not one(path, label="none").ranges


def test_one_label_throughout_is_the_class(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text("time_s,x,label\n" + "".join(f"{i / 10:g},{i % 5},walk\n" for i in range(40)))
    sample = one(path)
    assert (sample.class_name, sample.ranges) == ("walk", ())


def test_labels_that_change_need_a_rate(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text("x,label\n" + "".join(f"{i % 5},{'ab'[i > 20]}\n" for i in range(40)))
    (skipped,) = imported(path)
    assert isinstance(skipped, SkippedFile)
    assert "nothing says its sampling rate" in skipped.why
    assert one(path, rate="10").ranges[0] == TimeRange(class_name="a", start_s=0, end_s=2.1)


def test_edge_impulse_acquisitions(tmp_path: Path) -> None:
    (tmp_path / "idle.01.json").write_bytes(sources.acquisition([[1, 2, 3], [4, 5, 6.5]]))
    bare = json.loads(sources.acquisition([[1], [2], [3]], interval_ms=0.0625))
    bare["payload"]["values"] = [-10, 2, -9]
    (tmp_path / "noise.02.json").write_text(json.dumps(bare))
    assert choose([tmp_path], ("table", "recording")).id == "recording"
    first, second = imported(tmp_path)
    assert isinstance(first, NewSample)
    assert isinstance(second, NewSample)
    assert (first.class_name, facts(first).rate_hz, facts(first).units) == (
        "idle",
        100.0,
        ("m/s2",) * 3,
    )
    assert (second.class_name, facts(second).rate_hz) == ("noise", 16000.0)
    values = read_recording(second.content, second.media_type).values
    assert values.tolist() == [[-10.0], [2.0], [-9.0]]


@pytest.mark.parametrize(
    "broken",
    [b"{", b"[]", b'{"protected": {}, "payload": 3}', b"[" * 100_000,
     sources.acquisition([[1.0, 2.0]]).replace(b"[1.0, 2.0]", b"[1.0]"),
     sources.acquisition([[1.0, 2.0]]).replace(b"2.0", b'"x"')],
)  # fmt: skip
def test_a_broken_acquisition_is_a_sentence(broken: bytes) -> None:
    with pytest.raises(BadRecording, match=r"^(it|not|there)"):
        read_recording(broken, EDGE_IMPULSE)


def test_how_it_was_read_travels_with_the_media_type() -> None:
    reading = {"delimiter": ";", "time": "시간; x", "channels": "a|b", "rate": "26"}
    assert reading_of(described(CSV, reading)) == (CSV, reading)
    assert reading_of("audio/wav") == ("audio/wav", {})
    for nonsense in ("%zz", "%5B" * 100_000, "3", "[]"):
        assert reading_of(f"{CSV};reading={nonsense}") == (CSV, {})


def test_corrections_are_what_later_readings_do(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text("n;tick;x;y\n" + "".join(f"{i};{i * 5};{i},5;{i}\n" for i in range(60)))
    told = {"time": "tick", "time_unit": "ms", "channels": "x"}
    sample = one(path, **told)
    again = read_recording(sample.content, sample.media_type)
    assert (again.channels, again.rate_hz) == (("x",), 200.0)
    assert again.values[:3, 0].tolist() == [0.5, 1.5, 2.5]
    assert isinstance(imported(path, time="nowhere")[0], SkippedFile)


@pytest.mark.skipif(not (DATA / "stm32-har-accel").is_dir(), reason="the recordings are not here")
def test_accelerometer_recordings() -> None:
    preview = recording.preview([DATA / "stm32-har-accel"])
    assert preview.title == "4 classes, 50 recordings, 32.1 minutes"
    found, _ = recording.find([DATA / "stm32-har-accel"])
    for file in found[::7]:
        ((sample, thumbnail),) = recording.read(file, {})  # type: ignore[misc]
        assert thumbnail is None
        assert facts(sample).rate_hz == 26.0
        assert facts(sample).samples == 1000


@pytest.mark.skipif(not (DATA / "older-people-rfid-accel").is_dir(), reason="they are not here")
def test_irregular_recordings_with_a_label_a_row() -> None:
    sample = one(DATA / "older-people-rfid-accel" / "d1p02M.csv")
    assert facts(sample).irregular
    assert facts(sample).gaps == 36
    assert {r.class_name for r in sample.ranges} <= {
        "lying",
        "sit_on_bed",
        "sit_on_chair",
        "ambulating",
    }
    ends = [(r.start_s, r.end_s) for r in sample.ranges]
    assert all(one[1] == two[0] for one, two in pairwise(ends))


@pytest.mark.skipif(not (DATA / "spoken-digits-audio").is_dir(), reason="the sounds are not here")
def test_spoken_digits() -> None:
    preview = recording.preview([DATA / "spoken-digits-audio"])
    assert (preview.samples, len(preview.counts), preview.exact) == (288, 6, False)
    sample = one(DATA / "spoken-digits-audio" / "one" / "jackson_one_11.wav", class_from="none")
    assert (facts(sample).rate_hz, facts(sample).samples) == (8000.0, 4086)

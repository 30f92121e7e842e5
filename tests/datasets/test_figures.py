"""The short form of the benchmark: real pictures, fixed seeds, floors under measured figures."""

from __future__ import annotations

import random

import pytest

from studio.datasets.looks import stack
from studio.datasets.near import near_pictures
from studio.datasets.sessions import guess_sessions
from tests.benchmarks import bench_datasets as bench

needs_data = pytest.mark.skipif(
    not bench.DATA.is_dir(), reason="the real data sets are not beside this checkout"
)

# Measured on the half of each set that no threshold was chosen on: 0.99-1.00 for photos; for
# pictures of 28 x 28 pixels 0.956 (crop), 0.978 (resize) and 0.996-1.00; nowhere a wrong pair.
FLOORS = {
    "trashnet-photos": {"crop": 0.97, "jpeg": 0.97, "bright": 0.97, "resize": 0.97},
    "sign-digits-photos": {"crop": 0.93, "jpeg": 0.97, "bright": 0.97, "resize": 0.97},
    "fashion-mnist": {"crop": 0.90, "jpeg": 0.97, "bright": 0.97, "resize": 0.93},
}


@needs_data
@pytest.mark.parametrize("change", list(bench.CHANGES))
@pytest.mark.parametrize("name", list(FLOORS))
def test_copies_are_found_and_nothing_else(name: str, change: str) -> None:
    score = bench.near_score(bench.photos(name, 8, 1), change)
    assert score.recall >= FLOORS[name][change], score
    assert score.precision >= 0.99, score


@needs_data
@pytest.mark.parametrize("change", ["trim", "half as loud", "noise"])
def test_copies_of_recordings_are_found_and_nothing_else(change: str) -> None:
    score = bench.recording_score(bench.spoken()[1][::4], change)
    assert score.recall >= 0.93, score
    assert score.precision >= 0.97, score


@needs_data
def test_bursts_are_found_by_time_and_by_look() -> None:
    frames, truth = bench.bursts(bench.photos("trashnet-photos", 12))
    clues = bench.clues_of(bench.looks_of(frames))
    timed = bench.session_score(bench.burst_traces(truth, timed=True), bench.Clues(), truth)
    assert (timed.recall, timed.precision) >= (0.98, 0.98)
    looks = bench.session_score(bench.burst_traces(truth), clues, truth)
    assert looks.recall >= 0.97, looks
    assert looks.precision >= 0.97, looks
    order = random.Random(2).sample(range(len(frames)), len(frames))
    mixed = bench.burst_traces([truth[n] for n in order])
    assert guess_sessions(mixed, bench.shuffled(clues, order)) == ()


@needs_data
def test_pieces_of_one_record_are_found() -> None:
    files, values = bench.accelerometer()
    given = values[1::2], [path.parent.name for path in files[1::2]], 100
    by_number = bench.pieces_score(*given)
    assert by_number.recall >= 0.7, by_number
    assert by_number.precision >= 0.97, by_number
    overlapping = bench.pieces_score(*given, step=50, numbered=False)
    assert overlapping.recall >= 0.8, overlapping
    assert overlapping.precision >= 0.97, overlapping


@needs_data
def test_people_are_told_apart_by_numbers_and_look() -> None:
    score = bench.session_score(*bench.hands())
    assert score.recall >= 0.7, score
    assert score.precision >= 0.97, score


@needs_data
def test_windows_of_one_recording_on_both_sides_look_too_good() -> None:
    report = bench.leak_of_windows()
    assert report is not None
    assert report.leaking
    assert report.naive.value - report.honest.value > 0.04


@needs_data
def test_a_thousand_pictures_take_seconds() -> None:
    small = [bench.pictures.thumbnail(bench.encoded(image)) for image in bench.many(1000)]
    looks = stack(small, [64] * len(small))
    begin = bench.time.perf_counter()
    near_pictures(looks)
    # A second is measured; a busy machine is given ten times that.
    assert bench.time.perf_counter() - begin < 10

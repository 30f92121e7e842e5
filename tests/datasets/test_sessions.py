"""Sessions are inferred where there is something to infer from, and only there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.datasets.evidence import Clues, Trace, evidence
from studio.datasets.evidence.times import pauses
from studio.datasets.sessions import SessionGuess, guess_sessions
from studio.domain.errors import DatasetError


def traces(names: Iterable[str], **more: str) -> list[Trace]:
    return [
        Trace(id=n, name=name, class_name=name.split("/")[0] if "/" in name else None, **more)
        for n, name in enumerate(names)
    ]


def sizes(guesses: Iterable[SessionGuess]) -> dict[str, int]:
    return {guess.name: len(guess.sample_ids) for guess in guesses}


def origins(guesses: Iterable[SessionGuess]) -> set[str]:
    return {guess.origin for guess in guesses}


NOTHING = [
    [f"{c}/{n:04}.png" for c in "ab" for n in range(50)],
    [f"{c}/{c}{n}.jpg" for c in ("glass", "metal") for n in range(50)],
    [f"{c}/IMG_{n:04}.JPG" for n, c in enumerate("abab" * 20)],
    [f"{c}/{n}.png" for c in "ab" for n in range(3)],
    [f"{c}/{n * 7919:08x}.png" for c in "ab" for n in range(40)],
    ["a/x.png"],
    [],
]


@pytest.mark.parametrize("names", NOTHING)
def test_names_that_are_merely_numbered_say_nothing(names: list[str]) -> None:
    assert guess_sessions(traces(names)) == ()


def test_clips_in_the_name() -> None:
    names = [f"{c}/clip{k:02}_frame_{n:04}.png" for c in "ab" for k in range(4) for n in range(9)]
    found = guess_sessions(traces(names))
    assert origins(found) == {"names"}
    # The same frames in two classes: each class has been numbered for itself.
    assert len(found) == 8
    assert {len(guess.sample_ids) for guess in found} == {9}
    assert "clip00" in found[0].reason


def test_frames_of_one_clip_sorted_into_classes_stay_together() -> None:
    names = [f"{'ab'[n % 2]}/clip{k:02}_{n:04}.png" for k in range(4) for n in range(10)]
    assert sizes(guess_sessions(traces(names))) == {f"clip{k:02}": 10 for k in range(4)}


def test_speakers_are_the_same_in_every_class() -> None:
    speakers = ["george", "jackson", "theo"]
    names = [f"{c}/{s}_{c}_{n:02}.wav" for c in ("five", "six") for s in speakers for n in range(9)]
    assert sizes(guess_sessions(traces(names))) == dict.fromkeys(speakers, 18)


def test_subjects_go_before_clips_and_cameras() -> None:
    names = [
        f"{c}/cam{k}_clip{v}_subject{s:02}_{n:03}.png"
        for c in "ab" for k in (1, 2) for v in range(3) for s in range(5) for n in range(3)
    ]  # fmt: skip
    assert sizes(guess_sessions(traces(names))) == {f"subject{s:02}": 36 for s in range(5)}


def test_korean_names() -> None:
    names = [f"{c}/참가자{s}_{n}.png" for c in "ab" for s in range(3) for n in range(4)]
    assert sizes(guess_sessions(traces(names))) == {f"참가자{s}": 8 for s in range(3)}


def test_folders_below_the_class() -> None:
    days = ("monday", "tuesday")
    names = [f"{c}/{d}/{n}.png" for c in "ab" for d in days for n in range(5)]
    found = guess_sessions(traces(names))
    assert sizes(found) == {"monday": 10, "tuesday": 10}
    assert origins(found) == {"folders"}


def test_one_folder_below_the_class_says_nothing() -> None:
    assert guess_sessions(traces(f"{c}/images/{n}.png" for c in "ab" for n in range(9))) == ()


def moments(bursts: int, each: int, gap: timedelta, between: timedelta) -> list[str]:
    when, found = datetime(2026, 5, 1, 9), []
    for _ in range(bursts):
        for _ in range(each):
            found.append(when.isoformat())
            when += gap
        when += between
    return found


def test_pauses_between_photos() -> None:
    when = moments(6, 12, timedelta(seconds=4), timedelta(minutes=20))
    given = [
        Trace(id=n, name=f"{n}.jpg", class_name="ab"[n % 2], taken_at=at)
        for n, at in enumerate(when)
    ]
    found = guess_sessions(given)
    assert origins(found) == {"times"}
    assert [len(guess.sample_ids) for guess in found] == [12] * 6
    assert "2026-05-01 09:00:00" in found[0].reason


@pytest.mark.parametrize("when", [None, "yesterday", "2026-05-01T09:00:00"])
def test_times_that_say_nothing(when: str | None) -> None:
    given = [Trace(id=n, name=f"{n}.jpg", class_name="a", taken_at=when) for n in range(30)]
    assert guess_sessions(given) == ()


@given(st.lists(st.floats(0, 1e9), max_size=50).map(sorted))
def test_a_pause_is_a_minute_at_least_and_an_hour_always(times: list[float]) -> None:
    cuts = set(pauses(times))
    for position, (before, after) in enumerate(pairwise(times)):
        assert position not in cuts or after - before >= 60
        assert position in cuts or after - before < 3600


def scenes(lengths: list[int], seed: int = 0) -> np.ndarray:
    dice = np.random.default_rng(seed)
    rows = [dice.uniform(0, 255, 40) + dice.normal(0, 4, (n, 40)) for n in lengths]
    return np.concatenate(rows).astype(np.float32)


def test_numbered_bursts_are_found_by_what_they_show() -> None:
    lengths = [5, 9, 4, 12, 7, 8]
    names = [f"a/IMG_{n:04}.JPG" for n in range(sum(lengths))]
    found = guess_sessions(traces(names), Clues(content=scenes(lengths)))
    assert origins(found) == {"runs"}
    assert [len(guess.sample_ids) for guess in found] == lengths


def test_numbers_without_likeness_say_nothing() -> None:
    names = [f"a/IMG_{n:04}.JPG" for n in range(60)]
    mixed = np.random.default_rng(3).uniform(0, 255, (60, 40)).astype(np.float32)
    assert guess_sessions(traces(names), Clues(content=mixed)) == ()


def test_one_scene_throughout_is_not_one_session() -> None:
    names = [f"a/{n:04}.png" for n in range(60)]
    assert guess_sessions(traces(names), Clues(content=scenes([60]))) == ()


def test_what_was_said_stands() -> None:
    given = [
        Trace(
            id=n, name=f"a/clip{n % 3}_{n}.png", class_name="a", session="mine" if n < 4 else None
        )
        for n in range(30)
    ]
    found = guess_sessions(given)
    assert sizes(found)["mine"] == 4
    assert sum(sizes(found).values()) == 30
    assert origins(found) == {"given", "names"}


def test_a_guess_never_takes_the_name_of_a_session_that_was_said() -> None:
    given = [
        Trace(
            id=n,
            name=f"a/clip{n % 3}_{n}.png",
            class_name="a",
            session="clip1" if n in (0, 3) else None,
        )
        for n in range(30)
    ]
    names = [guess.name for guess in guess_sessions(given)]
    assert len(set(names)) == len(names)
    assert "clip1 (2)" in names


def test_a_pattern_names_the_session() -> None:
    names = [f"a/{n}-tree{n % 3}.png" for n in range(9)]
    found = guess_sessions(traces(names), pattern=r"(tree\d)")
    assert sizes(found) == {"tree0": 3, "tree1": 3, "tree2": 3}
    assert origins(found) == {"pattern"}


@pytest.mark.parametrize(
    ("pattern", "code"),
    [
        ("(", "dataset.bad_pattern"),
        ("a" * 201, "dataset.bad_pattern"),
        ("zebra", "dataset.pattern_matches_nothing"),
    ],
)
def test_a_bad_pattern_is_a_sentence(pattern: str, code: str) -> None:
    with pytest.raises(DatasetError) as caught:
        guess_sessions(traces(["a/1.png"]), pattern=pattern)
    assert caught.value.code == code


strange = st.text(st.sampled_from("ab019_-./ ñ사\u0301"), max_size=12)


@given(st.lists(st.tuples(strange, st.sampled_from(["a", "b", None])), max_size=40))
def test_any_names_give_disjoint_sessions(given_names: list[tuple[str, str | None]]) -> None:
    given = [Trace(id=n, name=x, class_name=c) for n, (x, c) in enumerate(given_names)]
    found = guess_sessions(given)
    members = [id for guess in found for id in guess.sample_ids]
    assert len(set(members)) == len(members)
    assert len({guess.name for guess in found}) == len(found)


def test_evidence_has_an_order() -> None:
    assert [kind.id for kind in evidence()] == ["names", "folders", "times", "continuity", "runs"]

"""Sessions that stay: kept as one step, corrected, and not disturbed by what comes later."""

from __future__ import annotations

import json
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio import labelling
from studio.app import sessions
from studio.datasets import freeze, split_report
from studio.domain.errors import DatasetError, ProjectError
from studio.domain.sample import NewSample, RowFacts
from studio.store import samples
from studio.store.project_file import ProjectFile
from studio.store.sessions import SessionOrigin, all_sessions
from tests.datasets.projects import new_project


def add(project: ProjectFile, names: Iterable[str]) -> list[int]:
    """Add samples of which nothing counts but the name; the folder is the class."""
    batch = [
        NewSample(
            content=json.dumps({"name": name}).encode(),
            name=name,
            media_type="application/json",
            facts=RowFacts(table="0" * 64),
            class_name=name.split("/")[0],
        )
        for name in names
    ]
    with project.transaction():
        return list(samples.add_all(project, [(sample, None) for sample in batch]))


def clips(count: int = 6, each: int = 4, first: int = 0) -> list[str]:
    return [f"{'ab'[k % 2]}/clip{k}_{n:03}.x" for k in range(count) for n in range(first, each)]


def standing(project: ProjectFile) -> dict[str, str | None]:
    return {sample.name: sample.session for sample in samples.page(project)}


def in_sessions(project: ProjectFile) -> dict[str, set[str]]:
    """Return the sessions as freezing would use them, by the names of their samples."""
    names = {sample.id: sample.name for sample in samples.page(project)}
    found = split_report(project).sessions
    return {session.name: {names[id] for id in session.sample_ids} for session in found}


def test_found_sessions_are_kept_in_one_step_with_their_reason(project: ProjectFile) -> None:
    add(project, clips())
    before = in_sessions(project)
    change = sessions.keep_found(project)
    assert change is not None
    assert change.sample_ids == tuple(range(1, 25))
    assert standing(project)["a/clip0_000.x"] == "clip0"
    assert {s.evidence for s in all_sessions(project)} == {"names"}
    assert {s.reason for s in sessions.kept(project)} == {"Parts of the file name."}
    assert in_sessions(project) == before
    assert sessions.keep_found(project) is None
    labelling.undo(project)
    assert set(standing(project).values()) == {None}
    assert all_sessions(project) == ()


def test_a_pattern_is_kept_as_named_by_the_person(project: ProjectFile) -> None:
    add(project, [f"a/{n}-tree{n % 3}.x" for n in range(9)])
    sessions.keep_found(project, pattern=r"(tree\d)")
    assert {s.reason for s in split_report(project).sessions} == {"Named by you."}
    assert set(in_sessions(project)) == {"tree0", "tree1", "tree2"}


def test_later_samples_join_and_corrections_stay(project: ProjectFile) -> None:
    ids = add(project, clips())
    sessions.keep_found(project)
    sessions.join(project, ["clip0", "clip2"])
    sessions.move(project, ids[4:5], "alone")
    sessions.separate(project, "clip5")
    corrected = standing(project)
    add(project, [*clips(each=6, first=4), "a/clip9_000.x", "a/clip9_001.x"])
    found = in_sessions(project)
    assert {n: s for n, s in standing(project).items() if n in corrected} == corrected
    # Late-comers of joined clips are in what was joined; of a divided one they stand alone.
    assert {"a/clip0_005.x", "a/clip2_005.x"} <= found["clip0"]
    assert "b/clip1_005.x" in found["clip1"]
    assert "b/clip5_004.x" not in set().union(*found.values())
    assert found["alone"] == {"b/clip1_000.x"}
    assert found["clip9"] == {"a/clip9_000.x", "a/clip9_001.x"}
    assert sessions.keep_found(project) is not None
    assert {n: s for n, s in standing(project).items() if n in corrected} == corrected
    assert standing(project)["a/clip2_005.x"] == "clip0"


def test_what_a_person_corrects_becomes_the_persons(project: ProjectFile) -> None:
    ids = add(project, clips())
    sessions.keep_found(project)
    sessions.move(project, ids[:1], "clip3")
    origins = {s.name: s.origin for s in all_sessions(project)}
    assert origins.pop("clip3") is SessionOrigin.PERSON
    assert set(origins.values()) == {SessionOrigin.INFERRED}
    labelling.undo(project)
    assert {s.origin for s in all_sessions(project)} == {SessionOrigin.INFERRED}


@pytest.mark.parametrize(
    ("correct", "code"),
    [
        (lambda p: sessions.join(p, ["clip0", "nowhere"]), "dataset.unknown_session"),
        (lambda p: sessions.separate(p, "nowhere"), "dataset.unknown_session"),
        (lambda p: sessions.move(p, [1], "  "), "dataset.empty_session_name"),
        (lambda p: sessions.move(p, [999], "new"), "label.unknown_sample"),
    ],
)
def test_wrong_corrections_change_nothing(project, correct, code) -> None:  # type: ignore[no-untyped-def]
    add(project, clips())
    sessions.keep_found(project)
    before = standing(project)
    with pytest.raises((DatasetError, ProjectError)) as caught:
        correct(project)
    assert caught.value.code == code
    assert standing(project) == before


steps = st.lists(
    st.one_of(
        st.tuples(st.just("keep")),
        st.tuples(st.just("freeze"), st.integers(1, 3)),
        st.tuples(st.just("move"), st.lists(st.integers(1, 20), min_size=1), st.integers(0, 3)),
        st.tuples(st.just("join"), st.integers(0, 5), st.integers(0, 5)),
        st.tuples(st.just("add"), st.integers(0, 7), st.integers(4, 9)),
    ),
    min_size=3,
    max_size=8,
)


@settings(max_examples=25, deadline=None)
@given(steps)
def test_whatever_is_done_sessions_stay_whole_and_sides_stay(done: list[tuple]) -> None:  # type: ignore[type-arg]
    with (
        tempfile.TemporaryDirectory() as folder,
        new_project(Path(folder)) as project,
    ):
        add(project, clips(8))
        sides: dict[str, str] = {}
        for step in (*done, ("freeze", 1)):
            kept = standing(project)
            _do(project, step)
            if step[0] in ("keep", "freeze", "add"):
                now = standing(project)
                assert all(now[name] == session for name, session in kept.items() if session)
            if step[0] == "freeze":
                _check_version(project, step[1], sides)


def _do(project: ProjectFile, step: tuple) -> None:  # type: ignore[type-arg]
    if step[0] == "keep":
        sessions.keep_found(project)
    elif step[0] == "move":
        sessions.move(project, step[1], f"mine {step[2]}")
    elif step[0] == "join":
        there = {s.name for s in sessions.kept(project)}
        names = [f"clip{k}" for k in dict.fromkeys(step[1:]) if f"clip{k}" in there]
        if names:
            sessions.join(project, names)
    elif step[0] == "add":
        add(project, [f"{'ab'[step[1] % 2]}/clip{step[1]}_{step[2]:03}.x"])


def _check_version(project: ProjectFile, seed: int, sides: dict[str, str]) -> None:
    report = split_report(project, seed)
    version = freeze(project, seed=seed)
    now = {row.sample_digest: str(row.split) for row in version.rows}
    assert all(now[digest] == side for digest, side in sides.items() if digest in now)
    sides.update(now)
    divided = any(finding.code == "split.sessions_divided" for finding in report.findings)
    by_session: dict[str, set[str]] = defaultdict(set)
    for session in report.sessions:
        by_session[session.name] |= {
            str(report.sides[id]) for id in session.sample_ids if id in report.sides
        }
    assert divided or all(len(found) <= 1 for found in by_session.values())

"""Classes that may be one are asked about, and hardly any others."""

from __future__ import annotations

import random
import shlex
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.app import Session
from studio.cli.main import main
from studio.datasets import health
from studio.datasets.health.class_names import one_under_two_names
from studio.store.project_file import ProjectFile
from tests.datasets.projects import add_pictures, scene
from tests.pictures import encoded

Names = list[str]


def asked(first: Names, second: Names) -> list[set[str]]:
    """Return what is asked when two tables bring these classes."""
    places: dict[str, set[str]] = {}
    for table, names in (("one", first), ("other", second)):
        for name in names:
            places.setdefault(name, set()).add(table)
    return [set(group) for group in one_under_two_names(places)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (["Adelie", "Gentoo"], ["Adelie Penguin (Pygoscelis adeliae)", "Gentoo penguin"]),
        (["healthy leaf", "rust"], ["Healthy_Leaf", "RUST "]),
        (["sea-gull", "tern"], ["Seagull", "Tern!"]),
        (["딸기", "배"], ["딸기 (설향)", "배."]),
        (["type 1", "type 2"], ["Type-1", "Type-2"]),
        (["É", "è"], ["é", "È"]),
    ],
)
def test_other_spellings_and_longer_names_are_asked_about(first: Names, second: Names) -> None:
    found = asked(first, second)
    assert sorted(map(sorted, found)) == sorted(
        sorted(pair) for pair in zip(first, second, strict=True)
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (["cat", "dog"], ["bird", "cattle"]),  # letters of a word are no word
        (["ripe"], ["not ripe"]),
        (["ripe"], ["half-ripe", "unripe"]),
        (["leaf"], ["leaf rust", "leaf mould"]),  # kinds of it, side by side
        (["leaf", "leaf rust"], ["leaf rust spot"]),
        (["digit 1"], ["digit 10", "digit 11"]),
        (["zone"], ["zone 2"]),
        (["1", "2"], ["1 2", "12"]),
        (["A", "ok"], ["A plus", "not ok"]),
        (["Leaf", "rust"], ["rust", "Leaf"]),  # in both: nothing to ask
        (["x.", "x!"], []),  # told apart by who made the table
        (["?", "!"], ["...", "-"]),  # no words at all
    ],
)
def test_what_may_well_differ_is_not(first: Names, second: Names) -> None:
    assert asked(first, second) == []


def test_three_tables_make_one_question() -> None:
    places = {"Oak": {1}, "oak": {2}, "OAK ": {3}, "ash": {1, 2, 3}}
    assert [set(group) for group in one_under_two_names(places)] == [{"Oak", "oak", "OAK "}]


_NAMES = st.lists(
    st.text(alphabet="aAbB가나 -_()12.é", min_size=1, max_size=9), unique=True, max_size=8
)
_PLACES = _NAMES.flatmap(
    lambda names: st.fixed_dictionaries(
        {name: st.frozensets(st.integers(0, 3), min_size=1) for name in names}
    )
)


@given(_NAMES)
def test_within_one_source_nothing_is_ever_asked(names: Names) -> None:
    assert one_under_two_names({name: {"one"} for name in names}) == []


@given(_PLACES, st.randoms(use_true_random=False))
def test_a_question_is_about_classes_that_never_meet(
    places: dict[str, frozenset[int]], dice: random.Random
) -> None:
    found = one_under_two_names(places)
    for group in found:
        assert len(group) > 1
        assert sum(len(places[name]) for name in group) == len(
            frozenset().union(*(places[name] for name in group))
        )
    assert len({name for group in found for name in group}) == sum(map(len, found))
    mixed = list(places)
    dice.shuffle(mixed)
    again = one_under_two_names({name: places[name] for name in mixed})
    assert {frozenset(group) for group in again} == {frozenset(group) for group in found}


@given(st.lists(st.text("abcdefg", min_size=1, max_size=6), min_size=1, max_size=4))
def test_case_spaces_and_signs_make_no_other_name(words: Names) -> None:
    plain, fancy = " ".join(words), "_".join(words).upper() + " !"
    assert asked([plain], [fancy]) == [{plain, fancy}]


def _table(path: Path, names: Names, shift: float) -> Path:
    rows = [f"{n + shift},{names[n % len(names)]}" for n in range(24)]
    path.write_text("\n".join(["size,kind", *rows, ""]), encoding="utf-8")
    return path


def test_a_person_is_told_the_command_that_merges(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "p.automl"
    tables = [
        _table(tmp_path / "a.csv", ["Adelie", "Gentoo"], 0),
        _table(tmp_path / "b.csv", ["Adelie Penguin (P. adeliae)", "gentoo"], 100),
    ]
    with Session.create(path, task="tabular-classification") as session:
        session.import_paths(tables)  # two tables in one go are two sources
        findings = {f.sentence: f for f in session.health() if "two_names" in f.code}
        assert len(findings) == 2
    commands = [sentence.split("`")[1] for sentence in findings]
    for command in commands:
        arguments = [str(path) if part == "PROJECT" else part for part in shlex.split(command)]
        assert main(arguments, open_window=lambda path: 0) == 0
    capsys.readouterr()
    with Session.open(path) as session:
        assert {(c.name, c.samples) for c in session.classes()} == {("Adelie", 24), ("Gentoo", 24)}
        assert not [f for f in session.health() if "two_names" in f.code]


def test_imports_of_pictures_are_sources_and_loose_samples_are_one(tmp_path: Path) -> None:
    with Session.create(tmp_path / "p.automl") as session:
        for number, name in enumerate(["Red Apple", "red-apple"]):
            photo = tmp_path / str(number) / name / f"{number}.png"
            photo.parent.mkdir(parents=True)
            photo.write_bytes(encoded(scene(number)))
            session.import_paths([tmp_path / str(number)])
        found = [f for f in session.health() if "two_names" in f.code]
        assert [f.action and f.action.target for f in found] == ["Red Apple"]


def test_samples_whose_import_is_forgotten_are_one_source(project: ProjectFile) -> None:
    add_pictures(project, [(f"{n}.png", name, scene(n)) for n, name in enumerate(["Oak", "oak"])])
    assert not health(project, only=["class-names"])

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.cli.table import bar, fit, plain, render, width


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("abc", 3),
        ("한글", 4),
        ("딸기 2", 6),
        ("é", 1),
        ("e\u0301", 1),
        ("ｱ", 1),
        ("Ａ", 2),
        ("", 0),
    ],
)
def test_width_is_what_a_terminal_takes(text: str, columns: int) -> None:
    assert width(text) == columns


@given(st.text(alphabet=st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3)))
def test_decomposed_hangul_is_as_wide_as_composed(text: str) -> None:
    assert width(unicodedata.normalize("NFD", text)) == width(text) == 2 * len(text)


def test_korean_columns_stand_straight() -> None:
    table = render(
        ("class", "samples"), [("딸기", 12), ("strawberry", 3), ("배", 1000)], right="samples"
    )
    assert table == (
        "class       samples\n"
        "----------  -------\n"
        "딸기             12\n"
        "strawberry        3\n"
        "배             1000"
    )
    assert len({width(line) for line in table.splitlines()}) == 1


def test_names_of_strangers_cannot_steer_the_terminal() -> None:
    table = render(("class",), [("\x1b[2Jgone\nsecond \u202eline",)])
    assert table.splitlines()[2:] == ["\\x1b[2Jgone\\nsecond \\u202eline"]


@given(st.text())
def test_plain_prints_on_one_line(text: str) -> None:
    shown = plain(text)
    assert len(shown.splitlines()) <= 1
    assert not any(unicodedata.category(c) in ("Cc", "Cs") for c in shown)
    shown.encode("utf-8")


@given(st.text(), st.integers(1, 40))
def test_fit_never_takes_more_than_it_has(text: str, columns: int) -> None:
    assert width(fit(text, columns)) <= columns


@given(st.lists(st.tuples(st.text(max_size=9), st.integers()), min_size=1, max_size=6))
def test_every_column_begins_where_its_header_begins(rows: list[tuple[str, int]]) -> None:
    lines = render(("first", "second"), rows).splitlines()
    assert len(lines) == len(rows) + 2
    start = width(lines[0][: lines[0].index("second")])
    for line, (_, number) in zip(lines[2:], rows, strict=True):
        before = line[: line.rindex(str(number))]
        assert width(before) == start


@pytest.mark.parametrize(("share", "text"), [(0, "...."), (0.5, "##.."), (1, "####"), (7, "####")])
def test_bar(share: float, text: str) -> None:
    assert bar(share, 4) == text

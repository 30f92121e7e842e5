"""Rows of a table as bytes: against the definition, one cell at a time."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.domain.errors import DatasetError, SearchError
from studio.domain.preprocessing import CategoryFeature, NumberFeature, TablePreprocessing
from studio.domain.sample import RowFacts
from studio.export import preprocess
from studio.tasks import Given, find_task

CLASSES = find_task("tabular-classification")
AMOUNTS = find_task("tabular-regression")
TYPES = {"n": "number", "c": "category", "when": "date", "note": "text", "y": "target"}


def row(
    values: Mapping[str, Any], columns: Mapping[str, str] = TYPES, amount: float | None = None,
    session: str | None = None,
) -> Given:  # fmt: skip
    content = json.dumps(dict(values)).encode()
    return Given(
        name="t.csv/1", digest="", media_type="application/json", facts=RowFacts(table="t"),
        read=lambda: content, columns=columns, amount=amount, session=session,
    )  # fmt: skip


def expected(feature: NumberFeature | CategoryFeature, cell: Any) -> list[int]:
    """Return what the definition of a feature says, step by step in float32."""
    if isinstance(feature, CategoryFeature):
        return [255 * (cell is not None and str(cell) == value) for value in feature.values]
    number = isinstance(cell, int | float) and not isinstance(cell, bool)
    value = np.float32(cell if number else math.nan)
    if np.isnan(value):
        return [feature.missing, 255][: feature.width]
    return [_on_line(feature, value), 0][: feature.width]


def _on_line(feature: NumberFeature, value: np.float32) -> int:
    knots, levels = (np.array(part, np.float32) for part in (feature.knots, feature.levels))
    level = levels[0] if value <= knots[0] else levels[-1]
    for n in range(len(knots) - 1):
        if knots[0] < value < knots[-1] and knots[n] <= value < knots[n + 1]:
            share = (value - knots[n]) / (knots[n + 1] - knots[n])
            level = levels[n] + share * (levels[n + 1] - levels[n])
    return min(255, math.floor(level + np.float32(0.5)))


NUMBERS = st.none() | st.text(max_size=3) | st.booleans() | st.integers(-99, 99)
NUMBERS |= st.floats(width=32)
KNOTS = st.lists(st.integers(-50, 50), min_size=2, max_size=6, unique=True).map(sorted)


@given(data=st.data(), knots=KNOTS, cells=st.lists(NUMBERS, min_size=1, max_size=8))
def test_bytes_are_what_the_definition_says(
    data: st.DataObject, knots: list[int], cells: list[Any]
) -> None:
    levels = sorted(data.draw(st.tuples(*[st.floats(0, 255, width=32)] * len(knots))))
    flagged, missing = data.draw(st.booleans()), data.draw(st.integers(0, 255))
    number = NumberFeature(column="n", knots=tuple(map(float, knots)), levels=tuple(levels),
                           missing=missing, flagged=flagged)  # fmt: skip
    how = TablePreprocessing(features=(CategoryFeature(column="n", values=("1", "x")), number))
    [made] = CLASSES.prepare_all([row({"n": cell}) for cell in cells], [how])
    assert {(part.shape, part.dtype.str) for part in made} == {((1, *how.shape), "|u1")}
    wanted = [[b for feature in how.features for b in expected(feature, c)] for c in cells]
    assert np.concatenate(made).tolist() == wanted
    # And the file that a bundle carries gives the same bytes.
    plain = how.as_json()
    assert [preprocess.prepare_row(plain, {"n": cell}).tolist() for cell in cells] == wanted


CELLS = st.fixed_dictionaries({
    "n": NUMBERS,
    "c": st.none() | st.sampled_from("abcd"),
    "when": st.none() | st.just("2024-01-31"),
    "note": st.none() | st.text(max_size=9),
})  # fmt: skip


@given(training=st.lists(CELLS, min_size=2, max_size=40), other=CELLS)
def test_whatever_stands_in_a_table_is_fitted_and_prepared(
    training: list[dict[str, Any]], other: dict[str, Any]
) -> None:
    # The last column is there so that something can always be learned.
    givens = [row({**cells, "m": m}, {**TYPES, "m": "number"}) for m, cells in enumerate(training)]
    variants = CLASSES.variants(givens)
    assert variants == CLASSES.variants(givens)
    assert list(variants) == ["scaled", "quantile"]
    for how in variants.values():
        assert isinstance(how, TablePreprocessing)
        assert {feature.column for feature in how.features} <= {"n", "c", "m"}
        first, second = (CLASSES.prepare(row(other), how) for _ in range(2))
        assert np.array_equal(first, second)
        assert np.array_equal(CLASSES.prepare(row({}), how), CLASSES.prepare(row({"n": None}), how))


def fitted(cells: list[Any], kind: str = "number", name: str = "scaled") -> Any:
    columns = {"n": kind, "spare": "number"}
    givens = [row({"n": cell, "spare": n}, columns) for n, cell in enumerate(cells)]
    how = CLASSES.variants(givens)[name]
    assert isinstance(how, TablePreprocessing)
    return next((feature for feature in how.features if feature.column == "n"), None)


def test_outliers_do_not_squeeze_the_rest() -> None:
    feature = fitted([*range(1000), 10**9])
    assert feature.knots[1] < 1100


def test_ranks_spread_what_crowds_together() -> None:
    # A thousandth of the range holds half of the values: it gets half of the bytes.
    feature = fitted([n / 1000 for n in range(1000)] + list(range(1, 1001)), name="quantile")
    assert np.interp(1.0, feature.knots, feature.levels) == pytest.approx(127.5, abs=5)
    assert (feature.levels[0], feature.levels[-1]) == (0, 255)
    assert 2 < len(feature.knots) <= 32


def test_a_flag_only_where_training_lacks_values() -> None:
    assert not fitted([1, 2, 3, 4]).flagged
    feature = fitted([1, 2, None, 3])
    assert feature.flagged
    # What is missing looks like the usual value, not like the smallest.
    assert 100 < feature.missing < 155


def test_what_never_changes_is_left_out() -> None:
    assert fitted([7, 7, 7]) is None
    assert fitted([None, None]) is None
    assert fitted(["a", "a", "a"], "category") is None
    there = fitted([7, 7, None])
    assert [expected(there, cell) for cell in (7, None, 9)] == [[0], [255], [0]]


def test_rare_categories_are_none() -> None:
    feature = fitted(["a"] * 50 + ["b"] * 30 + ["c"], "category")
    assert feature.values == ("a", "b")
    assert len(fitted([f"v{n % 60}" for n in range(600)], "category").values) == 32


def test_dates_texts_and_the_session_are_not_learned_from() -> None:
    columns = {**TYPES, "who": "category"}
    rows = [
        row({"n": n, "who": "xyz"[n % 3], "when": f"2024-01-0{n + 1}", "y": n}, columns,
            session="xyz"[n % 3])
        for n in range(9)
    ]  # fmt: skip
    how = CLASSES.variants(rows)["scaled"]
    assert isinstance(how, TablePreprocessing)
    assert [feature.column for feature in how.features] == ["n"]


def test_an_amount_is_scaled_by_what_training_has() -> None:
    givens = [row({"n": n, "y": 10 * n}, amount=10.0 * n) for n in range(5)]
    how = AMOUNTS.variants(givens)["scaled"]
    assert isinstance(how, TablePreprocessing)
    assert how.target is not None
    assert (how.target.column, how.target.offset) == ("y", 20.0)
    assert how.target.scale == pytest.approx(np.std([0, 10, 20, 30, 40]))
    assert [feature.column for feature in how.features] == ["n"]


def test_what_is_no_row_is_a_sentence() -> None:
    how = TablePreprocessing(features=(CategoryFeature(column="c", values=("a",)),))
    for content in (b"[1]", b"{", b"\xff"):
        bad = Given(name="t.csv/9", digest="", media_type="", facts=None, read=lambda c=content: c)
        with pytest.raises(DatasetError, match=r"t\.csv/9") as caught:
            CLASSES.prepare(bad, how)
        assert caught.value.code == "dataset.unreadable"


def test_nothing_but_texts_is_a_sentence() -> None:
    with pytest.raises(SearchError) as caught:
        CLASSES.variants([row({"note": "x", "n": 1}), row({"note": "y", "n": 1})])
    assert caught.value.code == "search.no_features"


def test_columns_nobody_named_are_a_sentence() -> None:
    with pytest.raises(SearchError) as caught:
        CLASSES.variants([row({"n": 1}, {})])
    assert caught.value.code == "search.no_columns"

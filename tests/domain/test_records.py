"""Records of the domain refuse nonsense and survive their plain form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.domain.dataset import DatasetRow, DatasetVersion, Split, SplitShares
from studio.domain.device import Fact
from studio.domain.evaluation import Evaluation, wilson_interval
from studio.domain.figure import Figure, FigureKind
from studio.domain.preprocessing import ImagePreprocessing
from studio.domain.search import SearchRequest

confusions = st.integers(2, 5).flatmap(
    lambda n: st.lists(
        st.lists(st.integers(0, 50), min_size=n, max_size=n).map(tuple), min_size=n, max_size=n
    ).map(tuple)
)


def evaluation(confusion: tuple[tuple[int, ...], ...]) -> Evaluation:
    names = tuple(f"class {i}" for i in range(len(confusion)))
    return Evaluation(split=Split.TEST, classes=names, confusion=confusion)


@pytest.mark.parametrize(
    "wrong",
    [
        {"value": None, "unit": "B", "kind": FigureKind.MEASURED},
        {"value": 1.0, "unit": "B", "kind": FigureKind.UNKNOWN},
        {"value": 1.0, "unit": "B", "kind": FigureKind.ESTIMATED},
        {"value": 1.0, "unit": "B", "kind": FigureKind.PUBLISHED},
    ],
)
def test_a_figure_without_what_its_kind_needs_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"figure|estimate"):
        Figure(**wrong)  # type: ignore[arg-type]


@given(st.floats(0, 1e12), st.floats(0, 1e12))
def test_a_figure_survives_its_plain_form(value: float, width: float) -> None:
    figure = Figure(value=value, unit="B", kind=FigureKind.ESTIMATED, low=value, high=value + width)
    assert Figure.from_json(figure.as_json()) == figure


def test_a_figure_of_an_unknown_kind_is_refused() -> None:
    plain = Figure.measured(1, "B", "by hand").as_json()
    with pytest.raises(ValueError, match="guessed"):
        Figure.from_json({**plain, "kind": "guessed"})


# Published values: Newcombe 1998, Statistics in Medicine 17, 857-872, table I, method 3.
@pytest.mark.parametrize(
    ("hits", "total", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_interval_is_the_published_one(
    hits: int, total: int, low: float, high: float
) -> None:
    interval = wilson_interval(hits, total)
    assert (round(interval.low, 4), round(interval.high, 4)) == (low, high)


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_wilson_interval_holds_its_value(hits: int, misses: int) -> None:
    interval = wilson_interval(hits, hits + misses)
    assert 0 <= interval.low <= interval.value <= interval.high <= 1


@given(confusions)
def test_an_evaluation_survives_its_plain_form(confusion: tuple[tuple[int, ...], ...]) -> None:
    found = evaluation(confusion)
    assert Evaluation.from_json(found.as_json()) == found


@given(confusions)
def test_per_class_figures_add_up_to_the_whole(confusion: tuple[tuple[int, ...], ...]) -> None:
    found = evaluation(confusion)
    assert sum(c.samples for c in found.per_class) == found.samples
    right = sum(c.recall.value * c.samples for c in found.per_class)
    assert right == pytest.approx(found.accuracy.value * found.samples)


def test_recall_and_precision_are_not_confused() -> None:
    mite, leaf = evaluation(((8, 2), (0, 10))).per_class
    assert (mite.recall.value, mite.precision.value) == (0.8, 1.0)
    assert (leaf.recall.value, leaf.precision.value) == (1.0, pytest.approx(10 / 12))


def test_a_confusion_matrix_that_is_not_square_is_refused() -> None:
    with pytest.raises(ValueError, match="one row and one column per class"):
        Evaluation(split=Split.TEST, classes=("a", "b"), confusion=((1, 2), (3,)))


def test_a_dataset_digest_depends_on_content_and_not_on_row_numbers() -> None:
    def version(sample_id: int, split: Split) -> DatasetVersion:
        row = DatasetRow(sample_id=sample_id, sample_digest="d" * 64, class_name="잎", split=split)
        return DatasetVersion(task="t", seed=1, classes=("잎",), rows=(row,))

    assert version(1, Split.TRAIN).digest == version(2, Split.TRAIN).digest
    assert version(1, Split.TRAIN).digest != version(1, Split.TEST).digest


@pytest.mark.parametrize(("validation", "test"), [(0, 0.2), (0.5, 0.5), (0.2, -0.1)])
def test_shares_leave_something_on_every_side(validation: float, test: float) -> None:
    with pytest.raises(ValueError, match="above 0"):
        SplitShares(validation=validation, test=test)


def test_a_fact_has_a_source_exactly_when_it_has_a_value() -> None:
    for value, sources in ((1, ()), (None, ("a",)), (-1, ("a",))):
        with pytest.raises(ValueError, match="fact"):
            Fact(value=value, sources=sources)
    assert Fact(value=1, sources=("a", "b")).verified
    assert not Fact(value=1, sources=("a",)).verified


def test_preprocessing_refuses_what_is_no_picture() -> None:
    with pytest.raises(ValueError, match="channels"):
        ImagePreprocessing(width=8, height=8, channels=4)
    with pytest.raises(ValueError, match="pixel"):
        ImagePreprocessing(width=0, height=8, channels=1)


@pytest.mark.parametrize("wrong", [{"minutes": 0}, {"trials": 0}])
def test_a_search_request_needs_time_and_a_trial(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="time and at least one trial"):
        SearchRequest(device_id="d", **wrong)  # type: ignore[arg-type]

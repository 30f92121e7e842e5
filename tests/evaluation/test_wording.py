"""Figures in words, as data."""

from __future__ import annotations

import json
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.domain.evaluation import Interval, wilson_interval
from studio.domain.phrase import PHRASES, Phrase
from studio.evaluation import amount_phrase, none_seen_phrase, share_phrase


def test_a_share_in_words() -> None:
    said = share_phrase(Interval(0.968, 0.941, 0.9899))
    assert said.text() == "about 97 of 100; between 94 and 99"
    assert said.text(lambda _: "{low}–{high} / {of}") == "94–99 / 100"


@given(st.integers(0, 3000), st.integers(0, 3000))
def test_words_never_promise_more_than_the_figures(hits: int, misses: int) -> None:
    share = wilson_interval(hits, hits + misses)
    said = share_phrase(share).values
    low, about, high = (said[name] for name in ("low", "about", "high"))
    assert isinstance(low, int)
    assert isinstance(about, int)
    assert isinstance(high, int)
    assert 0 <= low <= about <= high <= 100
    assert low <= 100 * share.low + 1e-6
    assert high >= 100 * share.high - 1e-6
    assert (about == 100) is (share.value == 1)
    assert (about == 0) is (share.value == 0)


def test_none_of_forty() -> None:
    assert none_seen_phrase(40).text() == "0 of 40; the true rate may still be 7.2 %"
    with pytest.raises(ValueError, match="nothing was tested"):
        none_seen_phrase(0)


def test_an_amount_in_words() -> None:
    said = amount_phrase(Interval(3.14159, 2.8, 3.5), "mm")
    assert said.text() == "about 3.14 mm; between 2.8 and 3.5"


def test_names_people_gave_are_only_names() -> None:
    said = Phrase.of("better", better="{worse}", worse="%s {0}", p=0.01)
    assert said.text() == "{worse} is better than %s {0} (p = 0.01)."
    assert Phrase.from_json(json.loads(json.dumps(said.as_json()))) == said


@pytest.mark.parametrize("key", PHRASES)
def test_a_phrase_that_lacks_a_value_is_refused(key: str) -> None:
    names = {name for _, name, _, _ in Formatter().parse(PHRASES[key]) if name}
    if names:
        with pytest.raises(ValueError, match=key):
            Phrase(key=key, values={})
    assert Phrase(key=key, values=dict.fromkeys(names, 1)).text()


@pytest.mark.parametrize(
    "data",
    [
        {"key": "no such", "values": {}},
        {"key": "amount", "values": {"about": "x", "unit": "", "low": 0, "high": 1}},
        {"key": "amount"},
        {"key": "one-group", "values": {"a": None}},
        [],
    ],
)
def test_damaged_phrases_are_refused(data: object) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - any sentence will do, the store turns it
        Phrase.from_json(data)  # type: ignore[arg-type]


def test_a_share_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="no share"):
        share_phrase(Interval(1.2, 1.0, 1.3))

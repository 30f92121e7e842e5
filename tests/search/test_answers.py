"""Answers are packed the same every time, and what is not theirs is refused."""

from __future__ import annotations

import contextlib
import io
import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.domain.errors import SearchError
from studio.search.answers import Answers, pack, unpack


def some(inputs: int = 7, outputs: int = 3) -> Answers:
    dice = np.random.default_rng(inputs)
    return Answers(
        outputs=dice.random((inputs, outputs), np.float32),
        truth=dice.integers(0, outputs, inputs).astype(np.int32),
        groups=np.arange(inputs, dtype=np.int32) // 2,
        numbers=np.arange(inputs, dtype=np.int64) * 3,
    )


def npz(**arrays: object) -> bytes:
    out = io.BytesIO()
    np.savez(out, **arrays)  # type: ignore[arg-type]
    return out.getvalue()


@pytest.mark.parametrize("inputs", [0, 1, 7])
def test_answers_come_back_and_are_the_same_bytes_every_time(inputs: int) -> None:
    answers = some(inputs)
    content = pack(answers)
    assert content == pack(unpack(content))
    for name in ("outputs", "truth", "groups", "numbers"):
        assert np.array_equal(getattr(unpack(content), name), getattr(answers, name))


@given(st.data())
def test_damaged_answers_are_refused_or_the_same(data: st.DataObject) -> None:
    good = pack(some())
    content = bytearray(good)
    for _ in range(data.draw(st.integers(1, 3))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    with warnings.catch_warnings(), contextlib.suppress(SearchError):
        warnings.simplefilter("ignore")  # numpy on headers that look old
        assert np.array_equal(unpack(bytes(content)).outputs, some().outputs)


def test_arrays_of_another_kind_are_refused() -> None:
    fields = {name: getattr(some(), name) for name in ("outputs", "truth", "groups", "numbers")}
    assert len(unpack(npz(**fields)).truth) == 7
    for change in (
        {"truth": fields["truth"][:3]},
        {"outputs": fields["outputs"].astype(np.float64)},
        {"groups": np.array([None] * 7)},
        {"numbers": fields["numbers"][:, None]},
    ):
        with pytest.raises(SearchError, match="damaged"):
            unpack(npz(**{**fields, **change}))

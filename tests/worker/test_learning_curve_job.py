"""Would more data help: real trainings on parts of a small table."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from pathlib import Path

import pytest

from studio.app import Session
from studio.app.more_data import subsets_of
from studio.domain.dataset import DatasetRow, DatasetVersion, Split
from tests.app.judged import NETWORK, with_amounts

pytestmark = [pytest.mark.worker, pytest.mark.slow]


@pytest.mark.parametrize("network", [NETWORK, ("instant-table", {"units": 16})])
def test_the_best_configuration_is_trained_on_parts_of_the_data(
    tmp_path: Path, network: tuple[str, Mapping[str, object]]
) -> None:
    path = tmp_path / "p.automl"
    with_amounts(path, [float(n) for n in range(90)], network)
    told: list[tuple[int, int]] = []
    with Session.open(path) as session:
        before = path.read_bytes()
        curve = session.judging.more_data(minutes=4, progress=lambda *n: told.append(n))
        assert path.read_bytes() == before
        assert [point.samples for point in curve.points] == [8, 15, 30]
        # A line through rows of 0 to 29 says little about 30 to 59, but never nothing.
        assert all(0 < point.error.value <= point.error.high for point in curve.points)
        assert told[-1] == (7, 7)


def test_parts_are_whole_sessions_of_the_training_side_and_one_in_the_other() -> None:
    rows = tuple(
        DatasetRow(
            sample_id=n,
            sample_digest=f"{n:064d}",
            class_name="ab"[n // 10 % 2],
            split=Split.TEST if n >= 80 else Split.TRAIN,
        )
        for n in range(100)
    )
    version = DatasetVersion(task="image-classification", seed=1, classes=("a", "b"), rows=rows)
    units: list[Hashable] = [n // 5 for n in range(100)]
    subsets = subsets_of(version, units)
    assert {(one.share, one.samples) for one in subsets} == {(1.0, 80), (0.5, 40), (0.25, 20)}
    for one in subsets:
        assert max(one.groups) < 80
        assert {n // 5 * 5 + k for n in one.groups for k in range(5)} == set(one.groups)
        assert {"ab"[n // 10 % 2] for n in one.groups} == {"a", "b"}
    first = {one.share: set(one.groups) for one in subsets if one.seed == 1}
    assert first[0.25] < first[0.5] < first[1.0]

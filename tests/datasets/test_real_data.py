"""Real tables and recordings come out as arrays a model can learn from."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from studio.app import Session
from studio.datasets import freeze, snapshot_for, variants_for

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"


@pytest.mark.parametrize(
    ("task", "paths", "options", "pattern", "rows"),
    [
        ("tabular-classification", ["penguins-tabular/penguins.csv"], {}, None, 172),
        ("tabular-regression", ["penguins-tabular/penguins.csv"],
         {"target": "body_mass_g"}, None, 170),
        ("sensor-classification",
         ["stm32-har-accel/running", "stm32-har-accel/stationary"], {}, None, 27),
        ("sensor-classification", ["older-people-rfid-accel"], {}, r"(d\dp\d\d)", 242),
    ],
)  # fmt: skip
def test_real_data_comes_out_as_arrays(
    task: str, paths: list[str], options: dict[str, str], pattern: str | None, rows: int,
    tmp_path: Path,
) -> None:  # fmt: skip
    if not DATA.is_dir():
        pytest.skip("the shared data sets are not on this machine")
    with Session.create(tmp_path / "p.automl", task=task) as session:
        session.import_paths([DATA / path for path in paths], options=options)
        project = session._project
        version = freeze(project, seed=1, pattern=pattern)
        assert len(version.rows) == rows
        variants = variants_for(project, version)
        given = snapshot_for(project, version, variants, tmp_path / "d", root=tmp_path / "kept")
        assert given.variants
        for name, how in given.variants.items():
            x, y, split = (np.load(tmp_path / "d" / name / f"{part}.npy")
                           for part in ("x", "y", "split"))  # fmt: skip
            assert x.shape[1:] == how.shape
            assert set(split) == {0, 1, 2}
            train = x[split == 0].reshape(-1, *how.shape[-1:])
            # Every number of an input tells something in training.
            assert (train.max(0) > train.min(0)).all()
            if version.classes:
                assert all(set(y[split == side]) == set(range(len(version.classes)))
                           for side in range(3))  # fmt: skip

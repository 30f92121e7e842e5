"""Making a trained network exportable: real training and conversion of a tiny network."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from studio.jobs import JobDirectory
from studio.search import CandidateFiles, FinishedTrial, Order
from studio.worker.doing import Doer

from .tiny_job import SPEC, make_job

pytestmark = [
    pytest.mark.worker,
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore"),  # TensorFlow's own, at import and conversion
]

SMALL = {"input": "8-grey", "width": 4, "blocks": 1, "learning_rate": 0.01}


@dataclass
class Told:
    """Keeps files as the asking side does."""

    directory: JobDirectory
    data: dict[str, Any] = field(default_factory=dict)

    def __call__(self, what: str, data: dict[str, Any], files: Mapping[str, bytes]) -> None:
        for name, content in files.items():
            self.directory.add_artifact(name, content)
        self.data[what] = data


def test_the_int8_file_of_a_trial_is_taken_as_it_is_and_would_be_the_same_made_again(
    tmp_path: Path,
) -> None:
    directory = make_job(tmp_path / "job")
    order = Order(trial=0, space=SPEC.space, hyperparameters=SMALL, seed=5, rung=0, share=0.2)
    with Doer(directory) as doer:

        def done(task: str, order: Order) -> dict[str, Any]:
            told = Told(directory)
            doer.do(order, task, seconds=60.0, tell=told)
            assert "failed" not in told.data
            return told.data

        trials = [
            FinishedTrial.from_json(done("train", replace(order, trial=n, seed=n))["made"]["trial"])
            for n in (0, 1)
        ]
        assert trials[0].int8 is not None
        assert trials[1].int8 is not None
        assert 0 < trials[0].converting_seconds < trials[0].seconds
        assert trials[0].operations > trials[0].parameters
        to_finish = replace(order, share=0.0, weights=trials[0].weights)
        again = done("finish", to_finish)
        taken = done("finish", replace(to_finish, int8=trials[0].int8.as_json()))
        other = done("finish", replace(to_finish, int8=trials[1].int8.as_json()))
    made = {"again": again, "taken": taken, "other": other}
    int8 = {
        name: CandidateFiles.from_json(data["finished"]["files"]).files[0].file["sha256"]
        for name, data in made.items()
    }
    assert int8["again"] == int8["taken"] == trials[0].int8.file["sha256"]
    assert int8["other"] == trials[1].int8.file["sha256"] != int8["taken"]

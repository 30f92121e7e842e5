"""How quick the first page of every queue is, with a hundred thousand samples judged.

Run ``python -m tests.benchmarks.bench_review [SAMPLES]``. Prints, as JSON, milliseconds of the
processor (what else the machine does changes them little): the median of first pages of 50, of
the page behind a thousand others, and how long a vote of the nearest neighbours takes a sample.
The labels of one sample in fifty are wrong, the model names nineteen of twenty of the rest, and
one in ten has no label. ``worst`` is a model that contradicts no label, so that its whole queue
must be gone through.
"""

from __future__ import annotations

import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from studio.domain.sample import Box, ImageFacts, NewSample
from studio.labelling.conflicts import ConflictKind, conflicts
from studio.labelling.neighbours import votes
from studio.labelling.operations import ImportStep
from studio.labelling.review import Order, Ranking, review
from studio.labelling.suggesting import reliability, suggestions
from studio.store import predictions
from studio.store.predictions import Prediction, Predictor
from studio.store.project_file import ProjectFile

_BATCH, _ROUNDS, _CLASSES = 1000, 9, 20
_NAMES = tuple(f"class {n}" for n in range(_CLASSES))


def _sample(number: int, choice: random.Random) -> NewSample:
    truth = number % _CLASSES
    label = choice.randrange(_CLASSES) if choice.random() < 0.02 else truth
    return NewSample(
        # Three in a thousand are copies of the one before them.
        content=(number - (number % 1000 in (1, 2, 3))).to_bytes(8, "big") * 8,
        name=f"folder {number % 100:03d}/{number:07d}.png",
        media_type="image/png",
        facts=ImageFacts(width=640, height=480),
        class_name=None if choice.random() < 0.1 else _NAMES[label],
        boxes=tuple(
            Box(class_name=_NAMES[n], x=choice.random() / 2, y=0.5, width=0.25, height=0.25)
            for n in range(2)
        ),
    )


def _said(id: int, called: int, choice: random.Random) -> Prediction:
    """Return a softmax-like answer: mostly sure, whether right or wrong."""
    sure = max(choice.random(), choice.random()) * 0.94 + 0.06
    shares = [(1 - sure) / (_CLASSES - 1)] * _CLASSES
    shares[called] = sure
    return Prediction(sample_id=id, shares=tuple(shares), nearest=(1, 2, 3))


def fill(project: ProjectFile, total: int) -> Predictor:
    """Put samples and predictions in and return who predicted."""
    choice = random.Random(1)
    step = ImportStep(project, "photos")
    for start in range(0, total, _BATCH):
        end = min(start + _BATCH, total)
        step.add([(_sample(number, choice), None) for number in range(start, end)])
    return _ask(project, total, lambda truth: truth if choice.random() < 0.95 else 0)


def _ask(project: ProjectFile, total: int, name: Callable[[int], int]) -> Predictor:
    choice = random.Random(2)
    with project.transaction():
        asked = predictions.put_predictor(project, None, _NAMES)
        said = (_said(id, name((id - 1) % _CLASSES), choice) for id in range(1, total + 1))
        predictions.put(project, asked.id, said)
    return asked


def _agree(project: ProjectFile, asked: Predictor) -> None:
    """Make what was said agree with every label."""
    index = {row["id"]: _NAMES.index(row["name"]) for row in project.rows("SELECT * FROM classes")}
    cases = " ".join(f"WHEN {id} THEN {place}" for id, place in index.items())
    with project.transaction():
        project.execute(
            f"UPDATE predictions SET best = (SELECT CASE s.class_id {cases} ELSE 0 END"
            " FROM samples s WHERE s.id = predictions.sample_id)"
        )


def _median_ms(work: Callable[[], Any]) -> float:
    times = []
    for _ in range(_ROUNDS):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return round(statistics.median(times) * 1000, 2)


def measure(total: int) -> dict[str, float]:
    """Make a project in a temporary folder and return what was measured."""
    found: dict[str, float] = {"samples": total}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "bench.automl")
        with ProjectFile.create(path, task="image-classification") as project:
            fill(project, total)
        with ProjectFile.open(path) as project:
            asked = predictions.find(project, None)
            assert asked is not None
            found |= _pages(project, asked)
            _agree(project, asked)
            ranking = Ranking(model=asked)
            work = lambda: review(project, Order.DISAGREEMENT, ranking)  # noqa: E731
            found["disagreement_worst_ms"] = _median_ms(work)
    features = np.random.default_rng(1).normal(size=(min(total, 4096), 176)).astype(np.float32)
    began = time.process_time()
    list(votes(features, [_NAMES[n % _CLASSES] for n in range(len(features))]))
    found["vote_ms_a_sample"] = round((time.process_time() - began) * 1000 / len(features), 3)
    return found


def _pages(project: ProjectFile, asked: Predictor) -> dict[str, float]:
    found = {}
    for order in Order:
        for name, offset in (("first", 0), ("later", 1000)):
            ranking = Ranking(model=asked, neighbours=asked, offset=offset)
            found[f"{order}_{name}_ms"] = _median_ms(
                lambda order=order, ranking=ranking: review(project, order, ranking)  # type: ignore[misc]
            )
    found["suggestions_first_ms"] = _median_ms(lambda: suggestions(project, asked))
    found["reliability_ms"] = _median_ms(lambda: reliability(project, asked, 0.9))
    for kind in ConflictKind:
        found[f"conflicts_{kind}_ms"] = _median_ms(
            lambda kind=kind: conflicts(project, kind, model=asked)  # type: ignore[misc]
        )
    return found


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000), indent=1))

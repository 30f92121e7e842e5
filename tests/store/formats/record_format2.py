"""Recorded ``format2.automl``; kept to show what is in it. It needs the store of format 2.

Twelve pictures in two classes and two sessions, three rows of a table, a recording with two
labelled stretches, a frozen version of the pictures, a stopped search, and a candidate.
"""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

from PIL import Image

from studio import datasets as freezing
from studio.domain.candidate import ArtifactFormat, Precision
from studio.domain.dataset import Split
from studio.domain.evaluation import Evaluation
from studio.domain.figure import Figure
from studio.domain.preprocessing import ImagePreprocessing
from studio.domain.sample import ImageFacts, NewSample, RecordingFacts, RowFacts, TimeRange
from studio.domain.search import SearchRequest, SearchState
from studio.store import candidates, samples, searches, tables
from studio.store.migrations import FORMAT
from studio.store.project_file import ProjectFile

TABLE = "0" * 64


def picture(number: int) -> bytes:
    """Return a 10 x 8 picture that differs by number."""
    out = io.BytesIO()
    Image.new("RGB", (10, 8), (number * 20, 255 - number * 20, 90)).save(out, "PNG")
    return out.getvalue()


def pictures() -> list[tuple[NewSample, bytes | None]]:
    """Return the pictures, six of a class."""
    return [
        (
            NewSample(
                content=picture(number),
                name=f"잎/{number:02d}.png",
                media_type="image/png",
                facts=ImageFacts(width=10, height=8),
                class_name=("healthy", "rust")[number % 2],
                session=f"day {number // 2 % 6}",
            ),
            picture(number),
        )
        for number in range(12)
    ]


def others() -> list[tuple[NewSample, bytes | None]]:
    """Return the rows and the recording."""
    rows = [json.dumps({"x": n, "y": None}, sort_keys=True).encode() for n in range(3)]
    made = [
        NewSample(
            content=row,
            name=f"t.csv/{n}",
            media_type="application/json",
            facts=RowFacts(table=TABLE),
        )
        for n, row in enumerate(rows)
    ]
    recording = NewSample(
        content=b"t,x\n0,1\n1,2\n2,3\n3,4\n",
        name="r.csv",
        media_type="text/csv",
        facts=RecordingFacts(channels=("x",), units=("",), rate_hz=1.0, samples=4),
        ranges=(
            TimeRange(class_name="healthy", start_s=0.0, end_s=2.0),
            TimeRange(class_name="rust", start_s=2.0, end_s=4.0),
        ),
    )
    return [(sample, None) for sample in (*made, recording)]


def fill(project: ProjectFile) -> None:
    """Put everything in."""
    with project.transaction():
        samples.add_all(project, pictures())
    version = freezing.freeze(project, seed=7)
    with project.transaction():
        samples.add_all(project, others())
        tables.put(project, TABLE, {"x": "number", "y": "target"})
    request = SearchRequest(device_id="nano33ble", minutes=1.0, trials=1)
    with project.transaction():
        search = searches.add(project, dataset=version.digest, request=request, job="gone-0002")
        searches.set_state(project, search.id, SearchState.STOPPED, "It was interrupted.")
        row = candidates.add(
            project,
            search_id=search.id,
            trial=0,
            space="mcu-image-cnn",
            hyperparameters={"filters": 8},
            parameters=100,
            validation=evaluation(Split.VALIDATION),
            preprocessing=ImagePreprocessing(width=16, height=16, channels=3),
            weights=b"weights of twelve pictures",
        )
        candidates.put_artifact(
            project,
            row,
            precision=Precision.INT8,
            format=ArtifactFormat.TFLITE,
            content=b"a converted model",
            arena=Figure.unknown("B", "recorded by hand"),
            evaluation=evaluation(Split.TEST),
        )


def evaluation(split: Split) -> Evaluation:
    """Return a result on two samples."""
    return Evaluation(split=split, classes=("healthy", "rust"), confusion=((1, 0), (0, 1)))


if __name__ == "__main__":
    assert FORMAT == 2, "this recording was made by format 2"
    with ProjectFile.create(Path(sys.argv[1]), task="image-classification") as made:
        fill(made)

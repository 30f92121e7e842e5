"""Recorded ``format3.automl``; kept to show what is in it. It needs the store of format 3.

Twelve pictures, one of them linked and one kept out, with boxes; two recordings with time ranges;
two rows of a table; sessions; a frozen version, a search and a candidate; and a history whose
last step is undone; and what the candidate says of three pictures.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from record_format1 import evaluation, picture

from studio import datasets as freezing
from studio import labelling
from studio.domain.candidate import ArtifactFormat, Precision
from studio.domain.dataset import Split
from studio.domain.figure import Figure
from studio.domain.preprocessing import ImagePreprocessing
from studio.domain.sample import (
    Box,
    ImageFacts,
    NewSample,
    RecordingFacts,
    RowFacts,
    TimeRange,
)
from studio.domain.search import SearchRequest, SearchState
from studio.labelling.operations import AddRegion, Assign, Exclude, ImportStep, RenameClass
from studio.store import candidates, predictions, searches, tables
from studio.store.migrations import FORMAT
from studio.store.predictions import Prediction
from studio.store.project_file import ProjectFile


def pictures() -> list[NewSample]:
    """Return twelve pictures; the last is linked."""
    return [
        NewSample(
            content=picture(number),
            name=f"잎/{number:02d}.png",
            media_type="image/png",
            facts=ImageFacts(width=10, height=8),
            class_name=("healthy", "rust")[number % 2],
            session=f"plant {number // 2}",
            taken_at=f"2026-05-{number + 1:02d}T10:00:00",
            boxes=(Box(class_name="mite", x=0.1, y=0.2, width=0.5, height=0.25),),
            link=Path("gone", "11.png") if number == 11 else None,
        )
        for number in range(12)
    ]


def recordings() -> list[NewSample]:
    """Return two recordings of a second, with two ranges each."""
    facts = RecordingFacts(channels=("x", "y"), units=("g", ""), rate_hz=4.0, samples=4)
    return [
        NewSample(
            content=b"x,y\n" + b"%d,2\n" % number * 4,
            name=f"pump {number}.csv",
            media_type="text/csv",
            facts=facts,
            ranges=(
                TimeRange(class_name="on", start_s=0, end_s=0.5),
                TimeRange(class_name="off", start_s=0.5, end_s=1),
            ),
        )
        for number in range(2)
    ]


def rows() -> list[NewSample]:
    """Return two rows of one table."""
    return [
        NewSample(
            content=json.dumps({"size": number, "kind": "a"}, sort_keys=True).encode(),
            name=f"t.csv/{number}",
            media_type="application/json",
            facts=RowFacts(table="f" * 64),
        )
        for number in range(2)
    ]


def fill(project: ProjectFile) -> None:
    """Put everything in."""
    step = ImportStep(project, "photos")
    step.add([(sample, sample.content) for sample in pictures()])
    step.add([(sample, None) for sample in (*recordings(), *rows())])
    with project.transaction():
        tables.put(project, "f" * 64, {"size": "number", "kind": "target"})
    candidate(project)
    labelling.perform(project, Exclude(sample_ids=(3,)))
    labelling.perform(project, RenameClass(old="rust", new="녹병"))
    box = Box(class_name="mite", x=0, y=0, width=1, height=1)
    labelling.perform(project, AddRegion(sample_id=1, shape=box))
    labelling.perform(project, Assign(sample_ids=(1, 2), class_name="wilted"))
    labelling.undo(project)


def candidate(project: ProjectFile) -> None:
    """Freeze the pictures, and record a search with a candidate."""
    version = freezing.freeze(project, seed=7)
    request = SearchRequest(device_id="nano33ble", minutes=1.0, trials=1)
    with project.transaction():
        search = searches.add(project, dataset=version.digest, request=request, job="gone-0002")
        searches.set_state(project, search.id, SearchState.FINISHED)
        row = candidates.add(
            project,
            search_id=search.id,
            trial=0,
            space="mcu-image-cnn",
            hyperparameters={"filters": 8},
            parameters=100,
            validation=evaluation(Split.VALIDATION),
            preprocessing=ImagePreprocessing(width=16, height=16, channels=3),
            weights=b"weights of twelve more pictures",
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
        asked = predictions.put_predictor(project, row, version.classes)
        said = [Prediction(sample_id=id, shares=(0.25, 0.75)) for id in (1, 2, 3)]
        predictions.put(project, asked.id, said)


if __name__ == "__main__":
    assert FORMAT == 3, "this recording was made by format 3"
    with ProjectFile.create(Path(sys.argv[1]), task="image-classification") as made:
        fill(made)

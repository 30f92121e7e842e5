"""Recorded ``format1.automl``; kept to show what is in it. It needs the store of format 1.

Twelve pictures in two classes and one without, a frozen version, a finished search, and a
candidate whose weights and artifact are a few bytes.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from PIL import Image

from studio import datasets as freezing
from studio.domain.candidate import ArtifactFormat, Precision
from studio.domain.dataset import Split
from studio.domain.evaluation import Evaluation
from studio.domain.figure import Figure
from studio.domain.preprocessing import ImagePreprocessing
from studio.domain.sample import NewSample
from studio.domain.search import SearchRequest, SearchState
from studio.store import candidates, samples, searches
from studio.store.migrations import FORMAT
from studio.store.project_file import ProjectFile


def picture(number: int) -> bytes:
    """Return a 10 x 8 picture that differs by number."""
    out = io.BytesIO()
    Image.new("RGB", (10, 8), (number * 20, 255 - number * 20, 90)).save(out, "PNG")
    return out.getvalue()


def fill(project: ProjectFile) -> None:
    """Put the samples, the version, the search and the candidate in."""
    with project.transaction():
        for number in range(13):
            content = picture(number)
            sample = NewSample(
                content=content,
                name=f"잎/{number:02d}.png",
                media_type="image/png",
                width=10,
                height=8,
                class_name=None if number == 12 else ("healthy", "rust")[number % 2],
            )
            samples.add(project, sample, content)
    version = freezing.freeze(project, seed=7)
    request = SearchRequest(device_id="nano33ble", minutes=1.0, trials=1)
    with project.transaction():
        search = searches.add(project, dataset=version.digest, request=request, job="gone-0001")
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
    assert FORMAT == 1, "this recording was made by format 1"
    with ProjectFile.create(Path(sys.argv[1]), task="image-classification") as made:
        fill(made)

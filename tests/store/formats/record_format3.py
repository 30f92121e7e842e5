"""Recorded ``format3.automl``; kept to show what is in it. It needs the store of format 3.

What is in ``format2.automl``, and what its candidate says of three pictures.
"""

from __future__ import annotations

import sys
from pathlib import Path

from record_format2 import fill

from studio.store import candidates, datasets, predictions
from studio.store.migrations import FORMAT
from studio.store.predictions import Prediction
from studio.store.project_file import ProjectFile

if __name__ == "__main__":
    assert FORMAT == 3, "this recording was made by format 3"
    with ProjectFile.create(Path(sys.argv[1]), task="image-classification") as made:
        fill(made)
        [candidate] = candidates.best_first(made)
        version = datasets.get(made, candidate.dataset_digest)
        said = [Prediction(sample_id=id, shares=(0.25, 0.75)) for id in (1, 2, 3)]
        with made.transaction():
            asked = predictions.put_predictor(made, candidate.id, version.classes)
            predictions.put(made, asked.id, said)

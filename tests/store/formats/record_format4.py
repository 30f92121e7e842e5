"""Recorded ``format4.automl``; kept to show what is in it. It needs the store of format 4.

The pictures and the candidate of ``format2.automl``, what the candidate answered, and a dataset
version with amounts and stretches.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from record_format2 import candidate, pictures

from studio.domain.dataset import Split
from studio.labelling.operations import ImportStep
from studio.store import answers, candidates, datasets
from studio.store.migrations import FORMAT
from studio.store.project_file import ProjectFile


def fill(project: ProjectFile) -> None:
    """Put everything in."""
    ImportStep(project, "photos").add([(sample, sample.content) for sample in pictures()])
    candidate(project)
    [found] = candidates.best_first(project)
    version = datasets.get(project, found.dataset_digest)
    amounts = tuple(
        replace(row, class_name="", amount=0.5 * n, range_s=(0.25, n + 1.0))
        for n, row in enumerate(version.rows)
    )
    with project.transaction():
        datasets.add(project, replace(version, classes=(), rows=amounts))
        answers.put(project, found.id, Split.TEST, b"packed answers")


if __name__ == "__main__":
    assert FORMAT == 4, "this recording was made by format 4"
    with ProjectFile.create(Path(sys.argv[1]), task="image-classification") as made:
        fill(made)

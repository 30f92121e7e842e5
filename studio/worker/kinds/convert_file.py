"""Converting a stranger's TensorFlow Lite file, as far as that needs no training data."""

from __future__ import annotations

from typing import Any

from studio.conversion import CATALOGUE, ConvertFileSpec
from studio.domain.errors import StudioError
from studio.jobs import JobDirectory, JournalWriter
from studio.worker.control import Control
from studio.worker.kind import JobKind

__all__ = ["ENTRY"]


def run(
    data: dict[str, Any], directory: JobDirectory, journal: JournalWriter, control: Control
) -> None:
    """Make a file by every recipe; one that fails does not stop the others."""
    from studio.worker.converting.strangers import convert_given

    spec = ConvertFileSpec.from_json(data)
    journal.write("job_started", durable=True, kind="convert-file", resumed=0)
    content = directory.read_artifact(spec.file)
    for id in spec.recipes:
        control.check()
        journal.write("recipe_started", recipe=id)
        try:
            found = convert_given(content, CATALOGUE[id], directory.add_artifact)
        except StudioError as error:
            told = {"code": error.code, "sentence": str(error)}
            journal.write("recipe_failed", durable=True, recipe=id, **told)
            continue
        journal.write("recipe_finished", durable=True, **found.as_json())
    journal.write("job_finished", durable=True, why="done")


ENTRY = JobKind(id="convert-file", run=run)
"""Started by `studio.app.converting`."""

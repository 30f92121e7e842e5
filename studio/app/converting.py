"""Converting a candidate, or anybody's model file, by recipes, in a worker."""

from __future__ import annotations

import os
import shutil
import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from studio import jobs
from studio.app.answered import Answering
from studio.app.exporting import one_of
from studio.app.models import read_model_file
from studio.conversion import ConvertFileSpec, ConvertSpec, Recipe
from studio.datasets import groups_of, write_snapshot
from studio.domain.candidate import Candidate
from studio.domain.conversion import Conversion, GateLimits, Verdict
from studio.domain.dataset import DatasetVersion
from studio.domain.errors import ModelError
from studio.domain.event import JobEvent
from studio.jobs import JobDirectory
from studio.jobs.directory import write_whole
from studio.runtimes.tflite_file import read_model
from studio.store import blobs, candidates, datasets
from studio.store.project_file import ProjectFile

__all__ = ["Conversions", "Converting", "Refusal", "convert_file"]

_VARIANT = "input"
_POLL_SECONDS = 0.1
_DIED = "its worker ended without a word, as of a damaged model or too little memory."

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A recipe that made no file, and why."""

    recipe: str
    code: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversions:
    """What came of some recipes.

    Attributes:
        made: What was made, in the order of the recipes.
        refused: What was not.
        written: Where the file of a recipe lies; those that fail the gate are not written.
        candidate_id: Of which candidate; None for a model file.
    """

    made: tuple[Conversion, ...]
    refused: tuple[Refusal, ...]
    written: Mapping[str, Path]
    candidate_id: int | None = None


class Converting:
    """The part of `Session` that converts."""

    _project: ProjectFile

    def convert(
        self,
        recipes: Sequence[Recipe],
        *,
        candidate_id: int | None = None,
        out: Path | None = None,
        limits: GateLimits = GateLimits(),  # noqa: B008 (frozen)
        progress: Progress = lambda sentence: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Conversions:
        """Convert a candidate (the best), judge each file, and help those that lose too much.

        *Slow*: seconds a recipe; with remedies and pruning as long as a training. Nothing is
        written to the project.

        Args:
            recipes: Of `studio.conversion.CATALOGUE`.
            candidate_id: Which.
            out: Folder for the files that do not fail the gate; None writes none.
            limits: Of the gate.
            progress: Called with what is being done.
            cancelled: Asked while the worker works; then it ends, and what it made stands.

        Raises:
            ExportError: ``export.no_candidate``, ``export.unknown_candidate``.
            ModelError: ``model.conversion_failed``, ``model.cannot_write``.
        """
        candidate = one_of(candidates.best_first(self._project), candidate_id)
        with _job_directory() as directory:
            _write_job(self._project, candidate, recipes, limits, directory)
            found = _run(directory, progress, cancelled)
            stem = f"candidate-{candidate.id}"
            return _kept(found, directory, out, stem, candidate.id)


def convert_file(
    path: Path,
    recipes: Sequence[Recipe],
    *,
    out: Path | None = None,
    progress: Progress = lambda sentence: None,
) -> Conversions:
    """Convert anybody's ``.tflite`` file, as far as that needs no training data; *slow*.

    Raises:
        ModelError: as `read_model_file`, what the reader says of the content, and as
            `Converting.convert`.
    """
    content = read_model_file(path)
    read_model(content)
    with _job_directory() as directory:
        directory.artifacts.mkdir(parents=True)
        given = directory.add_artifact("given.tflite", content)
        ids = tuple(recipe.id for recipe in recipes)
        directory.write_spec(ConvertFileSpec(recipes=ids, file=given).as_json())
        return _kept(_run(directory, progress), directory, out, path.stem, None)


@contextmanager
def _job_directory() -> Iterator[JobDirectory]:
    directory = JobDirectory(jobs.jobs_root() / f"convert-{uuid.uuid4().hex[:12]}")
    try:
        yield directory
    finally:
        shutil.rmtree(directory.root, ignore_errors=True)


def _write_job(
    project: ProjectFile,
    candidate: Candidate,
    recipes: Sequence[Recipe],
    limits: GateLimits,
    directory: JobDirectory,
) -> None:
    version = datasets.get(project, candidate.dataset_digest)
    directory.artifacts.mkdir(parents=True)
    weights = blobs.get(project, candidate.weights_digest)
    spec = ConvertSpec(
        recipes=tuple(recipe.id for recipe in recipes),
        space=candidate.space,
        classes=candidate.classes,
        variant=_VARIANT,
        preprocessing=candidate.preprocessing,
        trial=candidate.trial,
        hyperparameters=candidate.hyperparameters,
        weights=directory.add_artifact("weights.npz", weights),
        sessions=_sessions(project, version),
        limits=limits,
    )
    directory.write_spec(spec.as_json())
    write_snapshot(project, version, {_VARIANT: candidate.preprocessing}, directory.data)


def _sessions(project: ProjectFile, version: DatasetVersion) -> tuple[int, ...]:
    """Return the number of the session, or else of the original, of every group."""
    numbers: dict[object, int] = {}
    found: dict[int, int] = {}
    for group, unit in zip(groups_of(version), Answering(project).units(version), strict=True):
        found.setdefault(group, numbers.setdefault(unit, len(numbers)))
    return tuple(found[group] for group in range(len(found)))


@dataclass(slots=True)
class _Found:
    """What a worker's journal says."""

    made: list[Conversion] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    recipe: str = ""

    def take(self, event: JobEvent, progress: Progress) -> None:
        """Take in one event."""
        if event.name == "recipe_started":
            self.recipe = str(event.data["recipe"])
            progress(self.recipe)
        elif event.name == "step":
            progress(f"{self.recipe}: {event.data['sentence']}")
        elif event.name == "recipe_finished":
            self.made.append(Conversion.from_json(event.data))
        elif event.name == "recipe_failed":
            self.refused.append(Refusal(**event.data))
        elif event.name == "job_failed":
            died = event.data.get("code") == "job.worker_died"  # which speaks of searches
            raise _failed(_DIED if died else str(event.data.get("sentence", "")))


def _run(
    directory: JobDirectory, progress: Progress, cancelled: Callable[[], bool] = lambda: False
) -> _Found:
    found = _Found()
    job = jobs.start(directory, jobs.claim(directory))
    try:
        while job.running and not cancelled():
            for event in job.poll():
                found.take(event, progress)
            time.sleep(_POLL_SECONDS)
    except (KeyError, TypeError, ValueError) as error:
        raise _failed("a line of its journal is damaged.") from error
    finally:
        job.close()
    return found


def _failed(why: str) -> ModelError:
    return ModelError(
        f"The conversion ended early: {why}",
        "Choose other recipes or another candidate.",
        code="model.conversion_failed",
    )


def _kept(
    found: _Found, directory: JobDirectory, out: Path | None, stem: str, candidate_id: int | None
) -> Conversions:
    """Return what was found, its files copied to where the person wants them."""
    written: dict[str, Path] = {}
    for one in found.made:
        failed = one.gate is not None and one.gate.verdict is Verdict.FAILS
        if out is not None and not failed:
            name = str(one.file["file"]).removeprefix("model_")
            written[one.recipe] = out / f"{stem}.{name}"
            _write(written[one.recipe], directory.read_artifact(one.file))
    return Conversions(
        made=tuple(found.made),
        refused=tuple(found.refused),
        written=written,
        candidate_id=candidate_id,
    )


def _write(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, content)
    except OSError as error:
        raise ModelError(
            f"{path.name} cannot be written: {os.strerror(error.errno or 0).lower()}.",
            "Choose another folder with --out.",
            code="model.cannot_write",
        ) from error

"""Looking at samples: lists of any length, and all that is known of one."""

from __future__ import annotations

import json
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio import labelling
from studio.app.reviewing import Reviewing
from studio.domain.errors import ImportFailed
from studio.domain.operation import Operation
from studio.domain.preprocessing import ImagePreprocessing
from studio.domain.sample import Sample
from studio.domain.sieve import Sieve
from studio.labelling.review import Opinion, opinions_of
from studio.store import blobs, history, predictions, regions, samples, sessions, tables
from studio.store.predictions import Predictor
from studio.store.project_file import ProjectFile
from studio.store.regions import Region
from studio.store.sessions import SampleSession
from studio.store.sifting import sift
from studio.tasks import pictures
from studio.tasks.recordings import BadRecording, Recording, read_recording

__all__ = ["Browsing", "Detail", "Recording", "Region", "SampleSession"]

_LATEST = 1000
"""Steps of the history that are looked through for those of one sample."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """All that is known of one sample.

    Attributes:
        opinions: What the current model and the nearest neighbours say of it.
        side: Where the dataset version frozen last put it; empty if it is not in it.
        marks: Its boxes or time ranges.
        steps: What was done to it by name, the newest first.
    """

    sample: Sample
    opinions: tuple[Opinion, ...]
    side: str
    marks: tuple[Region, ...]
    steps: tuple[Operation, ...]


class Browsing:
    """What `studio.app.Session.browsing` gives; every method is *slow*."""

    def __init__(self, project: ProjectFile) -> None:
        self._project = project

    def ids(self, sieve: Sieve = Sieve()) -> array[int]:  # noqa: B008 (frozen)
        """Return the row numbers of the samples that pass, in the order asked for."""
        near = predictions.find(self._project, None)
        return sift(self._project, sieve, model=self._model(), near=near)

    def _model(self) -> Predictor | None:
        return Reviewing(self._project).current() or predictions.find(self._project, None)

    def asked(self) -> bool:
        """Whether a model, or the neighbours, have said what samples are."""
        return self._model() is not None

    def records(self, ids: Sequence[int]) -> tuple[Sample, ...]:
        """Return samples in the order of their row numbers here; those gone are left out."""
        known = {sample.id: sample for sample in samples.get(self._project, ids)}
        return tuple(known[id] for id in ids if id in known)

    def detail(self, sample_id: int) -> Detail | None:
        """Return all that is known of a sample; None when it is gone."""
        found = samples.get(self._project, [sample_id])
        if not found:
            return None
        askers = [Reviewing(self._project).current(), predictions.find(self._project, None)]
        known = [one for one in askers if one is not None]
        return Detail(
            sample=found[0],
            opinions=opinions_of(self._project, known, [sample_id])[sample_id],
            side=self._side(sample_id),
            marks=regions.of_samples(self._project, [sample_id]),
            steps=self._steps(sample_id),
        )

    def _side(self, sample_id: int) -> str:
        found = self._project.value(
            "SELECT split FROM dataset_rows WHERE version = (SELECT digest FROM dataset_versions"
            " ORDER BY sequence DESC LIMIT 1) AND sample_id = ? LIMIT 1",
            (sample_id,),
        )
        return str(found or "")

    def _steps(self, sample_id: int) -> tuple[Operation, ...]:
        named = history.naming(self._project, sample_id, _LATEST)
        return tuple(
            step for step in labelling.history_of(self._project, _LATEST) if step.id in named
        )

    def sessions(self) -> tuple[SampleSession, ...]:
        """Return the sessions that are kept, with their numbers of samples."""
        return tuple(one for one in sessions.all_sessions(self._project) if one.samples)

    def columns(self) -> dict[str, str]:
        """Return the columns of all tables with their types; of one name the first."""
        found: dict[str, str] = {}
        for types in tables.all_columns(self._project).values():
            for name, kind in types.items():
                found.setdefault(name, kind)
        return found

    def rows(self, picked: Sequence[Sample]) -> list[Mapping[str, Any]]:
        """Return the cells of rows by column; a damaged row has none."""
        return [_cells(blobs.get(self._project, sample.digest)) for sample in picked]

    def picture(self, sample: Sample, side: int) -> NDArray[np.uint8]:
        """Return a photo upright for the screen, uint8 ``(height, width, 3)``.

        Args:
            sample: A photo.
            side: Its longer side is at most so many pixels, and never more than its own.

        Raises:
            ImportFailed: ``label.unreadable`` for a photo that cannot be read.
        """
        share = min(1.0, side / max(sample.width, sample.height))
        size = {"width": max(1, round(sample.width * share))}
        size["height"] = max(1, round(sample.height * share))
        try:
            content = blobs.get(self._project, sample.digest)
            return pictures.prepare(content, ImagePreprocessing(channels=3, **size))
        except pictures.BadPicture as error:
            raise _unreadable(sample, error) from error

    def recording(self, sample: Sample) -> Recording:
        """Return the signal of a recording.

        Raises:
            ImportFailed: ``label.unreadable`` for a recording that cannot be read.
        """
        try:
            return read_recording(blobs.get(self._project, sample.digest), sample.media_type)
        except BadRecording as error:
            raise _unreadable(sample, error) from error


def _unreadable(sample: Sample, error: Exception) -> ImportFailed:
    return ImportFailed(
        f"{sample.name} cannot be shown: {error}.",
        "Import the original again.",
        code="label.unreadable",
    )


def _cells(content: bytes) -> Mapping[str, Any]:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}

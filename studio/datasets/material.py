"""The samples of a project as the checks and the splits look at them, read once.

Nothing here decodes an original twice, and what cannot be read is remembered, not raised.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.datasets.ends import Ends, ends_of
from studio.datasets.evidence import Clues, Trace
from studio.datasets.looks import Looks, colours_and_shapes, stack
from studio.datasets.near import near_pictures
from studio.datasets.near_signals import POINTS, near_recordings, reduced
from studio.domain.errors import ProjectError
from studio.domain.sample import RecordingFacts, RowFacts, Sample, SampleKind
from studio.store import blobs, samples, tables
from studio.store.project_file import ProjectFile
from studio.store.samples import SampleFilter
from studio.tasks.pictures import BadPicture
from studio.tasks.recordings import BadRecording, Recording, read_recording

__all__ = ["Material", "Near", "Progress", "no_progress"]

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is. What it raises
ends the work: so it is cancelled."""

Near = tuple[int, int, float]
"""Row numbers of two samples that are copies, and how well they agree, 0 to 1."""


def no_progress(what: str, done: int, total: int) -> None:
    """Tell nobody."""


class Material:
    """The samples of a project that are not excluded.

    Args:
        project: Whose.
        progress: Called with what is being done, how much of it is done, and how much there is.
    """

    def __init__(self, project: ProjectFile, progress: Progress = no_progress) -> None:
        self.project = project
        self.progress = progress
        self.samples = samples.page(project, SampleFilter(excluded=False))
        self.unreadable: dict[int, str] = {}

    def of_kind(self, kind: SampleKind) -> tuple[Sample, ...]:
        """Return the samples of one kind."""
        return tuple(sample for sample in self.samples if sample.kind is kind)

    @cached_property
    def by_id(self) -> Mapping[int, Sample]:
        """Every sample by row number."""
        return {sample.id: sample for sample in self.samples}

    def traces(self) -> list[Trace]:
        """Return where the samples come from."""
        return [
            Trace(
                id=sample.id,
                name=sample.name,
                class_name=sample.class_name,
                taken_at=sample.taken_at,
                session=sample.session,
            )
            for sample in self.samples
        ]

    # Pictures

    @cached_property
    def pictures(self) -> tuple[tuple[Sample, ...], Looks]:
        """The pictures that can be read, and their looks, row by row."""
        given = self.of_kind(SampleKind.IMAGE)
        known: dict[str, Looks] = {}
        shown, looks = [], []
        for done, sample in enumerate(given):
            look = known.get(sample.digest) or self._look(sample)
            if look is not None:
                known[sample.digest] = look
                shown.append(sample)
                looks.append(look)
            self.progress("looking at pictures", done + 1, len(given))
        return tuple(shown), _joined(looks)

    def _look(self, sample: Sample) -> Looks | None:
        side = min(sample.width, sample.height)
        # The thumbnail does; the original only if that is lacking or damaged.
        for read in (samples.thumbnail, blobs.get):
            try:
                return stack([read(self.project, sample.digest)], [side])
            except (BadPicture, ProjectError) as error:
                why = str(error)
        self.unreadable[sample.id] = why
        return None

    # Recordings

    def recording(self, sample: Sample) -> Recording | None:
        """Return a recording in full, or None if it cannot be read."""
        try:
            content = blobs.get(self.project, sample.digest)
            return read_recording(content, sample.media_type)
        except (BadRecording, ProjectError) as error:
            self.unreadable[sample.id] = str(error)
            return None

    @cached_property
    def signals(self) -> tuple[tuple[Sample, ...], list[NDArray[np.float32]]]:
        """The recordings that can be read, reduced for comparing; see `reduced`."""
        return self._heard[0], self._heard[1]

    @cached_property
    def ends(self) -> Mapping[int, Ends]:
        """How the recordings that can be read begin and end, by sample id."""
        return self._heard[2]

    @cached_property
    def _heard(
        self,
    ) -> tuple[tuple[Sample, ...], list[NDArray[np.float32]], dict[int, Ends]]:
        given = self.of_kind(SampleKind.RECORDING)
        lengths = [s.facts.samples for s in given if isinstance(s.facts, RecordingFacts)]
        every = max(1, math.ceil(float(np.median(lengths)) / POINTS)) if lengths else 1
        heard, signals, ends = [], [], {}
        for done, sample in enumerate(given):
            found = self.recording(sample)
            if found is not None:
                heard.append(sample)
                signals.append(reduced(found.values, every))
                ends[sample.id] = ends_of(found.values, (found.channels, found.rate_hz))
            self.progress("reading recordings", done + 1, len(given))
        return tuple(heard), signals, ends

    # Rows

    @cached_property
    def rows(self) -> tuple[tuple[Sample, ...], list[dict[str, Any]]]:
        """The rows that can be read, as values by column; what is missing is None."""
        found, values = [], []
        for sample in self.of_kind(SampleKind.ROW):
            try:
                row = json.loads(blobs.get(self.project, sample.digest))
            except (ValueError, RecursionError, ProjectError) as error:
                self.unreadable[sample.id] = str(error)
                continue
            if isinstance(row, dict):
                found.append(sample)
                values.append(row)
        return tuple(found), values

    def column_types(self, sample: Sample) -> Mapping[str, str]:
        """Return what the columns of a row's table are; empty if nobody said."""
        if not isinstance(sample.facts, RowFacts):
            return {}
        return tables.columns_of(self.project, sample.facts.table)

    # What they have in common

    @cached_property
    def near(self) -> tuple[Near, ...]:
        """Copies that are not the same to the byte: every link found."""
        shown, looks = self.pictures
        pairs = near_pictures(looks, self.progress)
        found = [(shown[p.first], shown[p.second], p.agreement) for p in pairs]
        heard, signals = self.signals
        pairs = near_recordings(signals, lambda d, t: self.progress("comparing recordings", d, t))
        found += [(heard[p.first], heard[p.second], p.agreement) for p in pairs]
        return tuple(
            (one.id, other.id, value) for one, other, value in found if one.digest != other.digest
        )

    @cached_property
    def clues(self) -> Clues:
        """What the samples show of where they come from."""
        shown, looks = self.pictures
        if not shown or len(shown) != len(self.samples):
            return Clues(ends=self.ends)
        return Clues(content=colours_and_shapes(looks), grey=looks.grey)


def _joined(looks: list[Looks]) -> Looks:
    if not looks:
        return stack([], [])
    return Looks(
        np.concatenate([look.grey for look in looks]),
        np.concatenate([look.layout for look in looks]),
        np.concatenate([look.short_sides for look in looks]),
    )

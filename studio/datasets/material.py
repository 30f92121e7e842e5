"""The samples of a project as the checks and the splits look at them, read once.

Nothing here decodes an original twice, and what cannot be read is remembered, not raised.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.datasets import kept_looks
from studio.datasets.ends import Ends, ends_of
from studio.datasets.evidence import Clues, Trace
from studio.datasets.kept_looks import KeptLooks
from studio.datasets.looks import Looks, colours_and_shapes, joined, look_of
from studio.datasets.near import Pair, near_pictures
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
        self.worked_out: dict[tuple[object, ...], object] = {}

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
        distinct, looks, _ = self._looked
        row = {sample.digest: number for number, sample in enumerate(distinct)}
        shown = [sample for sample in self.of_kind(SampleKind.IMAGE) if sample.digest in row]
        return tuple(shown), looks.of([row[sample.digest] for sample in shown])

    @cached_property
    def _looked(self) -> tuple[list[Sample], Looks, list[bytes]]:
        """One picture of each content that can be read, its look, and the key of that."""
        given = self.of_kind(SampleKind.IMAGE)
        first = {sample.digest: sample for sample in reversed(given)}
        kept = self._kept_looks
        distinct, keys, greys, layouts = [], [], [], []
        looks: dict[str, bool] = {}
        for done, sample in enumerate(given):
            if sample.digest not in looks:
                found = self._look(first[sample.digest], kept)
                looks[sample.digest] = found is not None
                if found is not None:
                    key, grey, layout = found
                    distinct.append(sample)
                    keys.append(key)
                    greys.append(grey)
                    layouts.append(layout)
            elif not looks[sample.digest]:
                self.unreadable[sample.id] = self.unreadable[first[sample.digest].id]
            self.progress("looking at pictures", done + 1, len(given))
        return distinct, joined(greys, layouts, list(map(_short_side, distinct))), keys

    @cached_property
    def _kept_looks(self) -> KeptLooks | None:
        return kept_looks.load(self.project)

    def _look(
        self, sample: Sample, kept: KeptLooks | None
    ) -> tuple[bytes, NDArray[np.uint8], NDArray[np.uint8]] | None:
        # The thumbnail does; the original only if that is lacking or damaged.
        for read in (samples.thumbnail, blobs.get):
            try:
                content = read(self.project, sample.digest)
                key = kept_looks.key_of(content)
                if kept is not None and key in kept.rows:
                    row = kept.rows[key]
                    return key, kept.looks.grey[row], kept.looks.layout[row]
                return key, *look_of(content)
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
        shown, looks, keys = self._looked
        pairs = self._near_pictures(looks, keys)
        found = [(shown[p.first], shown[p.second], p.agreement) for p in pairs]
        heard, signals = self.signals
        pairs = near_recordings(signals, lambda d, t: self.progress("comparing recordings", d, t))
        found += [(heard[p.first], heard[p.second], p.agreement) for p in pairs]
        return tuple(
            (one.id, other.id, value) for one, other, value in found if one.digest != other.digest
        )

    def _near_pictures(self, looks: Looks, keys: list[bytes]) -> Sequence[Pair]:
        """Return the copies among pictures, as kept from an earlier run where nothing changed."""
        if not keys:
            return ()
        of_all = kept_looks.digest_of_all(keys, looks.short_sides)
        kept = self._kept_looks
        if kept is not None and kept.of_all == of_all:
            return kept.pairs
        pairs = near_pictures(looks, self.progress)
        kept_looks.save(self.project, keys, looks, of_all, pairs)
        return pairs

    @cached_property
    def clues(self) -> Clues:
        """What the samples show of where they come from."""
        shown, looks = self.pictures
        if not shown or len(shown) != len(self.samples):
            return Clues(ends=self.ends)
        return Clues(content=colours_and_shapes(looks), grey=looks.grey)


def _short_side(sample: Sample) -> int:
    return min(sample.width, sample.height)

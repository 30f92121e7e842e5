"""What the findings about the data ask for: keeping samples out, putting classes together."""

from __future__ import annotations

from collections.abc import Sequence

from studio import labelling
from studio.domain.operation import Change
from studio.labelling.operations import Exclude, Include, MergeClasses
from studio.store import samples
from studio.store.project_file import ProjectFile

__all__ = ["Tidying"]


class Tidying:
    """Corrections to a project's data, each one step of the history.

    They return None where nothing changed and raise ProjectError as `studio.labelling` does.
    """

    def __init__(self, project: ProjectFile) -> None:
        self._project = project

    def exclude(self, sample_ids: Sequence[int]) -> Change | None:
        """Keep samples out of what is learned and tested; they stay in the project."""
        return labelling.perform(self._project, Exclude(sample_ids=tuple(sample_ids)))

    def include(self, sample_ids: Sequence[int]) -> Change | None:
        """Take samples back in."""
        return labelling.perform(self._project, Include(sample_ids=tuple(sample_ids)))

    def put_together(self, sample_ids: Sequence[int], into: str) -> Change | None:
        """Put the classes these samples are of together into one of them."""
        found = samples.get(self._project, sample_ids)
        names = {sample.class_name for sample in found if sample.class_name is not None}
        action = MergeClasses(names=tuple(sorted(names - {into})), into=into)
        return labelling.perform(self._project, action)

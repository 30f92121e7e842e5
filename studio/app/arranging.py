"""What a person does to classes and marks; each call is one step of the history."""

from __future__ import annotations

from collections.abc import Sequence

from studio import labelling
from studio.domain.operation import Change, OperationState
from studio.domain.sample import Box, TimeRange
from studio.labelling.operations import (
    Action,
    AddClass,
    AddRegion,
    ChangeRegion,
    DeleteClass,
    DeleteRegions,
    Exclude,
    Include,
    MarkRange,
    MergeClasses,
    MoveEdge,
    Overlap,
    RemoveSamples,
    RenameClass,
)
from studio.store.project_file import ProjectFile

__all__ = ["Arranging"]


class Arranging:
    """What `studio.app.Session.arranging` gives; None where nothing changed.

    Every method may raise ProjectError: for a class, sample or mark that is gone, or a name that
    is taken or empty.
    """

    def __init__(self, project: ProjectFile) -> None:
        self._project = project

    def _do(self, action: Action) -> Change | None:
        return labelling.perform(self._project, action)

    # Classes

    def add_class(self, name: str) -> Change | None:
        """Make a class that has no samples yet."""
        return self._do(AddClass(name=name))

    def rename_class(self, old: str, new: str) -> Change | None:
        """Give a class another name."""
        return self._do(RenameClass(old=old, new=new))

    def merge_classes(self, names: Sequence[str], into: str) -> Change | None:
        """Make several classes one."""
        return self._do(MergeClasses(names=tuple(names), into=into))

    def delete_class(self, name: str) -> Change | None:
        """Take a class away with its labels and marks; the samples stay."""
        return self._do(DeleteClass(name=name))

    # Samples

    def exclude(self, sample_ids: Sequence[int]) -> Change | None:
        """Keep samples out of dataset versions."""
        return self._do(Exclude(sample_ids=tuple(sample_ids)))

    def include(self, sample_ids: Sequence[int]) -> Change | None:
        """Let samples into dataset versions again."""
        return self._do(Include(sample_ids=tuple(sample_ids)))

    def remove(self, sample_ids: Sequence[int]) -> Change | None:
        """Take samples out of the project; *slow* for a thousand and more."""
        return self._do(RemoveSamples(sample_ids=tuple(sample_ids)))

    # Boxes and time ranges

    def mark(self, sample_id: int, shape: Box | TimeRange) -> Change | None:
        """Draw a box or mark a time range; a range of another class gives way to it."""
        if isinstance(shape, Box):
            return self._do(AddRegion(sample_id=sample_id, shape=shape))
        return self._do(MarkRange(sample_id=sample_id, shape=shape, overlap=Overlap.CUT))

    def change_mark(self, region_id: int, shape: Box | TimeRange) -> Change | None:
        """Give a box or a range another place, size or class."""
        return self._do(ChangeRegion(region_id=region_id, shape=shape))

    def move_range(self, region_id: int, start_s: float, end_s: float) -> Change | None:
        """Move the edges of a time range; a range of another class gives way to it."""
        action = MoveEdge(region_id=region_id, start_s=start_s, end_s=end_s, overlap=Overlap.CUT)
        return self._do(action)

    def delete_marks(self, region_ids: Sequence[int]) -> Change | None:
        """Take boxes or ranges away."""
        return self._do(DeleteRegions(region_ids=tuple(region_ids)))

    # History

    def go_to(self, step_id: int, *, inclusive: bool) -> int:
        """Undo or redo until a step stands; return how many steps were turned.

        Args:
            step_id: A step of the history, done or undone.
            inclusive: Whether the step itself is to be undone, if it is done.
        """
        steps = {one.id: one for one in labelling.history_of(self._project, -1)}
        step = steps.get(step_id)
        if step is None:
            return 0
        turned = 0
        if step.state is OperationState.UNDONE:
            waiting = sum(
                one.state is OperationState.UNDONE and one.id <= step_id for one in steps.values()
            )
            for _ in range(waiting):
                turned += labelling.redo(self._project) is not None
            return turned
        later = sum(
            one.state is OperationState.DONE
            and (one.id > step_id or (inclusive and one.id == step_id))
            for one in steps.values()
        )
        for _ in range(later):
            turned += labelling.undo(self._project) is not None
        return turned

"""Everything a person can do to samples: one class an action, one step of the history each.

| module | actions |
|---|---|
| ``labels`` | assign, clear, accept suggestions, exclude, include |
| ``suggestions`` | dismiss suggestions |
| ``conflicts`` | decide conflicts |
| ``classes`` | make, rename, merge, split off, delete |
| ``regions`` | draw a box, mark a time range, move, delete |
| ``ranges`` | mark a time range and move its edges, by rules for those that overlap |
| ``sessions`` | move between sessions |
| ``taking`` | import, remove |
"""

from studio.labelling.operations._operation import Operation as Action
from studio.labelling.operations.classes import (
    AddClass,
    DeleteClass,
    MergeClasses,
    RenameClass,
    SplitOff,
)
from studio.labelling.operations.conflicts import ResolveConflicts
from studio.labelling.operations.labels import AcceptSuggestions, Assign, Clear, Exclude, Include
from studio.labelling.operations.ranges import MarkRange, MoveEdge, Overlap
from studio.labelling.operations.regions import AddRegion, ChangeRegion, DeleteRegions
from studio.labelling.operations.sessions import MoveToSession
from studio.labelling.operations.suggestions import DismissSuggestions
from studio.labelling.operations.taking import ImportStep, RemoveSamples

__all__ = [
    "AcceptSuggestions",
    "Action",
    "AddClass",
    "AddRegion",
    "Assign",
    "ChangeRegion",
    "Clear",
    "DeleteClass",
    "DeleteRegions",
    "DismissSuggestions",
    "Exclude",
    "ImportStep",
    "Include",
    "MarkRange",
    "MergeClasses",
    "MoveEdge",
    "MoveToSession",
    "Overlap",
    "RemoveSamples",
    "RenameClass",
    "ResolveConflicts",
    "SplitOff",
]

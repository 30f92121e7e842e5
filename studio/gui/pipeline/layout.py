"""Where the boxes of the graph stand: columns by kind, order by time. Pure; no Qt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

__all__ = ["COLUMNS", "GAP_X", "GAP_Y", "HIGH", "WIDE", "Box", "Item", "Spot", "collapsed", "laid"]

COLUMNS = ("data", "version", "search", "candidate", "artifact", "bundle")
WIDE, HIGH = 176.0, 66.0
GAP_X, GAP_Y = 48.0, 16.0
_FEW = 4
"""Boxes of one kind below one parent that are shown one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One record as the layout sees it.

    Attributes:
        id: Stable.
        kind: One of `COLUMNS`.
        parents: Ids of what it was made from; those that are not there are passed over.
        order: By time among its kind; smaller stands higher.
        keep: It is never hidden in a group.
    """

    id: str
    kind: str
    parents: tuple[str, ...] = ()
    order: int = 0
    keep: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """One box: a record, or a group of them.

    Attributes:
        id: Of the record, or of the group.
        kind: One of `COLUMNS`.
        parents: Ids of boxes.
        order: By time.
        members: Ids of the records of a group; empty for one record.
    """

    id: str
    kind: str
    parents: tuple[str, ...]
    order: int
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Spot:
    """The upper left corner of a box."""

    x: float
    y: float


def collapsed(items: Sequence[Item], opened: Iterable[str] = ()) -> tuple[Box, ...]:
    """Return the boxes: many records of a kind below one parent stand in a group.

    Args:
        items: The records; parents are of earlier columns.
        opened: Ids of groups whose members are shown one by one.
    """
    open_ = frozenset(opened)
    shown_as: dict[str, str] = {}
    boxes: dict[str, Box] = {}
    for kind in COLUMNS:  # parents stand in earlier columns, so their boxes are known
        families: dict[str, list[Item]] = {}
        for item in items:
            if item.kind == kind:
                above = next((shown_as[p] for p in item.parents if p in shown_as), "")
                families.setdefault(above, []).append(item)
        for above, family in families.items():
            group = f"group:{kind}:{above}"
            few = sum(not item.keep for item in family) <= _FEW
            for item in family:
                id = item.id if item.keep or few or group in open_ else group
                shown_as[item.id] = id
                boxes[id] = _with(boxes.get(id), item, id, shown_as)
    return tuple(boxes.values())


def _with(before: Box | None, item: Item, id: str, shown_as: Mapping[str, str]) -> Box:
    """Return the box with one more record in it."""
    above = [shown_as[parent] for parent in item.parents if parent in shown_as]
    return Box(
        id=id,
        kind=item.kind,
        parents=tuple(dict.fromkeys([*(before.parents if before else ()), *above])),
        order=min(item.order, before.order) if before else item.order,
        members=() if id == item.id else (*(before.members if before else ()), item.id),
    )


def laid(boxes: Sequence[Box]) -> Mapping[str, Spot]:
    """Return where every box stands: a column a kind; beside its parent where there is room.

    No two boxes overlap, and the boxes of a kind stand in their order by time below one parent.
    """
    spots: dict[str, Spot] = {}
    for number, kind in enumerate(COLUMNS):
        x, free = number * (WIDE + GAP_X), 0.0
        wished = [(_wish(box, spots), box.order, box.id) for box in boxes if box.kind == kind]
        for y, _, id in sorted(wished):
            free = max(free, y)
            spots[id] = Spot(x, free)
            free += HIGH + GAP_Y
    return spots


def _wish(box: Box, spots: Mapping[str, Spot]) -> float:
    """Return how high it would stand: beside the highest of what it was made from."""
    return min((spots[p].y for p in box.parents if p in spots), default=0.0)

"""Which box an arrow key leads to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from studio.gui.pipeline.layout import Box, Spot

__all__ = ["next_box"]


def next_box(arrow: str, current: str, boxes: Mapping[str, Box], spots: Mapping[str, Spot]) -> str:
    """Return the box that ``left``, ``right``, ``up`` or ``down`` leads to; empty for none.

    Left and right go along the edges, up and down through the column; where no edge leads, to
    the nearest box of the columns on that side.
    """
    if current not in boxes:
        return next(iter(boxes), "")
    here = spots[current]
    if arrow in ("up", "down"):
        sign = -1 if arrow == "up" else 1
        column = [id for id in boxes if spots[id].x == here.x and sign * (spots[id].y - here.y) > 0]
        return min(column, key=lambda id: abs(spots[id].y - here.y), default="")
    if arrow == "left":
        return _nearest(boxes[current].parents, here, spots) or _beside(-1, here, boxes, spots)
    made = [box.id for box in boxes.values() if current in box.parents]
    return _nearest(made, here, spots) or _beside(1, here, boxes, spots)


def _nearest(ids: Iterable[str], here: Spot, spots: Mapping[str, Spot]) -> str:
    there = [id for id in ids if id in spots]
    return min(there, key=lambda id: (abs(spots[id].y - here.y), id), default="")


def _beside(sign: int, here: Spot, boxes: Mapping[str, Box], spots: Mapping[str, Spot]) -> str:
    side = [id for id in boxes if sign * (spots[id].x - here.x) > 0]
    return min(
        side, key=lambda id: (abs(spots[id].x - here.x), abs(spots[id].y - here.y), id), default=""
    )

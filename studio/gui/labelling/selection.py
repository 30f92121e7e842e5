"""What is selected in the grid or the table, however much that is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QAbstractItemView

__all__ = ["chosen_rows", "count_chosen", "go_to_row"]


def chosen_rows(view: QAbstractItemView) -> Iterator[int]:
    """Yield the selected rows, ascending; ranges are never spread out into indexes."""
    for first, last in sorted(_spans(view)):
        yield from range(first, last + 1)


def count_chosen(view: QAbstractItemView) -> int:
    """Return how many rows are selected."""
    return sum(last - first + 1 for first, last in _spans(view))


def _spans(view: QAbstractItemView) -> set[tuple[int, int]]:
    # A list of ranges, which the stubs do not know.
    ranges: Any = view.selectionModel().selection()
    return {(one.top(), one.bottom()) for one in ranges}


def go_to_row(view: QAbstractItemView, row: int) -> None:
    """Make a row the current and only selected one, and bring it into view."""
    flags = (
        QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
    )
    index = view.model().index(row, 0)
    view.selectionModel().setCurrentIndex(index, flags)
    view.scrollTo(index)

"""The graph's layout: nothing overlaps, time runs down, groups hold what they hide."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from studio.gui.pipeline.layout import COLUMNS, HIGH, WIDE, Item, collapsed, laid


@st.composite
def graphs(draw) -> list[Item]:
    """Return records of every kind, each made from one of the kind before."""
    items: list[Item] = []
    before: list[str] = []
    for kind in COLUMNS:
        ids = [f"{kind}:{number}" for number in range(draw(st.integers(0, 12)))]
        for order, id in enumerate(ids):
            parents = (draw(st.sampled_from(before)),) if before else ()
            keep = draw(st.booleans())
            items.append(Item(id=id, kind=kind, parents=parents, order=order, keep=keep))
        before = ids or before
    return items


@given(graphs(), st.data())
def test_no_two_boxes_overlap_and_every_edge_leads_on(items, data):
    groups = [box.id for box in collapsed(items) if box.members]
    opened = data.draw(st.sets(st.sampled_from(groups))) if groups else set()
    boxes = collapsed(items, opened)
    spots = laid(boxes)
    assert set(spots) == {box.id for box in boxes}
    for one, other in combinations(spots.values(), 2):
        assert abs(one.x - other.x) >= WIDE or abs(one.y - other.y) >= HIGH
    for box in boxes:
        assert all(spots[parent].x < spots[box.id].x for parent in box.parents)


@given(graphs())
def test_every_record_stands_in_one_box_and_those_to_keep_in_their_own(items):
    boxes = collapsed(items)
    shown = [id for box in boxes for id in (box.members or (box.id,))]
    assert sorted(shown) == sorted(item.id for item in items)
    assert {item.id for item in items if item.keep} <= {box.id for box in boxes}


@given(graphs())
def test_below_one_parent_the_older_stands_higher(items):
    boxes = collapsed(items)
    spots = laid(boxes)
    for one, other in combinations(boxes, 2):
        if (one.kind, one.parents) == (other.kind, other.parents) and one.order < other.order:
            assert spots[one.id].y < spots[other.id].y


@given(graphs())
def test_a_group_that_is_opened_shows_all_of_it(items):
    groups = [box for box in collapsed(items) if box.members]
    for group in groups:
        shown = {box.id for box in collapsed(items, {group.id})}
        assert set(group.members) <= shown
        assert group.id not in shown


def test_five_hundred_candidates_are_two_boxes():
    items = [Item(id="search:1", kind="search")]
    items += [
        Item(id=f"candidate:{n}", kind="candidate", parents=("search:1",), order=n, keep=n == 7)
        for n in range(500)
    ]
    boxes = collapsed(items)
    assert [len(box.members) for box in boxes if box.kind == "candidate"] == [499, 0]

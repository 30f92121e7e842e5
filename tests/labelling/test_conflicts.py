"""Contradicting labels are found, named, and decided in one step that undo takes back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from studio import labelling
from studio.domain.errors import ProjectError
from studio.domain.sample import Box, NewSample, RecordingFacts, TimeRange
from studio.labelling.conflicts import ConflictKind, conflict, conflicts
from studio.labelling.operations import (
    Assign,
    Clear,
    Exclude,
    ImportStep,
    MergeClasses,
    ResolveConflicts,
)
from studio.store import regions, samples
from studio.store.predictions import Predictor
from studio.store.project_file import ProjectFile
from tests.labelling.judged import add_candidate, asked, picture, project_of, state

CLASSES = ("leaf", "rust")


@pytest.fixture
def project(tmp_path: Path) -> Iterator[ProjectFile]:
    """Samples 1 to 3 have the same bytes, so have 4 and 5."""
    labels = ["leaf", "rust", "leaf", "rust", "rust", None, "leaf"]
    contents = [b"a", b"a", b"a", b"b", b"b", b"c", b"d"]
    with project_of(tmp_path / "a.automl", labels, contents) as made:
        yield made


def found(project: ProjectFile, kind: ConflictKind, model: Predictor | None = None) -> list[str]:
    page = conflicts(project, kind, model=model)
    assert all(conflict(project, one.id).sides == one.sides for one in page.items)
    assert all(set(one.sample_ids) <= {s.id for s in samples.page(project)} for one in page.items)
    return [one.id for one in page.items]


def resolve(project: ProjectFile, ids: list[str], keep: str | None) -> None:
    """Decide, see that undo and redo are exact, and leave it decided."""
    before = state(project)
    change = labelling.perform(project, ResolveConflicts(conflicts=tuple(ids), keep=keep))
    assert change is not None
    after = state(project)
    labelling.undo(project)
    assert state(project) == before
    assert [conflict(project, id).id for id in ids] == ids
    labelling.redo(project)
    assert state(project) == after


def classes(project: ProjectFile) -> list[str | None]:
    return [sample.class_name for sample in samples.page(project)]


def test_the_same_bytes_under_two_classes(project: ProjectFile) -> None:
    [id] = found(project, ConflictKind.CONTENT)
    sides = conflict(project, id).sides
    assert [(s.class_name, s.sample_ids) for s in sides] == [("leaf", (1, 3)), ("rust", (2,))]
    resolve(project, [id], "rust")
    assert classes(project)[:3] == ["rust"] * 3
    assert found(project, ConflictKind.CONTENT) == []


def test_a_conflict_is_decided_by_leaving_the_samples_out(project: ProjectFile) -> None:
    resolve(project, found(project, ConflictKind.CONTENT), None)
    assert [s.id for s in samples.page(project) if s.excluded] == [1, 2, 3]
    assert found(project, ConflictKind.CONTENT) == []


def test_excluding_or_relabelling_one_side_ends_it(project: ProjectFile) -> None:
    labelling.perform(project, Exclude(sample_ids=(2,)))
    assert found(project, ConflictKind.CONTENT) == []
    labelling.undo(project)
    labelling.perform(project, Clear(sample_ids=(2,)))
    assert found(project, ConflictKind.CONTENT) == []


def again(project: ProjectFile, name: str, content: bytes, *said: str) -> None:
    step = ImportStep(project, "more")
    step.add([(picture(content, name, class_name), None) for class_name in said])


def test_two_imports_that_disagree(project: ProjectFile) -> None:
    before = state(project)
    again(project, "7.png", b"d", "rust", "mite")
    again(project, "6.png", b"c", "rust")  # had no label
    again(project, "4.png", b"b", "rust")  # says the same
    assert classes(project)[3:] == ["rust", "rust", None, "leaf"]
    assert found(project, ConflictKind.IMPORTS) == ["imports:6", "imports:7"]
    sides = conflict(project, "imports:7").sides
    assert [side.class_name for side in sides] == ["leaf", "rust", "mite"]
    resolve(project, ["imports:6", "imports:7"], "rust")
    assert classes(project)[5:] == ["rust", "rust"]
    assert found(project, ConflictKind.IMPORTS) == []
    while labelling.undo(project) is not None and state(project) != before:
        pass
    assert state(project) == before


def test_what_a_person_said_is_not_disputed(project: ProjectFile) -> None:
    labelling.perform(project, Assign(sample_ids=(7,), class_name="rust"))
    again(project, "7.png", b"d", "leaf")
    assert found(project, ConflictKind.IMPORTS) == []


def test_keeping_what_the_first_import_said_settles_it(project: ProjectFile) -> None:
    again(project, "7.png", b"d", "rust")
    resolve(project, ["imports:7"], "leaf")
    again(project, "7.png", b"d", "rust")
    assert found(project, ConflictKind.IMPORTS) == []


def test_merging_the_classes_of_a_dispute_ends_it(project: ProjectFile) -> None:
    again(project, "7.png", b"d", "rust")
    before = state(project)
    labelling.perform(project, MergeClasses(names=("rust",), into="leaf"))
    assert found(project, ConflictKind.IMPORTS) == []
    labelling.undo(project)
    assert state(project) == before
    assert found(project, ConflictKind.IMPORTS) == ["imports:7"]


@pytest.fixture
def judged(project: ProjectFile) -> Predictor:
    """A model sure that 4, 5 and 7 are otherwise; the neighbours think so of 4 and 7."""
    row = add_candidate(project, CLASSES, b"a model").id
    against = {4: (0.95, 0.05), 5: (0.99, 0.01), 7: (0.02, 0.98), 1: (1, 0)}
    asked(project, CLASSES, {**against, 5: (0.6, 0.4)})
    return asked(project, CLASSES, against, row)


def test_a_label_against_a_sure_model_and_the_neighbours(
    project: ProjectFile, judged: Predictor
) -> None:
    assert found(project, ConflictKind.NEIGHBOURS) == []  # without a model
    assert found(project, ConflictKind.NEIGHBOURS, judged) == ["neighbours:7", "neighbours:4"]
    resolve(project, ["neighbours:7"], "rust")
    resolve(project, ["neighbours:4"], "rust")
    assert classes(project)[3:7] == ["rust", "rust", None, "rust"]
    # The label of 4 was kept: it is not asked about again.
    assert found(project, ConflictKind.NEIGHBOURS, judged) == []


RECORDING = RecordingFacts(channels=("x",), units=("",), rate_hz=10.0, samples=100)


def ranges(project: ProjectFile) -> list[tuple[str, float, float]]:
    found = [one.shape for one in regions.page(project, "range")]
    return [(r.class_name, r.start_s, r.end_s) for r in found if isinstance(r, TimeRange)]


@pytest.mark.parametrize(
    ("other", "left"),
    [
        ((1, 3), [(1, 2)]),  # its end is cut off
        ((3, 5), [(4, 5)]),  # its start
        ((1, 6), [(1, 2), (4, 6)]),  # its middle
        ((2.5, 3.5), []),  # all of it
        ((2, 4), []),
    ],
)
def test_ranges_that_overlap(
    project: ProjectFile, other: tuple[float, float], left: list[tuple[float, float]]
) -> None:
    marked = (
        TimeRange(class_name="on", start_s=2, end_s=4),
        TimeRange(class_name="off", start_s=other[0], end_s=other[1]),
        TimeRange(class_name="off", start_s=other[1], end_s=9),  # touches, or overlaps no more
        TimeRange(class_name="on", start_s=2, end_s=4),  # the same twice is no contradiction
    )
    sample = NewSample(
        content=b"r", name="r", media_type="text/csv", facts=RECORDING, ranges=marked[:2]
    )
    ImportStep(project, "signals").add([(sample, None)])
    [id] = found(project, ConflictKind.RANGES)
    assert conflict(project, id).sample_ids == (8,)
    resolve(project, [id], "on")
    assert sorted(ranges(project)) == sorted(
        [("on", 2, 4), *(("off", start, end) for start, end in left)]
    )
    assert found(project, ConflictKind.RANGES) == []


def boxed(project: ProjectFile, *boxes: Box) -> None:
    ImportStep(project, "boxes").add([(picture(b"box", "box.png", None, boxes=boxes), None)])


def test_boxes_that_are_almost_the_same(project: ProjectFile) -> None:
    one = Box(class_name="mite", x=0.1, y=0.1, width=0.4, height=0.4)
    almost = Box(class_name="egg", x=0.11, y=0.1, width=0.4, height=0.4)
    apart = Box(class_name="egg", x=0.3, y=0.1, width=0.4, height=0.4)
    same = Box(class_name="mite", x=0.1, y=0.1, width=0.4, height=0.4)
    boxed(project, one, almost, apart, same)
    ids = found(project, ConflictKind.BOXES)
    assert len(ids) == 2
    assert "share 95%" in conflict(project, ids[0]).sentence
    resolve(project, ids[:1], "mite")
    kept = [region.shape for region in regions.page(project, "box")]
    assert kept == [one, apart, same]
    assert found(project, ConflictKind.BOXES) == []


def test_what_cannot_be_decided_is_a_sentence_and_changes_nothing(project: ProjectFile) -> None:
    [id] = found(project, ConflictKind.CONTENT)
    before = state(project)
    for ids, keep, code in (
        ([id], "mite", "not_a_side"),
        ([id, "imports:1"], "leaf", "unknown_conflict"),
        (["content:"], "leaf", "unknown_conflict"),
        (["nonsense"], None, "unknown_conflict"),
        (["boxes:1-'"], None, "unknown_conflict"),
        ([id], " ", "empty_name"),
    ):
        with pytest.raises(ProjectError) as caught:
            labelling.perform(project, ResolveConflicts(conflicts=tuple(ids), keep=keep))
        assert caught.value.code == f"label.{code}", ids
    assert state(project) == before


def test_pages_go_through_all_of_them(tmp_path: Path) -> None:
    labels = ["leaf", "rust"] * 5
    with project_of(tmp_path / "b.automl", labels, [b"%d" % (n // 2) for n in range(10)]) as made:
        pages = [conflicts(made, ConflictKind.CONTENT, offset=n, limit=2) for n in (0, 2, 4)]
        assert [page.more for page in pages] == [True, True, False]
        assert len({one.id for page in pages for one in page.items}) == 5

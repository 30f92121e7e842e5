"""What a person does to samples: each action one step, refused in a sentence or done whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from studio import labelling
from studio.domain.errors import ProjectError
from studio.domain.operation import OperationState, Part
from studio.domain.sample import (
    Box,
    ImageFacts,
    NewSample,
    RecordingFacts,
    RowFacts,
    TimeRange,
)
from studio.labelling.operations import (
    AcceptSuggestions,
    AddRegion,
    Assign,
    ChangeRegion,
    Clear,
    DeleteClass,
    DeleteRegions,
    Exclude,
    ImportStep,
    Include,
    MergeClasses,
    MoveToSession,
    RemoveSamples,
    RenameClass,
    SplitOff,
)
from studio.store import regions, samples, sessions
from studio.store.project_file import ProjectFile

RECORDING = RecordingFacts(channels=("x",), units=("g",), rate_hz=100.0, samples=1000)


def new(number: int, class_name: str | None = None, **more: Any) -> NewSample:
    facts = {"facts": ImageFacts(width=4, height=4), **more}
    return NewSample(
        content=b"%d" % number,
        name=f"{number}.png",
        media_type="image/png",
        class_name=class_name,
        **facts,
    )


@pytest.fixture
def project(tmp_path: Path) -> Iterator[ProjectFile]:
    with ProjectFile.create(tmp_path / "a.automl", task="image-classification") as made:
        step = ImportStep(made, "photos")
        step.add([(new(n, "leaf" if n < 3 else None), None) for n in range(5)])
        step.add([(new(5, facts=RECORDING), None), (new(6, facts=RowFacts(table="t")), None)])
        yield made


def labels(project: ProjectFile) -> list[str | None]:
    return [sample.class_name for sample in samples.page(project)]


def test_assigning_is_one_step_and_one_notice(project: ProjectFile) -> None:
    change = labelling.assign(project, [2, 4], "잎")
    assert change is not None
    assert change.parts == {Part.LABELS, Part.CLASSES}
    assert change.sample_ids == (2, 4)
    assert change.operation.title == 'Label 2 samples "잎"'
    assert labels(project)[:5] == ["leaf", "잎", "leaf", "잎", None]
    undone = labelling.undo(project)
    assert undone is not None
    assert undone.operation.state is OperationState.UNDONE
    assert undone.sample_ids == (2, 4)
    assert [c.name for c in samples.classes(project)] == ["leaf"]
    assert labels(project)[:5] == ["leaf"] * 3 + [None] * 2


def test_what_changes_nothing_is_no_step(project: ProjectFile) -> None:
    assert labelling.clear(project, [4, 5]) is None
    labelling.assign(project, [1], "rust")
    project.execute("UPDATE samples SET labelled_at = '2001-01-01T00:00:00+00:00'")
    assert labelling.assign(project, [1], "rust") is None
    labelling.undo(project)
    assert labelling.perform(project, Include(sample_ids=(1,))) is None
    assert [step.kind for step in labelling.history_of(project)] == ["assign", "import"]


def test_an_import_of_many_batches_is_one_step(project: ProjectFile) -> None:
    [step] = labelling.history_of(project)
    assert step.title == "Import 7 samples from photos"
    assert labelling.undo(project) is not None
    assert (samples.count(project), samples.classes(project)) == (0, ())
    assert labelling.undo(project) is None
    change = labelling.redo(project)
    assert change is not None
    assert change.sample_ids == (1, 2, 3, 4, 5, 6, 7)
    assert labels(project) == ["leaf"] * 3 + [None] * 4


def test_an_import_interrupted_by_another_action_goes_on_as_its_own_step(
    project: ProjectFile,
) -> None:
    step = ImportStep(project, "more")
    step.add([(new(20, "rust"), None)])
    labelling.assign(project, [1], "mildew")
    step.add([(new(21, "mildew"), None)])
    change = step.change()
    assert change is not None
    assert len(change.sample_ids) == 2
    kinds = [done.kind for done in labelling.history_of(project)]
    assert kinds == ["import", "assign", "import", "import"]
    for _ in kinds:
        labelling.undo(project)
    assert (samples.count(project), samples.classes(project)) == (0, ())


def test_a_new_step_drops_what_was_undone(project: ProjectFile) -> None:
    labelling.assign(project, [1], "a")
    labelling.undo(project)
    labelling.assign(project, [1], "b")
    assert labelling.redo(project) is None
    assert [step.title for step in labelling.history_of(project, 1)] == ['Label 1 sample "b"']


def test_renaming_merging_splitting_and_deleting_classes(project: ProjectFile) -> None:
    labelling.perform(project, RenameClass(old="leaf", new="healthy"))
    labelling.perform(project, SplitOff(sample_ids=(1,), class_name="spotted"))
    assert labels(project)[:3] == ["spotted", "healthy", "healthy"]
    labelling.perform(project, MergeClasses(names=("healthy", "spotted"), into="plant"))
    assert [(c.name, c.samples) for c in samples.classes(project)] == [("plant", 3)]
    labelling.perform(project, DeleteClass(name="plant"))
    assert (labels(project), samples.classes(project)) == ([None] * 7, ())
    for _ in range(4):
        labelling.undo(project)
    assert [(c.name, c.samples) for c in samples.classes(project)] == [("leaf", 3)]


def test_marks_are_drawn_moved_and_deleted(project: ProjectFile) -> None:
    box = Box(class_name="spot", x=0.1, y=0.2, width=0.3, height=0.4)
    labelling.perform(project, AddRegion(sample_id=1, shape=box))
    stretch = TimeRange(class_name="knock", start_s=0.5, end_s=2.0)
    change = labelling.perform(project, AddRegion(sample_id=6, shape=stretch))
    assert change is not None
    assert change.parts == {Part.REGIONS, Part.CLASSES}
    assert change.sample_ids == (6,)
    drawn, marked = regions.of_samples(project, [1, 6])
    assert (drawn.shape, marked.shape) == (box, stretch)
    moved = Box(class_name="spot", x=0.0, y=0.0, width=1.0, height=1.0)
    labelling.perform(project, ChangeRegion(region_id=drawn.id, shape=moved))
    assert regions.of_samples(project, [1])[0].shape == moved
    labelling.perform(project, DeleteRegions(region_ids=(drawn.id, marked.id)))
    assert regions.of_samples(project, [1, 6]) == ()
    labelling.undo(project)
    labelling.undo(project)
    assert [region.shape for region in regions.of_samples(project, [1, 6])] == [box, stretch]


def test_sessions_are_made_and_left(project: ProjectFile) -> None:
    groups = (("tuesday", (1, 2)), ("wednesday", (3,)))
    labelling.perform(project, MoveToSession(groups=groups))
    labelling.perform(project, MoveToSession(groups=((None, (2,)),)))
    assert [s.session for s in samples.page(project)][:3] == ["tuesday", None, "wednesday"]
    assert [(s.name, s.samples) for s in sessions.all_sessions(project)] == [
        ("tuesday", 1),
        ("wednesday", 1),
    ]
    labelling.undo(project)
    labelling.undo(project)
    assert sessions.all_sessions(project) == ()


def test_removed_samples_come_back_with_their_marks(project: ProjectFile) -> None:
    box = Box(class_name="spot", x=0.1, y=0.2, width=0.3, height=0.4)
    labelling.perform(project, AddRegion(sample_id=1, shape=box))
    before = (samples.page(project), regions.of_samples(project, [1]))
    labelling.perform(project, RemoveSamples(sample_ids=(1, 7)))
    assert samples.count(project) == 5
    labelling.undo(project)
    assert (samples.page(project), regions.of_samples(project, [1])) == before


def test_excluded_samples_are_told_apart(project: ProjectFile) -> None:
    labelling.perform(project, Exclude(sample_ids=(1, 4)))
    out = samples.SampleFilter(excluded=True)
    assert [sample.id for sample in samples.page(project, out)] == [1, 4]
    assert samples.count(project, samples.SampleFilter(excluded=False, class_name="leaf")) == 2


def test_suggestions_are_accepted_in_one_step(project: ProjectFile) -> None:
    labelling.perform(project, AcceptSuggestions(suggested=((4, "leaf"), (5, "rust"))))
    assert labels(project)[:5] == ["leaf"] * 4 + ["rust"]
    origin = project.value("SELECT label_origin FROM samples WHERE id = 5")
    assert origin == "model"
    labelling.undo(project)
    assert labels(project)[:5] == ["leaf"] * 3 + [None] * 2


BOX = Box(class_name="a", x=0.0, y=0.0, width=1.0, height=1.0)
RANGE = TimeRange(class_name="a", start_s=0.0, end_s=11.0)
REFUSED: list[tuple[Callable[[], Any], str]] = [
    (lambda: Assign(sample_ids=(1,), class_name="  "), "label.empty_name"),
    (lambda: Assign(sample_ids=(1, 99), class_name="a"), "label.unknown_sample"),
    (lambda: Clear(sample_ids=(99,)), "label.unknown_sample"),
    (lambda: RemoveSamples(sample_ids=(99,)), "label.unknown_sample"),
    (lambda: RenameClass(old="nobody", new="a"), "label.unknown_class"),
    (lambda: SplitOff(sample_ids=(1,), class_name="leaf"), "label.class_exists"),
    (lambda: MergeClasses(names=("leaf", "nobody"), into="a"), "label.unknown_class"),
    (lambda: DeleteClass(name="nobody"), "label.unknown_class"),
    (lambda: DeleteRegions(region_ids=(1,)), "label.unknown_region"),
    (lambda: ChangeRegion(region_id=9, shape=BOX), "label.unknown_region"),
    (lambda: AddRegion(sample_id=6, shape=BOX), "label.wrong_kind"),
    (lambda: AddRegion(sample_id=1, shape=RANGE), "label.wrong_kind"),
    (lambda: AddRegion(sample_id=6, shape=RANGE), "label.outside"),
    (lambda: MoveToSession(groups=(("a", (99,)),)), "label.unknown_sample"),
]


@pytest.mark.parametrize(("action", "code"), REFUSED)
def test_what_cannot_be_is_refused_and_leaves_nothing(
    project: ProjectFile, action: Callable[[], Any], code: str
) -> None:
    before = list(project._connection.iterdump())
    with pytest.raises(ProjectError) as caught:
        labelling.perform(project, action())
    assert caught.value.code == code
    assert caught.value.remedy
    assert list(project._connection.iterdump()) == before


def test_a_class_keeps_its_name_whatever_its_case(project: ProjectFile) -> None:
    labelling.perform(project, RenameClass(old="leaf", new=" Leaf "))
    assert [c.name for c in samples.classes(project)] == ["Leaf"]


@pytest.mark.parametrize(
    "log",
    [
        '[{"do":"delete","table":"properties","columns":["name"],"rows":[]}]',
        '[{"do":"update","table":"samples","columns":["id = 1; --"],"groups":[]}]',
        '[{"do":"insert","table":"samples","ids":[[1]]}]',
        '[{"do":"update","table":"samples","columns":["digest"],"groups":[[["x"],[[1,1]]]]}]',
        '[{"do":"run"}]',
        '{"a": 1}',
        "[1]",
        "nonsense",
    ],
)
def test_a_forged_history_is_refused(project: ProjectFile, log: str) -> None:
    labelling.assign(project, [1], "a")
    project.execute("UPDATE operations SET undo = ? WHERE id = 2", (log,))
    before = list(project._connection.iterdump())
    with pytest.raises(ProjectError) as caught:
        labelling.undo(project)
    assert caught.value.code == "project.damaged"
    assert list(project._connection.iterdump()) == before


def test_a_forged_run_longer_than_memory_is_no_hang(project: ProjectFile) -> None:
    log = '[{"do":"insert","table":"regions","ids":[[1,9000000000000000000]]}]'
    project.execute("UPDATE operations SET undo = ?", (log,))
    assert labelling.undo(project) is not None

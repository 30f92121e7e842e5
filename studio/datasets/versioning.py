"""Freezing the labelled samples into a dataset version."""

from __future__ import annotations

from collections import defaultdict

from studio.datasets.answers import Answers, answers_of
from studio.datasets.material import Material, Progress, no_progress
from studio.datasets.recordings_alike import check_recordings
from studio.datasets.split_report import split_report
from studio.datasets.splits import FEWEST_PER_CLASS
from studio.domain.dataset import DatasetRow, DatasetVersion
from studio.domain.errors import DatasetError
from studio.domain.sample import SampleKind
from studio.store import datasets, samples
from studio.store.project_file import ProjectFile
from studio.tasks import Goal, find_task

__all__ = ["freeze", "kept_sides"]

_FEWEST_AMOUNTS = 10
"""Different rows for a regression: two to judge by on each side, and a few to learn from."""


def freeze(
    project: ProjectFile,
    *,
    seed: int,
    pattern: str | None = None,
    column: str | None = None,
    progress: Progress = no_progress,
) -> DatasetVersion:
    """Freeze every labelled sample that is not excluded into a version and keep it.

    The same samples, labels and seed give the same version, however often. Sides are as
    `split_report` tells them: a sample stands where earlier versions put it, whatever the
    seed, and samples that can stand on no side are left out.

    Args:
        project: Whose samples.
        seed: Decides between equals, for samples no earlier version has placed.
        pattern: A regular expression that finds the session in a name.
        column: A column of the table that names the session of a row.
        progress: Called with what is being done, how much of it is done, and how much there is.

    Raises:
        DatasetError: ``dataset.nothing_labelled``, ``dataset.one_class``,
            ``dataset.class_too_small``, ``dataset.conflicting_labels``,
            ``dataset.overlapping_stretches``; ``dataset.no_amounts``, ``dataset.one_amount``,
            ``dataset.too_few_amounts``; ``dataset.different_channels``,
            ``dataset.different_rates``; or one about the pattern or column.
    """
    material = Material(project, progress)
    answers = answers_of(material)
    task = find_task(project.property("task"))
    (_check_amounts if task.goal is Goal.REGRESSION else _check_classes)(answers)
    if task.kind is SampleKind.RECORDING and task.spaces:
        check_recordings(answers.samples)
    report = split_report(
        project, seed, pattern=pattern, column=column, material=material, answers=answers
    )
    rows = (
        DatasetRow(
            sample_id=answer.sample.id,
            sample_digest=answer.sample.digest,
            class_name=answer.class_name,
            split=report.sides[answer.sample.id],
            amount=answer.amount,
            range_s=answer.range_s,
        )
        for answer in answers.each
        if answer.sample.id in report.sides
    )
    used = {answer.class_name for answer in answers.each}
    version = DatasetVersion(
        task=project.property("task"),
        seed=seed,
        classes=tuple(c.name for c in samples.classes(project) if c.name in used),
        rows=tuple(sorted(rows, key=_by_content)),
    )
    with project.transaction():
        datasets.add(project, version)
    return version


def _by_content(row: DatasetRow) -> tuple[str, tuple[float, ...], str, int]:
    """Order by content, so that the digest does not depend on the order of import."""
    # Copies to the byte of one picture come in the order they had in the first versions.
    stretch = row.range_s or ()
    return (row.sample_digest, stretch, row.class_name if stretch else "", row.sample_id)


def _check_amounts(answers: Answers) -> None:
    amounts = {answer.amount for answer in answers.each}
    different = {answer.sample.digest for answer in answers.each}
    if not amounts:
        raise DatasetError(
            "No row says the amount that is to be told.",
            "Import the table again and say which column is to be learned; it holds numbers.",
            code="dataset.no_amounts",
        )
    if len(amounts) == 1:
        raise DatasetError(
            f"The amount is {amounts.pop():g} in every row.",
            "Add rows with other amounts, or choose another column, so that there is something"
            " to tell.",
            code="dataset.one_amount",
        )
    if len(different) < _FEWEST_AMOUNTS:
        raise DatasetError(
            f"Only {len(different)} different rows have an amount.",
            f"At least {_FEWEST_AMOUNTS} are needed, better 100: add rows.",
            code="dataset.too_few_amounts",
        )


def kept_sides(project: ProjectFile, version: DatasetVersion) -> int:
    """Return how many samples of a version an earlier one had placed, so that they kept sides."""
    sql = (
        "SELECT DISTINCT r.sample_digest FROM dataset_rows r"
        " JOIN dataset_versions v ON v.digest = r.version WHERE v.sequence <"
        " coalesce((SELECT sequence FROM dataset_versions WHERE digest = ?), 0)"
    )
    before = {row[0] for row in project.rows(sql, (version.digest,))}
    return sum(row.sample_digest in before for row in version.rows)


def _check_classes(answers: Answers) -> None:
    by_class: dict[str, set[str]] = defaultdict(set)
    for answer in answers.each:
        by_class[answer.class_name].add(answer.sample.digest)
    if not by_class:
        raise DatasetError(
            "No sample has a class yet.",
            "Import a folder per class, or label samples.",
            code="dataset.nothing_labelled",
        )
    if len(by_class) == 1:
        raise DatasetError(
            f"All labelled samples are {next(iter(by_class))!r}.",
            "Add samples of a second class, so that there is something to tell apart.",
            code="dataset.one_class",
        )
    _check_sizes(by_class, stretches=any(answer.range_s for answer in answers.each))
    _check_conflicts(answers)


def _check_sizes(by_class: dict[str, set[str]], *, stretches: bool) -> None:
    small = {name: len(found) for name, found in by_class.items() if len(found) < FEWEST_PER_CLASS}
    if not small:
        return
    named = ", ".join(
        f"{name!r} is in {count}" if stretches else f"{name!r} has {count}"
        for name, count in small.items()
    )
    raise DatasetError(
        f"Some classes are in too few recordings: {named}."
        if stretches
        else f"Some classes have too few different samples: {named}.",
        f"Each needs at least {FEWEST_PER_CLASS}, better 50:"
        " add samples, or take the label of these away.",
        code="dataset.class_too_small",
    )


def _check_conflicts(answers: Answers) -> None:
    """Refuse one picture under two classes; equal rows of a table may differ in what they are."""
    whole = [answer for answer in answers.each if answer.sample.kind is not SampleKind.ROW]
    by_digest: dict[str, set[str]] = defaultdict(set)
    for answer in whole:
        if answer.range_s is None:
            by_digest[answer.sample.digest].add(answer.class_name)
    torn = [answer.sample for answer in whole if len(by_digest[answer.sample.digest]) > 1]
    if torn:
        first = torn[0]
        what = "picture" if first.kind is SampleKind.IMAGE else "recording"
        raise DatasetError(
            f"{len(torn)} samples are one {what} under different classes, for example"
            f" {first.name!r} ({', '.join(sorted(by_digest[first.digest]))}).",
            "Give each copy the same class, or take the label of these away.",
            code="dataset.conflicting_labels",
        )

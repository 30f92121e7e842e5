"""Freezing the labelled samples into a dataset version."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from studio.datasets.material import Material, Progress, no_progress
from studio.datasets.split_report import split_report
from studio.datasets.splits import FEWEST_PER_CLASS
from studio.domain.dataset import DatasetRow, DatasetVersion
from studio.domain.errors import DatasetError
from studio.domain.sample import Sample
from studio.store import datasets, samples
from studio.store.project_file import ProjectFile

__all__ = ["freeze", "kept_sides"]


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
            ``dataset.class_too_small``, ``dataset.conflicting_labels``, or one about the
            pattern or column.
    """
    material = Material(project, progress)
    labelled = [(s.class_name, s) for s in material.samples if s.class_name is not None]
    _check(labelled)
    report = split_report(project, seed, pattern=pattern, column=column, material=material)
    rows = (
        DatasetRow(
            sample_id=sample.id,
            sample_digest=sample.digest,
            class_name=name,
            split=report.sides[sample.id],
        )
        for name, sample in labelled
        if sample.id in report.sides
    )
    used = {name for name, _ in labelled}
    version = DatasetVersion(
        task=project.property("task"),
        seed=seed,
        classes=tuple(c.name for c in samples.classes(project) if c.name in used),
        # Ordered by content, so that the digest does not depend on the order of import.
        rows=tuple(sorted(rows, key=lambda row: (row.sample_digest, row.sample_id))),
    )
    with project.transaction():
        datasets.add(project, version)
    return version


def kept_sides(project: ProjectFile, version: DatasetVersion) -> int:
    """Return how many samples of a version an earlier one had placed, so that they kept sides."""
    sql = (
        "SELECT DISTINCT r.sample_digest FROM dataset_rows r"
        " JOIN dataset_versions v ON v.digest = r.version WHERE v.sequence <"
        " coalesce((SELECT sequence FROM dataset_versions WHERE digest = ?), 0)"
    )
    before = {row[0] for row in project.rows(sql, (version.digest,))}
    return sum(row.sample_digest in before for row in version.rows)


def _check(labelled: Sequence[tuple[str, Sample]]) -> None:
    by_class: dict[str, set[str]] = defaultdict(set)
    by_digest: dict[str, set[str]] = defaultdict(set)
    for name, sample in labelled:
        by_class[name].add(sample.digest)
        by_digest[sample.digest].add(name)
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
    _check_sizes(by_class)
    _check_conflicts(by_digest, labelled)


def _check_sizes(by_class: dict[str, set[str]]) -> None:
    small = {name: len(found) for name, found in by_class.items() if len(found) < FEWEST_PER_CLASS}
    if small:
        named = ", ".join(f"{name!r} has {count}" for name, count in small.items())
        raise DatasetError(
            f"Some classes have too few different samples: {named}.",
            f"Each needs at least {FEWEST_PER_CLASS}, better 50:"
            " add samples, or take the label of these away.",
            code="dataset.class_too_small",
        )


def _check_conflicts(
    by_digest: dict[str, set[str]], labelled: Sequence[tuple[str, Sample]]
) -> None:
    conflicts = [(s.name, by_digest[s.digest]) for _, s in labelled if len(by_digest[s.digest]) > 1]
    if conflicts:
        name, classes = conflicts[0]
        raise DatasetError(
            f"{len(conflicts)} samples are one picture under different classes,"
            f" for example {name!r} ({', '.join(sorted(classes))}).",
            "Give each copy the same class, or take the label of these away.",
            code="dataset.conflicting_labels",
        )

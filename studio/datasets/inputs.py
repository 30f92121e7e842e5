"""The rows of a dataset version as its task sees them, and what is fitted on them."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

from studio.domain.dataset import DatasetVersion, Split
from studio.domain.errors import DatasetError
from studio.domain.preprocessing import Preprocessing
from studio.domain.sample import RowFacts, Sample
from studio.store import blobs, samples, tables
from studio.store.project_file import ProjectFile
from studio.tasks import Given, find_task

__all__ = ["givens_of", "variants_for"]


def variants_for(project: ProjectFile, version: DatasetVersion) -> dict[str, Preprocessing]:
    """Return the preprocessings a search on a version may choose among, the usual one first.

    They are fitted on the training side; the other sides are not even read.

    Raises:
        SearchError: where nothing can be learned from the training side, or the task cannot
            be searched yet.
        DatasetError: ``dataset.wrong_samples``, ``dataset.unreadable``.
        ProjectError: if a sample is missing or damaged.
    """
    return find_task(version.task).variants(givens_of(project, version, {Split.TRAIN}))


def givens_of(
    project: ProjectFile,
    version: DatasetVersion,
    splits: Collection[Split] = frozenset(Split),
) -> list[Given]:
    """Return the rows of some sides as the task sees them, in the version's order.

    Nothing is read yet. What the project no longer says about a sample, the row lacks.

    Raises:
        DatasetError: ``dataset.wrong_samples`` if one is nothing this task learns from.
    """
    task = find_task(version.task)
    known = samples.page(project)
    by_id = {sample.id: sample for sample in known}
    by_digest = {sample.digest: sample for sample in known}
    found = tables.all_columns(project)
    givens = []
    for row in version.rows:
        if row.split not in splits:
            continue
        sample = by_id.get(row.sample_id)
        if sample is None or sample.digest != row.sample_digest:
            sample = by_digest.get(row.sample_digest)
        if sample is not None and sample.kind is not task.kind:
            raise _wrong_kind(task.title, sample)
        table = sample.facts.table if sample and isinstance(sample.facts, RowFacts) else ""
        givens.append(
            Given(
                name=sample.name if sample else row.sample_digest[:12],
                digest=row.sample_digest,
                media_type=sample.media_type if sample else "",
                facts=sample.facts if sample else None,
                read=partial(blobs.get, project, row.sample_digest),
                columns=found.get(table, {}),
                session=sample.session if sample else None,
                range_s=row.range_s,
                class_name=row.class_name,
                amount=row.amount,
            )
        )
    return givens


def _wrong_kind(title: str, sample: Sample) -> DatasetError:
    return DatasetError(
        f"{sample.name!r} is a {sample.kind}, and the task ({title}) does not learn from those.",
        "Exclude it and freeze again, or make a project of another task.",
        code="dataset.wrong_samples",
    )

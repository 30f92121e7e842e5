"""How a project stands, in numbers."""

from __future__ import annotations

from studio.app import searching
from studio.app.records import Overview
from studio.store import candidates, datasets, regions, samples, searches, tables
from studio.store.project_file import ProjectFile
from studio.store.samples import SampleFilter
from studio.tasks import Goal, find_task
from studio.tasks.rows import target_column

__all__ = ["overview_of"]


def overview_of(project: ProjectFile) -> Overview:
    """Return how a project stands."""
    ranked = candidates.best_first(project)
    return Overview(
        title=project.property("title"),
        task=project.property("task"),
        samples=samples.count(project, SampleFilter()),
        unlabelled=_unlabelled(project),
        classes=len(samples.classes(project)),
        dataset_versions=len(datasets.summaries(project)),
        searches=len(searches.all_searches(project)),
        candidates=len(ranked),
        best=ranked[0] if ranked else None,
        size_bytes=project.path.stat().st_size,
        running=searching.is_running(project),
        stretched=regions.ranged(project),
    )


def _unlabelled(project: ProjectFile) -> int:
    """Return how many samples nothing can be learned from: no class, no range, no amount."""
    if find_task(project.property("task")).goal is not Goal.REGRESSION:
        return samples.count(project, SampleFilter(unlabelled=True))
    told = sum(
        tables.number_cells(project, table, column)
        for table, types in tables.all_columns(project).items()
        if (column := target_column(types))
    )
    return samples.count(project, SampleFilter()) - told

"""How a project stands, in numbers."""

from __future__ import annotations

from studio.app import searching
from studio.app.records import Overview
from studio.store import candidates, datasets, samples, searches
from studio.store.project_file import ProjectFile
from studio.store.samples import SampleFilter

__all__ = ["overview_of"]


def overview_of(project: ProjectFile) -> Overview:
    """Return how a project stands."""
    ranked = candidates.best_first(project)
    return Overview(
        title=project.property("title"),
        task=project.property("task"),
        samples=samples.count(project, SampleFilter()),
        unlabelled=samples.count(project, SampleFilter(unlabelled=True)),
        classes=len(samples.classes(project)),
        dataset_versions=len(datasets.summaries(project)),
        searches=len(searches.all_searches(project)),
        candidates=len(ranked),
        best=ranked[0] if ranked else None,
        size_bytes=project.path.stat().st_size,
        running=searching.is_running(project),
    )

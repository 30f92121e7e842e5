"""Where a candidate comes from, as its report tells of it."""

from __future__ import annotations

import importlib.metadata
import sys
from collections import Counter, defaultdict
from collections.abc import Hashable
from dataclasses import replace

from studio import __version__
from studio.app.answered import Answering
from studio.domain.candidate import ArtifactFormat, Candidate, Precision
from studio.domain.dataset import DatasetVersion, Split
from studio.domain.errors import EvaluationError, SearchError
from studio.export import DatasetFacts, SearchFacts
from studio.store import candidates, searches
from studio.store.project_file import ProjectFile

__all__ = ["dataset_facts", "search_facts", "told", "versions"]

_LIBRARIES = ("tensorflow", "keras", "autokeras", "ai-edge-litert", "onnx", "numpy", "pillow")


def told(answering: Answering, candidate: Candidate) -> Candidate:
    """Return the candidate as a report tells of it: its int8 test result by whole sessions.

    The worker knows of recordings and windows, but not of sessions.
    """
    if not answering.has(candidate, Split.TEST):
        return candidate
    try:
        tested = answering.evaluate(answering.of(candidate, Split.TEST))
    except (EvaluationError, SearchError):
        return candidate  # too few to say more, or damaged: the worker's own figures stand
    kept = tuple(
        replace(artifact, evaluation=tested)
        if (artifact.precision, artifact.format) == (Precision.INT8, ArtifactFormat.TFLITE)
        else artifact
        for artifact in candidate.artifacts
    )
    return replace(candidate, artifacts=kept)


def dataset_facts(version: DatasetVersion, answering: Answering) -> DatasetFacts:
    """Return how many samples of what stand on which side, and of how many sessions."""
    counted = Counter((row.split, row.class_name) for row in version.rows)
    names = version.classes or ("",)
    amounts = [r.amount for r in version.rows if r.amount is not None and r.split is Split.TRAIN]
    units: dict[Split, set[Hashable]] = defaultdict(set)
    for row, unit in zip(version.rows, answering.units(version), strict=True):
        units[row.split].add(unit)
    return DatasetFacts(
        digest=version.digest,
        seed=version.seed,
        counts={side: {name: counted[side, name] for name in names} for side in Split},
        amounts=(min(amounts), max(amounts)) if amounts else None,
        units={side: len(units[side]) for side in Split},
    )


def search_facts(project: ProjectFile, candidate: Candidate) -> SearchFacts:
    """Return what was asked of the search a candidate is from, and what came of it."""
    search = searches.get(project, candidate.search_id)
    found = [c for c in candidates.best_first(project) if c.search_id == search.id]
    return SearchFacts(
        minutes=search.request.minutes,
        trials=len(found),
        rejected=search.rejected,
        seed=search.request.seed,
        failed=search.failed,
        note=search.note,
    )


def versions() -> dict[str, str]:
    """Return the version of everything that has a part in a model, by name."""
    found = {"studio": __version__, "python": ".".join(map(str, sys.version_info[:3]))}
    return found | {name: importlib.metadata.version(name) for name in _LIBRARIES}

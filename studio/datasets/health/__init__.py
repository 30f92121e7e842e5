"""Looking the data over before anything is learned from it: one module a check."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from studio.datasets.health._check import Check
from studio.datasets.material import Material
from studio.domain.health import HealthFinding, Severity
from studio.registry import Registry
from studio.store.project_file import ProjectFile

__all__ = ["Check", "checks", "health"]

_CHECKS: Registry[Check] = Registry("studio.datasets.health")
_ORDER = list(Severity)


def checks() -> Registry[Check]:
    """Return every check by id."""
    return _CHECKS


def health(
    project: ProjectFile,
    *,
    only: Iterable[str] | None = None,
    progress: Callable[[str, int, int], None] = lambda what, done, total: None,
    material: Material | None = None,
) -> tuple[HealthFinding, ...]:
    """Return what the checks find, the worst first; nothing is changed.

    Args:
        project: Whose samples; those excluded are passed over.
        only: Ids of the checks to make; by default all that the samples are of a kind for.
        progress: Called with what is being done, how much of it is done, and how much there
            is. What it raises ends the checks: so they are cancelled.
        material: The samples, if they have been read already.

    Raises:
        KeyError: for a check that does not exist.
    """
    material = material or Material(project, progress)
    kinds = {sample.kind for sample in material.samples}
    chosen = [_CHECKS[id] for id in (_CHECKS if only is None else only)]
    found = [finding for check in chosen if kinds & check.kinds for finding in check.find(material)]
    return tuple(sorted(found, key=lambda finding: _ORDER.index(finding.severity)))

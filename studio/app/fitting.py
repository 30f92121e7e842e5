"""What fits which device, and what would; nothing here changes anything."""

from __future__ import annotations

from collections.abc import Sequence

from studio.app import exporting
from studio.app.surveying import Surveying
from studio.domain.report import CompatibilityReport
from studio.store import candidates
from studio.store.project_file import ProjectFile

__all__ = ["Fitting"]


class Fitting(Surveying):
    """What `studio.app.Session.fitting` gives; methods marked *slow* take over 50 ms."""

    def __init__(self, project: ProjectFile) -> None:
        self._project = project

    def check(
        self,
        candidate_id: int | None = None,
        device_ids: Sequence[str] = (),
        *,
        measure: bool = False,
    ) -> tuple[CompatibilityReport, ...]:
        """Return the report of a candidate (the best) on devices (all of them); *slow*.

        Args:
            candidate_id: Which; the best where left out.
            device_ids: Which; all where left out.
            measure: Whether to compile its C for each core, which takes seconds a core the
                first time; else code and stack are what was measured before, or estimates.
        """
        candidate = exporting.one_of(candidates.best_first(self._project), candidate_id)
        return exporting.check_candidate(self._project, candidate, device_ids, measure=measure)

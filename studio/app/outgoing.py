"""What leaves a project: bundles, reports, and what devices say back."""

from __future__ import annotations

from pathlib import Path

from studio.app import exporting
from studio.app.device_runs import DeviceRuns
from studio.app.exported import Exported, Told, all_exported, silent
from studio.app.lineage import Lineage, lineage_of
from studio.app.records import ExportSummary
from studio.app.reporting import Reporting
from studio.domain.judgement import Costs
from studio.store.project_file import ProjectFile

__all__ = ["Outgoing"]


class Outgoing:
    """A part of `studio.app.Session`, which see."""

    _project: ProjectFile

    def export(
        self,
        device_id: str,
        out: Path,
        *,
        candidate_id: int | None = None,
        costs: Costs | None = None,
        ecosystem: str = "",
        told: Told = silent,
    ) -> ExportSummary:
        """Write the bundle of a candidate (the best that fits) for a device; *slow*.

        `told` hears of every step; what it raises ends the export.
        """
        return exporting.export(self._project, device_id, out, candidate_id, costs, ecosystem, told)

    def exported(self) -> tuple[Exported, ...]:
        """Return the bundles that were made of this project, the newest last."""
        return all_exported(self._project)

    @property
    def reporting(self) -> Reporting:
        """Reports to keep and to send, as HTML, PDF or JSON."""
        return Reporting(self._project)

    @property
    def device_runs(self) -> DeviceRuns:
        """Self-tests that ran on devices."""
        return DeviceRuns(self._project)

    def lineage(self) -> Lineage:
        """Return what of the project came from what, and what is out of date; *slow*."""
        return lineage_of(self._project)

"""What looking a project file over found, as text and document."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from studio.app import check_project_file
from studio.cli.command import Outcome
from studio.cli.table import plain
from studio.cli.wording import counted
from studio.domain.errors import ProjectError

__all__ = ["file_outcome"]

_SHOWN = 20


def file_outcome(path: Path) -> Outcome:
    """Look a project file over; damage is a failure with everything that is damaged."""
    report = check_project_file(path)
    lines = [plain(problem) for problem in report.problems]
    for blob in report.damaged:
        names = ", ".join(map(plain, blob.samples)) or "no sample"
        lines.append(f"damaged {blob.part} {blob.digest[:12]}: {names}")
    lines += [f"missing {plain(m.sample)}: {plain(m.path)}: {plain(m.why)}" for m in report.missing]
    more = len(lines) - _SHOWN
    shown = lines[:_SHOWN] + ([f"and {more:,} more (--json lists all)"] if more > 0 else [])
    failure = None
    if not report.whole:
        failure = ProjectError(
            f"{path.name} is damaged.",
            "Restore a backup, or save what can be read with `salvage`.",
            code="project.damaged",
        )
    if report.missing:
        lines.append("Put these back where they were, or look for them with `relink`.")
    summary = f"Format {report.format}; {counted(report.blobs, 'part')} compared with digests."
    document = {**asdict(report), "whole": report.whole}
    return Outcome(document=document, text="\n".join([summary, *shown]), failure=failure)

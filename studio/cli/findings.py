"""Findings about the data as text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from studio.cli.table import plain
from studio.domain.health import HealthFinding

__all__ = ["findings_text"]

_SHOWN = 5


def findings_text(findings: Iterable[HealthFinding], names: Mapping[int, str]) -> str:
    """Return each finding in a few lines, with the first samples behind it."""
    blocks = [_block(finding, names) for finding in findings]
    return "\n\n".join(blocks) or "Nothing stands out."


def _block(finding: HealthFinding, names: Mapping[int, str]) -> str:
    lines = [f"{finding.severity!s:8} {plain(finding.title)}", f"  {plain(finding.sentence)}"]
    if finding.sample_ids:
        shown = [f"{id} {plain(names.get(id, ''))}" for id in finding.sample_ids[:_SHOWN]]
        more = len(finding.sample_ids) - len(shown)
        lines.append(f"  samples: {', '.join(shown)}{f' and {more:,} more' if more else ''}")
    if finding.action is not None:
        target = f" {plain(finding.action.target)}" if finding.action.target else ""
        lines.append(f"  suggested: {finding.action.kind}{target}")
    return "\n".join(lines)

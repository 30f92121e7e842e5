"""What stands against an honest split."""

from __future__ import annotations

from collections.abc import Iterable

from studio.datasets.health._check import ANY_KIND, Check
from studio.datasets.material import Material
from studio.datasets.split_report import split_report
from studio.domain.health import HealthFinding

__all__ = ["ENTRY"]


def _find(material: Material) -> Iterable[HealthFinding]:
    return split_report(material.project, material=material).findings


ENTRY = Check(id="split", title="Honest split", kinds=ANY_KIND, find=_find)

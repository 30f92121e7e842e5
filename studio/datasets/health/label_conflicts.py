"""The same content, or nearly, under different classes."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any

from studio.datasets.health._check import ANY_KIND, Check, counted
from studio.datasets.health._tables import feature_columns
from studio.datasets.material import Material
from studio.domain.health import ActionKind, HealthFinding, Severity, SuggestedAction
from studio.domain.sample import Sample

__all__ = ["ENTRY"]


def _find(material: Material) -> Iterator[HealthFinding]:
    same = _conflicting({s.id: s.digest for s in material.samples}, material)
    if same:
        yield _finding(
            "health.label_conflicts", Severity.PROBLEM, "One thing under two classes", same,
            "are the same, to the byte, under different classes. At least one label is wrong.",
        )  # fmt: skip
    nearly = {
        id
        for one, other, _ in material.near
        if _class(material, one) != _class(material, other)
        and None not in (_class(material, one), _class(material, other))
        for id in (one, other)
    } - set(same)
    if nearly:
        yield _finding(
            "health.near_label_conflicts", Severity.WARNING, "Nearly the same, other class",
            sorted(nearly), "are nearly the same as one of another class. Look at them together.",
        )  # fmt: skip
    rows = _conflicting(_measured(material), material)
    if rows:
        yield _finding(
            "health.row_label_conflicts", Severity.HINT, "Equal rows, other target", rows,
            "have the same values as a row with another target: no model can tell them apart.",
        )  # fmt: skip


def _class(material: Material, id: int) -> str | None:
    return material.by_id[id].class_name


def _conflicting(contents: Mapping[int, Hashable], material: Material) -> list[int]:
    """Return samples of one content that have several classes, side by side."""
    groups: dict[Hashable, list[Sample]] = defaultdict(list)
    for id, content in contents.items():
        if material.by_id[id].class_name is not None:
            groups[content].append(material.by_id[id])
    return [
        sample.id
        for group in groups.values()
        if len({sample.class_name for sample in group}) > 1
        for sample in group
    ]


def _measured(material: Material) -> dict[int, Hashable]:
    """Return rows without their targets, by sample."""
    found, values = material.rows
    if not found:
        return {}
    columns = feature_columns(material)
    return {s.id: _text(row, columns) for s, row in zip(found, values, strict=True)}


def _text(row: Mapping[str, Any], columns: Sequence[str]) -> str:
    return json.dumps([row.get(column) for column in columns])


def _finding(
    code: str, severity: Severity, title: str, ids: Sequence[int], what: str
) -> HealthFinding:
    return HealthFinding(
        code=code,
        severity=severity,
        title=title,
        sentence=f"{counted(len(ids), 'sample')} {what}",
        sample_ids=tuple(ids),
        action=SuggestedAction(kind=ActionKind.REVIEW, sample_ids=tuple(ids)),
        figures={"samples": len(ids)},
    )


ENTRY = Check(id="label-conflicts", title="Conflicting labels", kinds=ANY_KIND, find=_find)

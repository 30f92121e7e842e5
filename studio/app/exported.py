"""How an export goes on, step by step, and which bundles a project has made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from studio.codegen import Item, Standing
from studio.domain.errors import ProjectError, StudioError
from studio.domain.figure import Figure
from studio.export import BundleSummary
from studio.store.lists import keep_records, records_of
from studio.store.project_file import ProjectFile

__all__ = ["ExportStep", "Exported", "Told", "all_exported", "keep_exported", "of_item", "silent"]

_NAME = "exported"
_MOST = 1_000
"""Records a project keeps; the oldest go first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportStep:
    """One thing that an export has done.

    Attributes:
        id: ``fits``, ``files``, then of the C code ``host``, ``memory``, ``device``,
            ``emulation`` or ``code`` where there is none, and ``written``.
        standing: How it came out.
        sentence: What was done or why not, for the engineer, English.
        figures: Numbers that came of it, by name.
        inputs: Test inputs it was shown on.
    """

    id: str
    standing: Standing = Standing.PROVED
    sentence: str = ""
    figures: Mapping[str, Figure] = field(default_factory=dict)
    inputs: int = 0


Told = Callable[[ExportStep | None], None]
"""Hears of every step, and with None now and then that the work goes on. What it raises ends
the export: so it is cancelled, and nothing is written."""


def silent(step: ExportStep | None) -> None:
    """Hear nothing."""


def of_item(item: Item) -> ExportStep:
    """Return an item of the proof of C code as a step."""
    return ExportStep(
        id=item.id,
        standing=item.standing,
        sentence=item.sentence,
        figures=item.figures,
        inputs=item.inputs,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """One bundle that was made; where it lies is nobody's business but this computer's.

    Attributes:
        candidate_id: Whose model is in it.
        device_id: For which device.
        ecosystem: The form it has; empty for the usual bundle.
        name: Of the file when it was written.
        size_bytes: Length of the file.
        sha256: Of the file.
        made_at: When, UTC, ISO 8601.
    """

    candidate_id: int
    device_id: str
    ecosystem: str
    name: str
    size_bytes: int
    sha256: str
    made_at: str


def all_exported(project: ProjectFile) -> tuple[Exported, ...]:
    """Return the bundles that were made, the newest last.

    Raises:
        ProjectError: ``project.damaged`` for records that are none.
    """
    try:
        return tuple(Exported(**record) for record in records_of(project, _NAME))
    except TypeError as error:
        raise ProjectError(
            f"The records of bundles in {project.path.name} are damaged.",
            "Restore a backup.",
            code="project.damaged",
        ) from error


def keep_exported(
    project: ProjectFile, summary: BundleSummary, candidate_id: int, device_id: str, form: str
) -> None:
    """Record a bundle; not in a project that may only be read, where exporting works as well."""
    if project.read_only:
        return
    made = Exported(
        candidate_id=candidate_id,
        device_id=device_id,
        ecosystem=form,
        name=Path(summary.path).name,
        size_bytes=summary.size_bytes,
        sha256=summary.digest,
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
    )
    with suppress(StudioError):  # the bundle is there; that it is not on a list is no failure
        earlier = [asdict(one) for one in all_exported(project)]
        project.claim_writing()
        with project.transaction():
            keep_records(project, _NAME, [*earlier, asdict(made)][-_MOST:])

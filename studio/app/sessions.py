"""Sessions a project keeps: taking over what was found, and correcting it."""

from __future__ import annotations

from collections.abc import Sequence

from studio import datasets as freezing
from studio import labelling
from studio.domain.errors import DatasetError
from studio.domain.operation import Change
from studio.labelling.operations import MoveToSession
from studio.store import samples, sessions
from studio.store.project_file import ProjectFile
from studio.store.samples import SampleFilter

__all__ = ["join", "keep_found", "kept", "move", "separate"]


def kept(project: ProjectFile) -> tuple[freezing.SessionGuess, ...]:
    """Return the sessions the project keeps, with the reason; empty ones are left out."""
    reasons = freezing.kept_reasons(project)
    found = []
    for session in sessions.all_sessions(project):
        ids = _members(project, session.name)
        if ids:
            found.append(
                freezing.SessionGuess(
                    name=session.name,
                    origin=str(session.origin),
                    reason=reasons[session.name],
                    sample_ids=ids,
                )
            )
    return tuple(found)


def keep_found(
    project: ProjectFile,
    *,
    pattern: str | None = None,
    column: str | None = None,
    progress: freezing.Progress = freezing.no_progress,
) -> Change | None:
    """Keep the sessions found now, as one step; those kept already are not touched.

    Returns:
        None when nothing was found that is not kept already.

    Raises:
        DatasetError: for a pattern or column that cannot be used.
    """
    project.claim_writing()
    material = freezing.Material(project, progress)
    found = freezing.found_sessions(material, pattern=pattern, column=column)
    keeping = freezing.to_keep(material, found)
    action = MoveToSession(
        groups=tuple((session.name, session.sample_ids) for session in keeping),
        origins=tuple(session.origin for session in keeping),
    )
    return labelling.perform(project, action) if keeping else None


def move(project: ProjectFile, sample_ids: Sequence[int], name: str) -> Change | None:
    """Put samples into a session, which is made if it is new.

    Raises:
        DatasetError: ``dataset.empty_session_name``.
        ProjectError: ``label.unknown_sample``.
    """
    action = MoveToSession(groups=((_tidy(name), tuple(sample_ids)),))
    return labelling.perform(project, action)


def join(project: ProjectFile, names: Sequence[str]) -> Change | None:
    """Put the samples of sessions together into the first of them.

    Raises:
        DatasetError: ``dataset.unknown_session``.
    """
    every = {name: _known(project, name) for name in names}
    # The first one's own samples come along: it is a person's session from now on.
    ids = tuple(id for members in every.values() for id in members)
    return labelling.perform(project, MoveToSession(groups=((names[0], ids),)))


def separate(project: ProjectFile, name: str) -> Change | None:
    """Say that the samples of a session were not taken in one go: each stands for itself.

    Raises:
        DatasetError: ``dataset.unknown_session``.
    """
    chosen = samples.get(project, _known(project, name))
    taken = {session.name for session in sessions.all_sessions(project)}
    groups = []
    for sample in chosen:
        alone = _free(sample.name, taken)
        taken.add(alone)
        groups.append((alone, (sample.id,)))
    return labelling.perform(project, MoveToSession(groups=tuple(groups)))


def _free(name: str, taken: set[str]) -> str:
    number, free = 2, name
    while free in taken:
        free, number = f"{name} ({number})", number + 1
    return free


def _tidy(name: str) -> str:
    tidy = name.strip()
    if not tidy:
        raise DatasetError(
            "A session needs a name.",
            "Write one, for example the day the samples were taken.",
            code="dataset.empty_session_name",
        )
    return tidy


def _members(project: ProjectFile, name: str) -> tuple[int, ...]:
    return tuple(sample.id for sample in samples.page(project, SampleFilter(session=name)))


def _known(project: ProjectFile, name: str) -> tuple[int, ...]:
    members = _members(project, name)
    if not members:
        raise DatasetError(
            f"The project keeps no session called {name!r} with samples.",
            "Look at the list of sessions, or keep those that were found first.",
            code="dataset.unknown_session",
        )
    return members

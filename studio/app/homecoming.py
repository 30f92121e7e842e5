"""What comes back from elsewhere: what is inside, and what of a project it came from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath

from studio.app.exported import Exported, all_exported
from studio.domain.candidate import ArtifactFormat, Candidate, Precision
from studio.export import BundleVerification, verify_bundle
from studio.export.manifest import MANIFEST, FileFacts, Manifest
from studio.export.opened import MODEL
from studio.export.reading import LARGEST_BYTES, read_files
from studio.store import candidates, datasets
from studio.store.glance import Glance, glance
from studio.store.project_file import ProjectFile

__all__ = ["BundleGlance", "ComingBack", "Glance", "Origin", "come_back", "look_into"]

_RUN = {".py", ".sh", ".bat", ".cmd", ".ps1", ".js", ".mjs", ".html", ".command", ".cmake", ".mk"}
"""Endings of files that somebody's computer would run or open to run."""
_RUN_NAMES = {"makefile", "dockerfile", "cmakelists.txt"}


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleGlance:
    """What a bundle says of itself, its digests compared; nothing of it ran.

    Every text is a stranger's.

    Attributes:
        title: Of the project it came from.
        ecosystem: The form it has; empty for the usual bundle.
        task: What was learned.
        candidate_id: Number of the candidate in that project.
        device_id: For which device.
        device_name: Its name.
        dataset: Digest of the dataset version it was trained on.
        files: How many files it has.
        size_bytes: All of them, unpacked.
        whole: Whether every file is as the manifest says, and no other there.
        programs: Files that would run code where somebody starts them; the studio never does.
    """

    title: str
    ecosystem: str
    task: str
    candidate_id: int
    device_id: str
    device_name: str
    dataset: str
    files: int
    size_bytes: int
    whole: bool
    programs: tuple[str, ...]


def look_into(path: Path) -> BundleGlance | Glance:
    """Tell what a stranger's file holds: a bundle's zip or folder, or a project.

    Nothing is written, nothing of it runs.

    Raises:
        BundleError: for a zip or folder that is no bundle, or is dangerous or damaged.
        ProjectError: for a file that is no project, or a damaged one.
    """
    return _bundle(path) if path.is_dir() or _is_zip(path) else glance(path)


def _is_zip(path: Path) -> bool:
    if path.suffix.lower() == ".zip":
        return True
    try:
        with path.open("rb") as file:
            return file.read(2) == b"PK"
    except OSError:
        return False


def _bundle(path: Path) -> BundleGlance:
    files = read_files(path)
    manifest = Manifest.read(files[MANIFEST])
    facts = {name: FileFacts.of(content) for name, content in files.items() if name != MANIFEST}
    return BundleGlance(
        title=manifest.title,
        ecosystem=manifest.ecosystem,
        task=str(manifest.candidate["task"]),
        candidate_id=int(manifest.candidate["id"]),
        device_id=str(manifest.device["id"]),
        device_name=str(manifest.device["name"]),
        dataset=str(manifest.dataset["digest"]),
        files=len(files),
        size_bytes=sum(map(len, files.values())),
        whole=facts == dict(manifest.files),
        programs=tuple(name for name in sorted(files) if _is_program(name)),
    )


def _is_program(name: str) -> bool:
    path = PurePosixPath(name.lower())
    return path.suffix in _RUN or path.name in _RUN_NAMES


class Origin(StrEnum):
    """Where a bundle came from, seen from a project."""

    SAME = "same"
    """The candidate and the files that the project would export now."""
    OLDER = "older"
    """A candidate of the project, which has gone on since."""
    UNKNOWN = "unknown"
    """No candidate of the project."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComingBack:
    """A bundle, verified and held against a project.

    Attributes:
        verification: As `verify`.
        origin: Where it came from.
        candidate_id: Which candidate; None where it is unknown.
        best_id: The project's best candidate now; None where it has none.
        converted_again: Whether the candidate's int8 file is another one by now.
        frozen_since: Dataset versions frozen after the one it was trained on.
        exported: The project's own record of writing this very zip; None where there is none,
            and for a folder.
    """

    verification: BundleVerification
    origin: Origin
    candidate_id: int | None = None
    best_id: int | None = None
    converted_again: bool = False
    frozen_since: int = 0
    exported: Exported | None = None


def come_back(bundle: Path, project: Path) -> ComingBack:
    """Verify a bundle and find in a project what it came from; *slow*.

    The digests decide, never names or numbers, which a stranger can write as they like.

    Args:
        bundle: The zip, or the folder it was unpacked into.
        project: The project; opened as always, so that an older format is brought up to date.

    Raises:
        BundleError: as `verify`.
        ProjectError: if the project cannot be opened.
    """
    verification = verify_bundle(bundle)
    files = read_files(bundle)
    weights = str(Manifest.read(files[MANIFEST]).candidate.get("weights_sha256", ""))
    model = hashlib.sha256(files.get(MODEL, b"")).hexdigest()
    with ProjectFile.open(project) as opened:
        ranked = candidates.best_first(opened)
        found = _origin_of(ranked, weights, model)
        best = ranked[0].id if ranked else None
        if found is None:
            return ComingBack(verification=verification, origin=Origin.UNKNOWN, best_id=best)
        again = _int8_of(found) != model
        since = _frozen_since(opened, found)
        gone_on = again or since or found.id != best
        return ComingBack(
            verification=verification,
            origin=Origin.OLDER if gone_on else Origin.SAME,
            candidate_id=found.id,
            best_id=best,
            converted_again=again,
            frozen_since=since,
            exported=_record_of(opened, bundle),
        )


def _origin_of(ranked: tuple[Candidate, ...], weights: str, model: str) -> Candidate | None:
    """Return the candidate with this int8 file, or else with the weights it was made of."""
    of_model = (one for one in ranked if _int8_of(one) == model)
    of_weights = (one for one in ranked if one.weights_digest == weights)
    return next(of_model, None) or next(of_weights, None)


def _int8_of(candidate: Candidate) -> str:
    made = candidate.artifact(Precision.INT8, ArtifactFormat.TFLITE)
    return "" if made is None else made.digest


def _frozen_since(project: ProjectFile, candidate: Candidate) -> int:
    """Return how many versions were frozen after the one a candidate learned from."""
    newest_first = [version.digest for version in datasets.summaries(project)]
    digest = candidate.dataset_digest
    return newest_first.index(digest) if digest in newest_first else 0


def _record_of(project: ProjectFile, bundle: Path) -> Exported | None:
    if bundle.is_dir() or bundle.stat().st_size > LARGEST_BYTES:
        return None
    with bundle.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return next((one for one in reversed(all_exported(project)) if one.sha256 == digest), None)

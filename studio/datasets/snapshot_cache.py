"""Snapshots kept between searches: decoded once, reused while nothing has changed.

What is kept is a folder a variant, named by dataset digest and preprocessing. It is made under
another name and renamed when whole, its arrays are checked against their digests before each
use, and what does not agree is thrown away and made again. The oldest go when there is too much.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import platformdirs
from filelock import FileLock

from studio.datasets.snapshot import (
    ARRAYS,
    DESCRIPTION,
    Progress,
    file_digest,
    write_snapshot,
)
from studio.domain.dataset import DatasetVersion
from studio.domain.errors import DatasetError
from studio.domain.preprocessing import Preprocessing, preprocessing_from_json
from studio.store.project_file import ProjectFile

__all__ = ["LARGEST_BYTES", "Provided", "snapshot_for", "snapshots_root"]

LARGEST_BYTES = 4 << 30
"""What all kept variants may take together: 145,000 colour inputs of 96 x 96."""

_UNFINISHED = ".making"


def snapshots_root() -> Path:
    """Return the folder that holds this computer's kept snapshots.

    ``AUTOML_STUDIO_CACHE`` in the environment takes the place of the system's cache folder.
    """
    chosen = os.environ.get("AUTOML_STUDIO_CACHE")
    base = Path(chosen) if chosen else platformdirs.user_cache_path("automl-studio", False)
    return base / "snapshots"


@dataclass(frozen=True, slots=True, kw_only=True)
class Provided:
    """What a job was given.

    Attributes:
        variants: The preprocessings whose arrays are there, by name, the usual one first.
        kept: How many of them had been kept from another time.
    """

    variants: Mapping[str, Preprocessing]
    kept: int


def snapshot_for(
    project: ProjectFile,
    version: DatasetVersion,
    variants: Mapping[str, Preprocessing],
    folder: Path,
    *,
    root: Path | None = None,
    largest_bytes: int = LARGEST_BYTES,
    progress: Progress = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Provided:
    """Give a job its snapshot: kept variants where they are whole, else new ones.

    The arrays are hard links where the disk allows it, else copies; a job only reads them.
    A variant whose windows are longer than every stretch of some class on some side is left
    out as long as there are others.

    Args:
        project: Where the samples are.
        version: What to decode.
        variants: Preprocessings by name, the usual one first; each gets a folder.
        folder: Where to; nothing, or an empty folder.
        root: Where snapshots are kept; by default `snapshots_root`.
        largest_bytes: What all of them may take; one larger than that is not kept.
        progress: Called with rows done and rows in all, while decoding.
        cancelled: Asked meanwhile.

    Raises:
        ProjectError: if a sample is missing or damaged.
        DatasetError: ``dataset.windows_too_long``, and as `write_snapshot` does.
        OSError: if the disk refuses the job's folder. Trouble with the kept ones is no
            error: then the snapshot is made for the job alone.
    """
    root = root or snapshots_root()
    folder.mkdir(parents=True, exist_ok=True)
    served = [name for name, how in variants.items() if _served(root, version, how, folder / name)]
    wanted = {name: how for name, how in variants.items() if name not in served}
    if wanted:
        write_snapshot(project, version, wanted, folder, progress, cancelled)
    for name, how in wanted.items():
        with contextlib.suppress(OSError):
            _keep(folder / name, root / _name(version, how), largest_bytes)
    whole = _without_lacking(variants, folder)
    return Provided(variants=whole, kept=sum(name in whole for name in served))


def _served(root: Path, version: DatasetVersion, how: Preprocessing, folder: Path) -> bool:
    """Return whether a kept variant was whole and is now the job's."""
    kept = root / _name(version, how)
    with contextlib.suppress(OSError):
        root.mkdir(parents=True, exist_ok=True)
        with FileLock(root / ".lock"):
            if _is_whole(kept, version, how) and _given(kept, folder):
                os.utime(kept)
                return True
            shutil.rmtree(kept, ignore_errors=True)
    return False


def _without_lacking(
    variants: Mapping[str, Preprocessing], folder: Path
) -> dict[str, Preprocessing]:
    """Remove the variants that lack a class on a side, and return the others."""
    lacking = {name: _description(folder / name)["lacking"] for name in variants}
    if all(lacking.values()):
        class_name, side = min(lacking.values(), key=len)[0]
        raise DatasetError(
            f"No stretch of {class_name!r} on the {side} side is as long as a window.",
            "Add longer recordings, label longer stretches, or take this class away.",
            code="dataset.windows_too_long",
        )
    for name in variants:
        if lacking[name]:
            shutil.rmtree(folder / name)
    return {name: how for name, how in variants.items() if not lacking[name]}


def _description(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / DESCRIPTION).read_text(encoding="utf-8"))
    return found


def _name(version: DatasetVersion, how: Preprocessing) -> str:
    text = json.dumps(how.as_json(), sort_keys=True)
    return f"{version.digest[:32]}-{hashlib.sha256(text.encode()).hexdigest()[:16]}"


def _is_whole(kept: Path, version: DatasetVersion, how: Preprocessing) -> bool:
    """Return whether a kept snapshot is what it says, and of this version."""
    try:
        found = _description(kept)
        if (found["dataset"], found["classes"]) != (version.digest, list(version.classes)):
            return False
        if preprocessing_from_json(found["preprocessing"]) != how:
            return False
        digests: Mapping[str, str] = found["sha256"]
        return (
            set(digests) == set(ARRAYS)
            and isinstance(found["lacking"], list)
            and all(file_digest(kept / name) == digest for name, digest in digests.items())
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return False


def _given(kept: Path, folder: Path) -> bool:
    """Link or copy a kept snapshot to a job; the description last, as a new one is written."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        for name in (*ARRAYS, DESCRIPTION):
            _link(kept / name, folder / name)
    except OSError:
        for name in (*ARRAYS, DESCRIPTION):
            (folder / name).unlink(missing_ok=True)
        return False
    return True


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _keep(folder: Path, kept: Path, largest_bytes: int) -> None:
    if _size(folder) > largest_bytes:
        return
    making = kept.with_name(f"{_UNFINISHED}-{uuid.uuid4().hex}")
    try:
        with FileLock(kept.parent / ".lock"):
            making.mkdir()
            for name in (*ARRAYS, DESCRIPTION):
                _link(folder / name, making / name)
            if not kept.exists():
                making.rename(kept)
            _make_room(kept.parent, largest_bytes)
    finally:
        shutil.rmtree(making, ignore_errors=True)


def _make_room(root: Path, largest_bytes: int) -> None:
    """Remove what a crash left half-made, and the snapshots used longest ago."""
    folders = [path for path in root.iterdir() if path.is_dir()]
    for path in folders:
        if path.name.startswith(_UNFINISHED):
            shutil.rmtree(path, ignore_errors=True)
    whole = [path for path in folders if not path.name.startswith(_UNFINISHED)]
    whole.sort(key=lambda path: path.stat().st_mtime_ns, reverse=True)
    used = 0
    for path in whole:
        used += _size(path)
        if used > largest_bytes:
            shutil.rmtree(path, ignore_errors=True)


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir() if path.is_file())

"""Snapshots kept between searches: decoded once, reused while nothing has changed.

A kept snapshot is a folder named by dataset digest and preprocessing. It is made under another
name and renamed when whole, its arrays are checked against their digests before each use, and
what does not agree is thrown away and made again. The oldest go when there is too much.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import uuid
from collections.abc import Callable, Mapping
from pathlib import Path

import platformdirs
from filelock import FileLock

from studio.datasets.snapshot import ARRAYS, DESCRIPTION, file_digest, write_snapshot
from studio.domain.dataset import DatasetVersion
from studio.domain.preprocessing import ImagePreprocessing
from studio.store.project_file import ProjectFile

__all__ = ["LARGEST_BYTES", "snapshot_for", "snapshots_root"]

LARGEST_BYTES = 4 << 30
"""What all kept snapshots may take together: 145,000 colour inputs of 96 x 96."""

_UNFINISHED = ".making"


def snapshots_root() -> Path:
    """Return the folder that holds this computer's kept snapshots.

    ``AUTOML_STUDIO_CACHE`` in the environment takes the place of the system's cache folder.
    """
    chosen = os.environ.get("AUTOML_STUDIO_CACHE")
    base = Path(chosen) if chosen else platformdirs.user_cache_path("automl-studio", False)
    return base / "snapshots"


def snapshot_for(
    project: ProjectFile,
    version: DatasetVersion,
    how: ImagePreprocessing,
    folder: Path,
    *,
    root: Path | None = None,
    largest_bytes: int = LARGEST_BYTES,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> bool:
    """Give a job its snapshot: a kept one if there is a whole one, else a new one.

    The arrays are hard links where the disk allows it, else copies; a job only reads them.

    Args:
        project: Where the samples are.
        version: What to decode.
        how: Preprocessing of an input.
        folder: Where to; nothing, or an empty folder.
        root: Where snapshots are kept; by default `snapshots_root`.
        largest_bytes: What all of them may take; one larger than that is not kept.
        progress: Called with samples done and samples in all, while decoding.

    Returns:
        Whether a kept one served.

    Raises:
        ProjectError: if a sample is missing or damaged.
        OSError: if the disk refuses the job's folder. Trouble with the kept ones is no
            error: then the snapshot is made for the job alone.
    """
    root = root or snapshots_root()
    kept = root / _name(version, how)
    with contextlib.suppress(OSError):
        root.mkdir(parents=True, exist_ok=True)
        with FileLock(root / ".lock"):
            if _is_whole(kept, version, how) and _given(kept, folder):
                os.utime(kept)
                return True
            shutil.rmtree(kept, ignore_errors=True)
    write_snapshot(project, version, how, folder, progress)
    with contextlib.suppress(OSError):
        _keep(folder, kept, largest_bytes)
    return False


def _name(version: DatasetVersion, how: ImagePreprocessing) -> str:
    text = json.dumps(how.as_json(), sort_keys=True)
    return f"{version.digest[:32]}-{hashlib.sha256(text.encode()).hexdigest()[:16]}"


def _is_whole(kept: Path, version: DatasetVersion, how: ImagePreprocessing) -> bool:
    """Return whether a kept snapshot is what it says, and of this version."""
    try:
        found = json.loads((kept / DESCRIPTION).read_text(encoding="utf-8"))
        expected = (version.digest, list(version.classes), how.as_json())
        if (found["dataset"], found["classes"], found["preprocessing"]) != expected:
            return False
        digests: Mapping[str, str] = found["sha256"]
        return set(digests) == set(ARRAYS) and all(
            file_digest(kept / name) == digest for name, digest in digests.items()
        )
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
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

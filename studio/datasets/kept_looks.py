"""Looks and copies kept between runs, so that freezing does not look again at what health saw.

One file a project in this computer's cache. Looks are found by the digest of the thumbnail they
were made from, copies by the digest of all of these: what does not agree is made again. A file
that cannot be read is as good as none.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import uuid
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.datasets.looks import SIDE, Looks
from studio.datasets.near import Pair
from studio.datasets.snapshot_cache import snapshots_root
from studio.store.project_file import ProjectFile

__all__ = ["KeptLooks", "key_of", "load", "save"]

_FORM = b"looks 1, copies 2"
"""Changes whenever looks are made, or copies found, in another way."""

_KEY_BYTES = 16
_LARGEST_BYTES = 1 << 30
"""What the files of all projects may take: looks of 900,000 pictures."""

_DAMAGED = (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile)


@dataclass(frozen=True, slots=True)
class KeptLooks:
    """What was kept.

    Attributes:
        rows: Row of a look by its key.
        looks: A row each.
        of_all: Digest of the keys that the copies were sought among; empty if not yet.
        pairs: The copies, by position among those keys.
    """

    rows: dict[bytes, int]
    looks: Looks
    of_all: bytes = b""
    pairs: tuple[Pair, ...] = ()


def key_of(content: bytes) -> bytes:
    """Return the key of a look by the bytes it is made from."""
    return hashlib.sha256(content).digest()[:_KEY_BYTES]


def digest_of_all(keys: Sequence[bytes], short_sides: NDArray[np.int32]) -> bytes:
    """Return what names the copies among pictures: their looks, in order, and their sizes."""
    return hashlib.sha256(_FORM + b"".join(keys) + short_sides.tobytes()).digest()


def _path(project: ProjectFile) -> Path:
    name = hashlib.sha256(str(project.property("id")).encode()).hexdigest()[:32]
    return snapshots_root().parent / "looks" / f"{name}.npz"


def load(project: ProjectFile) -> KeptLooks | None:
    """Return what is kept of a project, or None."""
    path = _path(project)
    try:
        with path.open("rb") as raw, np.load(raw, allow_pickle=False) as file:
            kept = _checked({name: file[name] for name in file.files})
        os.utime(path)
    except _DAMAGED:
        return None
    return kept


def _checked(found: dict[str, NDArray[Any]]) -> KeptLooks:
    """Return arrays of a file as what they are; raises ValueError or KeyError on others."""
    keys, grey, layout, of_all = (found[name] for name in ("keys", "grey", "layout", "of_all"))
    places, agreements = found["pairs"], found["agreements"]
    shapes = (keys.shape[1:], grey.shape[1:], layout.shape[1:], places.shape[1:])
    kinds = {keys.dtype, grey.dtype, layout.dtype}
    if shapes != ((_KEY_BYTES,), (SIDE, SIDE), (4, 4, 3), (2,)) or kinds != {np.dtype(np.uint8)}:
        raise ValueError("not the arrays of looks")
    if found["form"].tobytes() != _FORM or not len(keys) == len(grey) == len(layout):
        raise ValueError("not of this form")
    looks = Looks(grey, layout, np.zeros(len(grey), np.int32))
    rows = {key.tobytes(): row for row, key in enumerate(keys)}
    pairs = zip(places.tolist(), agreements.tolist(), strict=True)
    found_pairs = tuple(Pair(int(one), int(other), float(value)) for (one, other), value in pairs)
    return KeptLooks(rows, looks, of_all.tobytes(), found_pairs)


def save(
    project: ProjectFile, keys: Sequence[bytes], looks: Looks, of_all: bytes, pairs: Sequence[Pair]
) -> None:
    """Keep looks and copies; a cache that cannot be written is no error."""
    path = _path(project)
    making = path.with_name(f".{uuid.uuid4().hex}.npz")
    places = np.array([(pair.first, pair.second) for pair in pairs], np.int64).reshape(-1, 2)
    with contextlib.suppress(OSError):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            np.savez(
                making,
                form=np.frombuffer(_FORM, np.uint8),
                keys=np.frombuffer(b"".join(keys), np.uint8).reshape(-1, _KEY_BYTES),
                grey=looks.grey,
                layout=looks.layout,
                of_all=np.frombuffer(of_all, np.uint8),
                pairs=places,
                agreements=np.array([pair.agreement for pair in pairs], np.float64),
            )
            making.replace(path)
            _make_room(path.parent)
        finally:
            making.unlink(missing_ok=True)


def _make_room(folder: Path) -> None:
    """Remove the files used longest ago."""
    files = sorted(folder.glob("*.npz"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    used = 0
    for path in files:
        used += path.stat().st_size
        if used > _LARGEST_BYTES:
            path.unlink(missing_ok=True)

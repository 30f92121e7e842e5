"""All candidates on all devices, judged once: what did not change is not judged again.

A cell depends on the model's file, its arena and the device, and on nothing else; it is kept in
memory by a digest of these for as long as the program runs. Judging takes some 10 ms a
candidate for the whole catalogue, so nothing is kept in the project.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence

from studio.compatibility import check_model, facts_of
from studio.domain.candidate import Artifact, ArtifactFormat, Candidate, Precision
from studio.domain.device import Device
from studio.domain.matrix import Cell, MatrixRow
from studio.store import blobs
from studio.store.project_file import ProjectFile

__all__ = ["cells_of", "device_digest", "matrix_rows"]

_MOST_KEPT = 100_000
_kept: dict[tuple[str, str], Cell] = {}
"""By model and by device. Several threads may fill it: what two of them judge is the same."""


def matrix_rows(
    project: ProjectFile, ranked: Sequence[Candidate], devices: Mapping[str, Device]
) -> Iterator[MatrixRow]:
    """Yield each candidate on all devices, in the order given."""
    digests = {id: device_digest(device) for id, device in devices.items()}
    for candidate in ranked:
        int8 = candidate.artifact(Precision.INT8, ArtifactFormat.TFLITE)
        cells = {} if int8 is None else _cells(project, int8, devices, digests)
        yield MatrixRow(candidate=candidate, cells=cells)


def device_digest(device: Device) -> str:
    """Return what changes whenever anything about a device does."""
    return hashlib.sha256(repr(device).encode()).hexdigest()


def cells_of(
    read: Callable[[], bytes],
    artifact: Artifact,
    devices: Mapping[str, Device],
    digests: Mapping[str, str],
) -> Mapping[str, Cell]:
    """Return one model on devices; its file is read only if something is to be judged."""
    model = f"{artifact.digest} {artifact.arena!r}"
    cells = {id: _kept.get((model, digests[id])) for id in devices}
    lacking = [devices[id] for id, cell in cells.items() if cell is None]
    facts = facts_of(read(), artifact.arena) if lacking else None
    for device in lacking:
        assert facts is not None
        cells[device.id] = _keep((model, digests[device.id]), Cell.of(check_model(facts, device)))
    return {id: cell for id, cell in cells.items() if cell is not None}


def _cells(
    project: ProjectFile,
    artifact: Artifact,
    devices: Mapping[str, Device],
    digests: Mapping[str, str],
) -> Mapping[str, Cell]:
    return cells_of(lambda: blobs.get(project, artifact.digest), artifact, devices, digests)


def _keep(key: tuple[str, str], cell: Cell) -> Cell:
    while len(_kept) >= _MOST_KEPT:
        _kept.pop(next(iter(_kept), key), None)  # the oldest
    _kept[key] = cell
    return cell

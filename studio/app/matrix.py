"""All candidates on all devices, judged once: what did not change is not judged again.

A cell depends on the model's file, its arena, what its input goes through, the device, and what
was measured of generated C on this computer; it is kept in memory under all of these for as long
as the program runs. Judging takes some tens of milliseconds a candidate for the whole catalogue,
so nothing is kept in the project.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence

from studio.app.footprints import measured_stamp
from studio.app.models import model_facts
from studio.compatibility import check_model
from studio.domain.candidate import ArtifactFormat, Candidate, Precision
from studio.domain.device import Device
from studio.domain.matrix import Cell, MatrixRow
from studio.store import blobs
from studio.store.project_file import ProjectFile

__all__ = ["device_digest", "matrix_rows"]

_MOST_KEPT = 100_000
_kept: dict[tuple[str, str], Cell] = {}
"""By model and by device. Several threads may fill it: what two of them judge is the same."""


def matrix_rows(
    project: ProjectFile, ranked: Sequence[Candidate], devices: Mapping[str, Device]
) -> Iterator[MatrixRow]:
    """Yield each candidate on all devices, in the order given."""
    digests = {id: device_digest(device) for id, device in devices.items()}
    for candidate in ranked:
        yield MatrixRow(candidate=candidate, cells=_cells(project, candidate, devices, digests))


def device_digest(device: Device) -> str:
    """Return what changes whenever anything about a device does."""
    return hashlib.sha256(repr(device).encode()).hexdigest()


def _cells(
    project: ProjectFile,
    candidate: Candidate,
    devices: Mapping[str, Device],
    digests: Mapping[str, str],
) -> Mapping[str, Cell]:
    """Return a candidate on devices; its file is read only if something is to be judged."""
    int8 = candidate.artifact(Precision.INT8, ArtifactFormat.TFLITE)
    if int8 is None:
        return {}
    model = f"{int8.digest} {int8.arena!r} {candidate.preprocessing!r} {measured_stamp()}"
    cells = {id: _kept.get((model, digests[id])) for id in devices}
    lacking = [id for id, cell in cells.items() if cell is None]
    if lacking:
        content = blobs.get(project, int8.digest)
        facts = model_facts(content, int8.arena, candidate.preprocessing)
        for id in lacking:
            cells[id] = _keep((model, digests[id]), Cell.of(check_model(facts, devices[id])))
    return {id: cell for id, cell in cells.items() if cell is not None}


def _keep(key: tuple[str, str], cell: Cell) -> Cell:
    while len(_kept) >= _MOST_KEPT:
        _kept.pop(next(iter(_kept), key), None)  # the oldest
    _kept[key] = cell
    return cell

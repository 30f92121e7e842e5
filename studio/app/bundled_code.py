"""The C code that goes into a bundle: proved on the whole test side, or the export is refused."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from studio.app.c_code import Source, prove_c_code
from studio.app.exported import ExportStep, Told, of_item, silent
from studio.codegen import Proof, Standing
from studio.datasets import givens_of
from studio.domain.candidate import ArtifactFormat, Candidate, Precision
from studio.domain.dataset import DatasetVersion, Split
from studio.domain.device import Device, DeviceKind
from studio.domain.errors import ExportError, ModelError
from studio.export import CCode
from studio.store import blobs
from studio.store.project_file import ProjectFile
from studio.tasks import Given, find_task

__all__ = ["code_for_bundle"]

_AT_ONCE = 500
"""Samples prepared at a time; only their inputs are kept."""


def code_for_bundle(
    project: ProjectFile,
    candidate: Candidate,
    version: DatasetVersion,
    device: Device,
    told: Told = silent,
) -> CCode | None:
    """Return a candidate's C code with its proof, or None for what no microcontroller is.

    Where the code cannot be made or not be compiled here, the proof says so; where it was
    compiled and is not the model, there is no bundle. `told` hears of every item of the proof.

    Raises:
        ExportError: ``export.code_differs``, ``export.does_not_fit``.
    """
    int8 = candidate.artifact(Precision.INT8, ArtifactFormat.TFLITE)
    if device.kind is not DeviceKind.MICROCONTROLLER or int8 is None:
        return None
    content = blobs.get(project, int8.digest)
    source = Source(
        name=project.property("title"),
        content=content,
        classes=tuple(candidate.classes),
        own_devices={device.id: device},
    )
    inputs = _as_codes(_test_inputs(project, candidate, version))
    try:
        proof = prove_c_code(
            source,
            device.id,
            inputs=inputs,
            emulate=True,
            on_item=lambda item: told(of_item(item)),
        )
    except ModelError as error:
        if error.code != "codegen.unsupported":
            raise
        told(ExportStep(id="code", standing=Standing.NOT_DONE, sentence=str(error)))
        return CCode(prefix="", files={}, proof={}, why=str(error))
    _refuse_what_failed(proof, device)
    return CCode(
        prefix=proof.generated.prefix,
        files=proof.generated.files,
        proof={
            "inputs": f"all {len(inputs):,} inputs of the test side",
            "items": [item.as_json() for item in proof.items],
        },
        why="",
    )


def _test_inputs(
    project: ProjectFile, candidate: Candidate, version: DatasetVersion
) -> npt.NDArray[np.uint8]:
    """Return every input that the test side makes, uint8 ``(N, *shape)``."""
    task, how = find_task(candidate.task), candidate.preprocessing
    made = [np.empty((0, *how.shape), np.uint8)]
    for some in _in_portions(givens_of(project, version, {Split.TEST})):
        made += task.prepare_all(some, [how])[0]
    return np.concatenate(made)


def _in_portions(givens: Sequence[Given]) -> Iterator[Sequence[Given]]:
    for start in range(0, len(givens), _AT_ONCE):
        yield givens[start : start + _AT_ONCE]


def _as_codes(inputs: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """Return prepared bytes as the int8 model's input bytes: a byte less 128."""
    flat = inputs.reshape(len(inputs), -1)
    return flat ^ np.uint8(0x80)


def _refuse_what_failed(proof: Proof, device: Device) -> None:
    for item in proof.items:
        if item.standing is not Standing.FAILED:
            continue
        if item.id == "device":
            raise ExportError(
                item.sentence,
                "Choose a smaller candidate or another device.",
                code="export.does_not_fit",
            )
        raise ExportError(
            f"The C code for the {device.name} is not the model: {item.sentence}",
            "Report this with the model; nothing was written.",
            code="export.code_differs",
        )

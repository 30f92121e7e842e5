"""The test error of outputs, by one yardstick for everybody."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.domain.preprocessing import SignalPreprocessing, preprocessing_from_json
from studio.store.project_file import ProjectFile

from .prepare import test_timeline

__all__ = [
    "PRIMARY",
    "candidate_errors",
    "candidate_time_error",
    "errors",
    "peer_errors",
    "variant_errors",
]

PRIMARY = ("time_error", "error", "rmse")
"""Which error is compared, the first there is: the share of the time that is called wrongly
(recordings); wrong samples; the root of the mean squared error, which every method minimises."""


def errors(outputs: NDArray[Any], truth: NDArray[Any], *, classes: bool) -> dict[str, float]:
    """Return the errors of outputs ``(inputs, classes)`` or amounts ``(inputs, 1)``."""
    if not np.isfinite(outputs).all():
        outputs = np.nan_to_num(outputs, posinf=0.0, neginf=0.0)
    if classes:
        return {"error": float((outputs.argmax(axis=1) != truth).mean())}
    off = outputs[:, 0] - truth
    spread = float(((truth - truth.mean()) ** 2).mean())
    return {
        "rmse": float(np.sqrt((off**2).mean())),
        "mae": float(np.abs(off).mean()),
        "r2": 1 - float((off**2).mean()) / spread,
    }


def peer_errors(folder: Path, outputs: NDArray[Any]) -> dict[str, float]:
    """Return the errors of a peer's outputs on a prepared set.

    Args:
        folder: From `prepare`.
        outputs: On the test inputs of ``peer.npz``; what is of a variant of the job's snapshot
            goes to `variant_errors`.
    """
    about = json.loads((folder / "about.json").read_text())
    with np.load(folder / "truth.npz", allow_pickle=False) as found:
        truth = found["y"]
    made = errors(outputs, truth, classes=bool(about["classes"]))
    if about["kind"] == "recording":
        how = preprocessing_from_json(about["usual"])
        assert isinstance(how, SignalPreprocessing)
        made["time_error"] = _time_error(folder, how, outputs)
    return made


def variant_errors(folder: Path, variant: str, outputs: NDArray[Any]) -> dict[str, float]:
    """Return the errors of a network of our own space, trained outside our program.

    Args:
        folder: From `prepare`.
        variant: Of the snapshot, whose test inputs the outputs are of.
        outputs: Probabilities, or amounts as the snapshot scales them.
    """
    about = json.loads((folder / "about.json").read_text())
    data = folder / "job" / "data" / variant
    described = json.loads((data / "description.json").read_text())
    how = preprocessing_from_json(described["preprocessing"])
    truth = np.load(data / "y.npy")[np.load(data / "split.npy") == 2]
    target = getattr(how, "target", None)
    if not about["classes"] and target is not None:
        outputs, truth = (target.offset + target.scale * v for v in (outputs, truth))
    made = errors(outputs, truth, classes=bool(about["classes"]))
    if isinstance(how, SignalPreprocessing):
        made["time_error"] = _time_error(folder, how, outputs)
    return made


def candidate_errors(document: dict[str, Any]) -> dict[str, float]:
    """Return the errors our program tells of a candidate: its int8 file on the test split."""
    test = document["test"]
    if test is None:
        return {}
    if "accuracy" in test:
        return {"error": 1 - test["accuracy"]["value"]}
    return {name: test[name]["value"] for name in ("rmse", "mae", "r2") if name in test}


def candidate_time_error(folder: Path, document: dict[str, Any], content: bytes) -> float:
    """Return the error over time of a candidate's int8 file, run here again."""
    from studio.conversion import outputs_of
    from studio.domain.candidate import ArtifactFormat

    how = preprocessing_from_json(document["preprocessing"])
    assert isinstance(how, SignalPreprocessing)
    return _time_error(
        folder, how, run=lambda inputs: outputs_of(content, ArtifactFormat.TFLITE, inputs)
    )


def _time_error(
    folder: Path, how: SignalPreprocessing, outputs: NDArray[Any] | None = None, run: Any = None
) -> float:
    project = ProjectFile.open(folder / "project.automl")
    try:
        line, where, counted, inputs = test_timeline(project, how)
    finally:
        project.close()
    made = run(inputs) if outputs is None else outputs
    return line.error(made.astype(np.float64), where, counted)

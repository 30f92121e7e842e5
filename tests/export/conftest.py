"""Bundle contents to test with: three bars of light, a small real model, real golden vectors."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from studio.domain.candidate import Artifact, ArtifactFormat, Candidate, Precision
from studio.domain.dataset import Split
from studio.domain.device import Device, DeviceKind, Fact
from studio.domain.evaluation import Evaluation
from studio.domain.figure import Figure, FigureKind
from studio.domain.phrase import Phrase
from studio.domain.preprocessing import ImagePreprocessing
from studio.domain.report import (
    CompatibilityReport,
    MemoryLine,
    MemoryRegion,
    OperatorUse,
    Verdict,
)
from studio.export import BundleContents, CCode, DatasetFacts, SearchFacts
from studio.export.bundle import assemble

DATA = Path(__file__).parent / "data"
CLASSES = ("lying", "standing", "slanting")
_FILES = (
    ("bars_int8.tflite", Precision.INT8, ArtifactFormat.TFLITE),
    ("bars_float32.tflite", Precision.FLOAT32, ArtifactFormat.TFLITE),
    ("bars_float32.onnx", Precision.FLOAT32, ArtifactFormat.ONNX),
)


def bars(count: int) -> np.ndarray:
    """Return uint8 ``(count, 8, 8, 1)``: the kind of bar goes round the three classes."""
    rng = np.random.default_rng(5)
    pictures = rng.integers(0, 80, (count, 8, 8, 1), dtype=np.uint8)
    for number, picture in enumerate(pictures):
        at = 1 + number % 6
        for i in range(8):
            picture[((at, i), (i, at), (i, i))[number % 3]] = 220
    return pictures


def evaluation(classes: tuple[str, ...], split: Split, seed: int = 3) -> Evaluation:
    """Return a plausible confusion matrix, made up for tests."""
    rng = np.random.default_rng(seed)
    counts = rng.integers(0, 3, (len(classes), len(classes)))
    counts[np.diag_indices(len(classes))] = 40
    return Evaluation(split=split, classes=classes, confusion=tuple(map(tuple, counts.tolist())))


def device(**changes: Any) -> Device:
    """Return a microcontroller."""
    given: dict[str, Any] = {
        "id": "nano33ble",
        "name": "Arduino Nano 33 BLE",
        "vendor": "Arduino",
        "kind": DeviceKind.MICROCONTROLLER,
        "core": "Cortex-M4F",
        "clock_hz": Fact(value=64_000_000, sources=("board file",)),
        "ram_bytes": Fact(value=262_144, sources=("board file", "data sheet")),
        "flash_bytes": Fact(value=983_040, sources=("board file",)),
        "runtimes": ("tflite_micro",),
    }
    return Device(**{**given, **changes})


def report(**changes: Any) -> CompatibilityReport:
    """Return the test model on the device; every kind of figure occurs."""
    code = Figure(
        value=45_000, unit="B", kind=FigureKind.ESTIMATED, low=23_000, high=87_000, source="range"
    )
    sketch = Figure(value=20_000, unit="B", kind=FigureKind.PUBLISHED, source="a data sheet")
    arena = Figure.measured(1_956, "B", "TensorFlow Lite Micro's own interpreter")
    flash, ram = MemoryRegion.FLASH, MemoryRegion.RAM
    given: dict[str, Any] = {
        "device_id": "nano33ble",
        "runtime": "tflite_micro",
        "precision": Precision.INT8,
        "verdict": Verdict.FITS,
        "summary": Phrase.of("fit-yes", device="Arduino Nano 33 BLE", percent=11),
        "for_engineer": Phrase.of(
            "needs-ram-and-flash",
            runtime="TensorFlow Lite Micro",
            ram="1.9 KiB",
            ram_limit="256 KiB",
            flash="107 KiB",
            flash_limit="960 KiB",
        ),
        "findings": (Phrase.of("sensor-unknown"),),
        "memory": (
            MemoryLine(part="model", region=flash, figure=Figure.measured(2_976, "B", "the file")),
            MemoryLine(part="runtime code", region=flash, figure=code),
            MemoryLine(part="board's own code", region=flash, figure=sketch),
            MemoryLine(part="tensor arena", region=ram, figure=arena),
            MemoryLine(part="stack", region=ram, figure=Figure.unknown("B", "not looked at")),
        ),
        "flash": Figure(
            value=67_976, unit="B", kind=FigureKind.ESTIMATED, low=45_976, high=109_976
        ),
        "ram": Figure(value=1_956, unit="B", kind=FigureKind.EMULATED, source="the parts above"),
        "flash_limit_bytes": 983_040,
        "ram_limit_bytes": 262_144,
        "limits_verified": False,
        "operators": (
            OperatorUse(name="CONV_2D", count=1, supported=True),
            OperatorUse(name="MAX_POOL_2D", count=1, supported=True),
            OperatorUse(name="RESHAPE", count=1, supported=True),
            OperatorUse(name="FULLY_CONNECTED", count=1, supported=True),
            OperatorUse(name="SOFTMAX", count=1, supported=True),
        ),
    }
    return CompatibilityReport(**{**given, **changes})


def candidate(classes: tuple[str, ...] = CLASSES, **changes: Any) -> Candidate:
    """Return the leaderboard's entry for the files beside these tests."""
    artifacts = []
    for name, precision, format in _FILES:
        content = (DATA / name).read_bytes()
        tflite = format is ArtifactFormat.TFLITE
        unknown = Figure.unknown("B", "TensorFlow Lite Micro does not run ONNX")
        artifacts.append(
            Artifact(
                precision=precision,
                format=format,
                digest=hashlib.sha256(content).hexdigest(),
                size_bytes=len(content),
                arena=Figure.measured(1_956, "B", "interpreter") if tflite else unknown,
                evaluation=evaluation(classes, Split.TEST),
            )
        )
    given: dict[str, Any] = {
        "id": 3,
        "search_id": 1,
        "trial": 7,
        "task": "image-classification",
        "space": "micro-cnn",
        "device_id": "nano33ble",
        "dataset_digest": "d" * 64,
        "hyperparameters": {"filters": 4, "kernel": 3, "rate": 0.01},
        "parameters": 151,
        "validation": evaluation(classes, Split.VALIDATION, seed=4),
        "classes": classes,
        "preprocessing": ImagePreprocessing(width=8, height=8, channels=1),
        "weights_digest": "e" * 64,
        "artifacts": tuple(artifacts),
    }
    return Candidate(**{**given, **changes})


def c_code() -> CCode:
    """Return C code as the session hands it over; what is in it is of no concern here."""
    item = {
        "id": "host",
        "standing": "proved",
        "sentence": "6 inputs, 0 bytes differ.",
        "figures": {},
    }
    return CCode(
        prefix="bars_of_light",
        files={"bars_of_light.h": "/* a header */\n", "bars_of_light.c": "/* the code */\n"},
        proof={"inputs": "all 6 inputs of the test side", "items": [item]},
    )


def make_contents(classes: tuple[str, ...] = CLASSES, **changes: Any) -> BundleContents:
    """Return contents of a bundle; any field may be given another value."""
    count = 6
    files = {
        hashlib.sha256(content).hexdigest(): content
        for content in ((DATA / name).read_bytes() for name, _, _ in _FILES)
    }
    given: dict[str, Any] = {
        "project_title": "Bars of light",
        "candidate": candidate(classes),
        "device": device(),
        "report": report(),
        "files": files,
        "golden_inputs": bars(count),
        "golden_names": tuple(f"bar {i}.png" for i in range(count)),
        "golden_truth": tuple(classes[i % 3] for i in range(count)),
        "dataset": DatasetFacts(
            digest="d" * 64,
            seed=1,
            counts={split: dict.fromkeys(classes, 40) for split in Split},
        ),
        "search": SearchFacts(minutes=5.0, trials=14, rejected=20, seed=1),
        "versions": {"tensorflow": "2.21.0", "numpy": "2.4.6", "matplotlib": "3.11.2"},
        "code": c_code(),
    }
    return BundleContents(**{**given, **changes})


@pytest.fixture
def build() -> Callable[..., BundleContents]:
    """Return the builder."""
    return make_contents


@cache
def _files() -> dict[str, bytes]:
    return assemble(make_contents())


@pytest.fixture
def files() -> dict[str, bytes]:
    """Return every file of the usual bundle; a copy to break."""
    return dict(_files())

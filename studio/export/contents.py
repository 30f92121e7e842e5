"""What the session hands over to be made into a bundle, and what it gets back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from studio.domain.candidate import Artifact, ArtifactFormat, Candidate, Precision
from studio.domain.dataset import Split
from studio.domain.device import Device
from studio.domain.report import CompatibilityReport

__all__ = ["BundleContents", "BundleSummary", "DatasetFacts", "SearchFacts"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetFacts:
    """What the report says about the dataset version.

    Attributes:
        digest: Its SHA-256, hexadecimal.
        seed: Seed of the split.
        counts: Samples by split, then by class name.
    """

    digest: str
    seed: int
    counts: Mapping[Split, Mapping[str, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchFacts:
    """What the report says about the search.

    Attributes:
        minutes: Wall-clock budget it was given.
        trials: Trials that finished.
        rejected: Configurations found too large for the device before training.
        seed: Seed of proposals and training.
    """

    minutes: float
    trials: int
    rejected: int
    seed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleContents:
    """Everything a bundle is made of.

    Attributes:
        project_title: As the person wrote it.
        candidate: The model; must have an int8 TFLite artifact.
        device: The device the bundle is for.
        report: The candidate on that device.
        files: Content of the artifacts by their digest.
        golden_pixels: Preprocessed pictures, uint8 ``(N, height, width, channels)``.
        golden_names: Where each came from: a file name without folders.
        golden_classes: The class a person gave each.
        dataset: The dataset version it was trained on.
        search: How it was found.
        versions: Version by library name.
    """

    project_title: str
    candidate: Candidate
    device: Device
    report: CompatibilityReport
    files: Mapping[str, bytes]
    golden_pixels: npt.NDArray[np.uint8]
    golden_names: tuple[str, ...]
    golden_classes: tuple[str, ...]
    dataset: DatasetFacts
    search: SearchFacts
    versions: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        shape = self.candidate.preprocessing.shape
        pixels = self.golden_pixels
        if pixels.dtype != np.uint8 or pixels.ndim != 4 or pixels.shape[1:] != shape:
            raise ValueError(f"golden pictures are uint8 (N, *{shape}), not {pixels.shape}")
        if {len(pixels)} != {len(self.golden_names), len(self.golden_classes)} or not len(pixels):
            raise ValueError("every golden picture has a name and a class, and there is one")
        if set(self.golden_classes) - set(self.candidate.classes):
            raise ValueError("a golden class is not a class of the candidate")
        if self.device.id != self.report.device_id:
            raise ValueError("the report is about another device")
        if self.candidate.artifact(Precision.INT8, ArtifactFormat.TFLITE) is None:
            raise ValueError("a bundle needs an int8 TensorFlow Lite model")
        if missing := [a.digest for a in self.candidate.artifacts if a.digest not in self.files]:
            raise ValueError(f"files of artifacts are missing: {missing}")

    @property
    def int8(self) -> Artifact:
        """The int8 TensorFlow Lite artifact; every bundle has one."""
        found = self.candidate.artifact(Precision.INT8, ArtifactFormat.TFLITE)
        assert found is not None
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleSummary:
    """What was written.

    Attributes:
        path: Final path of the zip.
        size_bytes: Its length.
        digest: SHA-256 of the zip; the same contents give the same on the same versions.
        names: Files inside, sorted.
    """

    path: str
    size_bytes: int
    digest: str
    names: tuple[str, ...]

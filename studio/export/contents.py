"""What the session hands over to be made into a bundle, and what it gets back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from studio.domain.candidate import Artifact, ArtifactFormat, Candidate, Precision
from studio.domain.dataset import Split
from studio.domain.device import Device
from studio.domain.evaluation import AnyEvaluation
from studio.domain.judgement import Calibration, NotSure, Temperature
from studio.domain.phrase import Phrase
from studio.domain.preprocessing import ImagePreprocessing, Preprocessing, TargetScale
from studio.domain.report import CompatibilityReport

__all__ = [
    "BuildTarget",
    "BundleContents",
    "BundleSummary",
    "CCode",
    "Certainty",
    "DatasetFacts",
    "Raw",
    "SearchFacts",
]

Raw = Mapping[str, Any] | npt.NDArray[np.float32]
"""What inputs are made from: a row by column, or a recording, float32 ``(samples, channels)``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetFacts:
    """What the report says about the dataset version.

    Attributes:
        digest: Its SHA-256, hexadecimal.
        seed: Seed of the split.
        counts: Samples by split, then by class name; by ``""`` where the task learns an amount.
        amounts: Lowest and highest amount of the training samples; None for classes.
        units: By split, how many sessions, or originals without one, the samples are from; None
            where nobody counted.
    """

    digest: str
    seed: int
    counts: Mapping[Split, Mapping[str, int]]
    amounts: tuple[float, float] | None = None
    units: Mapping[Split, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchFacts:
    """What the report says about the search.

    Attributes:
        minutes: Wall-clock budget it was given.
        trials: Trials that finished.
        rejected: Configurations found too large for the device before training.
        seed: Seed of proposals and training.
        failed: Trials that ended in an error.
        note: What a person should know about how it ended; often empty.
    """

    minutes: float
    trials: int
    rejected: int
    seed: int
    failed: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Certainty:
    """How sure a classifier is, and from when on it answers.

    Attributes:
        calibration: Whether it is as often right as it is sure; None where that is not known.
        temperature: Fitted on the validation side; tells which way it errs.
        phrase: What the two say, in words.
        not_sure: The threshold, chosen on the validation side; None where there is none.
        costs_given: Whether a person said what wrong answers cost, or the default stood in.
        why: Why there is no threshold, one sentence; empty where there is one.
    """

    calibration: Calibration | None = None
    temperature: Temperature | None = None
    phrase: Phrase | None = None
    not_sure: NotSure | None = None
    costs_given: bool = False
    why: str = ""

    def __post_init__(self) -> None:
        if (self.not_sure is None) is not bool(self.why):
            raise ValueError("there is a threshold, or a sentence says why not")
        if self.not_sure is not None and self.not_sure.temperature is not None:
            raise ValueError("a device has the outputs as they come, without a temperature")


@dataclass(frozen=True, slots=True, kw_only=True)
class CCode:
    """The model as C that needs no runtime.

    Attributes:
        prefix: Of its public names; empty where there is no code.
        files: Text by file name.
        proof: What was shown of it and how, as JSON values.
        why: Why there is no code, in a sentence; empty where there is.
    """

    prefix: str
    files: Mapping[str, str]
    proof: Mapping[str, Any]
    why: str = ""

    def __post_init__(self) -> None:
        if bool(self.files) is bool(self.why):
            raise ValueError("there is code, or a sentence says why not")


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildTarget:
    """How a device's core is compiled for and emulated, from ``assets/toolchain``.

    Attributes:
        gcc: Flags of arm-none-eabi-gcc; empty where that does not know the core.
        zig: Target and ``-mcpu`` of ``zig cc``; empty where nothing can be compiled.
        firmware: Which startup code, for example ``cortex-m``; ``none`` with an operating system.
        flash: Address of the flash of a usual chip of this core.
        ram: Address of its RAM.
        machine: The machine QEMU emulates the core on; empty where there is none.
        machine_options: Further arguments of QEMU.
        machine_flash: First address and bytes of the memory for code there.
        machine_ram: First address and bytes of the memory for data there.
        why_not: Why the studio compiles nothing for it, a sentence; empty where it does.
    """

    gcc: tuple[str, ...] = ()
    zig: tuple[str, ...] = ()
    firmware: str = "none"
    flash: int = 0
    ram: int = 0
    machine: str = ""
    machine_options: tuple[str, ...] = ()
    machine_flash: tuple[int, int] = (0, 0)
    machine_ram: tuple[int, int] = (0, 0)
    why_not: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleContents:
    """Everything a bundle is made of.

    Attributes:
        project_title: As the person wrote it.
        candidate: The model; must have an int8 TFLite artifact.
        device: The device the bundle is for.
        report: The candidate on that device.
        files: Content of the artifacts by their digest.
        golden_inputs: Prepared inputs, uint8 ``(N, *shape)``; those of one recording follow
            one another and are its first windows.
        golden_names: Where each came from: a file name without folders.
        golden_truth: The class, or the amount, a person gave each.
        golden_raw: What they were made from: each row by column, or each recording from its
            beginning (or from that of the stretch that was prepared). Empty for pictures.
        golden_groups: For each input, its place in ``golden_raw``, rising from 0; empty where
            each has its own.
        dataset: The dataset version it was trained on.
        search: How it was found.
        versions: Version by library name.
        certainty: How sure the model is; None for amounts, and where nobody asked.
        code: The model as C; None where the device is no microcontroller.
        build: How its device is compiled for; only ecosystems ask.
        advice: What else would fit or would be better, a sentence each.
    """

    project_title: str
    candidate: Candidate
    device: Device
    report: CompatibilityReport
    files: Mapping[str, bytes]
    golden_inputs: npt.NDArray[np.uint8]
    golden_names: tuple[str, ...]
    golden_truth: tuple[str | float, ...]
    dataset: DatasetFacts
    search: SearchFacts
    golden_raw: tuple[Raw, ...] = ()
    golden_groups: tuple[int, ...] = ()
    versions: Mapping[str, str] = field(default_factory=dict)
    certainty: Certainty | None = None
    code: CCode | None = None
    build: BuildTarget = field(default_factory=BuildTarget)
    advice: tuple[Phrase | str, ...] = ()

    def __post_init__(self) -> None:
        self._check_golden()
        if self.device.id != self.report.device_id:
            raise ValueError("the report is about another device")
        if self.candidate.artifact(Precision.INT8, ArtifactFormat.TFLITE) is None:
            raise ValueError("a bundle needs an int8 TensorFlow Lite model")
        if missing := [a.digest for a in self.candidate.artifacts if a.digest not in self.files]:
            raise ValueError(f"files of artifacts are missing: {missing}")

    def _check_golden(self) -> None:
        shape, inputs = self.preprocessing.shape, self.golden_inputs
        if inputs.dtype != np.uint8 or inputs.shape[1:] != shape:
            raise ValueError(f"golden inputs are uint8 (N, *{shape}), not {inputs.shape}")
        if {len(inputs)} != {len(self.golden_names), len(self.golden_truth)} or not len(inputs):
            raise ValueError("every golden input has a name and a truth, and there is one")
        if bool(self.candidate.classes) is (self.target is not None):
            raise ValueError("golden truth is either a class or an amount")
        wrong = [t for t in self.golden_truth if not self._may_be_true(t)]
        if wrong:
            raise ValueError("a golden class is not a class of the candidate, or no amount")
        if bool(self.golden_raw) is isinstance(self.preprocessing, ImagePreprocessing):
            raise ValueError("golden rows and recordings come with their inputs, pictures do not")
        groups = self.groups if self.golden_raw else ()
        rises = {after - before for before, after in zip((-1, *groups), groups, strict=False)}
        if groups and (not rises <= {0, 1} or groups[-1] + 1 != len(self.golden_raw)):
            raise ValueError("golden inputs stand in the order of what they were made from")
        if groups and len(groups) != len(inputs):
            raise ValueError("every golden input is made from something")

    def _may_be_true(self, truth: str | float) -> bool:
        if self.target is None:
            return truth in self.candidate.classes
        return not isinstance(truth, str) and bool(np.isfinite(truth))

    @property
    def preprocessing(self) -> Preprocessing:
        """What an input goes through."""
        return self.candidate.preprocessing

    @property
    def target(self) -> TargetScale | None:
        """What the output means where it is an amount; None for classes."""
        return getattr(self.preprocessing, "target", None)

    @property
    def test(self) -> AnyEvaluation | None:
        """The int8 result on the test split, or None before it was measured."""
        return self.candidate.test

    @property
    def groups(self) -> tuple[int, ...]:
        """For each golden input, its place in ``golden_raw``."""
        return self.golden_groups or tuple(range(len(self.golden_inputs)))

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

"""What is told of a converted file: figures of the test side, which choose nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from studio.conversion import ConvertSpec, Recipe, agreement, outputs_of, runtimes_of
from studio.domain.candidate import ArtifactFormat, Precision
from studio.domain.conversion import Conversion
from studio.domain.dataset import Split
from studio.domain.evaluation import AnyEvaluation
from studio.domain.figure import Figure
from studio.runtimes.tflite_file import read_model
from studio.runtimes.tflite_micro import ArenaMeter
from studio.worker.building import Bench
from studio.worker.converting.making import Made
from studio.worker.converting.material import Material
from studio.worker.converting.network import Network, model_of
from studio.worker.data import Part
from studio.worker.testing import evaluated
from studio.worker.training import predict

__all__ = ["Teller", "arena_of", "material_of", "size_of"]


def material_of(bench: Bench, spec: ConvertSpec, check: Callable[[], None]) -> Material:
    """Return what the conversions of a job may look at: nothing of the test side."""
    return Material(
        training=_by_session(bench, spec, Split.TRAIN),
        validation=_by_session(bench, spec, Split.VALIDATION),
        classes=spec.classes,
        hyperparameters=spec.hyperparameters,
        seed=spec.seed,
        check=check,
    )


def _by_session(bench: Bench, spec: ConvertSpec, split: Split) -> Part:
    """Return one side, its groups the sessions and not just the originals."""
    part = bench.snapshot.part(spec.variant, split)
    sessions = np.array(spec.sessions, np.int32)
    return replace(part, groups=sessions[part.groups])


class Teller:
    """Knows the test side, and what float answers there."""

    def __init__(self, bench: Bench, spec: ConvertSpec, network: Network) -> None:
        self._bench = bench
        self._spec = spec
        self._test = _by_session(bench, spec, Split.TEST)
        self._before = predict(model_of(network), self._test.inputs)
        self._float = self._evaluated(self._before)

    def told(self, recipe: Recipe, made: Made, file: dict[str, Any]) -> Conversion:
        """Return the record of a file that was made, named as the journal names it."""
        after = outputs_of(made.content, recipe.format, self._test.pixels)
        return Conversion(
            recipe=recipe.id,
            precision=recipe.precision,
            format=recipe.format,
            file=file,
            size=size_of(made.content),
            arena=arena_of(self._bench.meter, made.content, recipe.format),
            runtimes=runtimes_of(recipe),
            agreement=agreement(
                self._before, after, classes=bool(self._spec.classes), of="test samples"
            ),
            gate=made.gate,
            tested=self._evaluated(after),
            float_tested=self._float,
            attempts=made.attempts,
            notes=(*made.notes, *_notes(recipe, made.content)),
        )

    def _evaluated(self, outputs: Any) -> AnyEvaluation:
        return evaluated(
            outputs,
            self._test,
            classes=self._spec.classes,
            how=self._spec.preprocessing,
            split=Split.TEST,
            detailed=True,
        )


def size_of(content: bytes) -> Figure:
    """Return the length of a file."""
    return Figure.measured(len(content), "B", "length of the file")


def arena_of(meter: ArenaMeter, content: bytes, format: ArtifactFormat) -> Figure:
    """Return the tensor arena of a file, unknown where it has none."""
    if format is ArtifactFormat.TFLITE:
        return meter.measure(content)
    return Figure.unknown("B", "TensorFlow Lite Micro does not read this format.")


def _notes(recipe: Recipe, content: bytes) -> tuple[str, ...]:
    """Return what a person might not expect of a file."""
    if recipe.precision is Precision.DYNAMIC and not _holds_int8(content):
        return ("No layer is large enough for weights of 8 bits: it is the float32 file.",)
    if recipe.precision is Precision.INT16X8:
        return ("Its input and output are int16, so a byte of the input is not its code.",)
    return ()


def _holds_int8(content: bytes) -> bool:
    tensors = read_model(content).graphs[0].tensors
    return any(tensor.dtype == "int8" and tensor.data_bytes for tensor in tensors)

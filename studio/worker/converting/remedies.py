"""What is done where a quantized file lost too much: each remedy a function from case to case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from studio.conversion.representatives import MORE
from studio.domain.candidate import ArtifactFormat, Precision
from studio.worker.converting.equalisation import equalise
from studio.worker.converting.fake_quant import rounding_model, trained_weights
from studio.worker.converting.material import Case, Material
from studio.worker.converting.mixing import damage_of_int8
from studio.worker.converting.network import tensors_of

__all__ = ["REMEDY_OF", "NotApplicable", "Remedy"]

Remedy = Callable[[Case, Material], Case]

_STANDS_OUT = 1.5
"""Times the peak that all but one in fifty samples stay below."""

_USUAL_SHARE = 0.98
_TUNED_SHARE, _TUNED_RATE = 0.25, 0.3
"""A quarter of the usual steps at a third of the rate: the network is nearly there."""

_SAMPLES_FOR_DAMAGE = 32
_MOST_DAMAGE = 0.9
"""Share of all damage that the widened operators hold; the rest stays int8."""


class NotApplicable(Exception):
    """A remedy has nothing to do here; its text is a sentence that says why."""


def more_samples(case: Case, material: Material) -> Case:
    """Set the ranges with more samples, chosen by the same rule.

    Raises:
        NotApplicable: if there are no more.
    """
    samples = material.samples(MORE)
    if len(samples) <= len(case.samples):
        raise NotApplicable("The training split has no more samples.")
    return replace(case, samples=samples)


def calmer_samples(case: Case, material: Material) -> Case:
    """Set the ranges without samples that reach far beyond all others in some tensor.

    One such sample spreads the 256 steps of a tensor over values that hardly ever occur.

    Raises:
        NotApplicable: if no sample stands out.
    """
    out = np.zeros(len(case.samples), bool)
    for peaks in tensors_of(case.network, case.samples, _peak).values():
        out |= peaks > _STANDS_OUT * np.quantile(peaks, _USUAL_SHARE)
    if not out.any() or out.all():
        raise NotApplicable("No sample stands out.")
    return replace(case, samples=case.samples[~out])


def _peak(tensor: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the largest size of all for each input."""
    found: NDArray[np.float32] = np.abs(tensor).reshape(len(tensor), -1).max(axis=1)
    return found


def per_channel(case: Case, material: Material) -> Case:
    """Do nothing: both converters are told to, or do so anyway.

    Raises:
        NotApplicable: always, saying so.
    """
    raise NotApplicable("The weights of every output channel have a scale of their own already.")


def equalised(case: Case, material: Material) -> Case:
    """Give the channels of each layer ranges alike, see `equalise`."""
    return replace(case, network=equalise(case.network, case.samples), widened=frozenset())


def fine_tuned(case: Case, material: Material) -> Case:
    """Train a little with the rounding in the loop, see `rounding_model`."""
    folded, model = rounding_model(case.network, case.samples)
    material.train(model, share=_TUNED_SHARE, rate=_TUNED_RATE)
    return replace(case, network=trained_weights(folded, model), widened=frozenset())


def widened(case: Case, material: Material) -> Case:
    """Keep the fewest operators in int16x8 that hold nine tenths of the damage int8 does.

    Raises:
        NotApplicable: if int8 does none.
    """
    narrow, wide = (
        replace(case, widened=frozenset()).file(precision, ArtifactFormat.TFLITE)
        for precision in (Precision.INT8, Precision.INT16X8)
    )
    inputs = case.samples[:_SAMPLES_FOR_DAMAGE]
    worst = _worst(damage_of_int8(narrow, wide, inputs, material.check))
    if not worst:
        raise NotApplicable("No operator loses anything in int8.")
    return replace(case, widened=worst)


def _worst(damage: NDArray[np.float64]) -> frozenset[int]:
    order = np.argsort(-damage, kind="stable")
    held = np.cumsum(damage[order])
    if not held[-1] > 0:
        return frozenset()
    needed = int(np.searchsorted(held, _MOST_DAMAGE * held[-1])) + 1
    return frozenset(order[:needed].tolist())


REMEDY_OF: Mapping[str, Remedy] = {
    "more-samples": more_samples,
    "calmer-samples": calmer_samples,
    "per-channel": per_channel,
    "equalise": equalised,
    "fine-tune": fine_tuned,
    "widen": widened,
}
"""By id of `studio.conversion.REMEDIES`."""

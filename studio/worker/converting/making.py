"""One recipe on one candidate: the file, what it lost, and what was tried against that."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from studio.conversion import REMEDIES, Recipe, judge, outputs_of
from studio.domain.candidate import ArtifactFormat
from studio.domain.conversion import Attempt, Gate, GateLimits, Outcome, Verdict
from studio.domain.dataset import Split
from studio.domain.errors import ModelError
from studio.worker.converting.material import Case, Material
from studio.worker.converting.network import Network, model_of
from studio.worker.converting.pruning import prune_channels
from studio.worker.converting.remedies import REMEDY_OF, NotApplicable
from studio.worker.training import predict

__all__ = ["Made", "Maker"]

_TUNED_SHARE, _TUNED_RATE = 0.5, 0.5
"""Half the usual steps at half the rate: much of what the network knew is gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A file and how it came about.

    Attributes:
        content: The file.
        gate: What it lost on validation.
        attempts: Remedies, in the order they were tried.
        notes: What else a person should know.
    """

    content: bytes
    gate: Gate
    attempts: tuple[Attempt, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Tried:
    """A case, and what came of it."""

    case: Case
    content: bytes
    gate: Gate

    @property
    def badness(self) -> tuple[int, float, float]:
        """The less the better: the verdict first, then what was lost."""
        worst = self.gate.worst_class
        return (
            list(Verdict).index(self.gate.verdict),
            self.gate.overall.drop,
            worst.drop if worst else -math.inf,
        )


class Maker:
    """Makes files of one network, each judged against its float answers.

    Args:
        network: Without dead channels.
        material: What may be looked at.
        limits: Of the gate.
        tell: Called with a sentence when a step begins.
    """

    def __init__(
        self,
        network: Network,
        material: Material,
        limits: GateLimits,
        tell: Callable[[str], None],
    ) -> None:
        self._network = network
        self._material = material
        self._limits = limits
        self._tell = tell
        self._before = predict(model_of(network), material.validation.inputs)

    def make(self, recipe: Recipe) -> Made:
        """Make the file of a recipe, with what remedies it takes to pass the gate."""
        network, notes = self._network, []
        if recipe.pruned:
            network, note = self._pruned(recipe.pruned)
            notes.append(note)
        case = Case(network=network, samples=self._material.samples())
        best, attempts = self._climbed(recipe, self._tried(recipe, case))
        if best.case.widened:
            notes.append(f"{len(best.case.widened)} operators compute in int16x8.")
        return Made(content=best.content, gate=best.gate, attempts=attempts, notes=tuple(notes))

    def _pruned(self, shares: tuple[float, ...]) -> tuple[Network, str]:
        """Return the smallest network that passes the gate as float, and what was taken out."""
        for share in shares:
            self._tell(f"taking out {share:.0%} of the channels and training what is left")
            network = self._smaller(share)
            gate = self._judged(predict(model_of(network), self._material.validation.inputs))
            if gate.verdict is Verdict.PASSES:
                break
        before, after = (_weights(one) for one in (self._network, network))
        note = f"{share:.0%} of the channels are gone: {after:,} weights are left of {before:,}."
        return network, note

    def _smaller(self, share: float) -> Network:
        pruned = prune_channels(self._network, share, self._material.samples())
        model = model_of(pruned)
        self._material.train(model, share=_TUNED_SHARE, rate=_TUNED_RATE)
        weights = {
            layer.name: layer.changed(weights=tuple(model.get_layer(layer.name).get_weights()))
            for layer in pruned.layers
            if layer.weights
        }
        return pruned.with_layers(weights)

    def _climbed(self, recipe: Recipe, best: _Tried) -> tuple[_Tried, tuple[Attempt, ...]]:
        """Try the recipe's remedies in order until the gate is passed; keep what helped."""
        attempts: list[Attempt] = []
        for remedy in recipe.remedies:
            if best.gate.verdict is Verdict.PASSES:
                break
            self._material.check()
            self._tell(REMEDIES[remedy])
            try:
                found = self._tried(recipe, REMEDY_OF[remedy](best.case, self._material))
            except (NotApplicable, ModelError) as why:
                attempts.append(_not_tried(remedy, str(why)))
                continue
            helped = found.badness < best.badness
            attempts.append(_attempt(remedy, found.gate, helped=helped))
            best = found if helped else best
        return best, tuple(attempts)

    def _tried(self, recipe: Recipe, case: Case) -> _Tried:
        content = case.file(recipe.precision, recipe.format)
        return _Tried(case, content, self._judged(self.outputs(content, recipe.format)))

    def outputs(self, content: bytes, format: ArtifactFormat) -> NDArray[np.float32]:
        """Return a file's answers on the validation side."""
        return outputs_of(content, format, self._material.validation.pixels)

    def _judged(self, after: NDArray[np.float32]) -> Gate:
        return judge(
            self._before,
            after,
            self._material.validation.truth,
            classes=self._material.classes,
            split=Split.VALIDATION,
            limits=self._limits,
        )


def _weights(network: Network) -> int:
    return sum(weight.size for layer in network.layers for weight in layer.weights)


def _not_tried(remedy: str, why: str) -> Attempt:
    return Attempt(remedy=remedy, outcome=Outcome.NOT_TRIED, sentence=why)


def _attempt(remedy: str, gate: Gate, *, helped: bool) -> Attempt:
    worst = gate.worst_class
    return Attempt(
        remedy=remedy,
        outcome=Outcome.HELPED if helped else Outcome.NO_BETTER,
        sentence=gate.phrases[0].text(),
        verdict=gate.verdict,
        overall=gate.overall.drop,
        worst=worst.drop if worst else None,
    )

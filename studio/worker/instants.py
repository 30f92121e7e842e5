"""The first minutes of a search: models learned without gradients, and what they are up against.

They are learned here with numpy alone, while TensorFlow is being imported beside us; the crew
converts and tests them, after which the best of them can be exported.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from studio.domain.dataset import Split
from studio.jobs import JobDirectory, JournalWriter
from studio.search import Order, SearchSpec
from studio.search.scoring import score
from studio.worker.arrays import dump_arrays
from studio.worker.control import Control
from studio.worker.data import Part, Snapshot
from studio.worker.instant import Learned, Material, learn
from studio.worker.ledger import BASELINES, Ledger

__all__ = [
    "baseline_seconds",
    "baselines_order",
    "first_order",
    "material_between",
    "material_of",
    "more_orders",
]

_SHARE_OF_TIME = 0.1
_MOST_SECONDS = 15.0
_QUICK_SECONDS = 0.5
_LAST_RESORT = 0.4
"""Share of the search's time after which no other variant is begun, however busy the machine."""

_BASELINE_SHARE, _MOST_BASELINE_SECONDS = 0.05, 10.0
_MOST_CANDIDATES = 3
_MOST_VARIANTS = 3


def first_order(
    spec: SearchSpec,
    directory: JobDirectory,
    journal: JournalWriter,
    control: Control,
    ledger: Ledger,
) -> list[Order]:
    """Learn one model in about a second, so that there is something to use while others learn.

    Returns:
        The order to convert and test it; none where nothing fits, and none for a job that was
        interrupted, which had it.
    """
    if not spec.instant or ledger.orders:
        return []
    journal.write("stage", text="Learning a first model")
    found = sorted(_found(spec, directory, control, quick=True), key=lambda found: -found.score)
    return [_order(spec, directory, 0, each) for each in found[:1]]


def more_orders(
    spec: SearchSpec, directory: JobDirectory, control: Control, begun: Sequence[Order]
) -> list[Order]:
    """Learn the other instant models, on several variants and with more time.

    ``begun`` was ordered already. A job that was interrupted before its first network learns
    them again, which gives the same, and orders what it lacks.

    Returns:
        The orders to convert and test them, the best first.
    """
    if not spec.instant or any(order.space == spec.space for order in begun):
        return []
    found = sorted(_found(spec, directory, control, quick=False), key=lambda found: -found.score)
    had = [order.hyperparameters for order in begun]
    others = [each for each in found if each.values not in had[:1]][:_MOST_CANDIDATES]
    lacking = [each for each in others if each.values not in had]
    return [_order(spec, directory, len(begun) + n, each) for n, each in enumerate(lacking)]


@dataclass(frozen=True, slots=True)
class _Found:
    score: float
    variant: str
    made: Learned

    @property
    def values(self) -> dict[str, Any]:
        """The hyperparameters of its order."""
        return {**self.made.hyperparameters, "input": self.variant}


def _found(
    spec: SearchSpec, directory: JobDirectory, control: Control, *, quick: bool
) -> Iterator[_Found]:
    """Learn on the first variants, or for a quick one on the very first.

    What is tried follows from the budget, not from a clock.

    The clock breaks off only where a great part of the search's time would be gone otherwise;
    the same seed would then give other models.
    """
    snapshot = Snapshot(directory.data)
    variants = 1 if quick else _MOST_VARIANTS
    most = _QUICK_SECONDS if quick else _MOST_SECONDS
    seconds = min(most, _SHARE_OF_TIME * spec.seconds) / variants
    begun = time.monotonic()
    for variant in list(spec.variants)[:variants]:
        control.check()
        if time.monotonic() - begun > _LAST_RESORT * spec.seconds:
            return
        material = material_of(spec, snapshot, variant)
        room = {"flash_bytes": spec.flash_bytes, "ram_bytes": spec.ram_bytes}
        for made in learn(material, seconds, **room):
            reached = score(made.outputs, material.held_truth, classification=material.classes)
            yield _Found(reached, variant, made)


def material_of(spec: SearchSpec, snapshot: Snapshot, variant: str) -> Material:
    """Return what there is to learn from in one variant."""
    training, held = (snapshot.part(variant, side) for side in (Split.TRAIN, Split.VALIDATION))
    return material_between(training, held, classes=spec.classes, seed=spec.seed)


def material_between(
    training: Part, held: Part, *, classes: tuple[str, ...], seed: int
) -> Material:
    """Return what there is to learn from in one part, and in another to choose by.

    Args:
        training: To learn from.
        held: To choose by.
        classes: Class names in output order; empty where an amount is learned.
        seed: Of everything drawn.
    """
    return Material(
        pixels=training.pixels,
        truth=training.truth,
        held_pixels=held.pixels,
        held_truth=held.truth,
        outputs=len(classes) or 1,
        goal="classification" if classes else "regression",
        seed=seed,
    )


def _order(spec: SearchSpec, directory: JobDirectory, number: int, found: _Found) -> Order:
    """Return the order to convert and test a model, its weights kept."""
    return Order(
        trial=number,
        space=found.made.space,
        hyperparameters=found.values,
        seed=spec.seed,
        rung=0,
        share=0.0,
        weights=directory.add_artifact(f"instant-{number}.npz", dump_arrays(found.made.weights)),
    )


def baselines_order(spec: SearchSpec) -> Order:
    """Return the order to learn what usual methods make of the first variant."""
    values = {"input": next(iter(spec.variants))}
    return Order(trial=BASELINES, space="", hyperparameters=values, seed=spec.seed, rung=0, share=0)


def baseline_seconds(spec: SearchSpec) -> float:
    """Return how long they may take."""
    return min(_MOST_BASELINE_SECONDS, _BASELINE_SHARE * spec.seconds)

"""The first minutes of a search: models learned without gradients, and what they are up against.

They are learned here with numpy alone, while TensorFlow is being imported beside us; the crew
converts and tests them, after which the best of them can be exported.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

from studio.domain.dataset import Split
from studio.jobs import JobDirectory, JournalWriter
from studio.search import Order, SearchSpec
from studio.search.scoring import score
from studio.worker.arrays import dump_arrays
from studio.worker.control import Control
from studio.worker.data import Part, Snapshot
from studio.worker.instant import Learned, Material, learn
from studio.worker.ledger import Ledger

__all__ = ["learn_instantly", "material_between", "material_of"]

_SHARE_OF_TIME = 0.1
_MOST_SECONDS = 15.0
_LAST_RESORT = 0.4
"""Share of the search's time after which no other variant is begun, however busy the machine."""

_MOST_CANDIDATES = 3
_MOST_VARIANTS = 3


def learn_instantly(
    spec: SearchSpec,
    directory: JobDirectory,
    journal: JournalWriter,
    control: Control,
    ledger: Ledger,
) -> list[Order]:
    """Learn the instant models of a job that is new.

    Returns:
        The orders to convert and test them, the best first. A job that was interrupted has
        had its orders: there are none.
    """
    if not spec.instant or ledger.orders:
        return []
    journal.write("stage", text="Learning a first model")
    found = sorted(_found(spec, directory, control), key=lambda found: -found.score)
    return [_order(spec, directory, n, f) for n, f in enumerate(found[:_MOST_CANDIDATES])]


@dataclass(frozen=True, slots=True)
class _Found:
    score: float
    variant: str
    made: Learned


def _found(spec: SearchSpec, directory: JobDirectory, control: Control) -> Iterator[_Found]:
    """Learn on the first variants; what is tried follows from the budget, not from a clock.

    The clock breaks off only where a great part of the search's time would be gone otherwise;
    the same seed would then give other models.
    """
    snapshot = Snapshot(directory.data)
    seconds = min(_MOST_SECONDS, _SHARE_OF_TIME * spec.seconds) / _MOST_VARIANTS
    begun = time.monotonic()
    for variant in list(spec.variants)[:_MOST_VARIANTS]:
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
        hyperparameters={**found.made.hyperparameters, "input": found.variant},
        seed=spec.seed,
        rung=0,
        share=0.0,
        weights=directory.add_artifact(f"instant-{number}.npz", dump_arrays(found.made.weights)),
    )

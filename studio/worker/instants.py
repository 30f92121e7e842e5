"""The first minutes of a search: models learned without gradients, and what they are up against.

They are learned here with numpy alone, while TensorFlow is being imported beside us; the crew
converts and tests them, after which the best of them can be exported.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from studio.domain.dataset import Split
from studio.jobs import JobDirectory, JournalWriter
from studio.search import Order, SearchSpec
from studio.search.scoring import score
from studio.worker.arrays import dump_arrays
from studio.worker.control import Control
from studio.worker.data import Snapshot
from studio.worker.instant.records import Baseline, Learned, Material
from studio.worker.ledger import Ledger

__all__ = ["Baselines", "learn_instantly"]

_SHARE_OF_TIME = 0.15
_MOST_SECONDS = 20.0
_MOST_CANDIDATES = 3
_NOISE = 0.005
"""How much better a baseline must be for a person to be told; less is chance."""


@dataclass(slots=True)
class Baselines:
    """Scores of models that cannot be put on a device, by name."""

    scores: dict[str, float] = field(default_factory=dict)

    def better_than(self, reached: float) -> str | None:
        """Return the name of the best one, if it is clearly better than this score."""
        best = max(self.scores, key=lambda name: self.scores[name], default=None)
        return best if best is not None and self.scores[best] > reached + _NOISE else None


def learn_instantly(
    spec: SearchSpec,
    directory: JobDirectory,
    journal: JournalWriter,
    control: Control,
    ledger: Ledger,
) -> tuple[list[Order], Baselines]:
    """Learn the instant models of a job that is new.

    Returns:
        The orders to convert and test them, the best first, and the baselines. A job that was
        interrupted has had its orders: there are none, and the baselines are the journal's.
    """
    known = {e.data["name"]: e.data["score"] for e in journal.past if e.name == "baseline"}
    if not spec.instant or ledger.orders:
        return [], Baselines(scores=known)
    journal.write("stage", text="Learning a first model")
    learned: list[_Found] = []
    for found in _found(spec, directory, control):
        if isinstance(found.made, Learned):
            learned.append(found)
        elif found.made.name not in known:
            name, seconds = found.made.name, round(found.made.seconds, 3)
            known[name] = found.score
            journal.write("baseline", name=name, score=found.score, seconds=seconds)
    best = sorted(learned, key=lambda found: -found.score)[:_MOST_CANDIDATES]
    return [_order(spec, directory, n, f) for n, f in enumerate(best)], Baselines(scores=known)


@dataclass(frozen=True, slots=True)
class _Found:
    score: float
    variant: str
    made: Learned | Baseline


def _found(spec: SearchSpec, directory: JobDirectory, control: Control) -> Iterator[_Found]:
    """Learn on one variant after another, until the share of the time is used."""
    from studio.worker.instant import learn

    snapshot = Snapshot(directory.data)
    until = time.monotonic() + min(_MOST_SECONDS, _SHARE_OF_TIME * spec.seconds)
    for variant in spec.variants:
        control.check()
        seconds = until - time.monotonic()
        if seconds <= 0:
            return
        training, held = (snapshot.part(variant, s) for s in (Split.TRAIN, Split.VALIDATION))
        material = Material(
            pixels=training.pixels,
            truth=training.truth,
            held_pixels=held.pixels,
            held_truth=held.truth,
            outputs=spec.outputs,
            goal="classification" if spec.classes else "regression",
            seed=spec.seed,
        )
        room = {"flash_bytes": spec.flash_bytes, "ram_bytes": spec.ram_bytes}
        for made in learn(spec.instant, material, seconds=seconds, **room):
            reached = score(made.outputs, held.truth, classification=bool(spec.classes))
            yield _Found(reached, variant, made)


def _order(spec: SearchSpec, directory: JobDirectory, number: int, found: _Found) -> Order:
    """Return the order to convert and test a model, its weights kept."""
    assert isinstance(found.made, Learned)
    return Order(
        trial=number,
        space=found.made.space,
        hyperparameters={**found.made.hyperparameters, "input": found.variant},
        seed=spec.seed,
        rung=0,
        share=0.0,
        weights=directory.add_artifact(f"instant-{number}.npz", dump_arrays(found.made.weights)),
    )

"""The first minutes of a search: models learned without gradients, and what they are up against.

They are learned here with numpy alone, while TensorFlow is being imported beside us; the crew
converts and tests them, after which the best of them can be exported.
"""

from __future__ import annotations

import io
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from studio.domain.dataset import Split
from studio.jobs import JobDirectory, JournalWriter
from studio.search import Order, SearchSpec
from studio.search.scoring import score
from studio.worker.control import Control
from studio.worker.data import Snapshot
from studio.worker.instant import Baseline, Learned, Room, learn
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
    learned, baselines = _learned(spec, directory, control)
    for baseline in baselines:
        reached = _score(spec, directory, baseline)
        known[baseline.name] = reached
        journal.write("baseline", name=baseline.name, score=reached, seconds=baseline.seconds)
    best = sorted(learned, key=lambda found: -found[0])[:_MOST_CANDIDATES]
    orders = [_order(spec, directory, n, name, made) for n, (_, name, made) in enumerate(best)]
    return orders, Baselines(scores=known)


def _learned(
    spec: SearchSpec, directory: JobDirectory, control: Control
) -> tuple[list[tuple[float, str, Learned]], Sequence[Baseline]]:
    """Return score, variant and model of what was learned, on one variant after another."""
    snapshot = Snapshot(directory.data)
    until = time.monotonic() + min(_MOST_SECONDS, _SHARE_OF_TIME * spec.seconds)
    found: list[tuple[float, str, Learned]] = []
    baselines: list[Baseline] = []
    for name in spec.variants:
        control.check()
        training, validation = (snapshot.part(name, s) for s in (Split.TRAIN, Split.VALIDATION))
        models = learn(
            spec.instant,
            training=(training.pixels, training.truth),
            validation=(validation.pixels, validation.truth),
            classes=len(spec.classes),
            seed=spec.seed,
            seconds=max(0.5, until - time.monotonic()),
            room=Room(flash_bytes=spec.flash_bytes, ram_bytes=spec.ram_bytes),
        )
        for made in models.learned:
            reached = score(made.outputs, validation.truth, classification=bool(spec.classes))
            found.append((reached, name, made))
        baselines += [] if baselines else models.baselines
        if time.monotonic() > until:
            break
    return found, baselines

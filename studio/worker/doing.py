"""Doing one order, wherever that is: in a process of a crew or on a machine of a cluster."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, Protocol, Self

from studio.jobs import JobDirectory
from studio.runtimes.tflite_micro import ArenaMeter
from studio.search import Order, SearchSpec
from studio.search.scoring import score
from studio.worker.building import Bench
from studio.worker.finishing import finish
from studio.worker.instant import learn_baselines
from studio.worker.instants import material_of
from studio.worker.judge import Judge
from studio.worker.trial import TooLarge, run_trial

__all__ = ["Doer", "Tell"]


class Tell(Protocol):
    """Takes what is to be said of an order, as `studio.worker.executor.News` has it."""

    def __call__(self, what: str, data: dict[str, Any], files: Mapping[str, bytes]) -> None:
        """Say it."""


class Doer:
    """Does the orders of one job. Use it as a context manager.

    Args:
        directory: The job's.
    """

    def __init__(self, directory: JobDirectory) -> None:
        self._spec = SearchSpec.from_json(directory.read_spec())
        self._meter = ArenaMeter()
        self._bench = Bench(
            directory, self._meter, classes=self._spec.classes, variants=self._spec.variants
        )
        self._judge = Judge(self._spec, self._bench)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._meter.close()

    def do(
        self,
        order: Order,
        task: str,
        *,
        seconds: float,
        tell: Tell,
        tick: Callable[[], bool] = lambda: False,
    ) -> None:
        """Do an order; every end, good or bad, is told.

        Args:
            order: What.
            task: ``train``, ``finish`` or ``baselines``.
            seconds: Time there is for it.
            tell: Takes what becomes of it.
            tick: Called every few steps of a training; True ends it with what there is.
        """
        tasks = {"train": self._train, "finish": self._finish, "baselines": self._baselines}
        try:
            tasks[task](order, seconds, tell, tick)
        except Exception as error:
            logging.exception("trial %d failed", order.trial)
            sizes = error.sizes if isinstance(error, TooLarge) else None
            data = {"why": _why(error), "memory": _lacks_memory(error), "too_large": sizes}
            tell("failed", data, {})

    def _train(self, order: Order, seconds: float, tell: Tell, tick: Callable[[], bool]) -> None:
        made = run_trial(
            self._bench,
            self._judge,
            order,
            seconds=seconds,
            tick=tick,
            report=lambda epoch: tell(
                "epoch", {name: getattr(epoch, name) for name in epoch.__slots__}, {}
            ),
        )
        tell("made", {"trial": made.trial.as_json()}, made.files)

    def _finish(self, order: Order, seconds: float, tell: Tell, tick: Callable[[], bool]) -> None:
        files, contents = finish(self._bench, order, lambda: None)
        tell("finished", {"files": files.as_json()}, contents)

    def _baselines(
        self, order: Order, seconds: float, tell: Tell, tick: Callable[[], bool]
    ) -> None:
        material = material_of(self._spec, self._bench.snapshot, order.variant)
        truth, classes = material.held_truth, material.classes
        found = [
            {
                "name": baseline.name,
                "score": score(baseline.outputs, truth, classification=classes),
                "seconds": round(baseline.seconds, 3),
            }
            for baseline in learn_baselines(material, seconds)
        ]
        tell("baselines", {"found": found}, {})


def _why(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:500]


def _lacks_memory(error: Exception) -> bool:
    return isinstance(error, MemoryError) or type(error).__name__ == "ResourceExhaustedError"

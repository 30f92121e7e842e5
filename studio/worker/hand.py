"""One process of a crew: takes orders from a connection, one at a time.

It may be killed at any moment, by us or for want of memory: it holds nothing that is not in
the job's directory or can be made again.
"""

from __future__ import annotations

import json
import logging
import os
import queue
import threading
from collections.abc import Mapping
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from studio.jobs import JobDirectory
from studio.search import Order, SearchSpec

__all__ = ["receive", "run", "send"]


def send(connection: Connection, message: Mapping[str, Any], files: Mapping[str, bytes]) -> None:
    """Send a message and the files it names."""
    connection.send_bytes(json.dumps({**message, "files": list(files)}).encode())
    for content in files.values():
        connection.send_bytes(content)


def receive(connection: Connection) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Return the next message and its files; raises EOFError or OSError at the end."""
    message = json.loads(connection.recv_bytes())
    files = {name: connection.recv_bytes() for name in message.pop("files")}
    return message, files


def run(connection: Connection, root: str, threads: int) -> None:
    """Work until the connection ends.

    Args:
        connection: To the asking side.
        root: The job's directory.
        threads: How many TensorFlow may use for one operator.
    """
    import tensorflow as tf

    tf.config.threading.set_intra_op_parallelism_threads(threads)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    tf.config.experimental.enable_op_determinism()  # costs a few per cent; see decision 0004
    ears = _Ears(connection)
    ears.start()
    _Hand(connection, JobDirectory(Path(root)), ears).work()


class _Ears(threading.Thread):
    """Hears what the asking side says while the hand is at work."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(daemon=True)
        self._connection = connection
        self.orders: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
        self.stopping = threading.Event()
        self.may_work = threading.Event()
        self.may_work.set()

    def run(self) -> None:
        while True:
            try:
                message, _ = receive(self._connection)
            except (EOFError, OSError):
                os._exit(3)  # there is nobody to work for
            self._hear(message)

    def _hear(self, message: dict[str, Any]) -> None:
        word = message.get("word")
        if word == "stop":
            self.stopping.set()
        if word == "pause":
            self.may_work.clear()
        elif word is not None:
            self.may_work.set()
        else:
            self.orders.put(message)

    def tick(self) -> bool:
        """Wait while paused; return whether to end with what there is."""
        self.may_work.wait()
        return self.stopping.is_set()


class _Hand:
    def __init__(self, connection: Connection, directory: JobDirectory, ears: _Ears) -> None:
        from studio.runtimes.tflite_micro import ArenaMeter
        from studio.worker.building import Bench
        from studio.worker.judge import Judge

        spec = SearchSpec.from_json(directory.read_spec())
        self._spec = spec
        self._connection = connection
        self._ears = ears
        self._bench = Bench(directory, ArenaMeter(), classes=spec.classes, variants=spec.variants)
        self._judge = Judge(spec, self._bench)

    def work(self) -> None:
        tasks = {"train": self._train, "finish": self._finish, "baselines": self._baselines}
        while True:
            message = self._ears.orders.get()
            order = Order(**message["order"])
            try:
                tasks[message["task"]](order, message["seconds"])
            except Exception as error:
                logging.exception("trial %d failed", order.trial)
                self._tell(order, "failed", why=_why(error), memory=_lacks_memory(error))

    def _tell(
        self, order: Order, what: str, made: Mapping[str, bytes] | None = None, **data: Any
    ) -> None:
        message = {"trial": order.trial, "what": what, "data": data}
        send(self._connection, message, made or {})

    def _train(self, order: Order, seconds: float) -> None:
        from studio.worker.trial import run_trial

        made = run_trial(
            self._bench,
            self._judge,
            order,
            seconds=seconds,
            tick=self._ears.tick,
            report=lambda epoch: self._tell(
                order, "epoch", **{name: getattr(epoch, name) for name in epoch.__slots__}
            ),
        )
        self._tell(order, "made", made.files, trial=made.trial.as_json())

    def _finish(self, order: Order, seconds: float) -> None:
        from studio.worker.finishing import finish

        files, contents = finish(self._bench, order, lambda: None)
        self._tell(order, "finished", contents, files=files.as_json())

    def _baselines(self, order: Order, seconds: float) -> None:
        from studio.search.scoring import score
        from studio.worker.instant import learn_baselines
        from studio.worker.instants import material_of

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
        self._tell(order, "baselines", found=found)


def _why(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:500]


def _lacks_memory(error: Exception) -> bool:
    return isinstance(error, MemoryError) or type(error).__name__ == "ResourceExhaustedError"

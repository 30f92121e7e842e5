"""One process of a crew: takes orders from a connection, one at a time.

It may be killed at any moment, by us or for want of memory: it holds nothing that is not in
the job's directory or can be made again.
"""

from __future__ import annotations

import json
import os
import queue
import threading
from collections.abc import Mapping
from functools import cache, partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from studio.jobs import JobDirectory
from studio.search import Order

__all__ = ["receive", "run", "send", "set_up"]


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


@cache
def set_up(threads: int) -> None:
    """Make TensorFlow of this process give the same for the same; it is done once.

    Args:
        threads: How many it may use for one operator; 0 for as many as there are processors.
    """
    import tensorflow as tf

    tf.config.threading.set_intra_op_parallelism_threads(threads)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    tf.config.experimental.enable_op_determinism()  # costs a few per cent; see decision 0004


def run(connection: Connection, root: str, threads: int) -> None:
    """Work until the connection ends.

    Args:
        connection: To the asking side.
        root: The job's directory.
        threads: How many TensorFlow may use for one operator.
    """
    set_up(threads)
    from studio.worker.doing import Doer

    ears = _Ears(connection)
    ears.start()
    with Doer(JobDirectory(Path(root))) as doer:
        while True:
            asked = ears.orders.get()
            order = Order(**asked["order"])
            telling = partial(_tell, connection, order.trial)
            doer.do(order, asked["task"], seconds=asked["seconds"], tell=telling, tick=ears.tick)


def _tell(
    connection: Connection, trial: int, what: str, data: dict[str, Any], files: Mapping[str, bytes]
) -> None:
    send(connection, {"trial": trial, "what": what, "data": data}, files)


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

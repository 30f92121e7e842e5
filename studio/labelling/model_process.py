"""A model at work in a child process: batches of samples in, class probabilities out.

A project may come from a stranger, and a damaged model can crash the native interpreter or
never end; so no model of a project runs in the process that asked.
"""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.domain.errors import ModelError
from studio.labelling.model_child import REFUSED, receive, send

__all__ = ["ModelProcess", "running"]

_ROOT = Path(__file__).resolve().parents[2]


@contextlib.contextmanager
def running(model: bytes, *, timeout_s: float = 300.0) -> Iterator[ModelProcess]:
    """Start a model and end it with the block.

    Args:
        model: A TensorFlow Lite file with one input and one output.
        timeout_s: Seconds before a batch is given up.
    """
    with tempfile.TemporaryFile() as said:
        child = subprocess.Popen(
            [sys.executable, "-m", "studio.labelling.model_child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=said,
            env=_environment(),
            # Ctrl+C in a terminal is for us; the child ends with its input.
            start_new_session=True,
        )
        process = ModelProcess(child, said, timeout_s)
        try:
            process.load(model)
            yield process
        finally:
            process.close()


def _environment() -> dict[str, str]:
    """Return our environment, with the package found and threads kept to one."""
    path = os.pathsep.join(filter(None, [str(_ROOT), os.environ.get("PYTHONPATH", "")]))
    return {**os.environ, "PYTHONPATH": path, "OMP_NUM_THREADS": "1"}


class ModelProcess:
    """The child; use `running`."""

    def __init__(self, child: subprocess.Popen[bytes], said: Any, timeout_s: float) -> None:
        self._child = child
        self._said = said
        self._timeout_s = timeout_s
        self._gave_up = False

    def load(self, model: bytes) -> None:
        """Hand the model over."""
        self._send(model)

    def ask(self, pixels: NDArray[np.uint8]) -> None:
        """Hand a batch over and return at once; its answer is fetched by `answer`.

        Args:
            pixels: uint8 ``(samples, height, width, channels)``.
        """
        packed = io.BytesIO()
        np.save(packed, pixels, allow_pickle=False)
        self._send(packed.getvalue())

    def answer(self) -> NDArray[np.float32]:
        """Wait for the answer to the last batch: float32 ``(samples, classes)``.

        Raises:
            ModelError: ``model.crashed``, ``model.too_slow`` or ``model.cannot_run``.
        """
        assert self._child.stdout is not None
        alarm = threading.Timer(self._timeout_s, self._give_up)
        alarm.start()
        try:
            content = receive(self._child.stdout)
        finally:
            alarm.cancel()
        if content is None:
            raise self._failure()
        try:
            outputs = np.load(io.BytesIO(content), allow_pickle=False)
        except (ValueError, EOFError, OSError) as error:
            raise _refused("it does not answer in numbers") from error
        return np.asarray(outputs, np.float32)

    def _give_up(self) -> None:
        self._gave_up = True
        self._child.kill()

    def _send(self, content: bytes) -> None:
        assert self._child.stdin is not None
        try:
            send(self._child.stdin, content)
        except OSError as error:
            raise self._failure() from error

    def _failure(self) -> ModelError:
        status = self._child.wait()
        if self._gave_up:
            return ModelError(
                f"The model did not answer within {self._timeout_s:.0f} s.",
                "Choose another candidate.",
                code="model.too_slow",
            )
        if status == REFUSED:
            self._said.seek(0)
            return _refused(self._said.read().decode("utf-8", "replace").strip())
        return ModelError(
            "The interpreter crashed on this model.",
            "Treat the project as damaged, or choose another candidate.",
            code="model.crashed",
        )

    def close(self) -> None:
        """End the child, whatever it is at; it keeps nothing."""
        self._child.kill()
        self._child.wait()
        for stream in (self._child.stdin, self._child.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()


def _refused(why: str) -> ModelError:
    last = why.rpartition("\n")[2]
    return ModelError(last, "Choose another candidate.", code="model.cannot_run")

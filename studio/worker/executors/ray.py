"""Trials on a Ray cluster; the oracle and the journal stay on the asking side.

The job is sent once, as an object of the cluster; every machine unpacks it to the cache folder
of its user. The program must be installed there, in the same version. A trial that is lost with
its process or machine is asked again. Of the epochs of a trial nothing is told.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import shutil
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from studio.domain.errors import SearchError
from studio.jobs import JobDirectory, jobs_root
from studio.search import Order
from studio.worker.executor import Executor, News

__all__ = ["ENTRY", "RayCrew"]

_Answer = tuple[str, dict[str, Any], dict[str, bytes]]

_ENVIRONMENT = ("KERAS_BACKEND", "TF_ENABLE_ONEDNN_OPTS", "CUDA_VISIBLE_DEVICES")
"""What must be the same on every machine for results to be the same; see `studio.jobs.client`."""

_BETWEEN_LOOKS_SECONDS = 0.5
_MOST_SECONDS_TO_READ = 10.0
_MOST_LOSSES = 3
"""Of one order, after which it is taken to be the cause."""


def _packed(directory: JobDirectory) -> bytes:
    """Return specification and snapshot as a zip: what every trial of the job reads."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        archive.write(directory.root / "spec.json", "spec.json")
        for path in sorted(directory.data.rglob("*")):
            if path.is_file():
                archive.write(path, path.relative_to(directory.root).as_posix())
    return out.getvalue()


def _unpacked(packed: bytes) -> Path:
    """Return specification and snapshot on the machine that runs a trial; made once a user."""
    base = jobs_root().with_name("cluster")
    root = base / hashlib.sha256(packed).hexdigest()[:24]
    if not root.is_dir():
        base.mkdir(parents=True, exist_ok=True)
        making = Path(tempfile.mkdtemp(dir=base))
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            archive.extractall(making)  # our own zip, with names we gave
        try:
            making.rename(root)
        except OSError:  # another trial on this machine was faster
            shutil.rmtree(making)
    return root


@contextmanager
def _directory(packed: bytes, given: Mapping[str, bytes]) -> Iterator[JobDirectory]:
    """Give a job directory of its own to a trial; the snapshot in it is the machine's."""
    shared = _unpacked(packed)
    with tempfile.TemporaryDirectory() as own:
        directory = JobDirectory(Path(own))
        directory.data.symlink_to(shared / "data", target_is_directory=True)
        shutil.copy(shared / "spec.json", directory.root)
        directory.artifacts.mkdir()
        for name, content in given.items():
            directory.add_artifact(name, content)
        yield directory


def perform(
    packed: bytes,
    message: str,
    given: Mapping[str, bytes],
    environment: Mapping[str, str],
    word: Callable[[], str],
) -> _Answer:
    """Do one order, on whatever machine this is.

    Args:
        packed: The job, see `_packed`.
        message: Order, task and seconds, as JSON.
        given: Files of the job's artifacts the order names.
        environment: What TensorFlow is to find in its environment.
        word: Returns what the asking side said last: ``stop``, ``pause``, ``resume`` or ``""``.

    Returns:
        What became of it, its data, and the files it made.
    """
    os.environ.update(environment)
    from studio.worker.hand import set_up

    set_up(threads=1)
    from studio.worker.doing import Doer

    asked = json.loads(message)
    told: list[_Answer] = []
    with _directory(packed, given) as directory, Doer(directory) as doer:
        doer.do(
            Order(**asked["order"]),
            asked["task"],
            seconds=asked["seconds"],
            tell=lambda what, data, files: told.append((what, data, dict(files))),
            tick=_Ears(word).tick,
        )
    return told[-1]


class _Ears:
    """Hears what the asking side says, by looking now and then."""

    def __init__(self, word: Callable[[], str]) -> None:
        self._word = word
        self._looked = time.monotonic()
        self._last = ""

    def tick(self) -> bool:
        """Wait while paused; return whether to end with what there is."""
        if time.monotonic() - self._looked > _BETWEEN_LOOKS_SECONDS:
            self._look()
            while self._last == "pause":
                time.sleep(_BETWEEN_LOOKS_SECONDS)
                self._look()
        return self._last == "stop"

    def _look(self) -> None:
        self._last = self._word()
        self._looked = time.monotonic()


class _Board:
    """An actor that holds the last word said; what is on the other end of `_Ears`."""

    def __init__(self) -> None:
        self._word = ""

    def write(self, word: str) -> None:
        self._word = word

    def read(self) -> str:
        return self._word


def _reader(ray: Any, board: Any) -> Callable[[], str]:
    def _word() -> str:
        try:
            return str(ray.get(board.read.remote(), timeout=_MOST_SECONDS_TO_READ))
        except ray.exceptions.RayError:
            return ""  # the machine of the board is gone, or far: work goes on

    return _word


class RayCrew:
    """A `Crew` of a Ray cluster.

    Args:
        directory: The job's.
        most: Trials at once; 0 for as many as the cluster has processors.
        address: Of the cluster; ``""`` for one on this computer.

    Raises:
        SearchError: ``search.no_ray`` if Ray is not installed, ``search.no_cluster`` if nobody
            answers at the address.
    """

    def __init__(self, directory: JobDirectory, most: int, address: str) -> None:
        self._ray = ray = _imported()
        _connect(ray, address)
        self._directory = directory
        self._job = ray.put(_packed(directory))
        self._environment = {n: os.environ[n] for n in _ENVIRONMENT if n in os.environ}
        self._board = ray.remote(num_cpus=0, max_restarts=-1)(_Board).remote()
        self._word = _reader(ray, self._board)
        self._perform = ray.remote(num_cpus=1, max_retries=0)(perform)
        self._under_way: dict[Any, tuple[Order, str]] = {}
        self._losses: Counter[tuple[int, str]] = Counter()
        processors = int(ray.cluster_resources().get("CPU", 1))
        self.size = min(most, processors) if most else max(1, processors)

    @property
    def busy(self) -> int:
        """How many orders are under way."""
        return len(self._under_way)

    def submit(self, order: Order, *, task: str, seconds: float) -> None:
        """Begin an order somewhere in the cluster."""
        message = json.dumps({"order": order.as_json(), "task": task, "seconds": seconds})
        named = order.weights
        given = {named["file"]: self._directory.read_artifact(named)} if named else {}
        begun = self._perform.remote(self._job, message, given, self._environment, self._word)
        self._under_way[begun] = (order, task)

    def news(self, wait_seconds: float) -> list[News]:
        """Return what ended since the last call, waiting for something as long as told."""
        if not self._under_way:
            time.sleep(wait_seconds)
            return []
        done, _ = self._ray.wait(list(self._under_way), num_returns=1, timeout=wait_seconds)
        return [self._heard(reference) for reference in done]

    def _heard(self, reference: Any) -> News:
        order, task = self._under_way.pop(reference)
        errors = self._ray.exceptions
        try:
            what, data, files = self._ray.get(reference)
        except errors.OutOfMemoryError as error:
            return _failure(order, str(error), memory=True)
        except errors.RayTaskError as error:
            return _failure(order, f"{type(error.cause).__name__}: {error.cause}")
        except errors.RayError as error:
            self._losses[order.trial, task] += 1
            if self._losses[order.trial, task] < _MOST_LOSSES:
                return News(trial=order.trial, what="lost", data={})
            return _failure(order, f"lost {_MOST_LOSSES} times: {error}")
        return News(trial=order.trial, what=what, data=data, files=files)

    def tell(self, word: str) -> None:
        """Tell everybody ``stop``, ``pause`` or ``resume``; they look twice a second."""
        with contextlib.suppress(self._ray.exceptions.RayError):  # its machine is gone
            self._ray.get(self._board.write.remote(word))

    def close(self) -> None:
        """Leave the cluster; what is under way is lost."""
        for reference in self._under_way:
            self._ray.cancel(reference, force=True)
        self._ray.shutdown()


def _failure(order: Order, why: str, *, memory: bool = False) -> News:
    data = {"why": why[:500], "memory": memory}
    return News(trial=order.trial, what="failed", data=data)


def _imported() -> Any:
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"  # this program tells nobody anything
    try:
        import ray
    except ImportError as error:
        raise SearchError(
            "Ray is not installed, and a search on a cluster needs it.",
            "Install the extra `cluster` of this program, or search with --executor local.",
            code="search.no_ray",
        ) from error
    return ray


def _connect(ray: Any, address: str) -> None:
    try:
        ray.init(
            address=address or None,
            include_dashboard=False,
            log_to_driver=False,
            configure_logging=False,
        )
    except (ConnectionError, OSError, RuntimeError, ValueError) as error:
        raise SearchError(
            f"No Ray cluster answers at {address or 'this computer'}: {error}",
            "Check the address, and that the cluster runs.",
            code="search.no_cluster",
        ) from error


ENTRY = Executor(id="ray", crew=RayCrew)

"""Trials on a Ray cluster; the oracle and the journal stay on the asking side.

The job's directory is sent once, as an object of the cluster; every node unpacks it to a
folder of its own. A trial that is lost with its machine is asked again.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from studio.domain.errors import SearchError
from studio.jobs import JobDirectory
from studio.search import Order
from studio.worker.executor import Executor, News

__all__ = ["ENTRY", "RayCrew"]

_Answer = tuple[str, dict[str, Any], dict[str, bytes]]


def _packed(directory: JobDirectory) -> bytes:
    """Return specification and snapshot as a zip: what every trial of the job reads."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        archive.write(directory.root / "spec.json", "spec.json")
        for path in sorted(directory.data.rglob("*")):
            if path.is_file():
                archive.write(path, path.relative_to(directory.root).as_posix())
    return out.getvalue()


def _unpacked(packed: bytes) -> JobDirectory:
    """Return the job's directory on the machine that runs a trial; made once."""
    name = f"automl-studio-{hashlib.sha256(packed).hexdigest()[:24]}"
    root = Path(tempfile.gettempdir(), name)
    if not (root / "spec.json").exists():
        making = Path(tempfile.mkdtemp(prefix=name))
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            archive.extractall(making)  # our own zip, with names we gave
        (making / "artifacts").mkdir()
        with contextlib.suppress(OSError):  # another trial on this machine was faster
            making.rename(root)
    return JobDirectory(root)


def perform(packed: bytes, message: str, given: Mapping[str, bytes]) -> _Answer:
    """Do one order, on whatever machine this is; a pure function of its arguments.

    Args:
        packed: The job, see `_packed`.
        message: Order, task and seconds, as JSON.
        given: Files of the job's artifacts the order names.

    Returns:
        What became of it, its data, and the files it made.
    """
    from studio.worker.doing import Doer

    directory = _unpacked(packed)
    for name, content in given.items():
        directory.add_artifact(name, content)
    asked = json.loads(message)
    told: list[_Answer] = []
    with Doer(directory) as doer:
        doer.do(
            Order(**asked["order"]),
            asked["task"],
            seconds=asked["seconds"],
            tell=lambda what, data, files: told.append((what, data, dict(files))),
        )
    return told[-1]


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
        self._ray = _imported()
        _connect(self._ray, address)
        self._directory = directory
        self._job = self._ray.put(_packed(directory))
        self._perform = self._ray.remote(num_cpus=1, max_retries=0)(perform)
        self._under_way: dict[Any, Order] = {}
        processors = int(self._ray.cluster_resources().get("CPU", 1))
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
        self._under_way[self._perform.remote(self._job, message, given)] = order

    def news(self, wait_seconds: float) -> list[News]:
        """Return what ended since the last call, waiting for something as long as told."""
        if not self._under_way:
            return []
        done, _ = self._ray.wait(list(self._under_way), num_returns=1, timeout=wait_seconds)
        return [self._heard(reference) for reference in done]

    def _heard(self, reference: Any) -> News:
        order = self._under_way.pop(reference)
        try:
            what, data, files = self._ray.get(reference)
        except self._ray.exceptions.RayTaskError as error:
            return News(trial=order.trial, what="failed", data={"why": str(error.cause)[:500]})
        except self._ray.exceptions.RayError:
            return News(trial=order.trial, what="lost", data={})
        return News(trial=order.trial, what=what, data=data, files=files)

    def tell(self, word: str) -> None:
        """Stop what is under way, for `stop`: a trial of a cluster cannot be spoken to."""
        if word == "stop":
            for reference in self._under_way:
                self._ray.cancel(reference, force=True)

    def close(self) -> None:
        """Leave the cluster; what is under way is lost."""
        for reference in self._under_way:
            self._ray.cancel(reference, force=True)
        self._ray.shutdown()


def _imported() -> Any:
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

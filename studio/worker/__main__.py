"""The worker process: one job directory, from its specification to its last event."""

from __future__ import annotations

import logging
import os
import sys
import warnings
from pathlib import Path

from filelock import FileLock, Timeout

from studio.domain.errors import SearchError, StudioError
from studio.jobs import CANNOT_WRITE, WAIT, JobDirectory, JournalWriter
from studio.registry import Registry
from studio.worker.control import Cancelled, Control
from studio.worker.kind import JobKind

_KINDS: Registry[JobKind] = Registry("studio.worker.kinds")
_WAIT_FOR_PREDECESSOR_SECONDS = 10.0


def main() -> int:
    """Run the job; every end, good or bad, is an event in the journal."""
    os.environ.setdefault("KERAS_BACKEND", "tensorflow")
    warnings.filterwarnings("ignore")  # TensorFlow's and Keras' own, on every conversion
    directory = _awaited() if sys.argv[1] == WAIT else JobDirectory(Path(sys.argv[1]))
    if directory is None:
        return 0
    control = Control()
    control.listen(sys.stdin.fileno())
    lock = FileLock(directory.lock)
    try:
        lock.acquire(timeout=_WAIT_FOR_PREDECESSOR_SECONDS)
    except Timeout:
        return 1  # the other worker's journal tells the story
    with lock:
        try:
            return _run(directory, JournalWriter(directory.journal), control)
        except OSError:
            logging.exception("the journal cannot be written")
            return CANNOT_WRITE  # for who started us to tell


def _awaited() -> JobDirectory | None:
    """Get ready, then wait for a line that names the job; None if there will be none."""
    from studio.worker.ready import get_ready

    get_ready()
    line = b""
    while not line.endswith(b"\n"):  # byte by byte: what follows are commands
        byte = os.read(sys.stdin.fileno(), 1)
        if not byte:
            return None
        line += byte
    directory = JobDirectory(Path(os.fsdecode(line[:-1])))
    log = os.open(directory.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(log, 1)
    os.dup2(log, 2)
    return directory


def _run(directory: JobDirectory, journal: JournalWriter, control: Control) -> int:
    try:
        spec = directory.read_spec()
        kind = _KINDS.get(str(spec.get("kind")))
        if kind is None:
            raise SearchError(
                f"This version of the studio knows no job of kind {spec.get('kind')!r}.",
                "Start it again.",
                code="job.bad_spec",
            )
        kind.run(spec, directory, journal, control)
    except Cancelled:
        journal.write("job_finished", durable=True, why="cancelled")
    except StudioError as error:
        journal.write("job_failed", durable=True, code=error.code, sentence=str(error))
        return 1
    except Exception as error:
        logging.exception("the job failed")  # to worker.log, for the person we send it to
        journal.write("job_failed", durable=True, **_bug(error, directory))
        return 1
    return 0


def _bug(error: Exception, directory: JobDirectory) -> dict[str, str]:
    if isinstance(error, OSError) and error.errno:
        sentence = f"The disk or system refused: {os.strerror(error.errno).lower()}."
        return {"code": "job.system", "sentence": sentence}
    sentence = f"Something went wrong in the worker; the details are in {directory.log}."
    return {"code": "bug.worker", "sentence": sentence}


if __name__ == "__main__":
    ended = main()
    logging.shutdown()
    # At once: a thread may still be importing TensorFlow for a search that is over.
    os._exit(ended)

"""What a job reports while it runs: one event is one line of its journal.

| name | data |
|---|---|
| ``job_started`` | ``kind``, ``resumed`` (finished trials taken over) |
| ``stage`` | ``text``: what is being done now, for the person |
| ``rejected`` | ``hyperparameters``, ``flash_bytes``, ``ram_bytes``, ``bound``, ``why`` |
| ``trial_started`` | ``trial``, ``hyperparameters``, ``parameters``, ``epochs`` |
| ``epoch`` | ``trial``, ``epoch`` of ``epochs``, ``loss``, ``accuracy``, and both with ``val_`` |
| ``trial_finished`` | ``trial`` and the whole finished trial |
| ``trial_failed`` | ``trial``, ``hyperparameters``, ``why`` |
| ``candidate_ready`` | ``trial`` and its artifacts, each evaluated on the test split |
| ``job_finished`` | ``why``: time, trials, exhausted, stopped, cancelled or done; of a search
also the numbers of ``trials``, ``rejected`` and ``failed`` |
| ``job_failed`` | ``code``, ``sentence`` |
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

__all__ = ["JobEvent"]


@dataclass(frozen=True, slots=True, kw_only=True)
class JobEvent:
    """One line of a job's journal.

    Attributes:
        name: One of the table above.
        seconds: Since the job first started, over all its processes.
        data: JSON values, as in the table above.
    """

    name: str
    seconds: float
    data: dict[str, Any]

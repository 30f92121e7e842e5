"""A search: what was asked for, and how far it came."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Search", "SearchRequest", "SearchState"]


class SearchState(StrEnum):
    """How a search stands in the project."""

    RUNNING = "running"
    FINISHED = "finished"
    STOPPED = "stopped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRequest:
    """What a person asks for.

    Attributes:
        device_id: The device whose flash and RAM every candidate must fit; ``""`` where the
            person names the limits, or wants none.
        minutes: Wall-clock budget, covering everything to the evaluated best candidate.
        trials: Largest number of trials, or None for as many as the time allows.
        seed: Seed of proposals and training.
        flash_bytes: A person's own limit for the model file; None for the device's.
        ram_bytes: A person's own limit for the tensor arena; None for the device's.
        executor: Where trials run: ``local`` or ``ray``.
        most_at_once: Trials at once; 0 for as many as fit.
        address: Of the Ray cluster; ``""`` for one on this computer.
    """

    device_id: str = ""
    minutes: float = 5.0
    trials: int | None = None
    seed: int = 1
    flash_bytes: int | None = None
    ram_bytes: int | None = None
    executor: str = "local"
    most_at_once: int = 0
    address: str = ""

    def __post_init__(self) -> None:
        if min(self.flash_bytes or 1, self.ram_bytes or 1) <= 0 or self.most_at_once < 0:
            raise ValueError("a model needs some flash and RAM")
        if self.minutes <= 0 or (self.trials is not None and self.trials < 1):
            raise ValueError("a search needs time and at least one trial")


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """One search as the project file records it.

    Attributes:
        id: Row number in the project.
        request: What was asked for.
        dataset_digest: The dataset version searched on.
        state: How it stands.
        job: Name of its job directory.
        rejected: Configurations found too large before training.
        failed: Trials that ended in an error.
        note: What a person should know about how it ended; often empty.
    """

    id: int
    request: SearchRequest
    dataset_digest: str
    state: SearchState
    job: str
    rejected: int = 0
    failed: int = 0
    note: str = ""

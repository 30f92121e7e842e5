"""A search: what is known in seconds first, then AutoKeras' proposals, until the time is over."""

from __future__ import annotations

import logging
from collections import Counter
from typing import Any

from studio.domain.errors import SearchError
from studio.jobs import JobDirectory, JournalWriter
from studio.runtimes.tflite_micro import ArenaMeter
from studio.search import SearchSpec
from studio.search.schedule import ONE_RUNG, THREE_RUNGS
from studio.worker.background import Background
from studio.worker.conductor import Conductor, Engine
from studio.worker.control import Control
from studio.worker.executor import EXECUTORS, Crew
from studio.worker.instants import first_order, more_orders
from studio.worker.kind import JobKind
from studio.worker.ledger import Ledger

__all__ = ["ENTRY"]

_LADDERS = {1: ONE_RUNG, 3: THREE_RUNGS}


def run(
    data: dict[str, Any], directory: JobDirectory, journal: JournalWriter, control: Control
) -> None:
    """Search as ``spec.json`` says."""
    spec = SearchSpec.from_json(data)
    crew = EXECUTORS[spec.executor].crew(directory, spec.most_at_once, spec.address)
    try:
        _search(spec, directory, journal, control, crew)
    finally:
        crew.close()


def _search(
    spec: SearchSpec,
    directory: JobDirectory,
    journal: JournalWriter,
    control: Control,
    crew: Crew,
) -> None:
    ledger = Ledger(directory, journal)
    lag = _lag(journal, crew.size)
    journal.write("job_started", durable=True, kind="search", resumed=len(ledger.finished), lag=lag)
    with ArenaMeter() as meter:
        conductor = Conductor(
            spec,
            _LADDERS[spec.rungs],
            journal=journal,
            control=control,
            crew=crew,
            ledger=ledger,
            lag=lag,
        )
        first = first_order(spec, directory, journal, control, ledger)
        engine = Background(lambda: _engine(spec, conductor, directory, meter))
        begun = [*ledger.orders.values(), *first]
        instants = Background(lambda: more_orders(spec, directory, control, begun))
        exhausted = conductor.work(first, instants, engine)
    _conclude(spec, journal, control, ledger, exhausted=exhausted)


def _engine(
    spec: SearchSpec, conductor: Conductor, directory: JobDirectory, meter: ArenaMeter
) -> Engine:
    # Imported here, beside the instant model: it takes some 8 s, and is only needed later.
    from studio.worker.conducting import make_engine

    return make_engine(spec, conductor, directory, meter)


def _lag(journal: JournalWriter, size: int) -> int:
    """Return how many orders may be under way: as many as when the job was first begun."""
    first = next((e.data for e in journal.past if e.name == "job_started"), {})
    return int(first.get("lag", size))


def _conclude(
    spec: SearchSpec,
    journal: JournalWriter,
    control: Control,
    ledger: Ledger,
    *,
    exhausted: bool,
) -> None:
    """Write the last event, with what a person should know of the whole."""
    leader = ledger.leader()
    if leader is None:
        raise _explained(spec, ledger)
    journal.write(
        "job_finished",
        durable=True,
        why=_why(spec, control, ledger, exhausted),
        trials=len(ledger.finished),
        rejected=len(ledger.rejected),
        failed=len(ledger.failed),
        best=leader.trial,
        better_baseline=ledger.baseline_better_than(leader.score),
    )


def _why(spec: SearchSpec, control: Control, ledger: Ledger, exhausted: bool) -> str:
    if control.stopping.is_set():
        return "stopped"
    own = sum(order.space == spec.space for order in ledger.orders.values())
    if spec.trials is not None and own >= spec.trials:
        return "trials"
    return "exhausted" if exhausted else "time"


def _explained(spec: SearchSpec, ledger: Ledger) -> SearchError:
    """Return why there is no candidate at all."""
    sizes = [r for r in ledger.rejected if r["why"] in ("flash", "ram")]
    if sizes and set(ledger.failed) <= ledger.too_large:
        flash = min(r["flash_bytes"] for r in sizes)
        ram = min(r["ram_bytes"] for r in sizes)
        return SearchError(
            f"None of {len(sizes)} models fits: they need at least {flash} bytes of"
            f" flash and {ram} of RAM, and there are {spec.flash_bytes} and {spec.ram_bytes}.",
            "Choose a larger device.",
            code="search.nothing_fits",
        )
    logging.error("failed trials: %s", Counter(ledger.failed.values()))
    return SearchError(
        "The search ended before its first model was trained.",
        f"Give it more time ({len(ledger.failed)} trials failed; the worker's log says why).",
        code="search.no_candidate",
    )


ENTRY = JobKind(id="search", run=run)

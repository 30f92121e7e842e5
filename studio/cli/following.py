"""Following a search on the terminal: a live line, a lasting line a trial, Ctrl+C."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from studio.app import SearchRun, SearchView
from studio.cli.table import bar
from studio.cli.terminal import Terminal
from studio.cli.wording import counted, result
from studio.domain.errors import SearchError
from studio.domain.event import JobEvent
from studio.domain.wording import bytes_text
from studio.search import CandidateFiles, FinishedTrial

__all__ = ["Follower", "follow", "watch"]

_BETWEEN_POLLS_SECONDS = 0.2
_WHY = {
    "time": "the time is up",
    "trials": "the number of trials is reached",
    "stopped": "stopped as asked",
    "exhausted": "every configuration was tried",
    "cancelled": "cancelled as asked",
}


class Follower:
    """Turns the events of a search into words.

    Attributes:
        why: How the search ended, as its last event says; empty before.
        finished: Trials that came to an end while followed.
    """

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self._rejected = 0
        self.why = ""
        self.finished = 0

    def take(self, event: JobEvent) -> None:
        """Show one event; one of a later version, with a name not known here, is passed over.

        Raises:
            SearchError: if the event says that the search failed.
        """
        show = getattr(self, f"_on_{event.name}", None)
        if show is not None:
            show(event)

    def _on_job_started(self, event: JobEvent) -> None:
        resumed = int(event.data.get("resumed") or 0)
        if resumed:
            self._terminal.note(f"Resumed: {counted(resumed, 'finished trial')} kept.")

    def _on_stage(self, event: JobEvent) -> None:
        self._terminal.note(f"[{event.seconds:4.0f} s] {event.data.get('text', '')}")

    def _on_rejected(self, event: JobEvent) -> None:
        self._rejected += 1
        text = f"{counted(self._rejected, 'configuration')} too large, rejected before training"
        self._terminal.live(text)

    def _on_trial_started(self, event: JobEvent) -> None:
        self._terminal.live(f"trial {event.data['trial']}")

    def _on_epoch(self, event: JobEvent) -> None:
        data = event.data
        done = bar(data["epoch"] / max(1, data["epochs"]))
        self._terminal.live(
            f"trial {data['trial']} [{done}] epoch {data['epoch']} of {data['epochs']},"
            f" validation {data['val_accuracy'] * 100:.1f} %"
        )

    def _on_trial_finished(self, event: JobEvent) -> None:
        trial = FinishedTrial.from_json(event.data)
        self.finished += 1
        if trial.int8 is None or trial.validation is None:
            self._terminal.live(f"trial {trial.trial}: not better than what there is")
            return
        arena = trial.int8.arena
        memory = "arena unknown" if arena.value is None else f"arena {bytes_text(arena.value)}"
        self._terminal.note(
            f"[{event.seconds:4.0f} s] trial {trial.trial}: validation {result(trial.validation)}"
            f" as int8, {counted(trial.parameters, 'weight')}, {memory}, {trial.seconds:.0f} s"
        )

    def _on_baseline(self, event: JobEvent) -> None:
        data = event.data
        self._terminal.note(
            f"[{event.seconds:4.0f} s] {data['name']}, for comparison: {data['score']:.3f}"
            " on the validation split; it cannot be put on a device"
        )

    def _on_trial_failed(self, event: JobEvent) -> None:
        data = event.data
        why = data.get("why", "")
        self._terminal.note(f"[{event.seconds:4.0f} s] trial {data['trial']} failed: {why}")

    def _on_candidate_ready(self, event: JobEvent) -> None:
        made = CandidateFiles.from_json(event.data)
        tested = ", ".join(
            f"{file.precision} {file.format} {result(file.evaluation)}"
            for file in made.files
            if file.evaluation
        )
        self._terminal.note(
            f"[{event.seconds:4.0f} s] trial {made.trial} on the test split: {tested}"
        )

    def _on_job_finished(self, event: JobEvent) -> None:
        self.why = str(event.data.get("why", ""))
        rejected = int(event.data.get("rejected") or self._rejected)
        too_large = f"; {counted(rejected, 'configuration')} rejected as too large"
        self._terminal.note(
            f"[{event.seconds:4.0f} s] Search ended: {_WHY.get(self.why, self.why)}"
            f"{too_large if rejected else ''}."
        )

    def _on_job_failed(self, event: JobEvent) -> None:
        sentence = str(event.data.get("sentence") or "The search failed.")
        raise SearchError(sentence, code=str(event.data.get("code") or "search.failed"))


def follow(run: SearchRun, terminal: Terminal) -> Follower:
    """Show a search until its last event, and return what was seen.

    The first Ctrl+C or SIGTERM stops the search and keeps the best; the second ends it now.

    Raises:
        SearchError: if the search failed; what it had finished is in the project.
    """
    follower = Follower(terminal)
    with _asked_to_end() as times:
        heeded = 0
        while run.running:
            for event in run.poll():
                follower.take(event)
            if len(times) > heeded:
                heeded += 1
                _heed(run, terminal, heeded)
            if run.running:
                time.sleep(_BETWEEN_POLLS_SECONDS)
    return follower


def watch(view: SearchView, terminal: Terminal) -> Follower:
    """Show a search that was started elsewhere until its last event; Ctrl+C ends the showing.

    Raises:
        SearchError: if the search failed or was interrupted.
    """
    follower = Follower(terminal)
    with _asked_to_end() as times:
        while view.running and not times:
            for event in view.poll():
                follower.take(event)
            if view.running:
                time.sleep(_BETWEEN_POLLS_SECONDS)
    if times:
        terminal.note("No longer following; the search goes on where it was started.")
        follower.why = "not followed to its end"
    return follower


def _heed(run: SearchRun, terminal: Terminal, times: int) -> None:
    if times == 1:
        terminal.note("Stopping, keeping the best. Once more ends it now.")
        run.stop()
    elif times == 2:
        terminal.note("Ending now; finished trials are kept.")
        run.cancel()


@contextmanager
def _asked_to_end() -> Iterator[list[int]]:
    """Collect Ctrl+C and SIGTERM instead of ending; gives a list that grows with each."""
    times: list[int] = []

    def _on_signal(number: int, frame: FrameType | None) -> None:
        times.append(number)

    numbers = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(number, _on_signal) for number in numbers]
    try:
        yield times
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)

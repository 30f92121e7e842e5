"""A search: trials until the time, the trials or the ideas run out, the best always ready."""

from __future__ import annotations

import logging
import statistics
import time
from collections.abc import Iterable
from typing import Any

import keras
import keras_tuner
import tensorflow as tf

from studio.conversion import outputs_of
from studio.domain.candidate import ArtifactFormat, Precision
from studio.domain.dataset import Split
from studio.domain.errors import SearchError
from studio.domain.event import JobEvent
from studio.evaluation import evaluate
from studio.jobs import JobDirectory, JournalWriter
from studio.runtimes.tflite_micro import ArenaMeter
from studio.search import FinishedTrial, MadeFile, SearchSpec
from studio.search.results import finished_trials
from studio.worker import weights
from studio.worker.control import Control
from studio.worker.convert import convert
from studio.worker.data import Snapshot
from studio.worker.finishing import finish
from studio.worker.judge import Judge
from studio.worker.kind import JobKind
from studio.worker.oracle import BudgetOracle
from studio.worker.space import SPACES, build_model
from studio.worker.training import EpochReport, Plan, planned_epochs, train
from studio.worker.tuner import run_search

__all__ = ["ENTRY"]

_FIRST_GUESS_OF_FINISHING_SECONDS = 12.0
_SHORTEST_USEFUL_SHARE = 0.3
"""A trial is not begun when less than this share of a usual trial's time is left."""

_HOPELESS_AFTER = 40
"""Rejections in a row, from the start, after which nothing is expected to fit."""


def run(
    data: dict[str, Any], directory: JobDirectory, journal: JournalWriter, control: Control
) -> None:
    """Search as ``spec.json`` says."""
    spec = SearchSpec.from_json(data)
    tf.config.experimental.enable_op_determinism()  # costs a few per cent; see decision 0004
    with ArenaMeter() as meter:
        search = _Search(spec, directory, journal, control, meter)
        journal.write("job_started", durable=True, kind="search", resumed=len(search.finished))
        exhausted = run_search(
            search,
            search.space,
            data=(search.training, search.validation),
            seed=spec.seed,
            trials=spec.trials,
            scratch=directory.scratch,
        )
        search.conclude(exhausted=exhausted)


ENTRY = JobKind(id="search", run=run)


class _Search:
    """The engine AutoKeras asks; everything it finds is in the journal at once."""

    def __init__(
        self,
        spec: SearchSpec,
        directory: JobDirectory,
        journal: JournalWriter,
        control: Control,
        meter: ArenaMeter,
    ) -> None:
        self._spec = spec
        self._directory = directory
        self._journal = journal
        self._control = control
        self._meter = meter
        self.space = SPACES[spec.space]
        self._judge = Judge(spec, self.space, meter)
        snapshot = Snapshot(directory.data)
        self.training = snapshot.part(Split.TRAIN)
        self.validation = snapshot.part(Split.VALIDATION)
        self._test = snapshot.part(Split.TEST)
        self.finished = finished_trials(journal.past)
        self._ready = {e.data["trial"] for e in journal.past if e.name == "candidate_ready"}
        self._rejected = [e.data for e in journal.past if e.name == "rejected"]
        self._failed = sum(e.name == "trial_failed" for e in journal.past)
        self._finishing_seconds = _FIRST_GUESS_OF_FINISHING_SECONDS

    # What AutoKeras asks

    def restore(self, oracle: BudgetOracle) -> None:
        """Tell the oracle what earlier processes of this job found, in the order of trials."""
        for number, values, score in _ended_trials(self._journal.past):
            if number == len(oracle.trials):  # a second copy of a line would change the rest
                oracle.restore(values, score)
        for rejected in self._rejected:
            oracle.refuse(rejected["hyperparameters"])

    def wants_more(self) -> bool:
        """Return whether there is time, and nobody wants an end."""
        self._control.check()
        if self._control.stopping.is_set():
            return False
        if len(self._rejected) >= _HOPELESS_AFTER and not self.finished and not self._failed:
            return False
        usual = statistics.median([t.seconds for t in self.finished] or [0.0])
        return self._seconds_left() > usual * _SHORTEST_USEFUL_SHARE

    def _seconds_left(self) -> float:
        """Return the time until the best must be finished."""
        return self._spec.seconds - self._journal.seconds - self._finishing_seconds

    def accepts(self, values: dict[str, Any]) -> bool:
        """Judge a configuration; a rejection is told, and costs no trial."""
        keras.backend.clear_session()  # or every network ever judged would stay in memory
        verdict = self._judge.judge(values)
        if not verdict.fits:
            event: dict[str, Any] = {
                "hyperparameters": values,
                "flash_bytes": verdict.flash_bytes,
                "ram_bytes": verdict.ram_bytes,
                "bound": verdict.bound,
                "why": verdict.why,
            }
            self._journal.write("rejected", **event)
            self._rejected.append(event)
        return verdict.fits

    def run_trial(self, number: int, values: dict[str, Any]) -> float:
        """Train, convert and test one configuration; finish it if it leads."""
        try:
            trial, model = self._train(number, values)
        except Exception as error:
            logging.exception("trial %d failed", number)
            self._failed += 1
            why = f"{type(error).__name__}: {error}"[:500]
            self._journal.write(
                "trial_failed", durable=True, trial=number, hyperparameters=values, why=why
            )
            raise keras_tuner.errors.FailedTrialError(why) from error
        self._journal.write("trial_finished", durable=True, **trial.as_json())
        self.finished.append(trial)
        if self._best() is trial:
            self._finish(trial, model)
        return trial.score

    # One trial

    def _train(self, number: int, values: dict[str, Any]) -> tuple[FinishedTrial, keras.Model]:
        started = time.monotonic()
        seed = self._spec.seed * 1000 + number
        keras.backend.clear_session()  # layers are numbered from one, and so named in the files
        keras.utils.set_random_seed(seed)
        model = self._build(values)
        plan = Plan(
            learning_rate=values["learning_rate"],
            shift=values["shift"],
            seed=seed,
            epochs=planned_epochs(len(self.training.truth)),
            seconds=self._seconds_left(),
        )
        self._journal.write(
            "trial_started",
            trial=number,
            hyperparameters=values,
            parameters=model.count_params(),
            epochs=plan.epochs,
        )
        epochs = train(
            model,
            self.training,
            self.validation,
            plan,
            tick=self._tick,
            report=lambda epoch: self._report(number, epoch),
        )
        return self._record(number, values, model, epochs, started), model

    def _build(self, values: dict[str, Any]) -> keras.Model:
        shape = self._spec.preprocessing.shape
        return build_model(self.space, values, shape, len(self._spec.classes))

    def _tick(self) -> bool:
        """Return whether training should end; called after every step."""
        self._control.check()
        return self._control.stopping.is_set() or self._seconds_left() <= 0

    def _report(self, number: int, epoch: EpochReport) -> None:
        fields = {name: getattr(epoch, name) for name in EpochReport.__slots__}
        self._journal.write("epoch", trial=number, **fields)

    def _record(
        self,
        number: int,
        values: dict[str, Any],
        model: keras.Model,
        epochs: int,
        started: float,
    ) -> FinishedTrial:
        int8 = convert(model, Precision.INT8, ArtifactFormat.TFLITE, self.training.inputs)
        verdict = self._judge.measure(int8)
        if not verdict.fits:
            raise RuntimeError(f"trained, it needs more {verdict.why} than there is")
        outputs = outputs_of(int8, ArtifactFormat.TFLITE, self.validation.pixels)
        result = evaluate(
            outputs, self.validation.truth, classes=self._spec.classes, split=Split.VALIDATION
        )
        made = MadeFile(
            precision=Precision.INT8,
            format=ArtifactFormat.TFLITE,
            file=self._directory.add_artifact(f"trial-{number}.int8.tflite", int8),
            arena=self._meter.measure(int8),
        )
        return FinishedTrial(
            trial=number,
            hyperparameters=values,
            parameters=int(model.count_params()),
            epochs=epochs,
            seconds=round(time.monotonic() - started, 3),
            validation=result,
            score=result.accuracy.value,
            weights=self._directory.add_artifact(f"trial-{number}.npz", weights.dump(model)),
            int8=made,
        )

    # The best

    def _best(self) -> FinishedTrial | None:
        """Return the leader: by score, then the smaller file, then the earlier."""
        return max(
            self.finished,
            key=lambda t: (t.score, -t.int8.file["size_bytes"], -t.trial),
            default=None,
        )

    def _finish(self, trial: FinishedTrial, model: keras.Model) -> None:
        """Make every file of a candidate and test it."""
        self._journal.write("stage", text="Converting and testing the best model")
        started = time.monotonic()
        files = finish(
            model,
            trial.trial,
            directory=self._directory,
            classes=self._spec.classes,
            calibration=self.training.inputs,
            test=self._test,
            meter=self._meter,
            check=self._control.check,
        )
        self._journal.write("candidate_ready", durable=True, **files.as_json())
        self._ready.add(trial.trial)
        # The trial that ends the search also converts its own int8 model.
        self._finishing_seconds = 1.5 * (time.monotonic() - started) + 2.0

    def conclude(self, *, exhausted: bool) -> None:
        """Make sure that the best can be exported, and write the last event."""
        best = self._best()
        if best is None:
            raise self._explained()
        if best.trial not in self._ready:  # an earlier process died before it could
            keras.backend.clear_session()
            model = self._build(best.hyperparameters)
            weights.load(model, self._directory.read_artifact(best.weights))
            self._finish(best, model)
        self._journal.write(
            "job_finished",
            durable=True,
            why=self._why(exhausted),
            trials=len(self.finished),
            rejected=len(self._rejected),
            failed=self._failed,
        )

    def _why(self, exhausted: bool) -> str:
        if self._control.stopping.is_set():
            return "stopped"
        if self._spec.trials and len(self.finished) + self._failed >= self._spec.trials:
            return "trials"
        return "exhausted" if exhausted else "time"

    def _explained(self) -> SearchError:
        """Return why there is no candidate at all."""
        if self._rejected and not self._failed:
            flash = min(r["flash_bytes"] for r in self._rejected)
            ram = min(r["ram_bytes"] for r in self._rejected)
            return SearchError(
                f"None of {len(self._rejected)} models fits: they need from {flash} bytes of"
                f" flash and {ram} of RAM, and there are {self._spec.flash_bytes} and"
                f" {self._spec.ram_bytes}.",
                "Choose a larger device.",
                code="search.nothing_fits",
            )
        return SearchError(
            "The search ended before its first model was trained.",
            f"Give it more time ({self._failed} trials failed; the worker's log says why).",
            code="search.no_candidate",
        )


def _ended_trials(
    events: Iterable[JobEvent],
) -> list[tuple[int, dict[str, Any], float | None]]:
    """Return number, hyperparameters and score (None: failed) of every ended trial."""
    return [
        (e.data["trial"], e.data["hyperparameters"], e.data.get("score"))
        for e in events
        if e.name in ("trial_finished", "trial_failed")
    ]

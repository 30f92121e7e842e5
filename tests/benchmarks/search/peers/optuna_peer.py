"""Optuna on our own search spaces: the same networks, training, conversion and measuring.

What differs is who proposes: ``--option tpe`` or ``random``, Optuna's samplers as they stand.
A training whose int8 model is over a limit counts as a training and scores as the worst there
is; ``tpe-judged`` asks our judge before training, so that what cannot fit costs next to nothing.
All trainings are whole (no rungs), with our early stopping. In a given time two processes of
one thread each share a study, as Optuna's manual shows; counting trainings, there is one, so
that every proposal knows everything before it.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from .common import Asked, asked, versions_of

_RESERVE, _CONVERTING = 3.0, 3.0
_WORST = -10.0
_LEAST_SECONDS = 2.0


def main() -> None:
    """Search until the time is over and answer with the best model that fits."""
    told = asked()
    count = 1 if told.trainings else 2
    context = multiprocessing.get_context("spawn")
    hands = [context.Process(target=work, args=(told, n, count)) for n in range(count)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join(max(0.1, told.seconds_left(_RESERVE / 2)))
    for hand in hands:
        hand.kill()  # a conversion that came too late
    trainings = sorted(
        (json.loads(line) for path in told.scratch.glob("done-*.jsonl") for line in _lines(path)),
        key=lambda done: done["at_s"],
    )
    best = max((t for t in trainings if t["file"]), key=lambda t: t["score"], default=None)
    told.answer(
        None if best is None else _predict(told, best),
        versions=versions_of("optuna", "keras", "tensorflow"),
        trainings=[{k: v for k, v in t.items() if k != "file"} for t in trainings],
        best=best,
    )


def _lines(path: Path) -> list[str]:
    text = path.read_text()
    return text[: text.rfind("\n") + 1].splitlines()


def _predict(told: Asked, best: dict[str, Any]) -> np.ndarray:
    from studio.conversion import outputs_of
    from studio.domain.candidate import ArtifactFormat

    folder = told.folder / "job" / "data" / best["values"]["input"]
    chosen = np.load(folder / "split.npy") == 2
    pixels = np.load(folder / "x.npy", mmap_mode="r")[chosen]
    content = (told.scratch / best["file"]).read_bytes()
    return outputs_of(content, ArtifactFormat.TFLITE, pixels)


def work(told: Asked, number: int, count: int) -> None:
    """Be one of the processes."""
    os.environ["KERAS_BACKEND"] = "tensorflow"
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    import optuna
    import tensorflow as tf

    tf.config.threading.set_intra_op_parallelism_threads(1 if count > 1 else 0)
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    seed = told.seed * 100 + number
    sampler: Any = optuna.samplers.RandomSampler(seed=seed)
    if told.option.startswith("tpe"):
        sampler = optuna.samplers.TPESampler(seed=seed)
    study = optuna.create_study(
        study_name="peer",
        storage=_storage(told) if count > 1 else None,
        direction="maximize",
        sampler=sampler,
        load_if_exists=True,
    )
    hand = _Hand(told, number)
    while told.seconds_left(_RESERVE + _CONVERTING) > _LEAST_SECONDS:
        study.optimize(hand.objective, n_trials=1, catch=(Exception,))
        if told.trainings and hand.done >= told.trainings:
            break


def _storage(told: Asked) -> Any:
    from optuna.storages import JournalStorage
    from optuna.storages.journal import JournalFileBackend

    return JournalStorage(JournalFileBackend(str(told.scratch / "study.log")))


class _Hand:
    """Trains what is proposed, and keeps the best that fits."""

    def __init__(self, told: Asked, number: int) -> None:
        from studio.jobs import JobDirectory
        from studio.runtimes.tflite_micro import ArenaMeter
        from studio.search import SearchSpec
        from studio.worker.building import Bench
        from studio.worker.judge import Judge
        from studio.worker.space import SPACES

        directory = JobDirectory(told.folder / "job")
        spec = SearchSpec.from_json(directory.read_spec())
        self._told, self._number, self._spec = told, number, spec
        self._space = SPACES[spec.space]
        self._bench = Bench(directory, ArenaMeter(), classes=spec.classes, variants=spec.variants)
        self._judge = Judge(spec, self._bench)
        self._best = _WORST
        self.done = 0

    def objective(self, trial: Any) -> float:
        """Train one configuration; return its score as int8, or the worst."""
        import keras

        keras.backend.clear_session()
        values = self._values(trial)
        if self._told.option.endswith("judged") and not self._judge.judge(values).fits:
            return _WORST
        began = time.time()
        seed = self._told.seed * 1000 + trial.number
        keras.utils.set_random_seed(seed)
        model = self._bench.build(self._spec.space, values)
        epochs = self._train(model, values, seed)
        content, fits = self._converted(model, values)
        score, accuracy = self._score(content, values)
        self.done += 1
        kept = fits and score > self._best
        if kept:
            self._best = score
            (self._told.scratch / self._file).write_bytes(content)
        self._tell(
            values=values,
            score=score,
            accuracy=accuracy,
            fits=fits,
            epochs=epochs,
            seconds=round(time.time() - began, 3),
            at_s=round(time.time() - self._told.began, 3),
            file=self._file if kept else "",
        )
        return score if fits else _WORST

    @property
    def _file(self) -> str:
        return f"training-{self._number}-{self.done}.tflite"

    def _values(self, trial: Any) -> dict[str, Any]:
        """Ask the study for every hyperparameter the space asks for."""
        import keras

        hp = Suggesting(trial)
        shapes = {name: how.shape for name, how in self._spec.variants.items()}
        inputs = keras.Input(shapes[hp.Choice("input", list(shapes))])
        self._space.features(hp, inputs)  # type: ignore[arg-type]
        self._space.training(hp)  # type: ignore[arg-type]
        return hp.values

    def _train(self, model: Any, values: dict[str, Any], seed: int) -> int:
        from studio.domain.dataset import Split
        from studio.worker.training import Plan, planned_epochs, train

        training = self._bench.snapshot.part(values["input"], Split.TRAIN)
        left = self._told.seconds_left(_RESERVE + _CONVERTING)
        plan = Plan(
            classes=len(self._spec.classes),
            values=values,
            seed=seed,
            epochs=planned_epochs(len(training.truth)),
            seconds=left,
        )
        return train(
            model,
            training,
            self._bench.snapshot.part(values["input"], Split.VALIDATION),
            plan,
            tick=lambda: self._told.seconds_left(_RESERVE + _CONVERTING) < 0,
            report=lambda epoch: None,
        )

    def _converted(self, model: Any, values: dict[str, Any]) -> tuple[bytes, bool]:
        from studio.domain.candidate import ArtifactFormat, Precision
        from studio.domain.dataset import Split
        from studio.worker.convert import convert

        inputs = self._bench.snapshot.part(values["input"], Split.TRAIN).calibration
        content = convert(model, Precision.INT8, ArtifactFormat.TFLITE, inputs)
        return content, self._judge.measure(content).fits

    def _score(self, content: bytes, values: dict[str, Any]) -> tuple[float, float]:
        """Return what our search maximises, and the accuracy (R2 of amounts), on validation."""
        from studio.conversion import outputs_of
        from studio.domain.candidate import ArtifactFormat
        from studio.domain.dataset import Split
        from studio.search.scoring import score

        part = self._bench.snapshot.part(values["input"], Split.VALIDATION)
        outputs = outputs_of(content, ArtifactFormat.TFLITE, part.pixels)
        classes = bool(self._spec.classes)
        reached = score(outputs, part.truth, classification=classes)
        right = float((outputs.argmax(axis=1) == part.truth).mean()) if classes else reached
        return reached, right

    def _tell(self, **done: Any) -> None:
        path = self._told.scratch / f"done-{self._number}.jsonl"
        with path.open("a") as file:
            file.write(json.dumps(done) + "\n")


class Suggesting:
    """Answers a space's questions to KerasTuner from an Optuna trial.

    Attributes:
        values: What was answered, by name, those of inactive questions left out.
    """

    def __init__(self, trial: Any) -> None:
        self._trial = trial
        self._active = [True]
        self.values: dict[str, Any] = {}

    def Choice(self, name: str, values: Sequence[Any], default: Any = None, **_: Any) -> Any:
        """Choose one of several."""
        usual = values[0] if default is None else default
        return self._answer(name, lambda: self._trial.suggest_categorical(name, values), usual)

    def Int(
        self,
        name: str,
        min_value: int,
        max_value: int,
        step: int | None = None,
        sampling: str | None = None,
        default: int | None = None,
        **_: Any,
    ) -> int:
        """Choose a whole number."""
        usual = min_value if default is None else default
        log = {"log": True} if sampling == "log" else {"step": step or 1}
        ask = lambda: self._trial.suggest_int(name, min_value, max_value, **log)  # noqa: E731
        return int(self._answer(name, ask, usual))

    def Float(
        self,
        name: str,
        min_value: float,
        max_value: float,
        step: float | None = None,
        sampling: str | None = None,
        default: float | None = None,
        **_: Any,
    ) -> float:
        """Choose a number."""
        usual = min_value if default is None else default
        log = {"log": True} if sampling == "log" else {"step": step}
        ask = lambda: self._trial.suggest_float(name, min_value, max_value, **log)  # noqa: E731
        return float(self._answer(name, ask, usual))

    def Boolean(self, name: str, default: bool = False, **_: Any) -> bool:
        """Choose yes or no."""
        ask = lambda: self._trial.suggest_categorical(name, [False, True])  # noqa: E731
        return bool(self._answer(name, ask, default))

    def _answer(self, name: str, ask: Any, usual: Any) -> Any:
        if not self._active[-1]:
            return usual
        if name not in self.values:
            self.values[name] = ask()
        return self.values[name]

    @contextmanager
    def conditional_scope(self, name: str, values: Sequence[Any]) -> Iterator[None]:
        """Within it, questions count only if another was answered so."""
        self._active.append(self._active[-1] and self.values.get(name) in values)
        try:
            yield
        finally:
            self._active.pop()


if __name__ == "__main__":
    main()

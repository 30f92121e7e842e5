"""AutoKeras as the engine of a search: its graph, its oracle, its loop; our trial.

Facts about AutoKeras 3.0.0 that this works around are in
``studio/decisions/0003-autokeras-wrapped.md``.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

import autokeras
import keras
import keras_tuner
import tree
from autokeras.engine.tuner import AutoTuner

from studio.worker.data import Part
from studio.worker.oracle import OBJECTIVE, BudgetOracle, short_values
from studio.worker.space import SPACES, Space

__all__ = ["Engine", "run_search"]

_NO_LIMIT = 999_999


class Engine(Protocol):
    """What AutoKeras asks of us during a search."""

    def accepts(self, values: dict[str, Any]) -> bool:
        """Return whether a configuration fits the device."""

    def wants_more(self) -> bool:
        """Return whether another trial should be begun."""

    def restore(self, oracle: BudgetOracle) -> None:
        """Tell a new oracle what earlier processes of this job found."""

    def run_trial(self, number: int, values: dict[str, Any]) -> float:
        """Train, convert and record a configuration; return its score.

        Raises:
            keras_tuner.errors.FailedTrialError: if it did not work out.
        """


def run_search(
    engine: Engine,
    space: Space,
    *,
    data: tuple[Part, Part],
    seed: int,
    trials: int | None,
    scratch: Path,
) -> bool:
    """Search until the engine wants no more.

    Args:
        engine: Ours.
        space: The family of networks.
        data: Training and validation side, from which AutoKeras reads shapes.
        seed: Of the proposals; 0 is as good as any other.
        trials: Trials in all, or None.
        scratch: Folder for AutoKeras' own files.

    Returns:
        Whether the search ended because nothing new could be proposed.
    """
    block = _SpaceBlock(space_id=space.id, name="net")
    output = autokeras.ClassificationHead(dropout=0.0)(block(autokeras.ImageInput()))
    model = autokeras.AutoModel(
        block.inputs[0],
        output,
        tuner=_Tuner,
        directory=str(scratch),
        project_name="autokeras",
        objective=OBJECTIVE,
        max_trials=trials or _NO_LIMIT,
        seed=seed + 1,  # AutoKeras takes 0 for "random"
        overwrite=True,
        engine=engine,
        space=space,
    )
    training, validation = data
    held_out = (validation.inputs, validation.truth.astype(str))
    model.fit(training.inputs, training.truth.astype(str), validation_data=held_out, verbose=0)
    return bool(model.tuner.oracle.exhausted)


@keras.utils.register_keras_serializable(package="studio")
class _SpaceBlock(autokeras.Block):  # type: ignore[misc]
    """One of our search spaces as an AutoKeras block."""

    def __init__(self, space_id: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.space_id = space_id

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "space_id": self.space_id}

    def build(self, hp: keras_tuner.HyperParameters, inputs: Any = None) -> Any:
        return SPACES[self.space_id].features(hp, tree.flatten(inputs)[0])


class _Tuner(AutoTuner):  # type: ignore[misc]
    """AutoKeras' tuner without its final fit, and with our trial in place of its own."""

    def __init__(
        self,
        hypermodel: Any,
        *,
        engine: Engine,
        space: Space,
        objective: keras_tuner.Objective,
        max_trials: int,
        seed: int,
        **kwargs: Any,
    ) -> None:
        self._engine = engine
        self._space = space
        hypermodel._compile_keras_model = _asks_for(space.training)
        oracle = BudgetOracle(
            seed=seed,
            max_trials=max_trials,
            accepts=engine.accepts,
            wants_more=engine.wants_more,
        )
        super().__init__(oracle=oracle, hypermodel=hypermodel, **kwargs)

    def search(self, **fit: Any) -> None:
        """Learn the space from one build, take over earlier trials, then search."""
        hp = self.oracle.get_space()
        self._prepare_model_build(hp, **fit)
        self._try_build(hp)
        self.oracle.update_space(hp)
        self.oracle.begin(self._space.first)
        self._engine.restore(self.oracle)
        # Not AutoTuner.search: it would train the best again, and fail, after the deadline.
        super(AutoTuner, self).search(verbose=0)

    def run_trial(self, trial: Any, *_: Any, **__: Any) -> dict[str, float]:
        values = short_values(trial.hyperparameters.values)
        return {OBJECTIVE.name: self._engine.run_trial(int(trial.trial_id), values)}


def _asks_for(
    training: Callable[[keras_tuner.HyperParameters], None],
) -> Callable[[keras_tuner.HyperParameters, keras.Model], keras.Model]:
    """Replace AutoKeras' choice of optimiser, whose decay freezes training after an epoch."""

    def compile_model(hp: keras_tuner.HyperParameters, model: keras.Model) -> keras.Model:
        training(hp)
        return model

    return compile_model

"""AutoKeras as the engine of a search: its graph, its space, its oracle; our trials.

Facts about AutoKeras 3.0.0 that this works around are in
``studio/decisions/0003-autokeras-wrapped.md``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import autokeras
import keras
import keras_tuner
import numpy as np
import tree
from autokeras.engine.tuner import AutoTuner

from studio.search import SearchSpec
from studio.worker.oracle import OBJECTIVE, BudgetOracle
from studio.worker.space import SPACES

__all__ = ["make_oracle"]

_SAMPLES = 4
"""Made-up inputs a class, from which AutoKeras reads shapes; it trains nothing itself."""


def make_oracle(
    spec: SearchSpec,
    *,
    accepts: Callable[[dict[str, Any]], bool],
    wants_more: Callable[[], bool],
    scratch: Path,
) -> BudgetOracle:
    """Let AutoKeras build its graph of a space; return the oracle that knows it.

    Args:
        spec: Names the space, the variants of the input and the seed.
        accepts: Whether a configuration (short names) fits.
        wants_more: Whether another should be proposed.
        scratch: Folder for AutoKeras' own files.
    """
    block = _SpaceBlock(space_id=spec.space, variants=list(spec.variants), name="net")
    head = autokeras.ClassificationHead if spec.classes else autokeras.RegressionHead
    inputs, truth = _examples(spec)
    start = autokeras.ImageInput() if inputs.ndim == 4 else autokeras.Input()
    model = autokeras.AutoModel(
        start,
        head(dropout=0.0)(block(start)),
        tuner=_Tuner,
        directory=str(scratch),
        project_name="autokeras",
        objective=OBJECTIVE,
        seed=spec.seed + 1,  # AutoKeras takes 0 for "random"
        overwrite=True,
        spec=spec,
        accepts=accepts,
        wants_more=wants_more,
    )
    model.fit(inputs, truth, validation_data=(inputs, truth), verbose=0)
    oracle: BudgetOracle = model.tuner.oracle
    return oracle


def _examples(spec: SearchSpec) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    shape = next(iter(spec.variants.values())).shape
    count = _SAMPLES * spec.outputs
    inputs = np.random.default_rng(0).random((count, *shape), np.float32)
    if not spec.classes:
        return inputs, inputs.reshape(count, -1)[:, :1]
    return inputs, np.array([str(number % spec.outputs) for number in range(count)])


def first_of(spec: SearchSpec) -> list[dict[str, Any]]:
    """Return what is tried first: the space's own, and its best on every other input."""
    own: Sequence[Any] = SPACES[spec.space].first
    others = [{**own[0], "input": name} for name in list(spec.variants)[1:]]
    return [*map(dict, own[:1]), *others, *map(dict, own[1:])]


@keras.utils.register_keras_serializable(package="studio")
class _SpaceBlock(autokeras.Block):  # type: ignore[misc]
    """One of our search spaces as an AutoKeras block; the variant of the input is part of it."""

    def __init__(self, space_id: str, variants: list[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.space_id = space_id
        self.variants = variants

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "space_id": self.space_id, "variants": self.variants}

    def build(self, hp: keras_tuner.HyperParameters, inputs: Any = None) -> Any:
        hp.Choice("input", self.variants, default=self.variants[0])
        return SPACES[self.space_id].features(hp, tree.flatten(inputs)[0])


class _Tuner(AutoTuner):  # type: ignore[misc]
    """AutoKeras' tuner with our loop in place of its own, and without its final fit."""

    def __init__(
        self,
        hypermodel: Any,
        *,
        spec: SearchSpec,
        accepts: Callable[[dict[str, Any]], bool],
        wants_more: Callable[[], bool],
        objective: keras_tuner.Objective,
        max_trials: int,
        seed: int,
        **kwargs: Any,
    ) -> None:
        self._spec = spec
        hypermodel._compile_keras_model = _asks_for(SPACES[spec.space].training)
        oracle = BudgetOracle(seed=seed, accepts=accepts, wants_more=wants_more)
        super().__init__(oracle=oracle, hypermodel=hypermodel, **kwargs)

    def search(self, **fit: Any) -> None:
        """Learn the space from one build, and train nothing.

        AutoTuner.search would train the best again at the end, and fail, after the deadline.
        """
        hp = self.oracle.get_space()
        self._prepare_model_build(hp, **fit)
        self._try_build(hp)
        self.oracle.update_space(hp)
        self.oracle.begin(first_of(self._spec))


def _asks_for(
    training: Callable[[keras_tuner.HyperParameters], None],
) -> Callable[[keras_tuner.HyperParameters, keras.Model], keras.Model]:
    """Replace AutoKeras' choice of optimiser, whose decay freezes training after an epoch."""

    def compile_model(hp: keras_tuner.HyperParameters, model: keras.Model) -> keras.Model:
        training(hp)
        return model

    return compile_model

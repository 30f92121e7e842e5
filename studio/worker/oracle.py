"""Proposing configurations: AutoKeras' greedy oracle, asked and told, with rejection first.

What is proposed as configuration *n* depends on the seed, *n* and what was told so far, and on
nothing else: so a search that was killed goes on as if it had not been.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import keras_tuner
import numpy as np
from autokeras.tuners.greedy import GreedyOracle
from keras_tuner.engine import trial as trial_module

__all__ = ["OBJECTIVE", "BudgetOracle", "short_values"]

OBJECTIVE = keras_tuner.Objective("score", "max")

MOST_PROPOSALS = 200
"""Proposals for one trial before the space counts as exhausted."""

_NO_LIMIT = 999_999
_STOPPED = {"status": trial_module.TrialStatus.STOPPED, "values": None}


def short_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return hyperparameters without AutoKeras' block prefixes: ``net/width`` is ``width``."""
    return {name.rsplit("/", 1)[-1]: value for name, value in values.items()}


class BudgetOracle(GreedyOracle):  # type: ignore[misc]
    """Proposes only what fits.

    Args:
        seed: Of the proposals.
        accepts: Whether a configuration (short names) fits; called before a trial exists.
        wants_more: Whether another trial should be begun.
    """

    def __init__(
        self,
        *,
        seed: int,
        accepts: Callable[[dict[str, Any]], bool],
        wants_more: Callable[[], bool],
    ) -> None:
        super().__init__(
            objective=OBJECTIVE,
            max_trials=_NO_LIMIT,
            seed=seed,
            max_consecutive_failed_trials=_NO_LIMIT,
        )
        self.verbose = 0
        self.exhausted = False
        self._base_seed = seed
        self._accepts = accepts
        self._wants_more = wants_more

    def begin(self, first: Sequence[Mapping[str, Any]]) -> None:
        """Set what to try first, once the space is known; the rest of each is defaults."""
        complete = [self._complete(values) for values in first]
        self.initial_hps = [v for n, v in enumerate(complete) if v not in complete[:n]]
        self._tried_initial_hps = [False] * len(self.initial_hps)

    def _complete(self, chosen: Mapping[str, Any]) -> dict[str, Any]:
        hp = keras_tuner.HyperParameters()
        for parameter in self.hyperparameters.space:
            hp.merge([parameter])
            if hp.is_active(parameter):
                name = parameter.name
                hp.values[name] = chosen.get(name.rsplit("/", 1)[-1], parameter.default)
        return dict(hp.values)

    def ask(self) -> tuple[str, dict[str, Any]] | None:
        """Return a new configuration, with the id to tell of it; None if there is none."""
        values = self.populate_space(self._trial_id())["values"]
        return None if values is None else (self._begin(values), short_values(values))

    def resume(self, values: Mapping[str, Any]) -> str:
        """Take over a configuration of an earlier process; return the id to tell of it."""
        complete = self._complete(values)
        self._remember(complete)
        return self._begin(complete)

    def _begin(self, values: dict[str, Any]) -> str:
        hp = self.hyperparameters.copy()
        hp.values = values
        trial = trial_module.Trial(hyperparameters=hp, trial_id=self._trial_id())
        trial.status = trial_module.TrialStatus.RUNNING
        self.trials[trial.trial_id] = trial
        self.start_order.append(trial.trial_id)
        return str(trial.trial_id)

    def tell(self, id: str, score: float | None) -> None:
        """Say how good a configuration turned out; None if it failed. The last word counts."""
        trial = self.trials[id]
        if score is None and trial.score is not None:
            return  # that it could not be trained further does not undo what it reached
        done = trial_module.TrialStatus
        trial.status = done.FAILED if score is None else done.COMPLETED
        trial.score = score

    def _trial_id(self) -> str:
        return f"{len(self.trials):06d}"

    def refuse(self, values: Mapping[str, Any]) -> None:
        """Take over a rejection of an earlier process: it is not proposed again."""
        self._remember(self._complete(values))

    def _remember(self, values: dict[str, Any]) -> None:
        self._tried_so_far.add(self._compute_values_hash(values))
        for index, initial in enumerate(self.initial_hps):
            if initial == values:
                self._tried_initial_hps[index] = True

    def populate_space(self, trial_id: str) -> dict[str, Any]:
        """Return the next configuration that fits, or that there is none."""
        self._reseed(len(self.trials))
        for _ in range(MOST_PROPOSALS):
            if not self._wants_more():
                return _STOPPED
            values = self._propose(trial_id)
            if values is None:
                break
            self._remember(values)  # AutoKeras forgets those it is told to try first
            if self._accepts(short_values(values)):
                return {"status": trial_module.TrialStatus.RUNNING, "values": values}
        self.exhausted = True
        return _STOPPED

    def _propose(self, trial_id: str) -> dict[str, Any] | None:
        """Return a change of the best, or anything at all once those are used up."""
        values: dict[str, Any] | None = super().populate_space(trial_id)["values"]
        if values is None:
            values = self._generate_hp_values([p.name for p in self.hyperparameters.space])
        return values

    def _reseed(self, number: int) -> None:
        self._seed_state = self._base_seed * 1_000_003 + number * 1_009
        np.random.seed(self._seed_state % 2**32)  # the greedy oracle draws from numpy's own

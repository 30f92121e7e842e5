"""Proposing configurations: AutoKeras' greedy oracle, with rejection before a trial exists.

What is proposed as trial *n* depends on the seed, *n* and the results so far, and on nothing
else: so a search that was killed goes on as if it had not been.
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

_STOPPED = {"status": trial_module.TrialStatus.STOPPED, "values": None}


def short_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return hyperparameters without AutoKeras' block prefixes: ``net/width`` is ``width``."""
    return {name.rsplit("/", 1)[-1]: value for name, value in values.items()}


class BudgetOracle(GreedyOracle):  # type: ignore[misc]
    """Proposes only what fits.

    Args:
        seed: Of the proposals.
        max_trials: Trials in all, those of earlier processes included.
        accepts: Whether a configuration (short names) fits; called before a trial exists.
        wants_more: Whether another trial should be begun.
    """

    def __init__(
        self,
        *,
        seed: int,
        max_trials: int,
        accepts: Callable[[dict[str, Any]], bool],
        wants_more: Callable[[], bool],
    ) -> None:
        super().__init__(
            objective=OBJECTIVE,
            max_trials=max_trials,
            seed=seed,
            max_consecutive_failed_trials=max_trials,
        )
        self.verbose = 0
        self.exhausted = False
        self._base_seed = seed
        self._accepts = accepts
        self._wants_more = wants_more

    def begin(self, first: Sequence[Mapping[str, Any]]) -> None:
        """Set what to try first, once the space is known; the rest of each is defaults."""
        self.initial_hps = [self._complete(values) for values in first]
        self._tried_initial_hps = [False] * len(self.initial_hps)

    def _complete(self, chosen: Mapping[str, Any]) -> dict[str, Any]:
        hp = keras_tuner.HyperParameters()
        for parameter in self.hyperparameters.space:
            hp.merge([parameter])
            if hp.is_active(parameter):
                name = parameter.name
                hp.values[name] = chosen.get(name.rsplit("/", 1)[-1], parameter.default)
        return dict(hp.values)

    def restore(self, values: Mapping[str, Any], score: float | None) -> None:
        """Take over a trial of an earlier process; no score means that it failed.

        Args:
            values: Its hyperparameters, short names.
            score: Its score.
        """
        hp = self.hyperparameters.copy()
        hp.values = self._complete(values)
        trial = trial_module.Trial(hyperparameters=hp, trial_id=self._trial_id())
        trial.status = "FAILED" if score is None else "COMPLETED"
        trial.score = score
        self.trials[trial.trial_id] = trial
        self.start_order.append(trial.trial_id)
        self.end_order.append(trial.trial_id)
        self._remember(hp.values)

    def _trial_id(self) -> str:
        return str(len(self.trials)).zfill(len(str(self.max_trials)))

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
            if self._accepts(short_values(values)):
                return {"status": trial_module.TrialStatus.RUNNING, "values": values}
            self._remember(values)
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

"""FLAML as it stands: rows as they are, pictures as rows of pixels, recordings as features.

Training and validation samples together, which it divides as it likes (by recording where
there are recordings). Its own ``time_budget`` is what is left after its imports, less a
reserve for the predictions.
"""

from __future__ import annotations

import numpy as np

from .common import Asked, asked, versions_of

_RESERVE = 2.0


def main() -> None:
    """Fit until the time is over and answer."""
    told = asked()
    from flaml import AutoML

    data = told.arrays()
    x = np.concatenate([_flat(data["train_x"]), _flat(data["val_x"])])
    y = np.concatenate([data["train_y"], data["val_y"]])
    groups = np.concatenate([data["train_group"], data["val_group"]])
    automl = AutoML()
    grouped = {"split_type": "group", "groups": groups} if _is_grouped(told) else {}
    automl.fit(
        x,
        y,
        task="classification" if told.is_classification else "regression",
        time_budget=told.seconds_left(_RESERVE),
        n_jobs=2,
        seed=told.seed,
        verbose=0,
        log_file_name="",
        **grouped,
    )
    test = _flat(data["test_x"])
    if told.is_classification:
        outputs = _columns(automl.predict_proba(test), automl.classes_, len(told.about["classes"]))
    else:
        outputs = np.asarray(automl.predict(test))[:, None]
    told.answer(
        outputs,
        versions=versions_of("flaml", "lightgbm", "xgboost", "scikit-learn"),
        best=str(automl.best_estimator),
        validation_loss=float(automl.best_loss),
    )


def _is_grouped(told: Asked) -> bool:
    return bool(told.about["kind"] == "recording")


def _flat(x: np.ndarray) -> np.ndarray:
    return x.reshape(len(x), -1).astype(np.float64)


def _columns(shares: np.ndarray, classes: np.ndarray, count: int) -> np.ndarray:
    """Return probabilities with a column for every class of the set."""
    outputs = np.zeros((len(shares), count))
    outputs[:, np.asarray(classes).astype(int)] = shares
    return outputs


if __name__ == "__main__":
    main()

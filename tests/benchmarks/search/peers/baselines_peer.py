"""What takes seconds: the usual methods of scikit-learn, the best on the validation samples.

Each is fitted on the training samples and judged on the validation samples; the best is fitted
on both. The result of every one is told, so that "the best baseline" can be read either way.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .common import Asked, asked, versions_of

_RESERVE = 2.0


def main() -> None:
    """Fit one after the other and answer with the best."""
    told = asked()
    data = told.arrays()
    x, held, test = (_flat(data[f"{side}_x"]) for side in ("train", "val", "test"))
    y, truth = data["train_y"], data["val_y"]
    scores: dict[str, float] = {}
    outputs: dict[str, list[Any]] = {}
    for name, model in _models(told.is_classification, told.seed):
        if scores and told.seconds_left(_RESERVE) < 0:
            break
        scores[name] = float(model.fit(x, y).score(held, truth))
        model.fit(np.concatenate([x, held]), np.concatenate([y, truth]))
        outputs[name] = model.predict(test).tolist()
    best = max(scores, key=lambda name: scores[name])
    told.answer(
        _outputs(outputs[best], told),
        versions=versions_of("scikit-learn"),
        best=best,
        validation=scores,
        predicted={name: found for name, found in outputs.items() if name != best},
    )


def _outputs(predicted: list[Any], told: Asked) -> np.ndarray:
    found = np.array(predicted)
    if not told.is_classification:
        return found[:, None].astype(np.float64)
    return np.eye(len(told.about["classes"]))[found.astype(int)]


def _flat(x: np.ndarray) -> np.ndarray:
    return x.reshape(len(x), -1).astype(np.float64)


def _models(classes: bool, seed: int) -> list[tuple[str, Any]]:
    from sklearn.ensemble import (
        HistGradientBoostingClassifier,
        HistGradientBoostingRegressor,
        RandomForestClassifier,
        RandomForestRegressor,
    )
    from sklearn.impute import SimpleImputer
    from sklearn.linear_model import LogisticRegression, RidgeCV
    from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler
    from sklearn.svm import SVC, SVR

    def scaled(model: Any) -> Any:
        return make_pipeline(SimpleImputer(), StandardScaler(), model)

    if classes:
        return [
            ("linear", scaled(LogisticRegression(max_iter=500))),
            ("neighbours", scaled(KNeighborsClassifier())),
            ("support vectors", scaled(SVC())),
            ("forest", scaled(RandomForestClassifier(random_state=seed, n_jobs=2))),
            ("boosted trees", HistGradientBoostingClassifier(random_state=seed)),
        ]
    return [
        ("linear", scaled(RidgeCV())),
        ("neighbours", scaled(KNeighborsRegressor())),
        ("support vectors", scaled(SVR(C=100))),
        ("forest", scaled(RandomForestRegressor(random_state=seed, n_jobs=2))),
        ("boosted trees", HistGradientBoostingRegressor(random_state=seed)),
    ]


if __name__ == "__main__":
    main()

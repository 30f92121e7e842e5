"""Bundle contents of rows, amounts and windows, with small real models."""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np

from studio.domain.candidate import Artifact, ArtifactFormat, Precision
from studio.domain.dataset import Split
from studio.domain.evaluation import (
    Interval,
    PredictionInterval,
    RegressionEvaluation,
    Resampling,
    ResidualBin,
    Unit,
    ValueMistake,
)
from studio.domain.figure import Figure
from studio.domain.preprocessing import (
    CategoryFeature,
    FrontEnd,
    NumberFeature,
    Preprocessing,
    SignalPreprocessing,
    TablePreprocessing,
    TargetScale,
)
from studio.domain.report import OperatorUse
from studio.export import BundleContents, DatasetFacts, preprocess

from .conftest import DATA, candidate, evaluation, make_contents, report

CLASSES = ("cold", "mild", "뜨거움")
KINDS = ("rows", "amounts", "windows", "statistics")
ROWS = TablePreprocessing(
    features=(
        NumberFeature(
            column="temp", knots=(-5.0, 10.5, 40.0), levels=(0.0, 128.0, 255.0), missing=9,
            flagged=True,
        ),
        CategoryFeature(column="colour", values=("red", "green", "파랑")),
        NumberFeature(column="size", knots=(0.1, 0.7), levels=(3.0, 250.0), missing=0),
    )
)  # fmt: skip
AMOUNTS = TablePreprocessing(
    features=ROWS.features, target=TargetScale(column="yield */ [kg]", offset=20.5, scale=3.25)
)
WINDOWS = SignalPreprocessing(
    channels=("acc_x", "acc_y"),
    rate_hz=52.0,
    keep_every=3,
    window=8,
    stride=2,
    front_end=FrontEnd.RAW,
    low=(-1.3, -2.1),
    high=(1.7, 2.2),
)
STATISTICS = SignalPreprocessing(
    channels=("acc_x", "acc_y"),
    rate_hz=None,
    keep_every=1,
    window=8,
    stride=3,
    front_end=FrontEnd.STATISTICS,
    low=(-1.0, 0.0, -2.0, -1.5, 0.0, 0.0) * 2,
    high=(1.0, 1.1, 0.3, 2.0, 1.3, 1.0) * 2,
)
HOWS: dict[str, Preprocessing] = dict(zip(KINDS, (ROWS, AMOUNTS, WINDOWS, STATISTICS), strict=True))
_DENSE = (
    OperatorUse(name="FULLY_CONNECTED", count=2, supported=True),
    OperatorUse(name="RESHAPE", count=1, supported=True),
    OperatorUse(name="SOFTMAX", count=1, supported=True),
)


def raw_rows() -> tuple[dict[str, Any], ...]:
    """Return seven rows; the names are no feature and must stay at home."""
    return (
        {"temp": 12.25, "size": 0.5, "colour": "red", "name": "Kim Private"},
        {"temp": -40, "size": None, "colour": "파랑", "name": "Lee Private"},
        {"temp": None, "size": float("nan"), "colour": None, "name": None},
        {"temp": float("inf"), "size": -0.0, "colour": "unheard of", "name": "x"},
        {"temp": 1e30, "size": 0.7, "colour": 7, "name": "x"},
        {"colour": "green"},
        {"temp": 2.0, "size": 0.2, "colour": "red"},
    )


def recording(samples: int, seed: int) -> np.ndarray:
    """Return float32 ``(samples, 2)``, a few values missing."""
    rng = np.random.default_rng(seed)
    values = rng.normal(0, 1, (samples, 2)).cumsum(axis=0) / 6
    values[rng.random(values.shape) < 0.08] = np.nan
    return values.astype(np.float32)


def amount_evaluation(split: Split = Split.TEST) -> RegressionEvaluation:
    """Return a plausible result, made up for tests."""
    return RegressionEvaluation(
        split=split,
        unit="kg",
        samples=120,
        mae=Interval(1.25, 1.08, 1.43),
        rmse=Interval(1.6, 1.4, 1.85),
        median_error=Interval(0.95, 0.8, 1.2),
        r2=Interval(0.81, 0.74, 0.87),
        bias=Interval(-0.05, -0.3, 0.2),
        mistakes=(ValueMistake(sample_id=424242, truth=9.0, predicted=15.0),),
        residuals=(
            ResidualBin(low=10, high=18, samples=60, mean=0.2, q05=-2.0, q95=2.2),
            ResidualBin(low=18, high=30, samples=60, mean=-0.3, q05=-3.0, q95=2.0),
        ),
        resampling=Resampling(unit=Unit.SAMPLE, units=120, draws=1000, seed=1),
        prediction_interval=PredictionInterval(
            level=0.9, half_width=2.75, calibrated_on=80, coverage=Interval(0.91, 0.84, 0.95),
            tested=120,
        ),
    )  # fmt: skip


def golden(kind: str) -> dict[str, Any]:
    """Return the golden fields of contents of this kind."""
    how = HOWS[kind]
    if isinstance(how, TablePreprocessing):
        raw: tuple[Any, ...] = raw_rows()
        groups: tuple[int, ...] = ()
        inputs = np.concatenate([preprocess.prepare(how.as_json(), row) for row in raw])
    else:
        raw = (recording(40, 1), recording(31, 2), recording(200, 3))
        made = [preprocess.prepare(how.as_json(), values)[:4] for values in raw]
        groups = tuple(i for i, windows in enumerate(made) for _ in windows)
        inputs = np.concatenate(made)
    count = len(inputs)
    truth = np.linspace(3, 30, count) if kind == "amounts" else np.resize(CLASSES, count)
    return {
        "golden_inputs": inputs,
        "golden_raw": raw,
        "golden_groups": groups,
        "golden_names": tuple(f"of {i}" for i in range(count)),
        "golden_truth": tuple(truth.tolist()),
    }


def make_kind(kind: str, **changes: Any) -> BundleContents:
    """Return contents of a bundle of rows, amounts, windows or statistics."""
    content = (DATA / f"{kind}_int8.tflite").read_bytes()
    of_amounts = kind == "amounts"
    classes = () if of_amounts else CLASSES
    tested = amount_evaluation() if of_amounts else evaluation(CLASSES, Split.TEST)
    counts = {split: dict.fromkeys(classes or ("",), 40) for split in Split}
    artifact = Artifact(
        precision=Precision.INT8,
        format=ArtifactFormat.TFLITE,
        digest=hashlib.sha256(content).hexdigest(),
        size_bytes=len(content),
        arena=Figure.measured(1_024, "B", "interpreter"),
        evaluation=tested,
    )
    validation = (
        amount_evaluation(Split.VALIDATION)
        if of_amounts
        else evaluation(CLASSES, Split.VALIDATION, seed=4)
    )
    given: dict[str, Any] = {
        "candidate": candidate(
            classes,
            artifacts=(artifact,),
            preprocessing=HOWS[kind],
            task="tabular-regression" if of_amounts else "tabular-classification",
            validation=validation,
        ),
        "files": {artifact.digest: content},
        "report": report(operators=_DENSE),
        "dataset": DatasetFacts(
            digest="d" * 64, seed=1, counts=counts, amounts=(2.5, 31.0) if of_amounts else None
        ),
        **golden(kind),
    }
    return make_contents(**{**given, **changes})

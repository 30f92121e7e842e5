"""What a model got right and wrong, how sure that is, and what follows from it.

Arrays go in as `ClassPredictions` or `ValuePredictions`, checked once; records of the domain come
out. What is chosen (a temperature, a threshold, a candidate) is chosen on validation samples and
told on test samples; the other way round is refused.
"""

from studio.evaluation.calibration import (
    calibration,
    calibration_phrase,
    confidence,
    fit_temperature,
    probabilities,
)
from studio.evaluation.choosing import (
    Better,
    Column,
    Contender,
    best_within_noise,
    pareto_front,
    weighed_choice,
)
from studio.evaluation.classification import (
    classify,
    independence_phrase,
    top_confusions,
    worst_mistakes,
)
from studio.evaluation.comparison import compare, compare_with_best, detectable_difference, holm
from studio.evaluation.counting import evaluate
from studio.evaluation.learning_curve import curve_errors, learning_curve, learning_points
from studio.evaluation.not_sure import answer_costs, choose_not_sure, not_sure_phrase, risk_coverage
from studio.evaluation.predictions import ClassPredictions, ValuePredictions, group_numbers
from studio.evaluation.regression import prediction_interval, regress, residual_bins
from studio.evaluation.wording import amount_phrase, none_seen_phrase, share_phrase

__all__ = [
    "Better",
    "ClassPredictions",
    "Column",
    "Contender",
    "ValuePredictions",
    "amount_phrase",
    "answer_costs",
    "best_within_noise",
    "calibration",
    "calibration_phrase",
    "choose_not_sure",
    "classify",
    "compare",
    "compare_with_best",
    "confidence",
    "curve_errors",
    "detectable_difference",
    "evaluate",
    "fit_temperature",
    "group_numbers",
    "holm",
    "independence_phrase",
    "learning_curve",
    "learning_points",
    "none_seen_phrase",
    "not_sure_phrase",
    "pareto_front",
    "prediction_interval",
    "probabilities",
    "regress",
    "residual_bins",
    "risk_coverage",
    "share_phrase",
    "top_confusions",
    "weighed_choice",
    "worst_mistakes",
]

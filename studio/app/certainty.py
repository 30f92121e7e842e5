"""How sure a candidate is: calibration, and from when on it should answer at all."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from studio.app.answered import Answering
from studio.domain.candidate import Candidate
from studio.domain.dataset import Split
from studio.domain.errors import EvaluationError, SearchError
from studio.domain.judgement import Calibration, Costs, NotSure, Temperature
from studio.domain.phrase import Phrase
from studio.evaluation import (
    ClassPredictions,
    calibration,
    calibration_phrase,
    choose_not_sure,
    fit_temperature,
    not_sure_phrase,
)
from studio.export import Certainty

__all__ = [
    "Sureness",
    "Unsure",
    "certainty_of",
    "no_costs_of_amounts",
    "sureness_of",
    "unsure_of",
]

_UNSAID = Costs(miss=1.0, false_alarm=1.0, not_sure=1.0)
"""Where nobody said what errors cost. Taking one class for another is a miss and a false alarm,
so it costs 2: "not sure" pays where an answer is more likely wrong than right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sureness:
    """Whether a model is as often right as it is sure; its temperature is of validation."""

    measured: Calibration
    temperature: Temperature
    phrase: Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsure:
    """From what confidence on to answer, and what that does, in words."""

    chosen: NotSure
    phrase: Phrase


def no_costs_of_amounts() -> EvaluationError:
    """Return the refusal of costs where amounts are told."""
    return EvaluationError(
        "An amount is never a miss or a false alarm.",
        "Leave the costs out.",
        code="evaluation.not_classes",
    )


def sureness_of(
    answering: Answering, candidate: Candidate, found: ClassPredictions
) -> Sureness | None:
    """Return whether a candidate is as often right as it is sure on a side, where one can tell."""
    with suppress(EvaluationError):  # too few samples, or outputs that are no probabilities
        temperature = fit_temperature(_classes(answering, candidate, Split.VALIDATION))
        measured = calibration(found)
        return Sureness(
            measured=measured,
            temperature=temperature,
            phrase=calibration_phrase(measured, temperature),
        )
    return None


def unsure_of(
    answering: Answering, candidate: Candidate, found: ClassPredictions, costs: Costs
) -> Unsure:
    """Return from when on to answer, told on the test side where ``found`` is of it.

    Raises:
        EvaluationError: as `studio.evaluation.choose_not_sure`.
    """
    test = found if found.split is Split.TEST else None
    chosen = choose_not_sure(_classes(answering, candidate, Split.VALIDATION), test, costs)
    return Unsure(chosen=chosen, phrase=not_sure_phrase(chosen))


def certainty_of(
    answering: Answering, candidate: Candidate, costs: Costs | None
) -> Certainty | None:
    """Return what a bundle says of how sure its model is; None for amounts.

    Args:
        answering: Reads the answers.
        candidate: Which; it was tested, unless an earlier version did so and kept no answers.
        costs: Of wrong answers. Without them a wrong answer counts as much as two times "not
            sure", and where no threshold can be chosen, the bundle says why.

    Raises:
        EvaluationError: ``evaluation.not_classes``, and with costs, what refuses a threshold.
    """
    if not candidate.classes:
        if costs is not None:
            raise no_costs_of_amounts()
        return None
    tested = answering.has(candidate, Split.TEST)
    try:
        found = _classes(answering, candidate, Split.TEST if tested else Split.VALIDATION)
        unsure = unsure_of(answering, candidate, found, costs or _UNSAID)
        sureness = sureness_of(answering, candidate, found)
    except (EvaluationError, SearchError) as error:
        if costs is not None:
            raise
        return Certainty(why=error.happened)
    return Certainty(
        calibration=sureness.measured if sureness else None,
        temperature=sureness.temperature if sureness else None,
        phrase=sureness.phrase if sureness else None,
        not_sure=unsure.chosen,
        costs_given=costs is not None,
    )


def _classes(answering: Answering, candidate: Candidate, split: Split) -> ClassPredictions:
    found = answering.of(candidate, split).predictions
    assert isinstance(found, ClassPredictions)  # one candidate has one goal
    return found

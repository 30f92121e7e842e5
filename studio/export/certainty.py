"""How sure a model is and when it says "not sure", in words: report and README say the same."""

from __future__ import annotations

from studio.domain.judgement import Costs, NotSureOutcome
from studio.export.contents import Certainty
from studio.export.deciding import right_of_answered, sides_of, undecided
from studio.export.wording import figure_text

__all__ = ["calibration_text", "costs_text", "not_sure_text"]


def not_sure_text(certainty: Certainty | None) -> str:
    """Return when the answer is "not sure", what that does, and why there."""
    if certainty is None:
        return "No threshold was chosen: it always answers."
    if certainty.not_sure is None:
        return f"It always answers: {certainty.why}"
    return f"{_threshold(certainty)} {costs_text(certainty)}"


def _threshold(certainty: Certainty) -> str:
    assert certainty.not_sure is not None
    threshold, told = certainty.not_sure.threshold, sides_of(certainty)[-1]
    chosen = certainty.not_sure.validation.samples
    if threshold <= 0:
        return f"It always answers: on {chosen} validation samples nothing else cost less."
    if threshold > 1:
        return f"It never answers: on {chosen} validation samples nothing else cost less."
    return (
        f"It says 'not sure' where its largest output is below {threshold:.3f}, chosen on {chosen}"
        f" validation samples. {_outcome(told)}"
    )


def _outcome(side: NotSureOutcome) -> str:
    return (
        f"Of {side.samples} {side.split} samples that left {figure_text(undecided(side))} open; of"
        f" the others {figure_text(right_of_answered(side))} were right. Both were measured with"
        " the int8 model; the ranges are 95 % intervals."
    )


def costs_text(certainty: Certainty) -> str:
    """Return what a wrong answer was taken to cost, and who said so."""
    if certainty.not_sure is None:
        return ""
    if not certainty.costs_given:
        return (
            "Nobody said what wrong answers cost, so one counts as much as two times 'not sure':"
            " it answers where an answer is more likely right than wrong."
        )
    return f"It was chosen for these costs: {_costs(certainty.not_sure.costs)}."


def _costs(costs: Costs) -> str:
    """Return costs as ``a miss 1 (of rot 5), a false alarm 1, 'not sure' 0.2``."""
    parts = [
        f"a miss {costs.miss:g}{_except('of', costs.misses)}",
        f"a false alarm {costs.false_alarm:g}{_except('of', costs.false_alarms)}",
        f"'not sure' {costs.not_sure:g}",
    ]
    quiet = [f"'{costs.quiet}' means that nothing happens"] if costs.quiet else []
    return ", ".join([*parts, *quiet])


def _except(word: str, special: dict[str, float]) -> str:
    named = ", ".join(f"{word} '{name}' {cost:g}" for name, cost in sorted(special.items()))
    return f" ({named})" if named else ""


def calibration_text(certainty: Certainty) -> str:
    """Return whether the model is as often right as it is sure, with the figure behind it."""
    measured = certainty.calibration
    if measured is None or certainty.phrase is None:
        return ""
    return (
        f"{certainty.phrase.text()} Measured on {measured.samples} {measured.split} samples: how"
        f" sure it was and how often it was right are {100 * measured.expected_error:.1f} points"
        f" apart on average; up to {100 * measured.by_chance:.1f} would be chance."
    )

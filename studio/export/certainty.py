"""How sure a model is and when it says "not sure", in words: report and README say the same."""

from __future__ import annotations

from studio.domain.judgement import Costs, NotSureOutcome
from studio.export.contents import Certainty
from studio.export.deciding import right_of_answered, sides_of, undecided
from studio.export.report.language import ENGLISH, Words
from studio.export.report.model import Line, text_of
from studio.export.wording import figure_text

__all__ = ["calibration_text", "costs_text", "not_sure_text", "side_names"]


def not_sure_text(certainty: Certainty | None, say: Words = ENGLISH) -> str:
    """Return when the answer is "not sure", what that does, and why there."""
    tr = say.tr
    if certainty is None:
        return tr("No threshold was chosen: it always answers.")
    if certainty.not_sure is None:
        why = text_of(say.given(certainty.why))
        return tr("It always answers: {why}", why=why)
    return f"{_threshold(certainty, say)} {costs_text(certainty, say)}"


def _threshold(certainty: Certainty, say: Words) -> str:
    assert certainty.not_sure is not None
    tr = say.tr
    threshold, told = certainty.not_sure.threshold, sides_of(certainty)[-1]
    chosen = certainty.not_sure.validation.samples
    if threshold <= 0:
        return tr("It always answers: on {n} validation samples nothing else cost less.", n=chosen)
    if threshold > 1:
        return tr("It never answers: on {n} validation samples nothing else cost less.", n=chosen)
    begin = tr(
        "It says 'not sure' where its largest output is below {threshold}, chosen on {n}"
        " validation samples.",
        threshold=f"{threshold:.3f}",
        n=chosen,
    )
    return f"{begin} {_outcome(told, say)}"


def _outcome(side: NotSureOutcome, say: Words) -> str:
    tr = say.tr
    return tr(
        "Of {n} {side} samples that left {open} open; of the others {right} were right. Both were"
        " measured with the int8 model; the ranges are 95 % intervals.",
        n=side.samples,
        side=side_names(say)[str(side.split)],
        open=figure_text(undecided(side), tr),
        right=figure_text(right_of_answered(side), tr),
    )


def side_names(say: Words) -> dict[str, str]:
    """Return the names of the sides of a dataset version."""
    tr = say.tr
    return {"train": tr("training"), "validation": tr("validation"), "test": tr("test")}


def costs_text(certainty: Certainty, say: Words = ENGLISH) -> str:
    """Return what a wrong answer was taken to cost, and who said so."""
    tr = say.tr
    if certainty.not_sure is None:
        return ""
    if not certainty.costs_given:
        return tr(
            "Nobody said what wrong answers cost, so one counts as much as two times 'not sure':"
            " it answers where an answer is more likely right than wrong."
        )
    return tr(
        "It was chosen for these costs: {costs}.", costs=_costs(certainty.not_sure.costs, say)
    )


def _costs(costs: Costs, say: Words) -> str:
    """Return costs as ``a miss 1 (of rot 5), a false alarm 1, 'not sure' 0.2``."""
    tr = say.tr
    parts = [
        tr("a miss {cost}", cost=f"{costs.miss:g}") + _except(costs.misses, say),
        tr("a false alarm {cost}", cost=f"{costs.false_alarm:g}")
        + _except(costs.false_alarms, say),
        tr("'not sure' {cost}", cost=f"{costs.not_sure:g}"),
    ]
    if costs.quiet:
        parts.append(tr("'{name}' means that nothing happens", name=costs.quiet))
    return ", ".join(parts)


def _except(special: dict[str, float], say: Words) -> str:
    tr = say.tr
    named = ", ".join(
        tr("of '{name}' {cost}", name=name, cost=f"{cost:g}")
        for name, cost in sorted(special.items())
    )
    return f" ({named})" if named else ""


def calibration_text(certainty: Certainty, say: Words = ENGLISH) -> Line:
    """Return whether the model is as often right as it is sure, with the figure behind it."""
    measured, tr = certainty.calibration, say.tr
    if measured is None or certainty.phrase is None:
        return ""
    figures = tr(
        "Measured on {n} {side} samples: how sure it was and how often it was right are {apart}"
        " points apart on average; up to {chance} would be chance.",
        n=measured.samples,
        side=side_names(say)[str(measured.split)],
        apart=f"{100 * measured.expected_error:.1f}",
        chance=f"{100 * measured.by_chance:.1f}",
    )
    return f"{text_of(say.given(certainty.phrase))} {figures}"
